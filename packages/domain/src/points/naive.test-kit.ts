// naive.test-kit.ts: points worked out a second time, a minute and a day at a time, from what the pages say and with nothing of the engine

import { type Day, dateOf, instantOf, isBetween, monthsAfter, nextDay, range } from './naive-calendar.test-kit.ts'
import { type Asked, type Attended, compare, type Known, knowing, type Stay } from './naive-known.test-kit.ts'
import type { Told } from './naive-told.test-kit.ts'

/** An attendance on its way through the steps. */
interface Left {
  readonly one: Attended
  minutes: number
  reason: string | null
  pending: boolean
  held: number
  /** In parts of a point. */
  worth: number
}

/** Of a point: 45 minutes, 60 minutes and half a point are a whole number of these. */
const parts = 180

/** The answer of the second evaluator. */
export const naively = (told: Told, asked: Asked) => {
  const known = knowing(told, asked)
  const person = known.personOf(asked.doctor)
  const all = told.sessions.flatMap((session) => known.attended(session))
  const mine = all.filter((one) => one.person === person)
  const left = onceOnly(mine.filter(({ fails }) => fails === null))
  /** The days of a group's counting sessions: those that count for anybody, and those that count for this doctor. */
  const counting = new Map(
    told.groups.map((group) => [
      group.name,
      told.sessions
        .filter(({ name }) =>
          all.some(
            (one) =>
              one.session.name === name &&
              one.group === group.name &&
              (one.failsAnybody === null || (one.person === person && one.fails === null)),
          ),
        )
        .map(({ starts }) => dateOf(starts)),
    ]),
  )
  judge(told, known, person, left, counting, asked.asOf)
  const periods = known.periodsOf(person)
  const periodOf = (date: Day) => periods.findLast(({ from }) => from <= date)?.from ?? null
  givePoints(known, left, periodOf)
  const period = periods.at(-1)
  const ofPeriod = <A extends { readonly date: Day }>(one: A): boolean =>
    period !== undefined && period.from <= one.date
  const lines = left.filter(({ one }) => ofPeriod(one))
  const sum = (of: (line: Left) => number): number => lines.reduce((total, line) => total + of(line), 0)
  const demands = known.rulesFor(asked.asOf, null, false, known.recordsOf(person))
  const earned = sum(({ worth }) => worth)
  const mandatory = Math.min(earned, demands.mandatory * parts)
  const elective = Math.min(earned - mandatory, demands.electiveMax * parts)
  const failed = mine.flatMap((one) =>
    one.fails !== null && ofPeriod(one) ? [`${one.session.name}:${one.fails}`] : [],
  )
  const lost = lines.flatMap(({ one, reason, pending }) =>
    reason === null ? [] : [`${one.session.name}:${reason}${pending ? '?' : ''}`],
  )
  return {
    period: period === undefined ? null : { from: period.from, to: period.to },
    goesOn: period?.goesOn ?? false,
    counted: sum(({ minutes }) => minutes),
    mandatory: shown(mandatory),
    elective: shown(elective),
    overflow: shown(earned - mandatory - elective),
    pending: sum(({ pending, held }) => (pending ? held : 0)),
    reasons: [...failed, ...lost].sort(),
  }
}

const shown = (of: number): string => (Math.floor((of * 200 + parts) / (2 * parts)) / 100).toFixed(2)

/** No minute twice, no day beyond its cap. */
const onceOnly = (mine: ReadonlyArray<Attended>): ReadonlyArray<Left> => {
  const began = ({ session }: Attended): number => instantOf(session.starts)
  const inOrder = [...mine].sort(
    (one, other) =>
      began(one) - began(other) || compare(one.session.name, other.session.name) || compare(one.group, other.group),
  )
  const taken = new Set<number>()
  const left = inOrder.map((one): Left => {
    const own = [...one.present].filter((minute) => !taken.has(minute))
    for (const minute of own) taken.add(minute)
    const reason = own.length === 0 ? 'OVERLAPPING' : null
    return { one, minutes: own.length, reason, pending: false, held: 0, worth: 0 }
  })
  const dayOf = ({ one }: Left): string => `${one.group} ${one.date}`
  for (const day of new Set(left.map(dayOf))) {
    const there = left.filter((line) => dayOf(line) === day && line.minutes > 0)
    const together = there.reduce((sum, { minutes }) => sum + minutes, 0)
    let given = 0
    for (const line of there) {
      const { dayCap, dayCapMinutes } = line.one.rules
      if (together > dayCapMinutes)
        line.minutes = dayCap === 'reject' ? 0 : Math.max(0, Math.min(line.minutes, dayCapMinutes - given))
      given += line.minutes
      if (line.minutes === 0) line.reason = 'DAY_CAP'
    }
  }
  return left
}

