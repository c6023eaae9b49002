// naive-told.test-kit.ts: a history as plain rows, for the second evaluator: what happened, since when it was known, since when it was taken back

import type { Day } from './naive-calendar.test-kit.ts'
import type { ToldRules } from './naive-rules.test-kit.ts'

/** Moments are text in the order of time, `2024-03-31T00:00:00.000Z`. */
export interface Told {
  /** The anchor, null: none; and since when it was known. */
  readonly doctors: ReadonlyArray<{ readonly name: string; readonly anchor: Day | null; readonly known: string }>
  /** `retracted`: since when it was known that the two are two after all. */
  readonly merges: ReadonlyArray<{
    readonly into: string
    readonly absorbed: string
    readonly known: string
    readonly retracted: string | null
  }>
  readonly periods: ReadonlyArray<ToldPeriod>
  readonly groups: ReadonlyArray<{
    readonly name: string
    readonly registered: Day
    readonly region: string
    readonly moves: ReadonlyArray<{ readonly on: Day; readonly region: string; readonly known: string }>
  }>
  readonly stays: ReadonlyArray<ToldStay>
  readonly signatures: ReadonlyArray<{
    readonly group: string
    readonly signed: Day
    readonly known: string
    readonly retracted: string | null
    readonly withdrawn: Day | null
    readonly withdrawnKnown: string
  }>
  readonly sessions: ReadonlyArray<ToldSession>
  readonly changes: ReadonlyArray<Change>
  readonly rules: ReadonlyArray<ToldRules>
}

/** What the authority said of the period that holds the day `period`: longer by months, or to a day; decided; a complaint upheld. */
export interface ToldPeriod {
  readonly doctor: string
  readonly what: 'extended' | 'decided' | 'upheld'
  readonly period: Day
  readonly on: Day
  readonly months: number
  readonly to: Day | null
  readonly known: string
  readonly retracted: string | null
}

export interface ToldStay {
  readonly group: string
  readonly doctor: string
  readonly joined: Day
  readonly known: string
  readonly retracted: string | null
  readonly left: Day | null
  readonly leftKnown: string
}

export interface ToldSession {
  readonly name: string
  /** A wall time in Oslo, `2024-03-31 01:00`. */
  readonly starts: string
  readonly minutes: number
  /** At the one hospital there is. */
  readonly hospital: boolean
  readonly hosts: ReadonlyArray<string>
  readonly groups: ReadonlyArray<string>
  readonly industry: { readonly known: string; readonly cleared: string } | null
  readonly rows: ReadonlyArray<Row>
  readonly known: string
  readonly retracted: string | null
}

/** Somebody on a list. The whole session, or its first minutes, or intervals in minutes since it began. */
export interface Row {
  readonly group: string
  readonly doctor: string
  readonly guest?: boolean
  readonly minutes?: number
  readonly hours?: ReadonlyArray<readonly [number, number]>
}

/** A list as it was held, or what was put right in it. */
export interface Change extends Row {
  readonly session: string
  readonly what: 'list' | 'add' | 'withdraw' | 'minutes'
  readonly known: string
}
