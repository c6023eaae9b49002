// topic-log.ts: which topics the groups took up, in the words they were written down in

import { idOf, type Position } from '../kernel/event.ts'
import { typesOf } from '../kernel/event-catalogue.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Projection } from '../kernel/projection.ts'
import { type SessionEvent, sessionEvents, type TopicOrigin } from '../session/session-events.ts'
import { type TopicEvent, topicEvents } from '../topic/topic.ts'
import {
  type DepartmentId,
  type GroupId,
  type SessionId,
  SessionId as SessionIdCodec,
  TopicId,
} from '../values/identity.ts'
import { type LegalDate, yearOf } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { factsKnown, type Question } from './as-known.ts'
import { type History, streamHistory } from './history.ts'

/** What was recorded of each session that was held. Key: the session's id. */
export const topicLog: Projection<SessionEvent, History<SessionEvent>> = streamHistory(
  'topic-log',
  1,
  sessionEvents,
  typesOf(['SessionHeld']),
)

/** The vocabulary of topics: names and merges. Key: the topic's id. */
export const topics: Projection<TopicEvent, History<TopicEvent>> = streamHistory('topics', 1, topicEvents)

/** One topic that one group took up at one session. */
export interface TopicEntry {
  readonly date: LegalDate
  readonly session: SessionId
  /** What its reporter calls the session, or its id. */
  readonly label: string
  readonly group: GroupId
  /** The words of the report; merging topics never changes them. */
  readonly wording: string
  /** The topic of the vocabulary that was meant; null where none was named. */
  readonly topic: TopicId | null
  readonly origin: TopicOrigin
  readonly department: DepartmentId | null
}

/** The topics of one session: for each of its groups the topics in the order of the report. */
export const topicsAt = (history: History<SessionEvent>, question: Question): ReadonlyArray<TopicEntry> => {
  const entries: TopicEntry[] = []
  for (const { stream, event } of factsKnown(history, question)) {
    const session = idOf(stream)
    if (event.type !== 'SessionHeld' || event.data.date > question.effectiveThrough || !SessionIdCodec.is(session))
      continue
    const { date, groups, topics: taken, department, reference } = event.data
    for (const group of groups) {
      for (const { wording, topic, origin } of taken) {
        entries.push({ date, session, label: reference?.id ?? session, group, wording, topic, origin, department })
      }
    }
  }
  return entries
}

/** A topic of the vocabulary, and those that were merged into it. */
export interface Vocabulary {
  /** The topic that stands for it after all merges known. */
  readonly standsFor: (topic: TopicId) => TopicId
  /** The name of a topic; null where it has none. */
  readonly nameOf: (topic: TopicId) => string | null
}

/** Names and merges as known. */
export const vocabulary = (rows: ReadonlyMap<string, History<TopicEvent>>, question: Question): Vocabulary => {
  const names = new Map<string, string>()
  const merges: Merge[] = []
  for (const [key, history] of rows) {
    for (const { event, knownSince, position } of factsKnown(history, question)) {
      if (event.type === 'TopicNamed') names.set(key, event.data.name)
      else if (event.data.on <= question.effectiveThrough && TopicId.is(key))
        merges.push({ topic: key, event, knownSince, position })
    }
  }
  const into = new Map<TopicId, TopicId>()
  for (const { topic, event } of merges.sort(inOrderOfEffect)) {
    const { absorbed } = event.data
    if (event.type === 'TopicsMerged') into.set(absorbed, topic)
    else if (into.get(absorbed) === topic) into.delete(absorbed)
  }
  const standsFor = (topic: TopicId): TopicId => {
    const passed = new Set<TopicId>()
    let current = topic
    for (;;) {
      const next = into.get(current)
      // Two topics merged into each other stand for themselves.
      if (next === undefined || passed.has(current)) return current
      passed.add(current)
      current = next
    }
  }
  return { standsFor, nameOf: (topic) => names.get(topic) ?? null }
}

interface Merge {
  readonly topic: TopicId
  readonly event: Exclude<TopicEvent, { readonly type: 'TopicNamed' }>
  readonly knownSince: Instant
  readonly position: Position
}

/** By the day, then by when it was known, then as recorded: facts may arrive in any order of their days. */
const inOrderOfEffect = (one: Merge, other: Merge): number =>
  compareText(one.event.data.on, other.event.data.on) ||
  compareText(one.knownSince, other.knownSince) ||
  one.position - other.position

/** How often a group took up a topic in a year. */
export interface TopicCount {
  readonly topic: string
  readonly group: GroupId
  readonly year: number
  readonly times: number
}

/** Counts per topic, group and year; merged topics count as one, under the name that stands. Ordered by topic, group, year. */
export const topicCounts = (
  entries: ReadonlyArray<TopicEntry>,
  { standsFor, nameOf }: Vocabulary,
): ReadonlyArray<TopicCount> => {
  const counts = new Map<string, TopicCount>()
  for (const { topic, wording, group, date } of entries) {
    const name = topic === null ? wording : (nameOf(standsFor(topic)) ?? wording)
    const year = yearOf(date)
    const key = JSON.stringify([name, group, year])
    counts.set(key, { topic: name, group, year, times: (counts.get(key)?.times ?? 0) + 1 })
  }
  return [...counts].sort(([one], [other]) => compareText(one, other)).map(([, count]) => count)
}
