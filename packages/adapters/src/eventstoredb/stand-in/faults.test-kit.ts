// faults.test-kit.ts: what a test can make of the stand-in: silent, a follower, one that loses connections and answers (a test fixture, not a product)

import type { ServiceError } from '@grpc/grpc-js'
import { nameOf } from './answers.test-kit.ts'
import type { Expected } from './deciding.test-kit.ts'
import { accessDenied, type Endpoint, type Unready, unready } from './errors.test-kit.ts'
import type { Options } from './selecting.test-kit.ts'

/**
 * What happens instead of an answer: the connections break, the server dies as if killed, nothing at all comes, or the server says that
 * it ran out of time.
 */
export type Ending = 'drop' | 'die' | 'silence' | 'time out'

/** An append that is not answered as it should be. */
export interface LostAnswer {
  /** Which one from now on; the next is 1. */
  readonly nth: number
  readonly instead: Ending
  /** Whether it was stored nevertheless, which the client cannot know. */
  readonly events: 'stored' | 'not stored'
}

/** Connections that break by chance; the same seed gives the same sequence of chances. */
export interface Breaking {
  readonly seed: number
  /** Of so many appends one loses its answer, stored or not. */
  readonly oneAppendIn: number
  /** After so many events read one read or subscription loses its connection. */
  readonly oneEventIn: number
}

/** Reads that are answered by an error. */
export interface FailingReads {
  readonly of: 'all from a position' | 'metadata' | 'streams'
  /** How many of the next. */
  readonly next: number
  readonly why: Unready | 'Access Denied'
}

export interface Faults {
  /** Does the work now, or when the server answers again. */
  readonly whenAnswering: (work: () => void) => void
  readonly hang: () => void
  readonly resume: () => void
  /** Forgets what was held back. */
  readonly forget: () => void
  readonly loseAnswer: (lost: LostAnswer) => void
  readonly breakByChance: (breaking: Breaking | undefined) => void
  /** What becomes of the append that is at hand. */
  readonly ofThisAppend: () => Omit<LostAnswer, 'nth'> | undefined
  /** Whether the connections break after the event that was just sent. */
  readonly breaksHere: () => boolean
  readonly follow: (leader: Endpoint | undefined) => void
  readonly leader: () => Endpoint | undefined
  /** Subscriptions that were live read their next event as if they had been too slow for it. */
  readonly fallBehind: () => void
  /** How often that was. */
  readonly fallenBehind: () => number
  readonly takeNothing: (why: Unready | undefined) => void
  readonly unready: () => Unready | undefined
  readonly failReads: (failing: FailingReads) => void
  /** What a read is answered by instead of its events. */
  readonly ofThisRead: (options: Options) => ServiceError | undefined
  /** Takes every append, whatever it expects, as it looks where a client does not send what is expected. */
  readonly expectNothing: () => void
  /** What an append expects, as far as that is looked at. */
  readonly regarded: (expected: Expected) => Expected
}

/** Numbers from 0 to 1 that look random (mulberry32). */
const chances = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const isOf = (which: FailingReads['of'], options: Options): boolean => {
  if (options.hasSubscription()) return false
  if (which === 'all from a position') return options.getAll()?.hasPosition() === true
  const stream = options.getStream()
  if (stream === undefined) return false
  return which === 'streams' || nameOf(stream.getStreamIdentifier()).startsWith('$$')
}

export const newFaults = (): Faults => {
  let held: (() => void)[] | undefined
  let lost: { left: number; readonly fault: LostAnswer }[] = []
  let breaking: (Breaking & { readonly chance: () => number }) | undefined
  let leader: Endpoint | undefined
  let unreadyNow: Unready | undefined
  let failing: { left: number; readonly fault: FailingReads } | undefined
  let fallenBehind = 0
  let expectsNothing = false

  return {
    whenAnswering: (work) => {
      if (held === undefined) work()
      else held.push(work)
    },
    hang: () => {
      held ??= []
    },
    resume: () => {
      const works = held ?? []
      held = undefined
      for (const work of works) work()
    },
    forget: () => {
      held = undefined
    },
    loseAnswer: (fault) => {
      lost.push({ left: fault.nth, fault })
    },
    breakByChance: (what) => {
      breaking = what === undefined ? undefined : { ...what, chance: chances(what.seed) }
    },
    ofThisAppend: () => {
      for (const one of lost) one.left -= 1
      const due = lost.find(({ left }) => left <= 0)
      lost = lost.filter(({ left }) => left > 0)
      if (due !== undefined) return due.fault
      if (breaking === undefined || breaking.chance() >= 1 / breaking.oneAppendIn) return undefined
      return { instead: 'drop', events: breaking.chance() < 0.5 ? 'stored' : 'not stored' }
    },
    breaksHere: () => breaking !== undefined && breaking.chance() < 1 / breaking.oneEventIn,
    follow: (to) => {
      leader = to
    },
    leader: () => leader,
    fallBehind: () => {
      fallenBehind += 1
    },
    fallenBehind: () => fallenBehind,
    takeNothing: (why) => {
      unreadyNow = why
    },
    unready: () => unreadyNow,
    failReads: (fault) => {
      failing = { left: fault.next, fault }
    },
    ofThisRead: (options) => {
      if (failing === undefined || failing.left === 0 || !isOf(failing.fault.of, options)) return undefined
      failing.left -= 1
      const { why } = failing.fault
      return why === 'Access Denied' ? accessDenied() : unready(why)
    },
    expectNothing: () => {
      expectsNothing = true
    },
    regarded: (expected) => (expectsNothing ? 'any' : expected),
  }
}
