// run.ts: runs a program, and shows what it said only where it failed
import { execFileSync } from 'node:child_process'
import { basename } from 'node:path'

/** Where a program runs, and what it finds there. */
export interface Place {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** What it printed; throws where it ends with anything but 0. */
export const run = (place: Place, program: string, ...words: string[]): string => {
  console.log(`$ ${[program, ...words].map((word) => basename(word)).join(' ')}`)
  try {
    return execFileSync(program, words, { ...place, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error) console.error(error.stdout, error.stderr)
    throw error
  }
}
