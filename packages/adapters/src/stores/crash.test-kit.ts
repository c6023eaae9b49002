// crash.test-kit.ts: for the crash tests: processes that stand ready, are told what to do, and are killed

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'

/** How a process came to its end. */
export interface Ended {
  /** Its exit code; null where it was killed. */
  readonly code: number | null
  /** What it printed: lines of words with tabs between them. */
  readonly said: ReadonlyArray<ReadonlyArray<string>>
  /** What it wrote on its standard error. */
  readonly complaint: string
}

/** A process that has loaded its program and waits for a line on its standard input. */
export interface Ready {
  /** Gives it that line, kills it so many milliseconds after it said that word so often, or after the line where none is named. */
  readonly killedAfter: (line: string, milliseconds: number, word?: string, times?: number) => Promise<Ended>
  /** Gives it that line, and kills it once that has come about; with what is given that has an end where the process ends first. */
  readonly killedOnce: (line: string, comeAbout: (ended: AbortSignal) => Promise<void>) => Promise<Ended>
  /** Gives it that line and waits for its end. */
  readonly ended: (line: string) => Promise<Ended>
  /** Has it end without having done anything. */
  readonly dismissed: () => Promise<void>
}

/** Starts Node on these words, where `wrappedIn` another command; the program says `ready` when it is. */
export const readyProcess = async (
  words: ReadonlyArray<string>,
  wrappedIn: ReadonlyArray<string> = [],
): Promise<Ready> => {
  const [command = '', ...rest] = [...wrappedIn, process.execPath, ...words]
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'] })
  const lines: string[] = []
  let complaint = ''
  child.stderr.on('data', (bytes) => {
    complaint += String(bytes)
  })
  // Its end is seen by its exit; what could not be told to it any more does not matter.
  child.stdin.on('error', () => {})
  const reader = createInterface(child.stdout)
  reader.on('line', (line) => lines.push(line))
  const closed = once(child, 'close')
  await Promise.race([once(reader, 'line'), closed])
  expect([lines, complaint]).toEqual([['ready'], ''])

  const ended = async (): Promise<Ended> => {
    const [code]: ReadonlyArray<unknown> = await closed
    const said = lines.slice(1).map((line) => line.split('\t'))
    return { code: typeof code === 'number' ? code : null, said, complaint }
  }
  return {
    killedAfter: async (line, milliseconds, word, times = 1) => {
      const begun = new Promise<void>((resolve) => {
        if (word === undefined) resolve()
        let said = 0
        reader.on('line', (line) => {
          if (!line.startsWith(`${word}\t`)) return
          said += 1
          if (said === times) resolve()
        })
      })
      child.stdin.end(`${line}\n`)
      await Promise.race([begun.then(() => sleep(milliseconds)), closed])
      child.kill('SIGKILL')
      return ended()
    },
    killedOnce: async (line, comeAbout) => {
      child.stdin.end(`${line}\n`)
      const over = new AbortController()
      void closed.then(() => over.abort())
      await Promise.race([comeAbout(over.signal), closed])
      child.kill('SIGKILL')
      return ended()
    },
    ended: (line) => {
      child.stdin.end(`${line}\n`)
      return ended()
    },
    dismissed: async () => {
      child.kill('SIGKILL')
      await closed
    },
  }
}

/** Runs rounds until one gives `enough`, each with a process that was started while the round before was looked at. */
export const inRounds = async (
  start: (n: number) => Promise<Ready>,
  round: (n: number, process: Ready) => Promise<'more' | 'enough'>,
): Promise<void> => {
  let next = start(0)
  for (let n = 0; ; n += 1) {
    const current = await next
    next = start(n + 1)
    // A process that could not start is told of in its own round.
    next.catch(() => {})
    if ((await round(n, current)) === 'enough') break
  }
  await (await next).dismissed()
}
