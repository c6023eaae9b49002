// circumstances.test-kit.ts: one session in tests: of a group in Bergen, at the children's department, attended by Kari

import { departmentNamed, doctorNamed, groupNamed, hospitalNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { type Circumstances, nationally } from './in-force.ts'
import { municipality } from './published.test-kit.ts'
import type { RuleName, RulePack } from './rule-pack.ts'

export const kari = doctorNamed('Kari')
export const g1 = groupNamed('G1')
export const children = departmentNamed('children')
export const hospital = { layer: 'hospital', hospital: hospitalNamed('Haukeland') } as const

export const here = (date: string, other: Partial<Circumstances> = {}): Circumstances => ({
  ...nationally(legalDate(date)),
  group: g1,
  municipality: municipality('4601'),
  department: children,
  doctor: [kari],
  ...other,
})

/** What a parameter is, at which level it was set and by what. */
export const set = (rules: RulePack, name: RuleName) => {
  const { value, setBy } = rules[name]
  return [value, setBy?.layer ?? 'national', setBy?.event ?? null]
}
