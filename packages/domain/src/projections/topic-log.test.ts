// topic-log.test.ts: the topics that groups took up, in their own words

import { describe, expect, test } from 'vitest'
import { replay } from '../kernel/replay.ts'
import type { SessionEvent, SessionTopic, TopicOrigin } from '../session/session-events.ts'
import {
  departmentNamed,
  type Envelope,
  groupNamed,
  inOslo,
  logbook,
  reference,
  sessionNamed,
  sessionStream,
  topicNamed,
  topicStream,
} from '../testing/index.ts'
import type { TopicEvent } from '../topic/topic.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { topicCounts, topicLog, topics, topicsAt, vocabulary } from './topic-log.ts'

const asked = (date: string, knownAt = '2100-01-01') => ({
  effectiveThrough: legalDate(date),
  asKnownAt: inOslo(knownAt),
})
const taken = (wording: string, topic: string | null = null, origin: TopicOrigin = 'own-practice'): SessionTopic => ({
  wording,
  topic: topic === null ? null : topicNamed(topic),
  origin,
})

const held = (
  session: string,
  date: string,
  groups: ReadonlyArray<string>,
  ...list: ReadonlyArray<SessionTopic>
): SessionEvent => ({
  type: 'SessionHeld',
  data: {
    starts: inOslo(`${date} 15:00`),
    ends: inOslo(`${date} 17:00`),
    zone: oslo,
    date: legalDate(date),
    place: null,
    department: departmentNamed('children'),
    hosts: [],
    groups: groups.map(groupNamed),
    topics: list,
    attendance: [],
    reference: reference(session),
    request: null,
  },
})

/** A year of sessions, and its topics on a date. */
const year = () => {
  const book = logbook<SessionEvent>()
  const record = (
    session: string,
    date: string,
    groups: ReadonlyArray<string>,
    list: ReadonlyArray<SessionTopic>,
    said?: Envelope,
  ) => book.record(sessionStream(session), held(session, date, groups, ...list), said)
  const entries = (date: string, knownAt?: string) =>
    [...replay(topicLog, book.history).values()].flatMap((history) => topicsAt(history, asked(date, knownAt)))
  return { book, record, entries }
}

describe('S1-13 topics of the groups’ own', () => {
  test('S1-13 a topic has an origin: own practice, hospital, conference, idea bank', () => {
    const { record, entries } = year()
    const origins = ['own-practice', 'hospital', 'conference', 'idea-bank'] as const
    record(
      'S1',
      '2024-01-10',
      ['G1'],
      origins.map((origin) => taken(`from ${origin}`, null, origin)),
    )
    expect(entries('2024-12-31').map(({ wording, origin }) => [wording, origin])).toEqual(
      origins.map((origin) => [`from ${origin}`, origin]),
    )
  })

  test('S1-13 each group at the session took each of them up', () => {
    const { record, entries } = year()
    record('S1', '2024-01-10', ['G1', 'G2'], [taken('asthma', 'asthma', 'hospital')])
    const entry = {
      date: '2024-01-10',
      session: sessionNamed('S1'),
      label: 'S1',
      wording: 'asthma',
      topic: topicNamed('asthma'),
      origin: 'hospital',
      department: departmentNamed('children'),
    }
    expect(entries('2024-12-31')).toEqual([
      { ...entry, group: groupNamed('G1') },
      { ...entry, group: groupNamed('G2') },
    ])
  })

  test('what was held later, or known later, is not there yet', () => {
    const { record, entries } = year()
    record('S1', '2024-01-10', ['G1'], [taken('asthma')], { knownSince: inOslo('2024-03-01') })
    expect([entries('2024-01-09'), entries('2024-12-31', '2024-02-29')]).toEqual([[], []])
    expect(entries('2024-01-10', '2024-03-01')).toHaveLength(1)
  })

  test('what was put right is in the log as it was meant, and what was taken back is not', () => {
    const { book, record, entries } = year()
    const wrong = record('S1', '2024-01-10', ['G1'], [taken('astma')])
    const right = held('S1', '2024-01-10', ['G1'], taken('asthma'))
    if (right.type === 'SessionHeld') book.correct(wrong, { ...right, data: { ...right.data, reference: null } })
    expect(entries('2024-12-31').map(({ wording, label }) => [wording, label])).toEqual([
      ['asthma', sessionNamed('S1')],
    ])
    book.retract(wrong)
    expect(entries('2024-12-31')).toEqual([])
  })
})

/** Names and merges, told one by one. */
const words = () => {
  const book = logbook<TopicEvent>()
  const named = (topic: string, name: string, said?: Envelope) =>
    book.record(topicStream(topic), { type: 'TopicNamed', data: { name } }, said)
  const merged = (topic: string, absorbed: string, on = '2024-06-01', said?: Envelope) =>
    book.record(
      topicStream(topic),
      { type: 'TopicsMerged', data: { absorbed: topicNamed(absorbed), on: legalDate(on) } },
      said,
    )
  const unmerged = (topic: string, absorbed: string, on = '2024-07-01') =>
    book.record(topicStream(topic), {
      type: 'TopicsUnmerged',
      data: { absorbed: topicNamed(absorbed), on: legalDate(on) },
    })
  const on = (date: string, knownAt?: string) => vocabulary(replay(topics, book.history), asked(date, knownAt))
  const stands = (topic: string, date = '2024-12-31', knownAt?: string) => {
    const { standsFor, nameOf } = on(date, knownAt)
    return nameOf(standsFor(topicNamed(topic)))
  }
  return { named, merged, unmerged, on, stands, book }
}

