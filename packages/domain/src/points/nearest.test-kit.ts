// nearest.test-kit.ts: small registers of Kari’s, and the steps by which her attendances would count

import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  doctorNamed,
  type GroupRow,
  groupNamed,
  inOslo,
  registerWith,
  type SessionRow,
  sessionNamed,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { nearestChanges } from './nearest.ts'
import type { Meet, Step } from './steps.ts'

export const all = ['Kari', 'Ola', 'Per']
export const held = (session: string, date: string, more: Partial<SessionRow> = {}): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes: 120,
  present: { G1: all },
  ...more,
})

export const pack = (values: Partial<RuleValues>): RulePack => ({
  ...defaultPack,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
  ),
})

export const register = (sessions: ReadonlyArray<SessionRow>, group: Partial<GroupRow> = {}) =>
  registerWith({ doctors: { Kari: '2022-01-01' }, groups: { G1: { members: all, ...group } }, sessions })

export const asKnownAt = inOslo('2030-01-01')

/** The steps of Kari’s attendances that count nothing, by session. */
export const stepsOf = (of: ReturnType<typeof register>, asOf: string, rules = defaultPack) =>
  Object.fromEntries(
    nearestChanges(doctorNamed('Kari'), of.evidence(), rules, { effectiveThrough: legalDate(asOf), asKnownAt }).map(
      ({ label, steps }) => [label, steps],
    ),
  )

export const meet = (sessions: number, minutes: number, by = '2024-12-31'): Meet => ({
  ...{ step: 'meet', group: groupNamed('G1'), sessions, minutes, planned: [], joining: false },
  by: legalDate(by),
})
export const sign = (by: string): Step => ({ step: 'sign', group: groupNamed('G1'), by: legalDate(by) })
export const clear = (label: string): Step => ({ step: 'clear', session: sessionNamed(label), label })

export const addsUp = pack({ membershipTransfer: 'adds-up' })

/** Three sessions of the first group, at the first of which Kari was. */
export const three = ['2024-02-01', '2024-03-01', '2024-04-01'].map((date, i) =>
  held(`S${i + 1}`, date, { present: { G1: i === 0 ? all : ['Ola', 'Per'] } }),
)

export const heldInG2 = (label: string, date: string, more: Partial<SessionRow> = {}) =>
  held(label, date, { present: { G2: all }, ...more })

export const meetWithG2 = (sessions: number, minutes: number, by?: string): Meet => ({
  ...meet(sessions, minutes, by),
  group: groupNamed('G2'),
})
