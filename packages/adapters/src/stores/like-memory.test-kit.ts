// like-memory.test-kit.ts: model runs: random commands to a store of any kind, each of which memory must answer the same

import fc from 'fast-check'
import { noon } from '../contract/samples.ts'
import { oracleAfter } from './asking.test-kit.ts'
import {
  anyCommand,
  type Command,
  expectAllAsInMemory,
  type Handle,
  type NewSite,
  type Run,
} from './commands.test-kit.ts'

/** How much is tried. */
export interface Size {
  readonly runs: number
  /** In each run at most. */
  readonly commands: number
}

/** From what a run begins: the same gives the same commands again. */
export interface Beginning {
  readonly seed: number
  /** To one run of all, and to the commands of it that are left when it was made smaller: both are told of a run that fails. */
  readonly path?: string
  readonly replayPath?: string
}

/** Told by every run, and taken from the environment to have one again. */
export const beginning = (): Beginning => {
  const { SMAGRUPPE_SEED: seed, SMAGRUPPE_PATH: path, SMAGRUPPE_REPLAY: replayPath } = process.env
  return {
    seed: Number(seed ?? Math.floor(Math.random() * 2 ** 31)),
    ...(path === undefined ? {} : { path }),
    ...(replayPath === undefined ? {} : { replayPath }),
  }
}

/** What was tried and what came of it. */
export interface Tried {
  readonly details: fc.RunDetails<[Iterable<Command>, fc.Scheduler]>
  readonly commands: number
}

/** Tries commands on new stores, and stops at the first run that memory would have answered otherwise. */
export const compared = async (
  newSite: NewSite,
  size: Size,
  { seed, path, replayPath }: Beginning,
  atFailure: 'make it smaller' | 'stop' = 'make it smaller',
): Promise<Tried> => {
  let carriedOut = 0
  const counted = (commands: Iterable<Command>) =>
    Array.from(
      commands,
      (command): Command => ({
        check: (run) => command.check(run),
        run: async (run, real) => {
          carriedOut += 1
          await command.run(run, real)
        },
        toString: () => String(command),
      }),
    )
  const commands = fc.commands(anyCommand, {
    maxCommands: size.commands,
    size: 'max',
    ...(replayPath === undefined ? {} : { replayPath }),
  })
  const details = await fc.check(
    fc.asyncProperty(commands, fc.scheduler(), async (commands, scheduler) => {
      const clock = { now: noon }
      const site = await newSite(() => clock.now)
      const handles: [Handle, Handle] = [await site.open(), await site.open()]
      let counts = 0
      const count = (): number => {
        counts += 1
        return counts
      }
      const run: Run = {
        site,
        handles,
        clock,
        oracles: { events: await oracleAfter([]), rows: await oracleAfter([]), vault: await oracleAfter([]) },
        followers: [],
        boxes: new Map(),
        scheduler,
        count,
      }
      try {
        await fc.asyncModelRun(() => ({ model: run, real: null }), counted(commands))
        await expectAllAsInMemory(run)
      } finally {
        for (const follower of run.followers) follower.abort()
        for (const handle of run.handles) await handle.close()
        await site.remove()
      }
    }),
    { numRuns: size.runs, seed, ...(path === undefined ? {} : { path }), endOnFailure: atFailure === 'stop' },
  )
  return { details, commands: carriedOut }
}

/** Tries, tells from what it began, and fails where memory would have answered otherwise. */
export const expectLikeMemory = async (what: string, newSite: NewSite, size: Size): Promise<void> => {
  const from = beginning()
  const { details, commands } = await compared(newSite, size, from)
  console.log(`${what}: ${details.numRuns} runs, ${commands} commands, SMAGRUPPE_SEED=${from.seed}`)
  if (details.failed)
    throw new Error(`${fc.defaultReportMessage(details)}\n\nTo have it again: ${asVariables(again(details))}`)
}

/** What it takes to have a run that failed again, made as small as it was. */
export const again = ({ seed, counterexamplePath, counterexample }: Tried['details']): Beginning => {
  const replayPath = /replayPath="(.*?)"/.exec(fc.stringify(counterexample?.[0]))?.[1]
  return {
    seed,
    ...(counterexamplePath === null ? {} : { path: counterexamplePath }),
    ...(replayPath === undefined ? {} : { replayPath }),
  }
}

const asVariables = ({ seed, path = '', replayPath = '' }: Beginning): string =>
  `SMAGRUPPE_SEED=${seed} SMAGRUPPE_PATH=${path} SMAGRUPPE_REPLAY=${replayPath}`