describe('S1-16 merging topics', () => {
  test('S1-16 keeps the original wording of each entry, and counts them as one', () => {
    const { record, entries } = year()
    record('S1', '2024-01-10', ['G1'], [taken('wheezing kids', 'wheezing')])
    record('S2', '2024-02-10', ['G1'], [taken('asthma in children', 'asthma')])
    record('S3', '2023-02-10', ['G1'], [taken('asthma again', 'asthma')])
    record('S4', '2024-03-10', ['G2'], [taken('asthma', 'asthma'), taken('gout')])
    const { named, merged, on } = words()
    named('asthma', 'Asthma')
    named('wheezing', 'Wheezing')
    const count = (topic: string, group: string, counted: number, times: number) => ({
      topic,
      group: groupNamed(group),
      year: counted,
      times,
    })
    const counts = (date: string) => new Set(topicCounts(entries(date), on(date)))
    const others = [count('Asthma', 'G1', 2023, 1), count('Asthma', 'G2', 2024, 1), count('gout', 'G2', 2024, 1)]
    const log = entries('2024-12-31')
    expect(counts('2024-12-31')).toEqual(
      new Set([...others, count('Asthma', 'G1', 2024, 1), count('Wheezing', 'G1', 2024, 1)]),
    )
    merged('asthma', 'wheezing')
    expect(counts('2024-12-31')).toEqual(new Set([...others, count('Asthma', 'G1', 2024, 2)]))
    expect(entries('2024-12-31')).toEqual(log)
    expect(log.map(({ wording }) => wording)).toContain('wheezing kids')
  })

  test('S1-16 counts come by topic, group and year, and a topic without a name by its wording', () => {
    const { record, entries } = year()
    record('S1', '2024-01-10', ['G1'], [taken('b', 'nameless'), taken('a'), taken('a')])
    record('S2', '2023-01-10', ['G1'], [taken('a')])
    expect(
      topicCounts(entries('2024-12-31'), words().on('2024-12-31')).map(({ topic, year, times }) => [
        topic,
        year,
        times,
      ]),
    ).toEqual([
      ['a', 2023, 1],
      ['a', 2024, 2],
      ['b', 2024, 1],
    ])
  })

  test('S1-16 a merge stands from its date, is known from its moment, and can be undone', () => {
    const { named, merged, unmerged, stands } = words()
    named('asthma', 'Asthma')
    named('wheezing', 'Wheezing')
    merged('asthma', 'wheezing', '2024-06-01', { knownSince: inOslo('2024-06-15') })
    expect([stands('wheezing', '2024-05-31'), stands('wheezing', '2024-06-01')]).toEqual(['Wheezing', 'Asthma'])
    expect(stands('wheezing', '2024-12-31', '2024-06-14')).toBe('Wheezing')
    unmerged('asthma', 'wheezing')
    expect([stands('wheezing', '2024-06-30'), stands('wheezing', '2024-07-01')]).toEqual(['Asthma', 'Wheezing'])
  })

  test('S1-16 merges are followed to the end', () => {
    const { named, merged, stands } = words()
    for (const topic of ['a', 'b', 'c']) named(topic, topic.toUpperCase())
    merged('b', 'a')
    merged('c', 'b')
    expect(['a', 'b', 'c'].map((topic) => stands(topic))).toEqual(['C', 'C', 'C'])
  })

  test('two topics merged into each other stand each for itself, and following them ends', () => {
    const { named, merged, stands } = words()
    for (const topic of ['a', 'b', 'c']) named(topic, topic.toUpperCase())
    merged('a', 'b')
    merged('b', 'a')
    merged('a', 'c')
    expect(['a', 'b'].map((topic) => stands(topic))).toEqual(['A', 'B'])
    expect(['A', 'B']).toContain(stands('c'))
  })

  test('of two that took in the same topic the later one has it, whichever was recorded first', () => {
    const { named, merged, stands } = words()
    for (const topic of ['a', 'b', 'c']) named(topic, topic.toUpperCase())
    merged('a', 'c', '2024-06-01')
    merged('b', 'c', '2024-03-01')
    expect([stands('c', '2024-05-31'), stands('c', '2024-06-01')]).toEqual(['B', 'A'])
    merged('b', 'c', '2024-06-01', { knownSince: inOslo('2024-07-01') })
    expect(stands('c')).toBe('B')
  })

  test('undoing what another topic has taken in meanwhile changes nothing', () => {
    const { named, merged, unmerged, stands } = words()
    for (const topic of ['a', 'b', 'c']) named(topic, topic.toUpperCase())
    merged('a', 'c')
    unmerged('b', 'c')
    expect(stands('c')).toBe('A')
    expect(stands('unheard of')).toBeNull()
  })
})
