// process.test-kit.ts: for tests that need a process of their own: a script with the adapters at hand, run to its end

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'vitest'

const run = promisify(execFile)

/** The arguments of a process that runs a script with the adapters at hand. */
const argumentsFor = (script: string): ReadonlyArray<string> => {
  const from = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)
  const prelude = `
    import { any, DoctorId, theStart, uuidOf } from ${JSON.stringify(import.meta.resolve('@smagruppe/domain'))}
    import { rightOf } from ${from('../contract/case.ts')}
    import { appended, event, eventsOf, namesOf, stream } from ${from('../contract/samples.ts')}
    import { systemClock } from ${from('../node/index.ts')}
    import { openSqlite, openSqliteVault } from ${from('./index.ts')}
  `
  return ['--input-type=module', '--eval', prelude + script]
}

/** Runs a script to its end; gives what it printed. `wrappedIn` is a command that runs the one behind it. */
export const inProcess = async (script: string, wrappedIn: ReadonlyArray<string> = []): Promise<string> => {
  const [command = process.execPath, ...words] = [...wrappedIn, process.execPath, ...argumentsFor(script)]
  const { stdout, stderr } = await run(command, words)
  expect(stderr, 'a process that prints no warnings').toBe('')
  return stdout
}

/** What a script printed as one JSON text. */
export const answerOf = async (script: string, wrappedIn: ReadonlyArray<string> = []): Promise<unknown> =>
  JSON.parse(await inProcess(script, wrappedIn))
