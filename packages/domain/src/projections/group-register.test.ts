// group-register.test.ts: every group as it was on a date, as known at a moment

import { describe, expect, test } from 'vitest'
import type { GroupEvent } from '../group/group.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { doctorNamed, groupNamed, hospitalStream, logbook, reference } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { groupOn, groupRegister } from './group-register.ts'
import { asked, known, story, telling } from './group-story.test-kit.ts'

const kari = doctorNamed('Kari')

describe('S1-14 every group is registered', () => {
  test('S1-14 an entry says all that is known of a group on a date', () => {
    const { registered, joined, left, signed, contact, entry } = story()
    registered('2020-01-01')
    for (const doctor of ['Kari', 'Ola', 'Per', 'Liv']) joined(doctor, '2020-02-01')
    left('Liv', '2020-02-01', '2024-06-01')
    signed('Kari', '2020-03-01')
    contact('Kari', '2020-03-01')
    expect(entry('2024-05-31')).toEqual({
      group: groupNamed('G1'),
      label: 'G1',
      reference: reference('G1'),
      name: 'The G1',
      municipality: '4601',
      members: ['Kari', 'Ola', 'Per', 'Liv'].map(doctorNamed),
      warning: null,
      declaration: '2020-03-01',
      contact: kari,
    })
    expect(entry('2024-06-01')?.members).toEqual(['Kari', 'Ola', 'Per'].map(doctorNamed))
  })

  test('S1-14 it is in the register from its registration until it is closed', () => {
    const { registered, closed, entry } = story()
    registered('2020-01-01')
    closed('2024-06-01')
    expect(['2019-12-31', '2020-01-01', '2024-05-31', '2024-06-01'].map((date) => entry(date) !== null)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('S1-15 the count for any past date, as known at any past date, is reproducible', () => {
    const books = ['G1', 'G2', 'G3'].map((group) => ({ group, ...story(group) }))
    const [one, two, three] = books
    one?.registered('2020-01-01', '4601', known('2020-01-01'))
    two?.registered('2021-01-01', '4601', known('2022-03-01'))
    three?.registered('2020-06-01', '4601', known('2020-06-01'))
    three?.closed('2021-06-01', known('2023-01-01'))
    const count = (date: string, knownAt: string) => books.filter(({ entry }) => entry(date, knownAt) !== null).length
    expect([
      count('2020-12-31', '2020-12-31'),
      count('2021-12-31', '2021-12-31'),
      count('2021-12-31', '2022-03-01'),
      count('2021-12-31', '2023-01-01'),
      count('2021-03-01', '2023-01-01'),
      count('2019-12-31', '2023-01-01'),
    ]).toEqual([2, 2, 3, 2, 3, 0])
  })

  test('S1-15 what becomes known later leaves a past answer as it was', () => {
    const { registered, joined, entry } = story()
    registered('2020-01-01')
    joined('Kari', '2020-02-01', known('2020-02-01'))
    const before = entry('2020-12-31', '2021-01-01')
    joined('Ola', '2020-02-01', known('2021-06-01'))
    expect(entry('2020-12-31', '2021-01-01')).toEqual(before)
    expect(entry('2020-12-31', '2021-06-01')?.members).toHaveLength(2)
  })
})

describe('S1-47 a group has no leader', () => {
  test('S1-47 a group without a contact is legal, and flagged by having none', () => {
    const { registered, contact, entry } = story()
    registered('2020-01-01')
    contact('Kari', '2024-06-01')
    expect(entry('2024-05-31')?.contact).toBeNull()
    expect(entry('2024-06-01')?.contact).toBe(kari)
  })

  test('S1-47 of several contacts the one appointed for the latest date counts, whatever was recorded last', () => {
    const { registered, contact, entry } = story()
    registered('2020-01-01')
    contact('Ola', '2024-06-01')
    contact('Kari', '2024-01-01')
    expect(entry('2024-03-01')?.contact).toBe(kari)
    expect(entry('2024-06-01')?.contact).toBe(doctorNamed('Ola'))
  })
})

describe('members and declarations', () => {
  test('two stays of one doctor are one member, and the one that ended does not end the other', () => {
    const { registered, joined, left, entry } = story()
    registered('2020-01-01')
    joined('Kari', '2020-01-01')
    joined('Kari', '2022-01-01')
    expect(entry('2024-01-01')?.members).toEqual([kari])
    left('Kari', '2020-01-01', '2021-01-01')
    expect(['2020-06-01', '2021-06-01', '2022-06-01'].map((date) => entry(date)?.members)).toEqual([[kari], [], [kari]])
  })

  test('of several declarations in force the newest is shown, and none that was withdrawn', () => {
    const { registered, signed, withdrew, entry } = story()
    registered('2020-01-01')
    signed('Ola', '2023-01-01')
    signed('Kari', '2022-01-01')
    expect(['2021-12-31', '2022-06-01', '2023-06-01'].map((date) => entry(date)?.declaration)).toEqual([
      null,
      '2022-01-01',
      '2023-01-01',
    ])
    withdrew('Ola', '2023-01-01', '2023-07-01')
    expect(['2023-06-30', '2023-07-01'].map((date) => entry(date)?.declaration)).toEqual(['2023-01-01', '2022-01-01'])
    withdrew('Kari', '2022-01-01', '2021-01-01')
    expect(['2022-06-01', '2023-07-01'].map((date) => entry(date)?.declaration)).toEqual([null, null])
  })

  test('what was put right is shown as it was meant', () => {
    const { registered, joined, book, entry } = story()
    const wrong = registered('2020-01-01')
    const stay = joined('Kari', '2020-02-01')
    book.correct(wrong, {
      type: 'GroupRegistered',
      data: { name: 'Fjellgruppen', municipality: null, on: legalDate('2020-01-01'), reference: null },
    })
    book.retract(stay)
    expect(entry('2024-01-01')).toMatchObject({
      name: 'Fjellgruppen',
      label: groupNamed('G1'),
      municipality: null,
      members: [],
    })
  })

  test('a history that is no group’s has no entry', () => {
    const book = logbook<GroupEvent>()
    const { registered } = telling(book, 'G1')
    const [first] = [registered('2020-01-01')]
    const elsewhere = [{ ...first, stream: hospitalStream('x') }]
    expect(groupOn(elsewhere, asked('2024-01-01'), defaultPack)).not.toBeNull()
    expect(groupOn([], asked('2024-01-01'), defaultPack)).toBeNull()
  })
})

test('a row is the group’s whole history, under its id', () => {
  const { registered, joined, book } = story()
  const first = registered('2020-01-01')
  const second = joined('Kari', '2020-02-01')
  expect(groupRegister.keys(first)).toEqual([groupNamed('G1')])
  const row = groupRegister.evolve(groupRegister.evolve(null, first, ''), second, '')
  expect(row).toEqual(book.history)
})
