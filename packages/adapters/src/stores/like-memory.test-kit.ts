// like-memory.test-kit.ts: model runs: random commands to a store of any kind, each of which memory must answer the same

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type Instant, type Position, position, theStart } from '@smagruppe/domain'
import fc from 'fast-check'
import { expect } from 'vitest'
import { noon } from '../contract/samples.ts'
import {
  type Asked,
  answerOf,
  type Boxes,
  type Oracle,
  oracleAfter,
  type Stores,
  storeAsked,
} from './asking.test-kit.ts'
import { closed, ended, type Follower, follow, pulled, woken } from './followers.test-kit.ts'
import { type Answered, inSomeOrder } from './serial-order.test-kit.ts'
import { anyWish, anyWishAmongOthers, asWished, numbers, subscribeOptions, type Wish } from './wishes.test-kit.ts'

/** A store as somebody has it open. */
export interface Handle extends Stores {
  readonly close: () => Promise<void>
}

/** A place where a store is kept while nobody has it open. */
export interface Site {
  readonly open: () => Promise<Handle>
  /** Comes after everything that was opened has been closed. */
  readonly remove: () => Promise<void>
}

/** Makes a place with nothing in it; what is opened there takes its time from that clock. */
export type NewSite = (clock: () => Instant) => Promise<Site>

/** How long one of several waits before it asks, so that what they ask comes together in all ways. */
type Pause = 'none' | 'a turn' | 'a moment'

interface Step {
  readonly by: number
  readonly pause: Pause
  readonly wish: Wish
}

/** What one run goes through. */
interface Run {
  readonly site: Site
  readonly handles: [Handle, Handle]
  readonly clock: { now: Instant }
  readonly oracles: Record<keyof Stores, Oracle>
  readonly followers: Follower[]
  readonly boxes: Boxes
  readonly scheduler: fc.Scheduler
  readonly count: () => number
}

type Command = fc.AsyncCommand<Run, null>

/** What is asked twice of one handle goes through both in turn. */
const handleOf = ({ handles }: Run, by: number): Handle => handles[by % 2 === 0 ? 0 : 1]

const ask = async (run: Run, by: number, asked: Asked): Promise<Answered> => {
  const from = run.count()
  const answer = await answerOf(handleOf(run, by), asked, run.boxes)
  return { asked, answer, from, until: run.count() }
}

/** Memory, asked the same, must answer the same; from there it goes on. */
const expectOfMemory = async (run: Run, { asked, answer }: Answered): Promise<void> => {
  const expected = (await run.oracles[storeAsked(asked)].ask(asked)).answer
  // Vitest's own comparison shows differences well and is slow at finding none.
  if (!isDeepStrictEqual(answer, expected)) expect({ asked, answer }).toStrictEqual({ asked, answer: expected })
}

const expectTold = async (run: Run): Promise<void> => {
  for (const told of await woken(run.followers, run.oracles.events)) await expectOfMemory(run, told)
}

const one = ({ by, wish }: Omit<Step, 'pause'>): Command => ({
  check: () => true,
  run: async (run) => {
    const asked = await asWished(wish, run.oracles)
    if (asked === null) return
    if (asked.asks === 'append') run.clock.now = asked.at
    await expectOfMemory(run, await ask(run, by, asked))
    await expectTold(run)
  },
  toString: () => `by ${by}: ${fc.stringify(wish)}`,
})

/**
 * Several ask at the same time, each one thing after the other. Which of them goes on, the scheduler says each time, and the pause how far
 * the others get before the next does. What they were answered, and what was told to those who wait for pages, must be possible in
 * some order; it is looked for in each of the three stores by itself, as what is so for each is so for all.
 */
const several = (clients: ReadonlyArray<ReadonlyArray<Step>>): Command => ({
  check: () => true,
  run: async (run) => {
    run.clock.now = noon
    const history: Answered[] = []
    const client = async (steps: ReadonlyArray<Step>): Promise<void> => {
      for (const { by, pause, wish } of steps) {
        const asked = await asWished(wish, run.oracles)
        if (asked === null) continue
        await run.scheduler.schedule(Promise.resolve(), wish.asks, undefined, async (goOn) => {
          await goOn()
          if (pause === 'a turn') await nextTurn()
          if (pause === 'a moment') await sleep(1)
        })
        history.push(await ask(run, by, asked.asks === 'append' ? { ...asked, at: noon } : asked))
      }
    }
    await run.scheduler.waitFor(Promise.all(clients.map(client)))
    for (const [by, asked] of howAllStands(history.map(({ asked }) => asked)).entries())
      history.push(await ask(run, by, asked))

    const orders = async (store: keyof Stores, of: ReadonlyArray<Answered>): Promise<Oracle> => {
      const found = await inSomeOrder(run.oracles[store], of)
      if (found === null) throw new Error(`no order gives these answers: ${fc.stringify(of)}`)
      return found
    }
    const inStore = (store: keyof Stores) => history.filter(({ asked }) => storeAsked(asked) === store)
    const after = await orders('events', inStore('events'))
    const told = await woken(run.followers, after)
    run.oracles.events = await orders('events', [...told, ...inStore('events')])
    run.oracles.rows = await orders('rows', inStore('rows'))
    run.oracles.vault = await orders('vault', inStore('vault'))
  },
  toString: () => `at the same time: ${fc.stringify(clients)}`,
})

