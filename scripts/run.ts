// run.ts: runs a program, and shows what it said only where it failed
import { execFile, execFileSync } from 'node:child_process'
import { basename } from 'node:path'
import { promisify } from 'node:util'

/** Where a program runs, and what it finds there. */
export interface Place {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** What it printed; throws where it ends with anything but 0. */
export const run = (place: Place, program: string, ...words: string[]): string => {
  announced(program, words)
  try {
    return execFileSync(program, words, { ...place, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    throw told(error)
  }
}

/** The same, while this process goes on. */
export const runBeside = async (place: Place, program: string, ...words: string[]): Promise<string> => {
  announced(program, words)
  try {
    const running = promisify(execFile)(program, words, { ...place, maxBuffer: Number.POSITIVE_INFINITY })
    running.child.stdin?.end()
    return (await running).stdout
  } catch (error) {
    throw told(error)
  }
}

const announced = (program: string, words: ReadonlyArray<string>): void =>
  console.log(`$ ${[program, ...words].map((word) => basename(word)).join(' ')}`)

const told = (error: unknown): unknown => {
  if (error instanceof Error && 'stdout' in error && 'stderr' in error) console.error(error.stdout, error.stderr)
  return error
}
