// nearest.test.ts: what can still be done about an attendance that counts nothing, and how it is told

import { expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { doctorNamed, groupNamed, registerWith, type SessionRow } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { explained } from './explained.ts'
import { languages } from './language.ts'
import { all, asKnownAt, held, meet, pack, register, stepsOf } from './nearest.test-kit.ts'
import { nearestChanges } from './nearest.ts'
import { points } from './points.ts'

test('of a session that two groups held, each is told what it can do', () => {
  const [first = '', second = ''] = ['G1', 'G2'].sort((one, other) => (groupNamed(one) < groupNamed(other) ? -1 : 1))
  const twice = registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { [first]: { members: all, signed: null }, [second]: { members: all } },
    sessions: [held('S1', '2024-02-01', { present: { [first]: all, [second]: all } })],
  })
  const question = { effectiveThrough: legalDate('2024-09-01'), asKnownAt }
  const changes = nearestChanges(doctorNamed('Kari'), twice.evidence(), defaultPack, question)
  expect(changes.map(({ group, steps }) => [group, steps])).toEqual([
    [groupNamed(first), []],
    [groupNamed(second), [{ ...meet(2, 240), group: groupNamed(second) }]],
  ])
})

test('what asks for another past has no step', () => {
  const three = ['2024-02-01', '2024-05-01', '2024-08-01'].map((date, i) => held(`T${i}`, date))
  const no = (more: Partial<SessionRow>) => stepsOf(register([...three, held('S1', '2024-04-01', more)]), '2024-09-01')
  expect(no({ present: { G1: ['Kari'] } })).toEqual({ S1: [] })
  expect(no({ minutes: 59 })).toEqual({ S1: [] })
  expect(no({ hosts: ['Kari'] })).toEqual({ S1: [] })
  expect(no({ present: { G1: [{ doctor: 'Kari', role: 'guest' }, 'Ola', 'Per'] } })).toEqual({ S1: [] })
  expect(no({ present: { G1: [{ doctor: 'Kari', minutes: 0 }, 'Ola', 'Per'] } })).toEqual({ S1: [] })
  expect(no({ present: { G1: ['Kari'] }, industry: 'pens' })).toEqual({ S1: [] })
  const capped = pack({ yearlyCap: 6 })
  expect(stepsOf(register([...three, held('S1', '2024-10-01')]), '2024-12-31', capped)).toEqual({ S1: [] })
})

test('each step is told in both languages', () => {
  const rules = pack({ declaration: 'cures-window' })
  const told = (of: ReturnType<typeof register>, asOf: string) =>
    languages.map((language) => {
      const evidence = of.evidence()
      const question = { effectiveThrough: legalDate(asOf), asKnownAt }
      const kari = doctorNamed('Kari')
      const changes = nearestChanges(kari, evidence, rules, question)
      const names = { doctor: () => 'Kari', group: () => 'G1' }
      return explained(points(kari, evidence, rules, question), rules, names, language, changes).lines.map(
        ({ nearest }) => nearest?.text ?? null,
      )
    })
  const unsigned = register([held('S1', '2024-02-01', { industry: 'pens' })], { signed: null })
  expect(told(unsigned, '2024-09-01')).toEqual([
    [
      'What would make it count: that nothing was contributed to S1 after all, and the report of it is cleared; and a declaration of freedom from the industry, signed for group G1 by 2024-12-31; and 2 more counting sessions of group G1 and 240 more counting minutes with it, by 2024-12-31.',
    ],
    [
      'Dette får det til å telle: at S1 likevel ikke fikk noe bidrag, og at meldingen om det blir avkreftet; og en erklæring om industrifrihet, undertegnet for smågruppe G1 innen 31.12.2024; og 2 tellende møter til i smågruppe G1 og 240 tellende minutter til med den, innen 31.12.2024.',
    ],
  ])
  const left = register(
    [held('S1', '2024-02-01', { minutes: 359 }), held('S2', '2024-04-01', { present: { G1: ['Ola', 'Per'] } })],
    { members: ['Ola', 'Per', { doctor: 'Kari', left: '2024-03-01' }] },
  )
  expect(told(left, '2024-09-01')).toEqual([
    [
      'What would make it count: 1 more counting session of group G1 and 1 more counting minute with it, as a member again, by 2024-12-31.',
    ],
    [
      'Dette får det til å telle: 1 tellende møte til i smågruppe G1 og 1 tellende minutt til med den, som medlem på nytt, innen 31.12.2024.',
    ],
  ])
  const minutes = register([
    held('S1', '2024-02-01'),
    held('S2', '2024-04-01', { present: { G1: ['Ola', 'Per'] } }),
    held('S3', '2024-05-01', { present: { G1: ['Ola', 'Per'] } }),
  ])
  expect(told(minutes, '2024-09-01').flat()).toEqual([
    'What would make it count: 240 more counting minutes with group G1, by 2024-12-31.',
    'Dette får det til å telle: 240 tellende minutter til med smågruppe G1, innen 31.12.2024.',
  ])
  expect(told(minutes, '2024-12-31').flat()).toEqual([
    'Nothing that can still be done would make it count.',
    'Ingenting som fortsatt kan gjøres, får det til å telle.',
  ])
})
