// commands.test-kit.ts: what a model run consists of: questions, several at the same time, subscriptions, closing and opening again

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type Instant, type Position, position, theStart } from '@smagruppe/domain'
import fc from 'fast-check'
import { expect } from 'vitest'
import { noon } from '../contract/samples.ts'
import { anyWish, anyWishAmongOthers, numbers, subscribeOptions } from './any-wish.test-kit.ts'
import { type Asked, answerOf, type Boxes, type Oracle, type Stores, storeAsked } from './asking.test-kit.ts'
import { closed, ended, type Follower, follow, pulled, woken } from './followers.test-kit.ts'
import { type Answered, inSomeOrder } from './serial-order.test-kit.ts'
import { asWished, type Wish } from './wishes.test-kit.ts'

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

/** Which of the two handles, that the same store is open by. */
export type Which = 0 | 1

/** How long one of several waits before it asks, so that what they ask comes together in all ways. */
type Pause = 'none' | 'a turn' | 'a moment'

interface Step {
  readonly by: Which
  readonly pause: Pause
  readonly wish: Wish
}

/** All that a run has in its hands: both what is asked and memory, which is asked the same. */
export interface Run {
  readonly site: Site
  readonly handles: [Handle, Handle]
  readonly clock: { now: Instant }
  readonly oracles: Record<keyof Stores, Oracle>
  readonly followers: Follower[]
  readonly boxes: Boxes
  readonly scheduler: fc.Scheduler
  readonly count: () => number
}

export type Command = fc.AsyncCommand<Run, null>

const ask = async (run: Run, by: Which, asked: Asked): Promise<Answered> => {
  const from = run.count()
  const answer = await answerOf(run.handles[by], asked, run.boxes)
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
 *
 * The scheduler is asked inside of the command, and only when to begin: `scheduledModelRun` lets nothing else go on until a command has
 * ended, and when an answer of a disk or a server comes is not the scheduler's to say.
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
    for (const [i, asked] of howAllStands(history.map(({ asked }) => asked)).entries())
      history.push(await ask(run, i % 2 === 0 ? 0 : 1, asked))

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

/** Nothing is there that memory does not have, and the other way round. */
export const expectAllAsInMemory = async (run: Run): Promise<void> => {
  for (const asked of howAllStands([])) await expectOfMemory(run, await ask(run, 0, asked))
}

/** Where a subscription begins: somewhere, or where an earlier one has come to. */
type Begin = { readonly after: Position } | { readonly whereOneCameTo: number }

const subscribe = (by: Which, begin: Begin, options: Follower['options']): Command => ({
  check: ({ followers }) => followers.filter(({ state }) => state === 'follows').length < 6,
  run: async (run) => {
    const { followers } = run
    const after =
      'after' in begin
        ? begin.after
        : (followers[begin.whereOneCameTo % Math.max(1, followers.length)]?.through ?? theStart)
    followers.push(follow(run.handles[by].events, by, { ...options, after }))
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

const reopen = (by: Which): Command => ({
  check: () => true,
  run: async (run) => {
    await run.handles[by].close()
    for (const follower of run.followers) if (follower.by === by) await closed(follower)
    run.handles[by] = await run.site.open()
  },
  toString: () => `close ${by} and open it again`,
})

const by = fc.constantFrom<Which[]>(0, 1)
const pause = fc.constantFrom<Pause[]>('none', 'none', 'a turn', 'a moment')
const together = fc.nat(7).chain((name) =>
  fc.oneof(
    ...anyWishAmongOthers(name).map((wish) => {
      const steps = fc.array(fc.record({ by, pause, wish }), { minLength: 1, maxLength: 3 })
      return fc.array(steps, { minLength: 2, maxLength: 3 }).map(several)
    }),
  ),
)
const begin: fc.Arbitrary<Begin> = fc.oneof(
  { arbitrary: fc.nat(20).map((whereOneCameTo) => ({ whereOneCameTo })), weight: 3 },
  { arbitrary: fc.nat(40).map((n) => ({ after: position(n) })), weight: 1 },
  { arbitrary: fc.constant({ after: theStart }), weight: 1 },
)
const single = fc.record({ by, wish: anyWish }).map(one)
/** Random commands, the commoner ones several times. */
export const anyCommand: fc.Arbitrary<Command>[] = [
  single,
  single,
  single,
  single,
  together,
  together,
  fc.tuple(by, begin, subscribeOptions).map((args) => subscribe(...args)),
  fc.nat(20).map(pull),
  fc.nat(20).map(pull),
  fc.tuple(fc.nat(20), fc.constantFrom('abort' as const, 'leave' as const)).map((args) => end(...args)),
  by.map(reopen),
]
