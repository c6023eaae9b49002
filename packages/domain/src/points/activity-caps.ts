// activity-caps.ts: what of courses, visits and other work counts in a period, and which cap cut the rest

import type { Activity } from '../doctor/doctor-events.ts'
import type { RuleName, RulePack } from '../rules/rule-pack.ts'
import type { DoctorId } from '../values/identity.ts'
import { isDuring, yearOf } from '../values/legal-date.ts'
import { compare, least, minus, most, noPoints, type Points, plus, pointsOf, wholePoints } from '../values/points.ts'
import { compareText } from '../values/text.ts'
import type { KnownActivity } from './known-doctor.ts'

/** The rules that bound what an activity gives, in points or in visits. */
export type CapName = Extract<
  RuleName,
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
  | 'subjectCap'
>

/** Points that a cap took from an activity. */
export interface ActivityCut {
  readonly points: Points
  readonly rule: CapName
  /** What the cap gives: points, or a number of visits. */
  readonly cap: number
  /** What all that this cap is about came to, before it. */
  readonly found: Points
}

/** An activity with what is left of it. */
export interface Capped<What extends Activity = Activity> {
  readonly activity: KnownActivity & { readonly what: What }
  readonly points: Points
  readonly cuts: ReadonlyArray<ActivityCut>
}

export type Of<Kind extends Activity['kind']> = Extract<Activity, { readonly kind: Kind }>

/** Points as recorded: whole or half. */
export const recordedPoints = ({ points }: Activity): Points => pointsOf(points * 2, 2)

/** By day, then more points first, then id: nothing that is equal in day and points can change a total by its order. */
export const inOrder = (activities: ReadonlyArray<KnownActivity>): ReadonlyArray<KnownActivity> =>
  [...activities].sort(
    (one, other) =>
      compareText(one.what.on, other.what.on) ||
      other.what.points - one.what.points ||
      compareText(one.activity, other.activity),
  )

/** The activities of one kind, whole. */
export const ofKind = <Kind extends Activity['kind']>(
  kind: Kind,
  activities: ReadonlyArray<KnownActivity>,
): ReadonlyArray<Capped<Of<Kind>>> =>
  activities.flatMap((one) => {
    const { what } = one
    return isOfKind(what, kind) ? [{ activity: { ...one, what }, points: recordedPoints(what), cuts: [] }] : []
  })

const isOfKind = <Kind extends Activity['kind']>(what: Activity, kind: Kind): what is Of<Kind> => what.kind === kind

/** What a cap leaves of each: `key` says which of them share it. Earlier ones are left whole. */
const cutTo = <What extends Activity>(
  all: ReadonlyArray<Capped<What>>,
  rule: CapName,
  rules: RulePack,
  key: (what: What) => string,
): ReadonlyArray<Capped<What>> => {
  const cap = wholePoints(rules[rule].value)
  const found = summed(all, key)
  const used = new Map<string, Points>()
  return all.map((one) => {
    const shared = key(one.activity.what)
    const before = used.get(shared) ?? noPoints
    const points = least(one.points, minus(cap, before))
    used.set(shared, plus(before, points))
    return cut(one, points, rule, rules, found.get(shared) ?? noPoints)
  })
}

/** The first so many of those that share a key and are worth something are left whole, the others count nothing. */
const firstOf = <What extends Activity>(
  all: ReadonlyArray<Capped<What>>,
  rule: CapName,
  rules: RulePack,
  key: (what: What) => string | null,
): ReadonlyArray<Capped<What>> => {
  const seen = new Map<string, number>()
  const found = summed(all, key)
  return all.map((one) => {
    const shared = key(one.activity.what)
    if (shared === null || compare(one.points, noPoints) === 0) return one
    const before = seen.get(shared) ?? 0
    seen.set(shared, before + 1)
    return before < rules[rule].value ? one : cut(one, noPoints, rule, rules, found.get(shared) ?? noPoints)
  })
}

const summed = <What extends Activity>(
  all: ReadonlyArray<Capped<What>>,
  key: (what: What) => string | null,
): ReadonlyMap<string | null, Points> => {
  const sums = new Map<string | null, Points>()
  for (const { activity, points } of all) {
    const shared = key(activity.what)
    sums.set(shared, plus(sums.get(shared) ?? noPoints, points))
  }
  return sums
}

/** With no more than those points left. */
export const cut = <What extends Activity>(
  one: Capped<What>,
  points: Points,
  rule: CapName,
  rules: RulePack,
  found: Points,
): Capped<What> =>
  compare(points, one.points) === 0
    ? one
    : {
        ...one,
        points,
        cuts: [...one.cuts, { points: minus(one.points, points), rule, cap: rules[rule].value, found }],
      }

