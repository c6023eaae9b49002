// answers.test.ts: lists in order, names, and rows page by page

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { uuidOf } from '../kernel/event.ts'
import { storeFailure } from '../kernel/event-store.ts'
import type { ProjectionStore } from '../kernel/projection-store.ts'
import { follower } from '../kernel/replay.ts'
import { doctorEvidence, groupEvidence, sessionEvidence } from '../projections/evidence.ts'
import { groupRegister } from '../projections/group-register.ts'
import { hospitalDirectory } from '../projections/hospital-directory.ts'
import { danishPack } from '../rules/danish-pack.ts'
import {
  anybody,
  departmentNamed,
  doctorNamed,
  groupNamed,
  hospitalNamed,
  inOslo,
  type Opened,
  opened,
  reference,
  sessionNamed,
  testVault,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { openRegister } from './register.ts'

const importer = { actor: { id: 'a sheet', role: 'importer' } }

const doing = async ({ register }: Pick<Opened, 'register'>, ...commands: ReadonlyArray<unknown>): Promise<void> => {
  for (const command of commands) {
    const receipt = await register.execute(command, importer)()
    if (isLeft(receipt)) throw new Error(JSON.stringify(receipt.left))
  }
}

const group = (name: string, label: string | null) => ({
  type: 'RegisterGroup',
  data: {
    group: groupNamed(name),
    name,
    municipality: null,
    on: '2020-01-01',
    reference: label === null ? null : reference(label),
  },
})

const held = (session: string, starts: string, groups: ReadonlyArray<string>, topics: ReadonlyArray<string>) => ({
  type: 'ReportSessionHeld',
  data: {
    session: sessionNamed(session),
    starts: inOslo(starts),
    ends: inOslo(starts.replace('15:', '17:')),
    zone: 'Europe/Oslo',
    place: null,
    department: null,
    hosts: [],
    groups: groups.map(groupNamed),
    topics: topics.map((wording) => ({ wording, topic: null, origin: 'own-practice' })),
    attendance: groups.map((one) => ({
      group: groupNamed(one),
      doctor: doctorNamed('Kari'),
      role: 'member',
      presence: { kind: 'whole' },
    })),
    reference: reference(session),
    request: null,
  },
})

const department = [
  { type: 'RegisterHospital', data: { hospital: hospitalNamed('H'), name: 'H', legalEntity: '974557746' } },
  {
    type: 'RegisterDepartment',
    data: {
      hospital: hospitalNamed('H'),
      department: departmentNamed('D'),
      name: 'D',
      organisationNumber: '974557746',
      reference: reference('D01'),
    },
  },
]

describe('lists', () => {
  test('S1-14 groups come by their labels', async () => {
    const store = opened()
    await doing(store, group('third', 'G10'), group('first', 'G02'), group('second', 'G1'))
    const entries = await store.register.groupRegister(store.register.question())()
    expect(isLeft(entries) ? entries : entries.right.map(({ label }) => label)).toEqual(['G02', 'G1', 'G10'])
  })

  test('S1-16 topics come by date, then session, then group, then as they were reported', async () => {
    const store = opened()
    await doing(
      store,
      group('A', 'G2'),
      group('B', 'G1'),
      held('S2', '2024-01-10 15:00', ['A', 'B'], ['second', 'first']),
      held('S1', '2024-01-10 15:00', ['A'], ['one']),
      held('S3', '2023-01-10 15:00', ['A'], ['earlier']),
    )
    const entries = await store.register.topicLog(store.register.question())()
    const b = groupNamed('B')
    const rows = isLeft(entries)
      ? []
      : entries.right.map(({ label, group: of, wording }) => `${label} ${of === b ? 'G1' : 'G2'} ${wording}`)
    expect(rows).toEqual(['S3 G2 earlier', 'S1 G2 one', 'S2 G1 second', 'S2 G1 first', 'S2 G2 second', 'S2 G2 first'])
  })
})

describe('names', () => {
  test('are what the reporters call groups and departments, or the id', async () => {
    const store = opened()
    await doing(store, group('A', 'G01'), group('B', null), ...department)
    const labels = await store.register.labels()
    if (isLeft(labels)) throw new Error(labels.left.message)
    const of = labels.right
    expect([
      of.group(groupNamed('A')),
      of.group(groupNamed('B')),
      of.department(departmentNamed('D')),
      of.department(departmentNamed('E')),
    ]).toEqual(['G01', groupNamed('B'), 'D01', departmentNamed('E')])
  })

  test('lead back to what they stand for', async () => {
    const store = opened()
    await doing(store, group('A', 'G01'), ...department)
    expect(await store.register.named('group', reference('G01'))()).toMatchObject({ right: { id: groupNamed('A') } })
    expect(await store.register.named('department', reference('D01'))()).toMatchObject({
      right: { id: departmentNamed('D') },
    })
    expect(await store.register.named('group', reference('G99'))()).toEqual(right(null))
  })
})

describe('rows', () => {
  test('are brought up to date before they are read, one, some, a page or all', async () => {
    const store = opened()
    const { rows } = store.register
    expect(await rows.get(groupRegister, groupNamed('A'))()).toEqual(right(null))
    await doing(store, group('A', 'G1'), group('B', 'G2'), group('C', 'G3'))
    const keys = ['A', 'B', 'C'].map(groupNamed).sort()
    const found = async (read: ReturnType<typeof rows.all<never, unknown>>) => {
      const result = await read()
      return isLeft(result) ? result : [...result.right.keys()]
    }
    expect(await found(rows.all(groupRegister))).toEqual(keys)
    expect(await found(rows.list(groupRegister, { limit: 2 }))).toEqual(keys.slice(0, 2))
    expect(await found(rows.list(groupRegister, { limit: 2, after: keys[1] ?? '' }))).toEqual(keys.slice(2))
    expect(await found(rows.list(groupRegister, { limit: 9, prefix: keys[1]?.slice(0, 8) ?? '' }))).toEqual(
      keys.slice(1, 2),
    )
    expect(await found(rows.getMany(groupRegister, [keys[2] ?? '', 'nobody']))).toEqual(keys.slice(2))
    expect(await rows.get(groupRegister, keys[0] ?? '')()).toMatchObject({
      right: [{ event: { type: 'GroupRegistered' } }],
    })
  })

  test('all of them are read, however many there are', async () => {
    const store = opened()
    await doing(store, ...Array.from({ length: 501 }, (_, i) => group(`group ${i}`, null)))
    const all = await store.register.rows.all(groupRegister)()
    expect(isLeft(all) ? all : all.right.size).toBe(501)
  })

  test('one that cannot be read is damage', async () => {
    const store = opened()
    await doing(store, group('A', null))
    await store.register.refresh()
    const id = { name: groupRegister.name, version: groupRegister.version }
    const at = await store.rows.checkpoint(id)()
    if (isLeft(at)) throw new Error(at.left.message)
    await store.rows.commit(id, [{ key: groupNamed('A'), row: '7' }], { from: at.right, to: at.right })()
    const damaged = { left: { _tag: 'StoreFailure', reason: 'Damaged' } }
    expect(await store.register.rows.get(groupRegister, groupNamed('A'))()).toMatchObject(damaged)
    expect(await store.register.rows.all(groupRegister)()).toMatchObject(damaged)
  })

  test('of an app’s own projection are followed with the rest', async () => {
    const mine = { ...groupRegister, name: 'mine' }
    const pages: number[] = []
    const store = opened({ followers: [follower(mine)], onPage: (through) => pages.push(through) })
    await doing(store, group('A', null))
    expect(await store.register.rows.get(mine, groupNamed('A'))()).toMatchObject({
      right: [{ event: { type: 'GroupRegistered' } }],
    })
    expect(pages).toEqual([1])
  })
})

test('what other rules would change is said of everybody, against the rules in force', async () => {
  const store = opened()
  const kari = { doctor: doctorNamed('Kari'), name: 'Kari', municipality: null }
  const period = { type: 'OpenPeriod', data: { doctor: kari.doctor, anchor: '2024-01-01' } }
  await doing(store, group('A', null), { type: 'RegisterDoctor', data: kari }, period)
  await doing(store, held('S1', '2024-01-10 15:00', ['A'], []))
  const { register } = store
  const question = register.question({ effectiveThrough: legalDate('2024-12-31') })
  const changed = await register.whatIf(danishPack, question)()
  expect(changed).toMatchObject({
    right: { draft: danishPack.name, track: 'resertification', total: { otherwise: 1, unchanged: 0 } },
  })
  expect(await register.whatIf(register.rules, question, 'specialist-training')()).toMatchObject({
    right: { track: 'specialist-training', doctors: [], total: { unchanged: 0 } },
  })
})

describe('a store that fails in the middle', () => {
  test.for([groupRegister.name, hospitalDirectory.name, doctorEvidence.name, groupEvidence.name, sessionEvidence.name])(
    'while reading rows of %s is said',
    async (broken) => {
      const failure = left(storeFailure('Unavailable', 'gone'))
      const store = opened()
      await doing(store, group('A', null), held('S1', '2024-01-10 15:00', ['A'], ['one']), ...department)
      await store.register.refresh()
      const rows: ProjectionStore = {
        ...store.rows,
        list: (id, which) => (id.name === broken ? async () => failure : store.rows.list(id, which)),
        getMany: (id, keys) => (id.name === broken ? async () => failure : store.rows.getMany(id, keys)),
      }
      const register = openRegister({
        events: store.log,
        rows,
        vault: testVault(),
        now: () => anybody.at,
        newId: () => uuidOf('a', 'b'),
      })
      const question = register.question()
      const answers = [
        register.groupRegister(question),
        register.labels,
        register.hospitals(question),
        register.topicLog(question),
        register.points(doctorNamed('Kari'), question),
        register.everyonesPoints(question),
        register.whatIf(danishPack, question),
      ]
      const failed = await Promise.all(answers.map(async (answer) => isLeft(await answer())))
      const expected = new Map([
        [groupRegister.name, [true, true, false, true, false, false, false]],
        [hospitalDirectory.name, [false, true, true, true, false, false, false]],
        [doctorEvidence.name, [false, false, false, false, true, true, true]],
        [groupEvidence.name, [false, false, false, false, true, true, true]],
        [sessionEvidence.name, [false, false, false, false, true, true, true]],
      ])
      expect(failed).toEqual(expected.get(broken))
    },
  )
})
