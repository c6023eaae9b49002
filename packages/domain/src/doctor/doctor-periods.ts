// doctor-periods.ts: the years of a doctor's resertification as decisions see them: opened, extended, decided, complained of

import { saysTheSame } from '../kernel/canonical.ts'
import { accept, type Context, type Decision, nothing, refuse } from '../kernel/decider.ts'
import type { Actor } from '../kernel/event.ts'
import { authority, isAuthority, isImporter } from '../values/actor-role.ts'
import { type LegalDate, plusYears } from '../values/legal-date.ts'
import type { PeriodCommand } from './doctor-commands.ts'
import {
  complaintFiled,
  complaintRejected,
  complaintUpheld,
  type DataOf,
  type PeriodEvent,
  type PeriodOutcome,
  periodDecided,
  periodExtended,
  periodOpened,
} from './doctor-events.ts'

// state: what a decision needs to know, and no more

/** What was opened, granted and decided. How long a period lasts by itself is the rules' to say. */
export interface Periods {
  readonly anchor: LegalDate | null
  readonly extensions: ReadonlyArray<DataOf<'PeriodExtended'>>
  /** The decisions that stand: one that a complaint was upheld against does not. */
  readonly decided: ReadonlyArray<StandingDecision>
}

interface StandingDecision extends DataOf<'PeriodDecided'> {
  /** When a complaint was filed that is not settled. */
  readonly complaint: LegalDate | null
}

export const noPeriods: Periods = { anchor: null, extensions: [], decided: [] }

export const evolvePeriods = (periods: Periods, event: PeriodEvent): Periods => {
  const about = (data: { readonly period: LegalDate }) => (one: StandingDecision) => one.period === data.period
  const complained = (data: { readonly period: LegalDate }, complaint: LegalDate | null): Periods => ({
    ...periods,
    decided: periods.decided.map((one) => (about(data)(one) ? { ...one, complaint } : one)),
  })
  switch (event.type) {
    case 'PeriodOpened':
      return { ...periods, anchor: event.data.anchor }
    case 'PeriodExtended':
      return { ...periods, extensions: [...periods.extensions, event.data] }
    case 'PeriodDecided':
      return {
        ...periods,
        decided: [...periods.decided.filter((one) => !about(event.data)(one)), { ...event.data, complaint: null }],
      }
    case 'ComplaintFiled':
      return complained(event.data, event.data.on)
    case 'ComplaintRejected':
      return complained(event.data, null)
    case 'ComplaintUpheld':
      return { ...periods, decided: periods.decided.filter((one) => !about(event.data)(one)) }
  }
}

// decisions: one switch onto named functions

/** Why a command about a doctor's periods is refused, with what says more. */
export type PeriodRefusal =
  | { readonly _tag: 'PeriodOpenedAlready'; readonly anchor: LegalDate }
  /** No period holds that day: it is before the anchor, or there is none. */
  | { readonly _tag: 'NoPeriodThen'; readonly period: LegalDate; readonly anchor: LegalDate | null }
  /** A period would end, or be decided, no later than it begins. */
  | { readonly _tag: 'EndNotAfterBegin'; readonly period: LegalDate; readonly on: LegalDate }
  /** An extension would have a period end on `to`, later than `latest`: 50 years after the day that it is named by. */
  | {
      readonly _tag: 'PeriodEndsTooLate'
      readonly period: LegalDate
      readonly to: LegalDate
      readonly latest: LegalDate
    }
  | {
      readonly _tag: 'PeriodDecidedAlready'
      readonly period: LegalDate
      readonly on: LegalDate
      readonly outcome: PeriodOutcome
    }
  /** Nothing was decided of that period by that day. */
  | { readonly _tag: 'NothingDecided'; readonly period: LegalDate; readonly on: LegalDate }
  | { readonly _tag: 'ComplaintFiledAlready'; readonly period: LegalDate; readonly on: LegalDate }
  /** No complaint that is not settled was filed by that day. */
  | { readonly _tag: 'NoComplaint'; readonly period: LegalDate; readonly on: LegalDate }
  | { readonly _tag: 'NotForThisActor'; readonly role: string; readonly needed: string }

type PeriodDecision = Decision<PeriodEvent, PeriodRefusal>
type Asked<Type extends PeriodCommand['type']> = Extract<PeriodCommand, { readonly type: Type }>['data']

export const decidePeriods = (asked: PeriodCommand, periods: Periods, { actor }: Context): PeriodDecision => {
  const refusal = notForThisActor(asked.type, actor)
  if (refusal !== null) return refuse(refusal)
  switch (asked.type) {
    case 'OpenPeriod':
      return openPeriod(asked.data, periods)
    case 'ExtendPeriod':
      return extendPeriod(asked.data, periods)
    case 'DecidePeriod':
      return decidePeriod(asked.data, periods)
    case 'FileComplaint':
      return fileComplaint(asked.data, periods)
    case 'UpholdComplaint':
      return settleComplaint(asked.data, periods, complaintUpheld.of)
    case 'RejectComplaint':
      return settleComplaint(asked.data, periods, complaintRejected.of)
  }
}

