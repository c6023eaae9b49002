// printer.ts: what a command prints through: answers, what went wrong, how far it has come, each as its stream can show it

import { styleText } from 'node:util'
import { progressOn } from './progress.ts'
import { file, type Screen } from './screen.ts'
import { brokenAtSpaces, type Column, printable, table } from './table.ts'

/** Where a command writes, and what it may know of its surroundings. */
export interface Streams {
  /** Answers. */
  readonly out: (text: string) => void
  /** Progress and what went wrong. */
  readonly err: (text: string) => void
  /** Standard input, for who asks for it; empty where left out. */
  readonly input?: () => AsyncIterable<Uint8Array>
  /** What they are shown on; files of 80 columns where left out. */
  readonly screens?: { readonly out: Screen; readonly err: Screen }
  /** Where `LANG` and its like are looked up; nothing is set where left out. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Aborted when the command shall end before it is done. */
  readonly interrupted?: AbortSignal
  /** Milliseconds, by which is judged what takes long; the machine's where left out. */
  readonly clock?: () => number
}

/** What a piece of text is, for those who see colours. */
export type Tone = 'heading' | 'counts' | 'pending' | 'nothing' | 'aside'

/** What a command prints through. A line of progress is taken back before anything else is written. */
export interface Printer {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** How many columns an answer may take. */
  readonly width: number
  /** The text of an answer, coloured where that is shown. */
  readonly toned: (tone: Tone, text: string) => string
  readonly table: (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>) => string
  /** A sentence set in by so many columns and broken at spaces; its further lines stand a little further in. */
  readonly sentence: (text: string, indent: number) => ReadonlyArray<string>
  /** Says how far the command has come; heard only where it takes over a second. */
  readonly progress: (line: string) => void
  /** Takes back the line of progress. */
  readonly done: () => void
  readonly interrupted: AbortSignal | null
}

// Narrower than this, nothing can be read anyway.
const narrowest = 40

const further = 2

const formats = { heading: 'bold', counts: 'green', pending: 'yellow', nothing: 'red', aside: 'dim' } as const

/** The printer of these streams. */
export const printerOn = (streams: Streams): Printer => {
  const { out, err, screens = { out: file, err: file }, interrupted, clock = () => performance.now() } = streams
  const width = Math.max(narrowest, screens.out.columns)
  const progress = progressOn(err, screens.err, clock)
  const tonedOn =
    ({ colours }: Screen) =>
    (tone: Tone, text: string): string =>
      colours === 'none' ? text : styleText(formats[tone], text, { validateStream: false })
  const toned = tonedOn(screens.out)
  return {
    out: (text) => {
      progress.clear()
      out(text)
    },
    err: (text) => {
      progress.clear()
      err(text.replace(/^smagruppe:/, tonedOn(screens.err)('nothing', 'smagruppe:')))
    },
    width,
    toned,
    table: (columns, rows) => table(columns, rows, { width, heading: (text) => toned('heading', text) }),
    sentence: (text, indent) =>
      brokenAtSpaces(width - indent - further, printable(text)).map(
        (line, index) => ' '.repeat(index === 0 ? indent : indent + further) + line,
      ),
    // Work that was broken off may go on for a moment, and nobody wants to hear of it.
    progress: (line) => {
      if (interrupted?.aborted !== true) progress.tell(line)
    },
    done: progress.clear,
    interrupted: interrupted ?? null,
  }
}
