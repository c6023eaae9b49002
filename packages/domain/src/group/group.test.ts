// group.test.ts: what a group's book takes, and what it refuses

import { describe, expect, test } from 'vitest'
import { as, doctorNamed, given, groupNamed, reference } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { type GroupCommand, type GroupEvent, group } from './group.ts'

const g1 = groupNamed('G1')
const kari = doctorNamed('Kari')
const ola = doctorNamed('Ola')
const importer = as('importer')

const place = (number: string): MunicipalityNumber => {
  if (!MunicipalityNumber.is(number)) throw new RangeError(number)
  return number
}

const about = {
  name: 'Fjellgruppen',
  municipality: place('4601'),
  on: legalDate('2020-01-01'),
  reference: reference('G1'),
}
const registered: GroupEvent = { type: 'GroupRegistered', data: about }
const joined = (doctor: typeof kari, on: string): GroupEvent => ({
  type: 'MemberJoined',
  data: { doctor, on: legalDate(on) },
})
const left = (doctor: typeof kari, from: string, on: string): GroupEvent => ({
  type: 'MemberLeft',
  data: { doctor, joined: legalDate(from), on: legalDate(on) },
})
const declared = (signedBy: typeof kari, on: string): GroupEvent => ({
  type: 'IndustryFreeDeclared',
  data: { signedBy, on: legalDate(on) },
})
const withdrawn = (signedBy: typeof kari, signed: string, on: string): GroupEvent => ({
  type: 'IndustryFreeWithdrawn',
  data: { signedBy, signed: legalDate(signed), on: legalDate(on) },
})
const closed: GroupEvent = { type: 'GroupClosed', data: { on: legalDate('2025-01-01') } }

const register: GroupCommand = { type: 'RegisterGroup', data: { group: g1, ...about } }
const add = (doctor: typeof kari, on: string): GroupCommand => ({
  type: 'AddMember',
  data: { group: g1, doctor, on: legalDate(on) },
})
const end = (doctor: typeof kari, from: string, on: string): GroupCommand => ({
  type: 'EndMembership',
  data: { group: g1, doctor, joined: legalDate(from), on: legalDate(on) },
})
const declare = (by: typeof kari, on: string): GroupCommand => ({
  type: 'DeclareIndustryFree',
  data: { group: g1, by, on: legalDate(on) },
})
const withdraw = (signedBy: typeof kari, signed: string, on: string): GroupCommand => ({
  type: 'WithdrawIndustryFree',
  data: { group: g1, signedBy, signed: legalDate(signed), on: legalDate(on) },
})

describe('registering a group', () => {
  test('S1-14a states what it is called, where it is and since when', () => {
    given(group)().when(register).accepts(registered)
  })

  test('twice is refused', () => {
    given(group)(registered).when(register).refuses('GroupAlreadyRegistered', { group: g1 })
    given(group)(registered, closed).when(register).refuses('GroupAlreadyRegistered', { group: g1 })
  })

  test('comes before anything else', () => {
    const stage = { group: g1, stage: 'unknown' } as const
    for (const command of [
      add(kari, '2024-01-01'),
      end(kari, '2024-01-01', '2024-02-01'),
      declare(kari, '2024-01-01'),
      withdraw(kari, '2024-01-01', '2024-02-01'),
      { type: 'AppointContactPerson', data: { group: g1, doctor: kari, on: legalDate('2024-01-01') } },
      { type: 'MoveGroup', data: { group: g1, municipality: place('4601'), on: legalDate('2024-01-01') } },
      { type: 'CloseGroup', data: { group: g1, on: legalDate('2024-01-01') } },
    ] satisfies ReadonlyArray<GroupCommand>) {
      given(group)().when(command).refuses('GroupNotActive', stage)
      given(group)().when(command, importer).refuses('GroupNotActive', stage)
    }
  })
})