const inPeriod = () => 'the period'
const aDay = ({ on }: Activity): string => on

/** Visits between practices: so many with one colleague, so many points a day and in all. */
export const visits = (activities: ReadonlyArray<KnownActivity>, rules: RulePack): ReadonlyArray<Capped> => {
  const withColleague = ({ colleague }: { readonly colleague: DoctorId }): string => colleague
  const few = firstOf(ofKind('practice-visit', activities), 'sameColleagueVisits', rules, withColleague)
  return cutTo(cutTo(few, 'practiceVisitDayCap', rules, aDay), 'practiceVisitCap', rules, inPeriod)
}

/** Kinds that something is demanded of: that is filled first, and the rest is elective. */
type DemandedKind = 'course' | 'practice-visit'

type Counting = (activities: ReadonlyArray<KnownActivity>, rules: RulePack) => ReadonlyArray<Capped>

/** What counts of every other kind, which is elective only, in the order of the lines: a kind that is not here does not compile. */
const electiveKinds: { readonly [Kind in Exclude<Activity['kind'], DemandedKind>]: Counting } = {
  observership: (activities, rules) => {
    const observed = cutTo(ofKind('observership', activities), 'observershipDayCap', rules, aDay)
    return cutTo(observed, 'observershipCap', rules, inPeriod)
  },
  'clinic-day': (activities, rules) => {
    const few = firstOf(ofKind('clinic-day', activities), 'clinicDaysAbroad', rules, ({ country }) =>
      country === 'abroad' ? country : null,
    )
    return cutTo(cutTo(few, 'clinicDayCap', rules, aDay), 'clinicCap', rules, inPeriod)
  },
  'intern-supervision': (activities, rules) =>
    cutTo(ofKind('intern-supervision', activities), 'internHalfYearCap', rules, halfYear),
  elective: (activities) => ofKind('elective', activities),
}

/** Work that is elective only. */
export const electiveWork: Counting = (activities, rules) =>
  Object.values(electiveKinds).flatMap((counting) => counting(activities, rules))

const halfYear = ({ on }: Activity): string => `${yearOf(on)} ${on.slice(5, 7) < '07' ? 'first' : 'second'}`

// courses

/** Whether a course is one of those online that are capped. */
export const isCappedOnline = ({ form, on }: Of<'course'>, { onlineCapsSuspended }: RulePack): boolean => {
  const suspended = onlineCapsSuspended.value
  return form === 'online' && (suspended === 'none' || !isDuring(on, suspended.from, suspended.to))
}

/** Two spellings of a subject area are one. */
export const subjectOf = ({ subject }: Of<'course'>): string => subject.normalize('NFC').trim().toLowerCase()

/**
 * Courses with what the cap on those online leaves. Its points go first to subject areas that can still give elective ones, so that
 * which courses it cuts never changes a total.
 */
export const courses = (
  activities: ReadonlyArray<KnownActivity>,
  rules: RulePack,
): ReadonlyArray<Capped<Of<'course'>>> => {
  const all = ofKind('course', activities)
  const online = all.filter(({ activity }) => isCappedOnline(activity.what, rules))
  const found = sumOf(online)
  const room = new Map<string, Points>()
  for (const one of all) {
    const subject = subjectOf(one.activity.what)
    const before = room.get(subject) ?? wholePoints(rules.subjectCap.value)
    room.set(subject, online.includes(one) ? before : most(minus(before, one.points), noPoints))
  }
  let left = wholePoints(rules.onlineCourseCap.value)
  const given = new Map<Capped, Points>()
  for (const isUseful of [true, false]) {
    for (const one of online) {
      const subject = subjectOf(one.activity.what)
      const before = given.get(one) ?? noPoints
      const useful = room.get(subject) ?? noPoints
      const wanted = minus(one.points, before)
      const points = least(isUseful ? least(wanted, useful) : wanted, left)
      given.set(one, plus(before, points))
      left = minus(left, points)
      room.set(subject, minus(useful, points))
    }
  }
  return all.map((one) => {
    const points = given.get(one)
    return points === undefined ? one : cut(one, points, 'onlineCourseCap', rules, found)
  })
}

/** The points of all of them. */
export const sumOf = (all: ReadonlyArray<{ readonly points: Points }>): Points =>
  all.reduce((sum, { points }) => plus(sum, points), noPoints)