/** Everything that can have come of these, so that orders that end differently are told apart. */
const howAllStands = (asked: ReadonlyArray<Asked>): ReadonlyArray<Asked> => {
  const rows = asked.flatMap((one): ReadonlyArray<Asked> => {
    if (one.asks !== 'commit' && one.asks !== 'serve') return []
    const { projection } = one
    return [
      { asks: 'list', projection, which: { limit: 1_000 } },
      { asks: 'quarantined', projection },
    ]
  })
  return [
    { asks: 'read all', options: {}, stop: null },
    { asks: 'kept' },
    ...rows,
    ...numbers.map((number): Asked => ({ asks: 'holder of', number })),
  ]
}

/** Where a subscription begins: somewhere, or where an earlier one has come to. */
type Begin = { readonly after: Position } | { readonly whereOneCameTo: number }

const subscribe = (by: number, begin: Begin, options: Follower['options']): Command => ({
  check: ({ followers }) => followers.filter(({ state }) => state === 'follows').length < 6,
  run: async (run) => {
    const { followers } = run
    const after =
      'after' in begin
        ? begin.after
        : (followers[begin.whereOneCameTo % Math.max(1, followers.length)]?.through ?? theStart)
    followers.push(follow(handleOf(run, by).events, by % 2, { ...options, after }))
  },
  toString: () => `subscribe by ${by}: ${fc.stringify({ begin, options })}`,
})

const chosen = ({ followers }: Readonly<Run>, which: number): Follower | undefined => {
  const free = followers.filter(({ waitsFor }) => waitsFor === null)
  return free[which % Math.max(1, free.length)]
}

const pull = (which: number): Command => ({
  check: (run) => chosen(run, which) !== undefined,
  run: async (run) => {
    const follower = chosen(run, which)
    const told = follower === undefined ? null : await pulled(follower, run.oracles.events, run.count)
    if (told !== null) await expectOfMemory(run, told)
  },
  toString: () => `next page of ${which}`,
})

const end = (which: number, how: 'abort' | 'leave'): Command => ({
  check: ({ followers }) => followers.length > 0,
  run: async ({ followers }) => {
    const follower = followers[which % followers.length]
    if (follower?.state === 'follows') await ended(follower, how)
  },
  toString: () => `${how} ${which}`,
})

const reopen = (by: 0 | 1): Command => ({
  check: () => true,
  run: async (run) => {
    await run.handles[by].close()
    for (const follower of run.followers) if (follower.by === by) await closed(follower)
    run.handles[by] = await run.site.open()
  },
  toString: () => `close ${by} and open it again`,
})

const by = fc.nat(1)
const together = anyWishAmongOthers.map((wish): fc.Arbitrary<Command> => {
  const pause = fc.constantFrom<Pause[]>('none', 'none', 'a turn', 'a moment')
  const steps = fc.array(fc.record({ by, pause, wish }), { minLength: 1, maxLength: 3 })
  return fc.array(steps, { minLength: 2, maxLength: 3 }).map(several)
})
const begin: fc.Arbitrary<Begin> = fc.oneof(
  { arbitrary: fc.nat(20).map((whereOneCameTo) => ({ whereOneCameTo })), weight: 3 },
  { arbitrary: fc.nat(40).map((n) => ({ after: position(n) })), weight: 1 },
  { arbitrary: fc.constant({ after: theStart }), weight: 1 },
)
const single = fc.record({ by, wish: anyWish }).map(one)
const asking: fc.Arbitrary<Command>[] = [
  single,
  single,
  single,
  single,
  fc.oneof(...together),
  fc.oneof(...together),
  fc.tuple(by, begin, subscribeOptions).map((args) => subscribe(...args)),
  fc.nat(20).map(pull),
  fc.nat(20).map(pull),
  fc.tuple(fc.nat(20), fc.constantFrom('abort' as const, 'leave' as const)).map((args) => end(...args)),
  fc.constantFrom(0 as const, 1 as const).map(reopen),
]

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
  const commands = fc.commands(asking, {
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
        for (const asked of howAllStands([])) await expectOfMemory(run, await ask(run, 0, asked))
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
    throw new Error(
      `${fc.defaultReportMessage(details)}\n\nTo have it again: SMAGRUPPE_SEED=${from.seed} SMAGRUPPE_PATH=${details.counterexamplePath}, and the replayPath above as SMAGRUPPE_REPLAY`,
    )
}
