// append.test.ts: how an append is decided: repeated, overlapping, in its place

import { any, type EventId, exactly, noStream, position, revision, type StreamName } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { event, noon, secondsAfter, stream } from '../contract/samples.ts'
import { type LogView, planAppend, present, type Standing } from './append.ts'

const ours = stream('ours')

/** A log with three events of our stream and one of another between the second and the third. */
const standings = new Map<EventId, Standing>(
  (
    [
      ['first', ours, 0, 1],
      ['second', ours, 1, 2],
      ['third', ours, 2, 4],
      ['other', stream('theirs'), 0, 3],
    ] as const
  ).map(([name, of, r, p]): [EventId, Standing] => [
    event(name).id,
    { stream: of, revision: revision(r), position: position(p) },
  ]),
)
const log: LogView = {
  head: () => position(4),
  lastRecordedAt: () => noon,
  revisionOf: (of: StreamName) => (of === ours ? revision(2) : null),
  standingOf: (id) => standings.get(id) ?? null,
}
const plan = ([first, ...others]: readonly [string, ...string[]]) =>
  planAppend(
    { stream: ours, expected: noStream, events: [event(first), ...others.map((name) => event(name))] },
    log,
    () => noon,
  )

test('all of a batch or a part of it that stands in a row is the same batch again', () => {
  for (const [names, first, last, at] of [
    [['first', 'second', 'third'], 0, 2, 4],
    [['second', 'third'], 1, 2, 4],
    [['first'], 0, 0, 1],
  ] as const) {
    const { write, receipt } = rightOf(plan(names))
    expect(write).toEqual([])
    expect(receipt).toEqual({ stream: ours, first, last, position: at })
  }
})

test('stored ids in another order, with a gap, or with others among them are duplicates', () => {
  for (const [names, duplicate] of [
    [['second', 'first'], 'first'],
    [['first', 'third'], 'third'],
    [['first', 'new'], 'first'],
    [['new', 'first'], 'first'],
    [['new', 'newer', 'third'], 'third'],
    [['first', 'other'], 'other'],
    [['other'], 'other'],
    [['new', 'new'], 'new'],
  ] as const) {
    expect(leftOf(plan(names)), names.join()).toEqual({ _tag: 'DuplicateEventId', id: event(duplicate).id })
  }
})

test('the present is what the clock says, or the time of the last event where that is later', () => {
  for (const [now, at] of [
    [secondsAfter(noon, 1), secondsAfter(noon, 1)],
    [secondsAfter(noon, -1), noon],
  ] as const)
    expect(present(log, () => now)).toBe(at)
})

test('new events get their places behind what stands there, and the time that was given, also one that is past', () => {
  for (const recordedAt of [secondsAfter(noon, 1), secondsAfter(noon, -1)]) {
    const planned = planAppend(
      { stream: ours, expected: exactly(revision(2)), events: [event('a'), event('b')] },
      log,
      () => recordedAt,
    )
    const place = { stream: ours, recordedAt, knownSince: recordedAt }
    expect(planned).toEqual(
      right({
        write: [
          { ...event('a'), ...place, revision: 3, position: 5 },
          { ...event('b'), ...place, revision: 4, position: 6 },
        ],
        receipt: { stream: ours, first: 3, last: 4, position: 6 },
      }),
    )
  }
})

test('a clock is asked only for what will be stored', () => {
  const unasked = () => expect.unreachable('the clock was asked')
  expect(planAppend({ stream: ours, expected: noStream, events: [event('new')] }, log, unasked)._tag).toBe('Left')
  expect(planAppend({ stream: ours, expected: any, events: [event('first')] }, log, unasked)._tag).toBe('Right')
})
