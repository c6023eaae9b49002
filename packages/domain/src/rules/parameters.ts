// parameters.ts: what each parameter of a rule pack can be, and which way is stricter

import * as t from 'io-ts'
import type { DeclarationRule, RoundingRule, RuleName, RuleValues, WindowRule } from './rule-pack.ts'

/** The values of one parameter. */
export interface Parameter<A> {
  /** Its name says what is expected. */
  readonly codec: t.Type<A, A>
  /** Whether `one` is stricter than `other`; null where the values are in no order. */
  readonly isStricter: ((one: A, other: A) => boolean) | null
}

const whole = (least: number, most: number): t.Type<number> =>
  t.refinement(
    t.number,
    (n) => Number.isInteger(n) && n >= least && n <= most,
    `a whole number from ${least} to ${most}`,
  )

const oneOf = <A extends string>(first: A, ...others: ReadonlyArray<A>): t.Type<A, A> => {
  const values: ReadonlyArray<unknown> = [first, ...others]
  const name = [first, ...others].map((value) => `'${value}'`).join(' or ')
  const is = (value: unknown): value is A => values.includes(value)
  return new t.Type(
    name,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  )
}

const higher = (one: number, other: number): boolean => one > other
const lower = (one: number, other: number): boolean => one < other

const minutesOfDay = whole(0, 1_500)
const points = whole(0, 1_000)

const Window: t.Type<WindowRule> = oneOf('calendar-year', 'group-year', 'rolling-12-months')
const Declaration: t.Type<DeclarationRule> = t.union(
  [oneOf('prospective', 'cures-window'), t.strict({ curesDays: whole(0, 3_660) })],
  "'prospective', 'cures-window' or { curesDays: a whole number of days }",
)
const Rounding: t.Type<RoundingRule> = t.union(
  [
    oneOf('none'),
    t.strict({
      mode: oneOf('floor', 'half-up'),
      per: oneOf('session', 'window'),
      unit: t.union([t.literal(0.5), t.literal(1)]),
    }),
  ],
  "'none' or { mode: 'floor' or 'half-up', per: 'session' or 'window', unit: 0.5 or 1 }",
)
const YearlyCap: t.Type<'none' | number> = t.union([oneOf('none'), points], "'none' or a whole number of points")
const GroupSize = t.refinement(
  t.strict({ min: whole(1, 1_000), max: whole(1, 1_000) }),
  ({ min, max }) => min <= max,
  '{ min, max } of which min is not the greater',
)

/** Every parameter there is. */
export const parameters: { readonly [Name in RuleName]: Parameter<RuleValues[Name]> } = {
  periodYears: { codec: whole(1, 50), isStricter: null },
  nextPeriod: { codec: oneOf('from-old-end'), isStricter: null },
  window: { codec: Window, isStricter: null },
  participants: { codec: oneOf('members'), isStricter: null },
  hosting: { codec: oneOf('no-points'), isStricter: null },
  industry: { codec: oneOf('nothing-counts'), isStricter: null },
  presence: { codec: oneOf('minutes-present'), isStricter: null },
  sameMinutes: { codec: oneOf('once'), isStricter: null },
  declaration: { codec: Declaration, isStricter: (one, other) => one === 'prospective' && other !== 'prospective' },
  quorum: { codec: whole(1, 1_000), isStricter: higher },
  sessionMinutesMin: { codec: minutesOfDay, isStricter: higher },
  dayCapMinutes: { codec: minutesOfDay, isStricter: lower },
  dayCap: { codec: oneOf('cut', 'reject'), isStricter: (one, other) => one === 'reject' && other === 'cut' },
  groupThreshold: { codec: whole(0, 1_000), isStricter: higher },
  doctorThresholdMinutes: { codec: whole(0, 100_000), isStricter: higher },
  membershipTransfer: {
    codec: oneOf('none', 'adds-up'),
    isStricter: (one, other) => one === 'none' && other === 'adds-up',
  },
  minutesPerPoint: { codec: whole(1, 1_500), isStricter: higher },
  rounding: { codec: Rounding, isStricter: null },
  yearlyCap: {
    codec: YearlyCap,
    isStricter: (one, other) => one !== 'none' && (other === 'none' || one < other),
  },
  mandatory: { codec: points, isStricter: higher },
  electiveMax: { codec: points, isStricter: lower },
  groupSize: { codec: GroupSize, isStricter: null },
}
