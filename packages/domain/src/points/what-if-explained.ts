// what-if-explained.ts: what a draft of rules would change, with rules and attendances put into words

import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId } from '../values/identity.ts'
import type { Language } from './language.ts'
import type { ExplainedRule } from './rule-words.ts'
import { type Names, sayingOf } from './saying.ts'
import type { AttendancesDifference, Compared, Outcome, WhatIf } from './what-if.ts'

/** What becomes of an attendance, in words. */
export interface ExplainedOutcome {
  /** The attendance with what of it counts. */
  readonly text: string
  /** What took minutes or points, what was found and what was needed. */
  readonly why: ReadonlyArray<string>
  /** The rules that did. */
  readonly rules: ReadonlyArray<ExplainedRule>
  /** The rules by which it counts; none where it counts nothing. */
  readonly countedBy: ReadonlyArray<ExplainedRule>
}

/** An attendance that comes out otherwise, in words. */
export interface ExplainedDifference {
  readonly points: Compared
  readonly before: ExplainedOutcome
  readonly after: ExplainedOutcome
}

/** The words of a comparison. */
export interface ExplainedWhatIf {
  readonly language: Language
  /** The rules that differ, as they would be. */
  readonly rules: ReadonlyArray<ExplainedRule>
  /** The attendances of each doctor for whom anything differs, in the same order. */
  readonly attendances: ReadonlyMap<DoctorId, ReadonlyArray<ExplainedDifference>>
}

/** A comparison put into words; of the rules only the zone is looked at. */
export const explainedWhatIf = (
  { rules: changed, doctors }: WhatIf,
  rules: RulePack,
  names: Names,
  language: Language = 'en',
): ExplainedWhatIf => {
  const say = sayingOf(language, rules, names)
  const outcome = (one: AttendancesDifference, side: Outcome): ExplainedOutcome => {
    const { session, label, group, date, present } = one
    const line = say.line({
      session,
      label,
      group,
      date,
      present,
      ...side,
      carriedBy: null,
      adapted: [],
      setAside: [],
      facts: [],
    })
    const { text, cuts, capped, shortfall, rules, countedBy } = line
    const why = [...cuts, ...(shortfall !== null ? [shortfall] : capped !== null ? [capped] : [])]
    return { text, why: why.map((part) => part.text), rules, countedBy }
  }
  return {
    language,
    rules: changed.map(({ after }) => say.rule(after)),
    attendances: new Map(
      doctors.map(({ doctor, periods }) => [
        doctor,
        periods
          .flatMap(({ attendances }) => attendances)
          .map((one) => ({
            points: one.points,
            before: outcome(one, one.before),
            after: outcome(one, one.after),
          })),
      ]),
    ),
  }
}