describe('members', () => {
  test('join', () => {
    given(group)(registered).when(add(kari, '2024-01-10')).accepts(joined(kari, '2024-01-10'))
  })

  test('may be any number: the size is never a reason to refuse', () => {
    const thirteen = Array.from({ length: 13 }, (_, i) => joined(doctorNamed(`member ${i}`), '2024-01-01'))
    given(group)(registered, ...thirteen)
      .when(add(kari, '2024-01-10'))
      .accepts(joined(kari, '2024-01-10'))
  })

  test('join once: the same day again is nothing, a day within the stay is refused', () => {
    const history = [registered, joined(kari, '2024-01-10')]
    given(group)(...history)
      .when(add(kari, '2024-01-10'))
      .doesNothing()
    given(group)(...history)
      .when(add(kari, '2024-02-10'))
      .refuses('AlreadyAMember', { doctor: kari, on: legalDate('2024-02-10') })
  })

  test('on paper may have overlapping stays, and then have them here', () => {
    given(group)(registered, joined(kari, '2024-01-10'))
      .when(add(kari, '2024-02-10'), importer)
      .accepts(joined(kari, '2024-02-10'))
  })

  test('come back after they left, from that very day', () => {
    const history = [registered, joined(kari, '2024-01-10'), left(kari, '2024-01-10', '2024-06-01')]
    given(group)(...history)
      .when(add(kari, '2024-05-31'))
      .refuses('AlreadyAMember', { doctor: kari, on: legalDate('2024-05-31') })
    given(group)(...history)
      .when(add(kari, '2024-06-01'))
      .accepts(joined(kari, '2024-06-01'))
  })

  test('leave the stay that is named', () => {
    const history = [registered, joined(kari, '2024-01-10'), joined(ola, '2024-01-10')]
    given(group)(...history)
      .when(end(kari, '2024-01-10', '2024-06-01'))
      .accepts(left(kari, '2024-01-10', '2024-06-01'))
    given(group)(...history)
      .when(end(kari, '2024-01-11', '2024-06-01'))
      .refuses('NotAMember', { doctor: kari, on: legalDate('2024-01-11') })
  })

  test('leave not before they joined, but on that day they may', () => {
    const history = [registered, joined(kari, '2024-01-10')]
    given(group)(...history)
      .when(end(kari, '2024-01-10', '2024-01-09'))
      .refuses('LeftBeforeJoined', {
        joined: legalDate('2024-01-10'),
        on: legalDate('2024-01-09'),
      })
    given(group)(...history)
      .when(end(kari, '2024-01-10', '2024-01-10'))
      .accepts(left(kari, '2024-01-10', '2024-01-10'))
  })

  test('leave once', () => {
    const history = [registered, joined(kari, '2024-01-10'), left(kari, '2024-01-10', '2024-06-01')]
    given(group)(...history)
      .when(end(kari, '2024-01-10', '2024-06-01'))
      .doesNothing()
    given(group)(...history)
      .when(end(kari, '2024-01-10', '2024-07-01'))
      .refuses('MembershipEndedAlready', {
        doctor: kari,
        on: legalDate('2024-06-01'),
      })
  })
})

