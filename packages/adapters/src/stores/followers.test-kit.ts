// followers.test-kit.ts: for the model runs: readers of subscriptions, each page of which memory must be able to give too

import {
  type AbortSignalLike,
  type EventStore,
  type PageResult,
  type Position,
  type StoreFailure,
  type Subscribe,
  theStart,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import { within } from '../contract/case.ts'
import type { Asked, Oracle } from './asking.test-kit.ts'
import type { Answered } from './serial-order.test-kit.ts'

/** Longer than any subscription needs; one that sleeps while there is something to be had is found out by it. */
const patienceMs = 20_000

/** Who follows a log, as far as it has come. */
export interface Follower {
  /** By which handle. */
  readonly by: number
  readonly options: Omit<Subscribe, 'after' | 'signal'>
  readonly pages: AsyncIterator<PageResult>
  readonly abort: () => void
  through: Position
  /** The first page comes even when there is nothing in it. */
  hasBegun: boolean
  /** What it is told from now on. */
  state: 'follows' | 'its store was closed' | 'ended'
  /** A page that was asked for and that there was nothing for yet. */
  waitsFor: Pull | null
}

interface Pull {
  readonly from: number
  readonly page: Promise<{ readonly result: IteratorResult<PageResult, unknown>; readonly until: number }>
}

/** Counts what happens, so that it can be said what came before what. */
export type Count = () => number

export const follow = (
  { subscribe }: EventStore,
  by: number,
  { after = theStart, ...options }: Omit<Subscribe, 'signal'>,
): Follower => {
  const aborting = new AbortController()
  const signal: AbortSignalLike = aborting.signal
  return {
    by,
    options,
    pages: subscribe({ ...options, after, signal })[Symbol.asyncIterator](),
    abort: () => aborting.abort(),
    through: after,
    hasBegun: false,
    state: 'follows',
    waitsFor: null,
  }
}

/** What a page of a subscription is: the first page of a reading from there on. */
const nextOf = ({ options, through }: Follower): Asked => ({
  asks: 'read all',
  options: { ...options, after: through },
  stop: { afterPages: 1, how: 'leave' },
})

/** Whether there is something that the follower must be given, also while nobody writes. */
const hasNews = async (oracle: Oracle, { options, through, hasBegun }: Follower): Promise<boolean> => {
  if (!hasBegun) return true
  for await (const page of oracle.stores.events.readAll({ ...options, after: through })) {
    return !isLeft(page) && page.right.through > through
  }
  return false
}

const pull = (follower: Follower, count: Count): Pull => ({
  from: count(),
  page: follower.pages.next().then((result) => ({ result, until: count() })),
})

/** The page that a follower was given, as a question that had this answer. */
const given = async (follower: Follower, { from, page }: Pull): Promise<Answered> => {
  const { result, until } = await within(patienceMs, 'the next page of a subscription', page)
  expect(result.done).not.toBe(true)
  const asked = nextOf(follower)
  const answer = [result.value, 'the end']
  if (result.done !== true && !isLeft(result.value)) {
    const { through } = result.value.right
    if (follower.hasBegun) expect(through).toBeGreaterThan(follower.through)
    follower.through = through
    follower.hasBegun = true
  }
  return { asked, answer, from, until }
}

/** Asks for the next page: an answer at once where there is something to be had, and otherwise it waits. */
export const pulled = async (follower: Follower, oracle: Oracle, count: Count): Promise<Answered | null> => {
  if (follower.state !== 'follows') {
    await expectLast(follower, await follower.pages.next())
    return null
  }
  const asked = pull(follower, count)
  if (await hasNews(oracle, follower)) return given(follower, asked)
  follower.waitsFor = asked
  return null
}

/** All that those who waited are given, now that things stand as the oracle says. */
export const woken = async (followers: ReadonlyArray<Follower>, oracle: Oracle): Promise<ReadonlyArray<Answered>> => {
  const answers: Answered[] = []
  for (const follower of followers) {
    const { waitsFor } = follower
    if (waitsFor === null || !(await hasNews(oracle, follower))) continue
    answers.push(await given(follower, waitsFor))
    follower.waitsFor = null
  }
  return answers
}

/** Goes: nothing more comes, also not what is waited for. */
export const ended = async (follower: Follower, how: 'abort' | 'leave'): Promise<void> => {
  if (how === 'abort') follower.abort()
  else await within(patienceMs, 'leaving a subscription', Promise.resolve(follower.pages.return?.()))
  follower.state = 'ended'
  await expectWaitingToEnd(follower)
}

/** Its store was closed under it: that is the last it hears, once. */
export const closed = async (follower: Follower): Promise<void> => {
  if (follower.state === 'follows') follower.state = 'its store was closed'
  await expectWaitingToEnd(follower)
}

const expectWaitingToEnd = async (follower: Follower): Promise<void> => {
  const { waitsFor } = follower
  if (waitsFor === null) return
  follower.waitsFor = null
  await expectLast(follower, (await within(patienceMs, 'the end of a subscription', waitsFor.page)).result)
}

const expectLast = async (follower: Follower, result: IteratorResult<PageResult, unknown>): Promise<void> => {
  if (follower.state === 'its store was closed') {
    const failure: StoreFailure | null = result.done !== true && isLeft(result.value) ? result.value.left : null
    expect(failure).toMatchObject({ reason: 'Closed', retry: false })
    follower.state = 'ended'
    return
  }
  expect(result).toEqual({ done: true, value: undefined })
}
