// judgements.ts: what many doctors' points share: each session judged once, whoever asks

import type { DoctorEvent } from '../doctor/doctor-events.ts'
import type { Question } from '../projections/as-known.ts'
import type { DoctorEvidence, GroupEvidence } from '../projections/evidence.ts'
import type { History } from '../projections/history.ts'
import type { Persons } from '../projections/persons.ts'
import { ruleNames } from '../rules/changes.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import { type AppliedRule, type RulePack, rulesNamed } from '../rules/rule-pack.ts'
import { subject } from '../rules/subject.ts'
import type { SessionEvent } from '../session/session-events.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { type CountingSession, type CountingSessions, countingAt } from './counting-sessions.ts'
import { circumstancesOf, type Judged, judge } from './eligibility.ts'
import { type KnownSession, sessionKnown } from './known.ts'
import { groupKnown, type KnownGroup } from './known-group.ts'
import type { LocalTo } from './lines.ts'
import { remembering } from './remembering.ts'
import type { WithdrawnLine } from './verdict.ts'

/**
 * The rows that points are computed from. For one doctor: the rows of all records of that doctor, the rows of all groups at the sessions
 * they name, the rows of all sessions that those groups name, and every merge of records. More rows change no answer.
 */
export interface Evidence {
  readonly doctors: ReadonlyMap<DoctorId, DoctorEvidence>
  readonly groups: ReadonlyMap<GroupId, GroupEvidence>
  readonly sessions: ReadonlyMap<SessionId, History<SessionEvent>>
  /** Whose records are whose is looked at for everybody present: two records of one doctor are one of a quorum. */
  readonly merges: ReadonlyMap<DoctorId, History<DoctorEvent>>
}

/** What was judged of evidence. */
export interface Judgements {
  /** The judged attendances of a session, of all its groups. */
  readonly at: (session: SessionId) => ReadonlyArray<Judged>
  readonly withdrawnAt: (session: SessionId, doctor: DoctorId) => ReadonlyArray<WithdrawnLine>
  readonly counting: CountingSessions
  /** What is local to attendances of the doctor who has these records. */
  readonly localTo: (records: ReadonlyArray<DoctorId>) => LocalTo
}

/** Judges what is asked for, and remembers it. */
export const judgements = (
  evidence: Evidence,
  rules: RulesInForce,
  question: Question,
  persons: Persons,
): Judgements => {
  const groups = remembering(
    (id: GroupId): KnownGroup => groupKnown(id, evidence.groups.get(id)?.history ?? [], question, persons),
  )
  const sessions = remembering((id: SessionId): KnownSession | null =>
    sessionKnown(evidence.sessions.get(id) ?? [], question, persons),
  )
  const at = remembering((id: SessionId): ReadonlyArray<Judged> => {
    const session = sessions(id)
    return session === null
      ? []
      : session.groups.flatMap((group) => judge(session, groups(group), rules, persons.recordsOf))
  })
  const counting = remembering((group: GroupId): ReadonlyArray<CountingSession> => {
    const sessions: CountingSession[] = []
    for (const id of evidence.groups.get(group)?.sessions ?? []) {
      const one = at(id).find((judged) => judged.group.id === group && judged.forAll)
      if (one !== undefined) sessions.push(countingAt(one))
    }
    return sessions
  })
  const adapted = remembering((pack: RulePack) =>
    rulesNamed(pack, ruleNames).filter(({ layer }) => layer !== 'national'),
  )
  return {
    at,
    localTo: (records) => (judged) => {
      const layers = rules.layersAt(circumstancesOf(judged.session, judged.group, records))
      const setAside = layers.flatMap((layer) => layer.setAside.filter(({ said }) => subject[said.name] !== 'doctor'))
      return { adapted: adapted(judged.rules), setAside }
    },
    withdrawnAt: (id, doctor) => {
      const session = sessions(id)
      if (session === null) return []
      const { label, date, withdrawn } = session
      const ruledFor = (group: GroupId): ReadonlyArray<AppliedRule> =>
        rulesNamed(rules.at(circumstancesOf(session, groups(group), persons.recordsOf(doctor))), ['presence'])
      return withdrawn
        .filter((one) => one.doctor === doctor)
        .map(({ group, reason, facts }) => ({ session: id, label, group, date, reason, rules: ruledFor(group), facts }))
    },
    counting,
  }
}
