// random-rules.ts: random rules, published for the country, adapted by groups, and dispensed from for doctors

import fc from 'fast-check'
import { streamName } from '../kernel/event.ts'
import { ruleNames } from '../rules/changes.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { publishable, usualPermissions } from '../rules/publication.ts'
import type { RuleName, RuleValues } from '../rules/rule-pack.ts'
import { norway } from '../rules/scheme.ts'
import { type LegalDate, legalDate, oslo } from '../values/legal-date.ts'
import { doctorNamed, groupNamed } from './names.ts'
import { type Bare, doctorsOfRandomRegisters, groupsOfRandomRegisters, oneOf } from './random-steps.ts'

type Values = { readonly [Name in RuleName]?: RuleValues[Name] }

const source = { title: 'A circular', address: 'https://example.org/circular' }

const anyValues = (): fc.Arbitrary<Values> =>
  fc.record(
    {
      window: oneOf<RuleValues['window']>('calendar-year', 'group-year', 'rolling-12-months'),
      declaration: oneOf<RuleValues['declaration']>('prospective', 'cures-window', { curesDays: 60 }),
      membershipTransfer: oneOf<RuleValues['membershipTransfer']>('none', 'adds-up'),
      dayCap: oneOf<RuleValues['dayCap']>('cut', 'reject'),
      dayCapMinutes: oneOf(150, 240, 360),
      groupThreshold: oneOf(1, 2, 3),
      doctorThresholdMinutes: oneOf(0, 200, 360),
      quorum: oneOf(1, 2, 3),
      yearlyCap: oneOf<RuleValues['yearlyCap']>('none', 3, 8),
    },
    { requiredKeys: [] },
  )

const published = (type: string, data: object): Bare => ({
  stream: streamName('rules', norway.id),
  command: { type, data: { scheme: norway.id, ...data } },
  knownSince: null,
  role: 'authority',
})

/** What attendances are judged by may differ either way. */
const permissions = {
  ...usualPermissions,
  ...Object.fromEntries(
    ruleNames.flatMap((name) => (usualPermissions[name] === 'may-be-stricter' ? [[name, 'free' as const]] : [])),
  ),
}

const written = (values: Values): object =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source }]))

const packOf = (from: LegalDate, values: Values) => {
  const rules = publishable(defaultPack, permissions)
  const changed = Object.entries(values).map(([name, value]) => [name, { ...rules[name], value, source }])
  return {
    name: `Rules of ${from}`,
    zone: oslo,
    from,
    parameters: { ...rules, ...Object.fromEntries(changed) },
  }
}

/** A pack or two, and what a group and a doctor have otherwise; some of it may be refused. */
export const anyRulesSteps = (): fc.Arbitrary<ReadonlyArray<Bare>> => {
  const until = oneOf('2024-03-31', '2024-12-31', '2026-01-01').map(legalDate)
  return fc
    .record({
      first: anyValues(),
      second: fc.option(anyValues(), { freq: 2 }),
      local: fc.option(fc.record({ group: oneOf(...groupsOfRandomRegisters), says: anyValues(), until }), { freq: 3 }),
      own: fc.option(fc.record({ doctor: oneOf(...doctorsOfRandomRegisters), says: anyValues(), until }), { freq: 3 }),
    })
    .map(({ first, second, local, own }) => {
      const from = legalDate('2022-01-01')
      const pack = packOf(from, first)
      const steps = [published('PublishRulePack', pack)]
      if (second !== null) steps.push(published('PublishRulePack', packOf(legalDate('2024-03-31'), second)))
      if (local !== null) {
        const scope = { layer: 'group', group: groupNamed(local.group) }
        const held = { name: 'Here it is so', scope, from, until: local.until, basis: digestOf(pack) }
        steps.push(published('AdoptLocalAdaptation', { ...held, parameters: written(local.says) }))
      }
      if (own !== null) {
        const granted = { doctor: doctorNamed(own.doctor), from, until: own.until, parameters: written(own.says) }
        steps.push(published('GrantDispensation', granted))
      }
      return steps
    })
}