/** Holds back what does not reach the thresholds, in the window of its group or in any twelve months. */
const judge = (
  told: Told,
  known: Known,
  person: string,
  left: ReadonlyArray<Left>,
  counting: ReadonlyMap<string, ReadonlyArray<Day>>,
  asOf: Day,
): void => {
  const held = (group: string, [from, to]: readonly [Day, Day]): number =>
    (counting.get(group) ?? []).filter((day) => isBetween(day, from, to)).length
  const bounds = new Map<string, ReadonlyArray<Stay>>()
  const stays = (group: string) => {
    const found = bounds.get(group) ?? joinedUp(known.staysOf(group, person))
    bounds.set(group, found)
    return found
  }
  const moved = (from: string, to: string, [since, until]: readonly [Day, Day]): boolean =>
    stays(from).some(([, away]) => away !== null && isBetween(away, since, until)) &&
    stays(to).some(([joined]) => isBetween(joined, since, until))
  const minutesWith = (group: string, window: readonly [Day, Day], counts: (one: Left) => boolean): number =>
    left
      .filter((line) => line.one.group === group && isBetween(line.one.date, ...window) && counts(line))
      .reduce((sum, { minutes }) => sum + minutes, 0)
  const most = ({ one }: Left, window: readonly [Day, Day]): number => {
    const own = minutesWith(one.group, window, () => true)
    const others = told.groups.map(({ name }) => name).filter((name) => name !== one.group)
    const added = others.map((other) => {
      const adds = one.rules.membershipTransfer === 'adds-up'
      if (!adds || !(moved(one.group, other, window) || moved(other, one.group, window))) return 0
      return minutesWith(other, window, (line) => {
        const theirs = known.windowOf(other, line.one.date, line.one.rules) ?? window
        return held(other, theirs) >= line.one.rules.groupThreshold
      })
    })
    return own + Math.max(0, ...added)
  }
  const outcomes = left.map((line): { reason: string | null; over: Day } | null => {
    if (line.minutes === 0) return null
    const { one } = line
    const fixed = known.windowOf(one.group, one.date, one.rules)
    const starts = fixed === null ? range(-366, 1).map((days) => nextDay(one.date, days)) : []
    const rolling = starts.map((from) => [from, monthsAfter(from, 12)] as const)
    const windows = fixed === null ? rolling.filter((window) => isBetween(one.date, ...window)) : [fixed]
    const enough = windows.filter((window) => held(one.group, window) >= one.rules.groupThreshold)
    const passes = enough.some((window) => most(line, window) >= one.rules.doctorThresholdMinutes)
    const reason = enough.length === 0 ? 'GROUP_UNDER_3_MEETINGS' : 'DOCTOR_UNDER_6_HOURS'
    return { reason: passes ? null : reason, over: fixed?.[1] ?? monthsAfter(one.date, 12) }
  })
  left.forEach((line, index) => {
    const outcome = outcomes[index]
    if (!outcome?.reason) return
    line.held = line.minutes
    line.minutes = 0
    line.reason = outcome.reason
    line.pending = asOf < nextDay(outcome.over, -1)
  })
}

/** Stays that adjoin or overlap as one; those of no days are none. */
const joinedUp = (stays: ReadonlyArray<Stay>): ReadonlyArray<Stay> => {
  const found: Stay[] = []
  for (const [joined, left] of [...stays].sort(([one], [other]) => compare(one, other))) {
    if (left !== null && left <= joined) continue
    const [since, until] = found.at(-1) ?? ['', '']
    if (until !== null && until < joined) found.push([joined, left])
    else
      found[found.length - 1] = [
        since,
        until === null || left === null ? null : ([until, left].sort(compare)[1] ?? left),
      ]
  }
  return found
}

/** Points of what passed, rounded and capped by each attendance's own rules; nothing before the anchor. */
const givePoints = (known: Known, left: ReadonlyArray<Left>, periodOf: (date: Day) => Day | null): void => {
  const sums = new Map<string, number>()
  const years = new Map<string, number>()
  for (const line of left) {
    const { one, minutes } = line
    const period = periodOf(one.date)
    if (minutes === 0 || period === null) continue
    const { rounding, minutesPerPoint, yearlyCap } = one.rules
    const exactly = (minutes * parts) / minutesPerPoint
    const round = (of: number): number => {
      if (rounding === 'none') return of
      const unit = rounding.unit * parts
      return Math.floor(of / unit + (rounding.mode === 'floor' ? 0 : 0.5)) * unit
    }
    let worth = round(exactly)
    if (rounding !== 'none' && rounding.per === 'window') {
      const window = known.windowOf(one.group, one.date, one.rules)
      const key = JSON.stringify([one.group, window, period, rounding.mode, rounding.unit])
      const before = sums.get(key) ?? 0
      sums.set(key, before + exactly)
      worth = round(before + exactly) - round(before)
    }
    const year = one.date.slice(0, 4)
    const used = years.get(year) ?? 0
    line.worth = yearlyCap === 'none' ? worth : Math.min(worth, Math.max(0, yearlyCap * parts - used))
    years.set(year, used + line.worth)
    if (worth > 0 && line.worth === 0) line.reason = 'YEARLY_CAP'
  }
}