describe('S1-19a the industry-free declaration', () => {
  test('S1-19a only a member signs for the group', () => {
    const history = [registered, joined(kari, '2024-01-10'), left(kari, '2024-01-10', '2024-06-01')]
    given(group)(...history)
      .when(declare(ola, '2024-02-01'))
      .refuses('NotAMember', { doctor: ola, on: legalDate('2024-02-01') })
    given(group)(...history)
      .when(declare(kari, '2024-01-09'))
      .refuses('NotAMember', { doctor: kari, on: legalDate('2024-01-09') })
    given(group)(...history)
      .when(declare(kari, '2024-06-01'))
      .refuses('NotAMember', { doctor: kari, on: legalDate('2024-06-01') })
    given(group)(...history)
      .when(declare(kari, '2024-05-31'))
      .accepts(declared(kari, '2024-05-31'))
  })

  test('on paper is brought in as it is, whoever signed it', () => {
    given(group)(registered).when(declare(ola, '2024-02-01'), importer).accepts(declared(ola, '2024-02-01'))
  })

  test('signed again while it is in force is nothing, on paper it is one more signature', () => {
    const history = [registered, joined(kari, '2024-01-10'), joined(ola, '2024-01-10'), declared(kari, '2024-02-01')]
    given(group)(...history)
      .when(declare(kari, '2024-02-01'))
      .doesNothing()
    given(group)(...history)
      .when(declare(ola, '2024-03-01'))
      .doesNothing()
    given(group)(...history)
      .when(declare(ola, '2024-03-01'), importer)
      .accepts(declared(ola, '2024-03-01'))
    given(group)(...history)
      .when(declare(ola, '2024-01-31'))
      .accepts(declared(ola, '2024-01-31'))
  })

  test('withdrawn and signed once more', () => {
    const history = [registered, joined(kari, '2024-01-10'), declared(kari, '2024-02-01')]
    given(group)(...history)
      .when(withdraw(kari, '2024-02-01', '2024-03-01'))
      .accepts(withdrawn(kari, '2024-02-01', '2024-03-01'))
    const after = [...history, withdrawn(kari, '2024-02-01', '2024-03-01')]
    given(group)(...after)
      .when(declare(kari, '2024-02-29'))
      .doesNothing()
    given(group)(...after)
      .when(declare(kari, '2024-03-01'))
      .accepts(declared(kari, '2024-03-01'))
  })

  test('is withdrawn by naming it, once', () => {
    const history = [
      registered,
      declared(kari, '2024-02-01'),
      declared(ola, '2024-02-01'),
      withdrawn(kari, '2024-02-01', '2024-03-01'),
    ]
    given(group)(...history)
      .when(withdraw(kari, '2024-02-02', '2024-03-01'))
      .refuses('NoSuchDeclaration', {
        signedBy: kari,
        signed: legalDate('2024-02-02'),
      })
    given(group)(...history)
      .when(withdraw(kari, '2024-02-01', '2024-03-01'))
      .doesNothing()
    given(group)(...history)
      .when(withdraw(kari, '2024-02-01', '2024-04-01'))
      .refuses('WithdrawnAlready', { on: legalDate('2024-03-01') })
    given(group)(...history)
      .when(withdraw(ola, '2024-02-01', '2024-04-01'))
      .accepts(withdrawn(ola, '2024-02-01', '2024-04-01'))
  })
})

describe('contact and place', () => {
  const appointed = (doctor: typeof kari): GroupEvent => ({
    type: 'ContactPersonAppointed',
    data: { doctor, on: legalDate('2024-02-01') },
  })
  const appoint = (doctor: typeof kari): GroupCommand => ({
    type: 'AppointContactPerson',
    data: { group: g1, doctor, on: legalDate('2024-02-01') },
  })
  const move = (number: string): GroupCommand => ({
    type: 'MoveGroup',
    data: { group: g1, municipality: place(number), on: legalDate('2024-02-01') },
  })

  test('a contact is appointed, and another after that; the same one is nothing', () => {
    given(group)(registered).when(appoint(kari)).accepts(appointed(kari))
    given(group)(registered, appointed(kari)).when(appoint(kari)).doesNothing()
    given(group)(registered, appointed(kari)).when(appoint(ola)).accepts(appointed(ola))
  })

  test('a group moves to another municipality; to where it is, is nothing', () => {
    const moved: GroupEvent = { type: 'GroupMoved', data: { municipality: place('0301'), on: legalDate('2024-02-01') } }
    given(group)(registered).when(move('0301')).accepts(moved)
    given(group)(registered).when(move('4601')).doesNothing()
    given(group)(registered, moved).when(move('0301')).doesNothing()
  })
})

describe('closing a group', () => {
  const close: GroupCommand = { type: 'CloseGroup', data: { group: g1, on: legalDate('2025-01-01') } }

  test('ends it once', () => {
    given(group)(registered).when(close).accepts(closed)
    given(group)(registered, closed).when(close).refuses('GroupNotActive', { group: g1, stage: 'closed' })
    given(group)(registered, closed).when(close, importer).doesNothing()
  })

  test('after that nothing happens to it, but history can be brought in', () => {
    given(group)(registered, closed)
      .when(add(kari, '2024-01-10'))
      .refuses('GroupNotActive', { group: g1, stage: 'closed' })
    given(group)(registered, closed).when(add(kari, '2024-01-10'), importer).accepts(joined(kari, '2024-01-10'))
  })
})

test('facts about a group that was never registered leave it unknown; a second registration keeps what is known', () => {
  expect(group.evolve(group.initial, joined(kari, '2024-01-10'))).toEqual({ stage: 'unknown' })
  const active = [registered, joined(kari, '2024-01-10')].reduce(group.evolve, group.initial)
  expect(group.evolve(active, registered)).toEqual(active)
})
