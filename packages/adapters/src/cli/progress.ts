// progress.ts: how far long work has come: one line written over on a terminal, few lines elsewhere

import stringWidth from 'string-width'
import type { Screen } from './screen.ts'
import { printable } from './table.ts'

/** Says how far work has come, not oftener than anybody wants to read. */
export interface Progress {
  readonly tell: (line: string) => void
  /** Takes the line back, so that something else can be written. */
  readonly clear: () => void
}

const takeBack = '\r\u001b[K'

/** How long nothing is said, and how long between two lines, in milliseconds. */
const pace = { terminal: { quiet: 200, between: 100 }, file: { quiet: 1_000, between: 5_000 } }

/** Progress that is written there. `now` gives milliseconds. */
export const progressOn = (write: (text: string) => void, screen: Screen, now: () => number): Progress => {
  const { quiet, between } = pace[screen.kind]
  let next = now() + quiet
  let shown = false
  return {
    tell: (line) => {
      const at = now()
      if (at < next) return
      next = at + between
      if (screen.kind === 'file') return write(`${line}\n`)
      shown = true
      write(`${takeBack}${cutTo(screen.columns - 1, printable(line))}`)
    },
    clear: () => {
      if (shown) write(takeBack)
      shown = false
    },
  }
}

// A line that wraps could not be taken back.
const cutTo = (width: number, line: string): string => {
  let cut = line
  while (stringWidth(cut) > width) cut = cut.slice(0, -1)
  return cut
}
