// naive-known.test-kit.ts: what the second evaluator knows at a moment: persons, members, signatures, lists and periods

import {
  calendarYear,
  type Day,
  dateOf,
  instantOf,
  isBetween,
  monthsAfter,
  nextDay,
  range,
  yearsAround,
} from './naive-calendar.test-kit.ts'
import { type NaiveRules, rulesAt } from './naive-rules.test-kit.ts'
import type { Change, Told, ToldPeriod, ToldSession, ToldStay } from './naive-told.test-kit.ts'

/** What is asked: about whom, through which day, as known at which moment. */
export interface Asked {
  readonly doctor: string
  readonly asOf: Day
  readonly knownAt: string
}

/** One doctor with one group at one session. */
export interface Attended {
  readonly session: ToldSession
  readonly group: string
  readonly person: string
  readonly date: Day
  readonly present: ReadonlySet<number>
  readonly rules: NaiveRules
  /** The first of the conditions that fails, or nothing; by the doctor's rules, and by those for anybody. */
  readonly fails: string | null
  readonly failsAnybody: string | null
}

/** From a day up to another; null: on and on. */
export type Stay = readonly [Day, Day | null]

export const compare = (one: string | number, other: string | number): number =>
  one < other ? -1 : one > other ? 1 : 0

/** A history as it was known. */
export const knowing = (told: Told, { asOf, knownAt }: Omit<Asked, 'doctor'>) => {
  const isKnown = ({ known, retracted = null }: { readonly known: string; readonly retracted?: string | null }) =>
    known <= knownAt && (retracted === null || retracted > knownAt)

  const standing = new Map<string, string>()
  /** The record that stands for the person whom a record is of. */
  const personOf = (record: string): string => standing.get(record) ?? record
  for (const { into, absorbed } of told.merges.filter(isKnown).sort((a, b) => compare(a.known, b.known))) {
    const [stays, goes] = [personOf(into), personOf(absorbed)]
    for (const { name } of told.doctors) if (personOf(name) === goes) standing.set(name, stays)
  }
  /** All records of a person, the standing one first. */
  const recordsOf = (person: string): ReadonlyArray<string> => {
    const others = told.doctors.map(({ name }) => name).filter((name) => name !== person)
    return [person, ...others.filter((name) => personOf(name) === person)]
  }

  const regionOf = (group: string | null, date: Day): string | null => {
    const found = told.groups.find(({ name }) => name === group)
    const moves = (found?.moves ?? []).filter((move) => isKnown(move) && move.on <= asOf && move.on <= date)
    return moves.sort((a, b) => compare(a.on, b.on)).at(-1)?.region ?? found?.region ?? null
  }
  const published = told.rules.filter(isKnown)
  const rulesFor = (date: Day, group: string | null, hospital: boolean, doctor: ReadonlyArray<string>): NaiveRules =>
    rulesAt(published, { date, group, hospital, doctor, region: regionOf(group, date) })

  const staysOf = (group: string, person: string): ReadonlyArray<Stay> => {
    const left = ({ left, leftKnown }: ToldStay): Day | null =>
      left !== null && leftKnown <= knownAt && left <= asOf ? left : null
    return told.stays
      .filter((stay) => stay.group === group && personOf(stay.doctor) === person)
      .filter((stay) => isKnown(stay) && stay.joined <= asOf)
      .map((stay) => [stay.joined, left(stay)])
  }
  const isMember = (group: string, person: string, date: Day): boolean =>
    staysOf(group, person).some(([joined, left]) => isBetween(date, joined, left))

  /** The window of a group that a date lies in; null where many do. */
  const windowOf = (group: string, date: Day, { window }: NaiveRules): readonly [Day, Day] | null => {
    if (window === 'rolling-12-months') return null
    if (window === 'calendar-year') return calendarYear(date)
    const registered = told.groups.find(({ name }) => name === group)?.registered ?? date
    return yearsAround(registered, date).find(([from, to]) => isBetween(date, from, to)) ?? null
  }

  const isCovered = (group: string, date: Day, rules: NaiveRules): boolean =>
    told.signatures.some((one) => {
      if (one.group !== group || !isKnown(one) || one.signed > asOf) return false
      const isWithdrawn = one.withdrawn !== null && one.withdrawnKnown <= knownAt && one.withdrawn <= asOf
      const withdrawn = isWithdrawn ? one.withdrawn : null
      if (withdrawn !== null && withdrawn <= one.signed) return false
      if (isBetween(date, one.signed, withdrawn)) return true
      if (date >= one.signed || rules.declaration === 'prospective') return false
      if (rules.declaration !== 'cures-window') return one.signed <= nextDay(date, rules.declaration.curesDays)
      const window = windowOf(group, date, rules)
      return window === null ? one.signed < monthsAfter(date, 12) : isBetween(one.signed, ...window)
    })

  /** The lists of a session after all that was put right, each person once for each group. */
  const listsOf = (session: ToldSession) => {
    const from = instantOf(session.starts)
    const whole = range(from, from + session.minutes)
    const presentFor = ({ hours, minutes = whole.length }: Change): ReadonlySet<number> => {
      const attended = new Set(hours?.flatMap(([since, until]) => range(from + since, from + until)))
      return new Set(hours === undefined ? whole.slice(0, minutes) : whole.filter((minute) => attended.has(minute)))
    }
    const records = new Map<string, Listed>()
    const rows = session.rows.map((row): Change => ({ ...row, session: session.name, what: 'list', known: '' }))
    const changes = told.changes.filter((one) => one.session === session.name && isKnown(one))
    for (const one of [...rows, ...changes.sort((a, b) => compare(a.known, b.known))]) {
      const { group, doctor, guest = false } = one
      const key = `${group} ${doctor}`
      const before = records.get(key)
      const present = presentFor(one)
      if (one.what === 'withdraw') records.delete(key)
      else if (one.what !== 'minutes') records.set(key, { group, person: personOf(doctor), guest, present })
      else if (before !== undefined) records.set(key, { ...before, present })
    }
    const persons = new Map<string, Listed>()
    for (const { group, person, guest, present } of records.values()) {
      const before = persons.get(`${group} ${person}`)
      const all = new Set([...present, ...(before?.present ?? [])])
      persons.set(`${group} ${person}`, { group, person, guest: guest || before?.guest === true, present: all })
    }
    return [...persons.values()]
  }

  /** Everybody at a session, with the first condition that fails. */
  const attended = (session: ToldSession): ReadonlyArray<Attended> => {
    const date = dateOf(session.starts)
    if (!isKnown(session) || date > asOf) return []
    const hosts = session.hosts.map(personOf)
    const { industry } = session
    const gave = industry !== null && industry.known <= knownAt && industry.cleared > knownAt
    const lists = listsOf(session)
    return lists.map(({ group, person, guest, present }): Attended => {
      const isOwn = (one: Listed): boolean =>
        one.group === group && !one.guest && !hosts.includes(one.person) && isMember(group, one.person, date)
      const own = lists.filter((one) => isOwn(one) && one.present.size > 0)
      const failing = (rules: NaiveRules): string | null => {
        if (guest) return 'GUEST'
        if (!isMember(group, person, date)) return 'NOT_MEMBER'
        if (hosts.includes(person)) return 'HOSTING'
        if (gave) return 'INDUSTRY'
        if (!isCovered(group, date, rules)) return 'NO_DECLARATION'
        if (own.length < rules.quorum) return 'BELOW_QUORUM'
        if (session.minutes < rules.sessionMinutesMin) return 'SESSION_TOO_SHORT'
        return present.size === 0 ? 'NO_MINUTES' : null
      }
      const rules = rulesFor(date, group, session.hospital, recordsOf(person))
      const failsAnybody = failing(rulesFor(date, group, session.hospital, []))
      return { session, group, person, date, present, rules, fails: failing(rules), failsAnybody }
    })
  }

  /** The doctor's periods, one after the other, through the date asked for. */
  const periodsOf = (person: string): ReadonlyArray<NaivePeriod> => {
    const records = recordsOf(person)
    const anchors = records.map((record) => told.doctors.filter(isKnown).find(({ name }) => name === record)?.anchor)
    const others = anchors.slice(1).flatMap((one) => one ?? [])
    const about = told.periods.filter((one) => records.includes(one.doctor) && isKnown(one) && one.on <= asOf)
    const extended = onceEach(about.filter(({ what }) => what === 'extended'))
    let decided: ReadonlyArray<ToldPeriod> = []
    for (const one of about.sort((a, b) => compare(a.on, b.on) || compare(a.known, b.known))) {
      if (one.what === 'decided') decided = [...decided, one]
      else if (one.what === 'upheld') decided = decided.filter(({ period }) => period !== one.period)
    }
    const found: NaivePeriod[] = []
    let begins: readonly [Day, number] | null = [anchors[0] ?? others.sort(compare)[0] ?? '9999-12-31', 0]
    while (begins !== null && monthsAfter(...begins) <= asOf) {
      const from = monthsAfter(...begins)
      const isDecided = rulesFor(from, null, false, records).nextPeriod === 'from-decision'
      const decision = isDecided ? decided.find(({ period, on }) => period >= from && on > from) : undefined
      const end = endOf(begins, extended, isDecided ? (decision?.on ?? '9999-12-31') : null)
      const to = decision?.on ?? monthsAfter(...end)
      found.push({ from, to, goesOn: isDecided && decision === undefined && to <= asOf })
      begins = isDecided ? (decision === undefined ? null : [decision.on, 0]) : end
    }
    return found
  }

  return { personOf, recordsOf, rulesFor, staysOf, windowOf, attended, periodsOf }
}

