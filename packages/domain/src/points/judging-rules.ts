// judging-rules.ts: the rules by which a doctor's points were judged, each under the name that it goes by

import { saysTheSame } from '../kernel/canonical.ts'
import { personsKnown } from '../projections/persons.ts'
import { ruleNames } from '../rules/changes.ts'
import { type Digest, digestOf } from '../rules/digest.ts'
import { type Circumstances, inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RuleName, RulePack, RuleValues } from '../rules/rule-pack.ts'
import type { JudgingRules } from '../statement/statement.ts'
import type { SessionId } from '../values/identity.ts'
import { layers } from '../values/layer.ts'
import { plusYears } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { circumstancesOf } from './eligibility.ts'
import type { Evidence } from './judgements.ts'
import { sessionKnown } from './known.ts'
import { groupKnown } from './known-group.ts'
import { assessEachPeriod, type DoctorPoints, demandedOn } from './points.ts'

/**
 * The rules that set the doctor's periods and say what is demanded, and that judged the attendances and the other sessions of the groups
 * met, by which thresholds are reached: those of the period and of the year before it, into which a window may reach. From the national
 * rules down, each once.
 */
export const judgingRules = (
  points: DoctorPoints,
  evidence: Evidence,
  rules: RulePack | RulesInForce,
): ReadonlyArray<JudgingRules> => {
  const byRules = inForce(rules)
  const found = new Map<string, JudgingRules>()
  for (const circumstances of judged(points, evidence, byRules)) {
    for (const { layer, event, digest } of byRules.layersAt(circumstances)) {
      if (event !== null && digest !== null) found.set(event, { layer, event, digest })
      else {
        const values = digestOfValues(byRules.at(nationally(circumstances.date)))
        found.set(values, { layer, event: null, digest: values })
      }
    }
  }
  const place = ({ layer }: JudgingRules): number => layers.indexOf(layer)
  return [...found.values()].sort(
    (one, other) => place(one) - place(other) || compareText(one.event ?? '', other.event ?? ''),
  )
}

const judged = (points: DoctorPoints, evidence: Evidence, rules: RulesInForce): ReadonlyArray<Circumstances> => {
  const { doctor, merged, question, period, track } = points
  if (period === null) return []
  const records = merged?.records ?? [doctor]
  const persons = personsKnown(evidence.merges, question)
  const sessionOf = (id: SessionId) => sessionKnown(evidence.sessions.get(id) ?? [], question, persons)
  const own = records.flatMap((record) => evidence.doctors.get(record)?.sessions ?? [])
  const met = new Set(
    own.flatMap((id) => {
      const session = sessionOf(id)
      const lists = session === null ? [] : [...session.attendance, ...session.withdrawn]
      return lists.filter((one) => one.doctor === doctor).map(({ group }) => group)
    }),
  )
  const since = plusYears(period.from, -1)
  const periods = assessEachPeriod(evidence, rules, question, track)(doctor)
  const begun = periods.flatMap(({ period }) => (period === null ? [] : [period.from]))
  const all: Circumstances[] = [...begun, demandedOn(points)].map((date) => ({
    ...nationally(date),
    doctor: records,
  }))
  for (const id of met) {
    const row = evidence.groups.get(id)
    const group = groupKnown(id, row?.history ?? [], question, persons)
    for (const session of (row?.sessions ?? []).map(sessionOf)) {
      if (session === null || session.date < since || !session.groups.includes(id)) continue
      const lists = [...session.attendance, ...session.withdrawn]
      const wasThere = lists.some((one) => one.group === id && one.doctor === doctor)
      all.push(circumstancesOf(session, group, wasThere ? records : []))
    }
  }
  return all
}

/** The rules of the whole programme, which small-group points do not follow. */
type ProgrammeRule =
  | 'coursePoints'
  | 'courseSubjects'
  | 'clinicalCourses'
  | 'clinicalCoursePoints'
  | 'acuteMedicineCourses'
  | 'courseDemandsSince'
  | 'smallGroupSince'
  | 'practiceVisits'
  | 'electivePoints'
  | 'practiceVisitDayCap'
  | 'practiceVisitCap'
  | 'sameColleagueVisits'
  | 'observershipDayCap'
  | 'observershipCap'
  | 'clinicDayCap'
  | 'clinicCap'
  | 'clinicDaysAbroad'
  | 'internHalfYearCap'
  | 'onlineCourseCap'
  | 'onlineClinicalCourses'
  | 'onlineCapsSuspended'
  | 'subjectCap'
  | 'feeLapsesSince'

/**
 * The rules that points follow, each with the value by which it asks for nothing; null: there is none. A rule that a later release adds
 * must have one, or every statement that was issued under rules that nobody published turns stale.
 */
const asksForNothing: {
  readonly [Name in Exclude<RuleName, ProgrammeRule>]: RuleValues[Name] | null
} = {
  periodYears: null,
  nextPeriod: null,
  window: null,
  participants: null,
  hosting: null,
  industry: null,
  presence: null,
  sameMinutes: null,
  declaration: 'none',
  plannedWithin: 'none',
  quorum: null,
  sessionMinutesMin: null,
  dayCapMinutes: null,
  dayCap: null,
  groupThreshold: null,
  doctorThresholdMinutes: null,
  membershipTransfer: 'none',
  minutesPerPoint: null,
  rounding: 'none',
  yearlyCap: 'none',
  mandatory: null,
  electiveMax: null,
  groupSize: null,
  groupSizeEffect: 'warning',
}

const isFollowed = (name: RuleName): name is keyof typeof asksForNothing => Object.hasOwn(asksForNothing, name)

/** The digest of what a pack says that points follow: its values, not their sources nor its name, and none that asks for nothing. */
export const digestOfValues = (pack: RulePack): Digest => {
  const asked = ruleNames.filter(isFollowed).filter((name) => !saysTheSame(pack[name].value, asksForNothing[name]))
  return digestOf(Object.fromEntries(asked.map((name) => [name, pack[name].value])))
}
