// recorded-since.ts: what was recorded since a statement was issued, of all that it could rest on

import { factIn, isCorrected, isRetracted } from '../kernel/correction.ts'
import type { EventId, Position, Recorded } from '../kernel/event.ts'
import type { History } from '../projections/history.ts'
import { nobodyMerged } from '../projections/persons.ts'
import type { RulesEvent } from '../rules/rules-events.ts'
import type { JudgingRules, Stated } from '../statement/statement.ts'
import type { DoctorId } from '../values/identity.ts'
import type { FactReference } from './fact-reference.ts'
import type { Evidence } from './judgements.ts'
import { sessionKnown } from './known.ts'
import type { DoctorPoints } from './points.ts'

/** An event by its id: a fact, or what put one right or took it back. */
export interface RecordedFact extends Omit<FactReference, 'type'> {
  readonly type: string
}

/** What is looked at beside the evidence of the one doctor's points. */
export interface SinceThen {
  /** All that was published of rules. */
  readonly published: ReadonlyArray<History<RulesEvent>>
  /** The rules that judge now. */
  readonly judging: ReadonlyArray<JudgingRules>
  /** Where in the log the statement was issued. */
  readonly issuedAt: Position
}

/**
 * What was recorded behind a statement and is known by now, in the order of the log: of the doctor, the groups met and their sessions; of
 * merges those of the doctor and of whoever was at these sessions, for two records of one doctor are one of a quorum; of rules those that
 * judged then or judge now.
 */
export const recordedSince = (
  stated: Stated,
  now: DoctorPoints,
  evidence: Evidence,
  { published, judging, issuedAt }: SinceThen,
): ReadonlyArray<RecordedFact> => {
  const rules = new Set([...stated.rules, ...judging].flatMap(({ event }) => event ?? []))
  const all: ReadonlyArray<Recorded> = [
    ...[...evidence.doctors.values()].flatMap(({ history }) => history),
    ...[...evidence.groups.values()].flatMap(({ history }) => history),
    ...[...evidence.sessions.values()].flat(),
    ...mergesOf(new Set([stated.doctor, now.doctor, ...presentIn(evidence, now)]), evidence),
    ...published.flatMap((history) => aboutRules(rules, history)),
  ]
  const behind = all.filter(({ position, knownSince }) => position > issuedAt && knownSince <= now.question.asKnownAt)
  const once = [...new Map(behind.map((recorded) => [recorded.id, recorded])).values()]
  return once
    .sort((one, other) => one.position - other.position)
    .map(({ id, event, knownSince, recordedAt }) => ({ id, type: event.type, knownSince, recordedAt }))
}

/** Everybody on the lists of these sessions, each under the record that was written down. */
const presentIn = ({ sessions }: Evidence, { question }: DoctorPoints): ReadonlyArray<DoctorId> =>
  [...sessions.values()].flatMap((history) => {
    const session = sessionKnown(history, question, nobodyMerged)
    return session === null ? [] : [...session.attendance, ...session.withdrawn].map(({ doctor }) => doctor)
  })

/** The merges, and what became of them, through which any record hangs together with one of these, whether or not it still does. */
const mergesOf = (doctors: ReadonlySet<DoctorId>, { merges }: Evidence): ReadonlyArray<Recorded> => {
  const concerned = new Set(doctors)
  const pairs = [...merges].flatMap(([into, history]) =>
    history.flatMap(({ event }) => {
      const fact = factIn(event)
      return fact?.type === 'DoctorsMerged' ? [[into, fact.data.absorbed] as const] : []
    }),
  )
  for (let before = 0; before < concerned.size; ) {
    before = concerned.size
    for (const pair of pairs) if (pair.some((one) => concerned.has(one))) for (const one of pair) concerned.add(one)
  }
  return [...merges].flatMap(([into, history]) => (concerned.has(into) ? history : []))
}

/** What published these rules, put them right or took them back. */
const aboutRules = (rules: ReadonlySet<EventId>, history: History<RulesEvent>): ReadonlyArray<Recorded> => {
  const about = new Map<EventId, EventId>()
  return history.filter(({ id, event }) => {
    const corrects = isCorrected(event) || isRetracted(event) ? event.data.corrects : id
    const published = about.get(corrects) ?? corrects
    about.set(id, published)
    return rules.has(published)
  })
}