/** A history as it was known. */
export type Known = ReturnType<typeof knowing>

interface Listed {
  readonly group: string
  readonly person: string
  readonly guest: boolean
  readonly present: ReadonlySet<number>
}

interface NaivePeriod {
  readonly from: Day
  readonly to: Day
  readonly goesOn: boolean
}

/** What two records say alike was said once. */
const onceEach = (all: ReadonlyArray<ToldPeriod>): ReadonlyArray<ToldPeriod> => {
  const said = ({ period, on, months, to }: ToldPeriod): string => [period, on, to ?? months].join()
  return all.filter((one, index) => all.findIndex((other) => said(other) === said(one)) === index)
}

/** The end, as a day and months from there; `until`: the day before which the days of the period lie, where that is not the end. */
const endOf = (
  [base, months]: readonly [Day, number],
  extended: ReadonlyArray<ToldPeriod>,
  until: Day | null,
): readonly [Day, number] => {
  const from = monthsAfter(base, months)
  let end: readonly [Day, number] = [base, months + 60]
  // A longer period can hold the day of one more extension.
  for (const _ of extended) {
    const holding = extended.filter(({ period }) => isBetween(period, from, until ?? monthsAfter(...end)))
    end = [base, months + 60]
    for (const { to } of holding) if (to !== null && to > monthsAfter(...end)) end = [to, 0]
    for (const one of holding) if (one.to === null) end = [end[0], end[1] + one.months]
  }
  return end
}