const openPeriod = ({ anchor }: Asked<'OpenPeriod'>, periods: Periods): PeriodDecision =>
  periods.anchor === anchor
    ? nothing
    : periods.anchor === null
      ? accept(periodOpened.of({ anchor }))
      : refuse({ _tag: 'PeriodOpenedAlready', anchor: periods.anchor })

const extendPeriod = ({ doctor: _, ...data }: Asked<'ExtendPeriod'>, periods: Periods): PeriodDecision => {
  const { period, by } = data
  if (isBefore(period, periods)) return refuse({ _tag: 'NoPeriodThen', period, anchor: periods.anchor })
  if ('to' in by && by.to <= period) return refuse({ _tag: 'EndNotAfterBegin', period, on: by.to })
  if (periods.extensions.some((one) => saysTheSame(one, data))) return nothing
  const tooLate = endsTooLate(data)
  return tooLate === null ? accept(periodExtended.of(data)) : refuse(tooLate)
}

/** As many as the months of one extension can be. */
const mostYears = 50

/** Why a period cannot be given that end; null where it can. No part of what is stored, so that what was stored earlier stays readable. */
export const endsTooLate = ({
  period,
  by,
}: DataOf<'PeriodExtended'>): Extract<PeriodRefusal, { readonly _tag: 'PeriodEndsTooLate' }> | null => {
  const latest = plusYears(period, mostYears)
  return 'to' in by && by.to > latest ? { _tag: 'PeriodEndsTooLate', period, to: by.to, latest } : null
}

const decidePeriod = ({ period, on, outcome }: Asked<'DecidePeriod'>, periods: Periods): PeriodDecision => {
  if (isBefore(period, periods)) return refuse({ _tag: 'NoPeriodThen', period, anchor: periods.anchor })
  if (on <= period) return refuse({ _tag: 'EndNotAfterBegin', period, on })
  const before = periods.decided.find((one) => one.period === period)
  if (before === undefined) return accept(periodDecided.of({ period, on, outcome }))
  return before.on === on && before.outcome === outcome
    ? nothing
    : refuse({ _tag: 'PeriodDecidedAlready', period, on: before.on, outcome: before.outcome })
}

const fileComplaint = ({ period, on }: Asked<'FileComplaint'>, periods: Periods): PeriodDecision => {
  const decision = periods.decided.find((one) => one.period === period)
  if (decision === undefined || on < decision.on) return refuse({ _tag: 'NothingDecided', period, on })
  if (decision.complaint === null) return accept(complaintFiled.of({ period, on }))
  return decision.complaint === on ? nothing : refuse({ _tag: 'ComplaintFiledAlready', period, on: decision.complaint })
}

const settleComplaint = (
  { period, on }: Asked<'UpholdComplaint' | 'RejectComplaint'>,
  periods: Periods,
  settled: (data: { readonly period: LegalDate; readonly on: LegalDate }) => PeriodEvent,
): PeriodDecision => {
  const filed = periods.decided.find((one) => one.period === period)?.complaint ?? null
  return filed === null || on < filed ? refuse({ _tag: 'NoComplaint', period, on }) : accept(settled({ period, on }))
}

const isBefore = (period: LegalDate, { anchor }: Periods): boolean => anchor === null || period < anchor

type ForOthers = Extract<PeriodRefusal, { readonly _tag: 'NotForThisActor' }>

/**
 * Only the authority opens, extends and decides a period, and settles a complaint. An importer brings in that a period was opened; a
 * decision is nobody's but the authority's. Anybody may record that a complaint came.
 */
export const notForThisActor = (type: PeriodCommand['type'] | PeriodEvent['type'], actor: Actor): ForOthers | null => {
  switch (type) {
    case 'FileComplaint':
    case 'ComplaintFiled':
      return null
    case 'OpenPeriod':
    case 'PeriodOpened':
      return unlessTheAuthorityOrAnImporter(actor)
    default:
      return unlessTheAuthority(actor)
  }
}

export const unlessTheAuthority = (actor: Actor): ForOthers | null =>
  isAuthority(actor) ? null : { _tag: 'NotForThisActor', role: actor.role, needed: authority }

/** What the authority did elsewhere before, an importer brings in. */
export const unlessTheAuthorityOrAnImporter = (actor: Actor): ForOthers | null =>
  isImporter(actor) ? null : unlessTheAuthority(actor)
