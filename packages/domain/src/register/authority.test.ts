// authority.test.ts: what nobody does but the authority, asked of a whole register

import { isLeft } from 'fp-ts/lib/Either.js'
import { beforeEach, expect, test } from 'vitest'
import { asking, pack } from '../rules/published.test-kit.ts'
import { doctorNamed, type Opened, opened } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'

let app: Opened
beforeEach(async () => {
  app = opened()
  for (const name of ['Kari', 'Kari again'])
    await as('importer', { type: 'RegisterDoctor', data: { doctor: doctorNamed(name), name, municipality: null } })
  await as('importer', { type: 'OpenPeriod', data: { doctor: doctorNamed('Kari'), anchor: legalDate('2020-01-01') } })
})

const as = async (role: string, command: object) => {
  const receipt = await app.register.execute(command, { actor: { id: `the ${role}`, role } })()
  return isLeft(receipt) ? receipt.left : receipt.right.events.length
}

const doctor = doctorNamed('Kari')
const period = { doctor, period: legalDate('2020-01-01'), on: legalDate('2025-01-10') }
const acts = [
  ['publishes rules', asking.pack(pack('2026-01-01'))],
  ['makes a period longer', { type: 'ExtendPeriod', data: { ...period, by: { months: 6 }, ground: 'leave' } }],
  ['decides a period', { type: 'DecidePeriod', data: { ...period, outcome: 'renewed' } }],
  ['merges doctors', { type: 'MergeDoctors', data: { doctor, absorbed: doctorNamed('Kari again') } }],
] as const

test.for(acts)(
  'S1-05 only the authority %s: of no other role, and of no name that looks like it',
  async ([, command]) => {
    for (const role of [
      'importer',
      'coordinator',
      'local-authority',
      'gp',
      'Authority',
      'authority ',
      'the authority',
      '',
    ]) {
      const refusal = { _tag: 'NotForThisActor', role, needed: 'authority' }
      expect(await as(role, command)).toMatchObject({ _tag: 'Refused', refusal })
    }
    expect(app.log.log.filter(({ actor }) => actor.role !== 'importer')).toEqual([])
    expect(await as('authority', command)).toBe(1)
  },
)
