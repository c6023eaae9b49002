// dispensation.test.ts: what one doctor may have otherwise for a time, and what is refused

import { describe, test } from 'vitest'
import { doctorNamed } from '../testing/index.ts'
import { defaultPack } from './default-pack.ts'
import { asking, dispensation, first, published, source, sourced } from './published.test-kit.ts'
import { authority, begun, dispense, kari, rules, stricter } from './publishing.test-kit.ts'

describe('S2-31 a dispensation', () => {
  test('S2-31 loosens what is not fixed, for one doctor, until a date', () => {
    const granted = dispensation(kari, sourced({ groupThreshold: 2, mandatory: 10 }), '2024-03-01', '2024-09-01')
    begun.when(asking.dispensation(granted), authority).accepts(published.dispensation(granted))
    rules(published.pack(first), published.dispensation(granted))
      .when(asking.dispensation(granted), authority)
      .doesNothing()
  })

  test('S2-31 RuleIsFixed: not from what is fixed', () => {
    begun.when(dispense(sourced({ minutesPerPoint: 45 })), authority).refuses('RuleIsFixed', {
      path: 'parameters.minutesPerPoint.value',
      found: '45',
      expected: `60, which is fixed by: ${defaultPack.minutesPerPoint.source.title}`,
    })
  })

  test('S2-31 NotOfThisLayer: what is about a group is no doctor’s', () => {
    begun.when(dispense(sourced({ groupSize: { min: 2, max: 12 } })), authority).refuses('NotOfThisLayer', {
      path: 'parameters.groupSize',
      found: 'a rule about a group',
      expected: 'one about an attendance or a doctor',
    })
  })

  test('S2-31 PermissionMalformed: nothing is below it', () => {
    begun
      .when(dispense({ quorum: { value: 1, source, permission: 'fixed' } }), authority)
      .refuses('PermissionMalformed', {
        path: 'parameters.quorum',
        found: '"fixed"',
        expected: 'only { value, source }',
      })
  })

  test('DatesReversed, DigestWrong, ParameterMissing, RulesLeaveGap as for others', () => {
    const asked = (from: string, until: string) => asking.dispensation(dispensation(kari, stricter, from, until))
    begun
      .when(asked('2024-03-01', '2024-03-01'), authority)
      .refuses('DatesReversed', { path: 'until', found: '2024-03-01', expected: 'a date after 2024-03-01' })
    begun
      .when(dispense({}), authority)
      .refuses('ParameterMissing', { path: 'parameters', found: 'nothing', expected: 'at least one parameter' })
    const other = asked('2024-03-01', '2024-09-01')
    begun.when({ ...other, data: { ...other.data, digest: first.digest } }, authority).refuses('DigestWrong', {
      path: 'digest',
      found: first.digest,
      expected: dispensation(kari, stricter, '2024-03-01', '2024-09-01').digest,
    })
    rules().when(asked('2024-03-01', '2024-09-01'), authority).refuses('RulesLeaveGap', {
      path: 'from',
      found: '2024-03-01',
      expected: 'a day on which national rules are in force: none are published, publish them first',
    })
  })

  test('RulesOverlap: of the same doctor, time and parameter', () => {
    const one = dispensation(kari, stricter, '2024-03-01', '2024-09-01')
    const there = rules(published.pack(first), published.dispensation(one))
    const again = dispensation(kari, sourced({ groupThreshold: 2, quorum: 1 }), '2024-08-31', '2025-01-01')
    there.when(asking.dispensation(again), authority).refuses('RulesOverlap', {
      path: 'from',
      found: '2024-08-31 to 2025-01-01',
      expected: 'a time apart from 2024-03-01 to 2024-09-01',
    })
    for (const beside of [
      dispensation(kari, sourced({ quorum: 1 }), '2024-03-01', '2024-09-01'),
      dispensation(kari, stricter, '2024-09-01', '2024-12-01'),
      dispensation(doctorNamed('Ola'), stricter, '2024-03-01', '2024-09-01'),
    ])
      there.when(asking.dispensation(beside), authority).accepts(published.dispensation(beside))
  })
})
