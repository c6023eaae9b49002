// register.test.ts: the register as an app sees it: what it takes from outside, what it keeps closed, what it answers

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type Actor, uuidOf } from '../kernel/event.ts'
import { storeFailure } from '../kernel/event-store.ts'
import {
  anybody,
  commandNamed,
  correlationNamed,
  doctorNamed,
  groupNamed,
  groupStream,
  hospitalStream,
  inMemoryLog,
  inMemoryRows,
  inOslo,
  type Opened,
  opened,
  testVault,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { openRegister } from './register.ts'

const importer: Actor = { id: 'a sheet', role: 'importer' }
const coordinator = { actor: anybody.actor }
const kari = doctorNamed('Kari')

const registerGroup = {
  type: 'RegisterGroup',
  data: { group: groupNamed('G1'), name: 'Fjellgruppen', municipality: '4601', on: '2020-01-01', reference: null },
}
const registerDoctor = (name: string) => ({
  type: 'RegisterDoctor',
  data: { doctor: doctorNamed(name), name, municipality: null },
})
const claim = (name: string, number: string) => ({ type: 'ClaimHpr', data: { doctor: doctorNamed(name), hpr: number } })

/** Carries out what must not fail. */
const doing = async ({ register }: Opened, ...commands: ReadonlyArray<unknown>): Promise<void> => {
  for (const command of commands) {
    const receipt = await register.execute(command, { actor: importer })()
    if (isLeft(receipt)) throw new Error(JSON.stringify(receipt.left))
  }
}

describe('a command from outside', () => {
  const refusedAs = async (command: unknown) => {
    const { register, log } = opened()
    const receipt = await register.execute(command, coordinator)()
    expect(log.log).toEqual([])
    return isLeft(receipt) && receipt.left._tag === 'CommandMalformed' ? receipt.left.found : receipt
  }

  test('that is right is carried out', async () => {
    const { register, log } = opened()
    const receipt = await register.execute(JSON.parse(JSON.stringify(registerGroup)), coordinator)()
    expect(receipt).toMatchObject({ right: { stream: groupStream('G1'), revision: 0, repeated: false } })
    expect(log.log).toMatchObject([
      { type: 'GroupRegistered', actor: anybody.actor, recordedAt: anybody.at, knownSince: anybody.at },
    ])
  })

  test('that is malformed is refused with where, what was found and what was expected', async () => {
    const with_ = (data: object) => ({ ...registerGroup, data: { ...registerGroup.data, ...data } })
    expect(await refusedAs(with_({ on: '2023-02-29' }))).toBe(
      "data.on: found '2023-02-29', expected a date like 2024-12-31",
    )
    expect(await refusedAs(with_({ group: 'G1' }))).toBe(
      "data.group: found 'G1', expected the id of a group, a lower-case UUID",
    )
    expect(await refusedAs(with_({ name: '\ud800' }))).toContain('data.name: found ')
    expect(await refusedAs(claim('Kari', '007654321'))).toBe(
      "data.hpr: found '007654321', expected an HPR number, 1 to 9 digits and no 0 before them",
    )
  })

  test('of no known type is refused with those there are', async () => {
    expect(await refusedAs({ type: 'DropTables', data: {} })).toContain(
      "type: found 'DropTables', expected one of RegisterGroup, AddMember",
    )
    for (const command of [{}, null, undefined, 'RegisterGroup', [], { type: 7 }]) {
      expect(await refusedAs(command)).toContain('type: found ')
    }
    expect(await refusedAs({ type: 'constructor', data: {} })).toContain("type: found 'constructor'")
  })

  test('that corrects is refused where it names no stream of the register', async () => {
    const correction = {
      type: 'CorrectFact',
      data: { stream: `weather-${groupNamed('G1')}`, corrects: groupNamed('x'), reason: 'x', fact: {} },
    }
    expect(await refusedAs(correction)).toBe(
      `data.stream: found '${correction.data.stream}', expected a stream of one of group, session, doctor, hospital, topic, statement, rules`,
    )
    expect(await refusedAs({ type: 'RetractFact' })).toContain('data.stream: found nothing')
    expect(
      await refusedAs({ type: 'RetractFact', data: { stream: groupStream('G1'), corrects: 'x', reason: 'x' } }),
    ).toBe("data.corrects: found 'x', expected the id of an event, a lower-case UUID")
    expect(
      await refusedAs({ type: 'RetractFact', data: { stream: 'group-1', corrects: groupNamed('x'), reason: 'x' } }),
    ).toBe("data.stream: found 'group-1', expected the name of a stream: a word, a hyphen and a UUID, in lower case")
  })

  test('that the domain refuses stores nothing and says why', async () => {
    const { register, log } = opened()
    const add = { type: 'AddMember', data: { group: groupNamed('G1'), doctor: kari, on: '2024-01-01' } }
    expect(await register.execute(add, coordinator)()).toEqual(
      left({ _tag: 'Refused', refusal: { _tag: 'GroupNotActive', group: groupNamed('G1'), stage: 'unknown' } }),
    )
    expect(log.log).toEqual([])
  })

  test('with the same id again is carried out once', async () => {
    const { register, log } = opened()
    const asking = { ...coordinator, id: commandNamed('one'), correlation: correlationNamed('a request') }
    const first = await register.execute(registerGroup, asking)()
    expect(await register.execute(registerGroup, asking)()).toEqual(
      isLeft(first) ? first : right({ ...first.right, repeated: true }),
    )
    expect(log.log).toMatchObject([{ causation: commandNamed('one'), correlation: correlationNamed('a request') }])
  })

  test('each kind of stream takes its own', async () => {
    const store = opened()
    const hospital = uuidOf('a', 'hospital')
    const topic = uuidOf('a', 'topic')
    await doing(
      store,
      registerGroup,
      registerDoctor('Kari'),
      { type: 'RegisterHospital', data: { hospital, name: 'Haukeland', legalEntity: '974557746' } },
      { type: 'NameTopic', data: { topic, name: 'Asthma' } },
      {
        type: 'RequestSession',
        data: {
          session: uuidOf('a', 'session'),
          groups: [groupNamed('G1')],
          department: null,
          topic: '',
          place: null,
          on: '2024-01-01',
          reference: null,
        },
      },
    )
    expect(store.log.log.map(({ stream }) => stream.replace(/-.*/, ''))).toEqual([
      'group',
      'doctor',
      'hospital',
      'topic',
      'session',
    ])
    const vocabulary = await store.register.vocabulary(store.register.question())()
    expect(isLeft(vocabulary) ? null : [...store.log.log].length).toBe(5)
    const directory = await store.register.hospitals(store.register.question())()
    expect(directory).toMatchObject({ right: { hospitals: [{ name: 'Haukeland' }], departments: [] } })
  })
})

describe('since when a fact was known', () => {
  test('may be said by an importer only', async () => {
    const { register, log } = opened()
    const knownSince = inOslo('2024-01-01')
    expect(await register.execute(registerGroup, { ...coordinator, knownSince })()).toEqual(
      left({ _tag: 'KnownSinceNotAllowed', role: 'coordinator' }),
    )
    expect(log.log).toEqual([])
    expect(isLeft(await register.execute(registerGroup, { actor: importer, knownSince })())).toBe(false)
    expect(log.log).toMatchObject([{ knownSince, recordedAt: anybody.at }])
  })

  test('is never later than it was recorded', async () => {
    const { register, log } = opened()
    await register.execute(registerGroup, { actor: importer, knownSince: inOslo('2090-01-01') })()
    expect(log.log).toMatchObject([{ knownSince: anybody.at }])
  })
})

describe('corrections', () => {
  const asked = { effectiveThrough: legalDate('2024-12-31') }

  test('put a fact right for all answers, and the old one stays', async () => {
    const store = opened()
    await doing(store, registerGroup)
    const [wrong] = store.log.log
    const fact = { name: 'Sjøgruppen', municipality: null, on: '2020-01-01', reference: null }
    await doing(store, {
      type: 'CorrectFact',
      data: { stream: wrong?.stream, corrects: wrong?.id, reason: 'renamed', fact },
    })
    const { register, log } = store
    expect(await register.groupRegister(register.question(asked))()).toMatchObject({
      right: [{ name: 'Sjøgruppen', municipality: null }],
    })
    expect(log.log.map(({ type, actor }) => [type, actor.role])).toEqual([
      ['GroupRegistered', 'importer'],
      ['GroupRegisteredCorrected', 'importer'],
    ])
    await doing(store, {
      type: 'RetractFact',
      data: { stream: wrong?.stream, corrects: wrong?.id, reason: 'there is no such group' },
    })
    expect(await register.groupRegister(register.question(asked))()).toEqual(right([]))
    expect(log.log).toHaveLength(3)
  })

  test('say what is wrong with the fact', async () => {
    const store = opened()
    await doing(store, registerGroup)
    const [wrong] = store.log.log
    const correct = {
      type: 'CorrectFact',
      data: { stream: wrong?.stream, corrects: wrong?.id, reason: 'x', fact: { name: 7 } },
    }
    expect(await store.register.execute(correct, coordinator)()).toMatchObject({
      left: {
        _tag: 'Refused',
        refusal: {
          _tag: 'FactMalformed',
          type: 'GroupRegistered',
          found: 'name: found 7, expected text without lone surrogates or U+0000',
        },
      },
    })
  })

  test('a name that was misspelt comes in clear and is stored closed', async () => {
    const store = opened()
    await doing(store, registerDoctor('Kari'))
    const [wrong] = store.log.log
    const fact = { name: { clear: 'Kari Nordmann' }, municipality: '4601' }
    await doing(store, {
      type: 'CorrectFact',
      data: { stream: wrong?.stream, corrects: wrong?.id, reason: 'misspelt', fact },
    })
    const corrected = JSON.parse(store.log.log[1]?.data ?? '')
    expect(store.log.log[1]?.data).not.toContain('Nordmann')
    expect(await store.register.reveal(corrected.fact.name)()).toEqual(right({ _tag: 'Known', text: 'Kari Nordmann' }))
  })

  test('a clear name is a doctor’s: in another stream it is no fact', async () => {
    const store = opened()
    await doing(store, registerGroup)
    const [wrong] = store.log.log
    const correct = {
      type: 'CorrectFact',
      data: { stream: wrong?.stream, corrects: wrong?.id, reason: 'x', fact: { name: { clear: 'x' } } },
    }
    expect(await store.register.execute(correct, coordinator)()).toMatchObject({
      left: { _tag: 'Refused', refusal: { _tag: 'FactMalformed' } },
    })
  })
})

describe('a question', () => {
  test('is about today and what is known now, where nothing else is asked', () => {
    const { register } = opened({}, () => inOslo('2025-01-01 00:30'))
    expect(register.question()).toEqual({ effectiveThrough: '2025-01-01', asKnownAt: '2024-12-31T23:30:00.000Z' })
    expect(register.question({ effectiveThrough: legalDate('2024-06-01') })).toEqual({
      effectiveThrough: '2024-06-01',
      asKnownAt: '2024-12-31T23:30:00.000Z',
    })
    expect(register.question({ asKnownAt: inOslo('2024-01-01') })).toEqual({
      effectiveThrough: '2025-01-01',
      asKnownAt: inOslo('2024-01-01'),
    })
  })

  test('an id port that gives no UUID is a defect, and is said', async () => {
    const ports = {
      events: inMemoryLog(),
      rows: inMemoryRows(),
      vault: testVault(),
      now: () => anybody.at,
      newId: () => 'one',
    }
    expect(() => openRegister(ports).execute(registerGroup, coordinator)).toThrow(TypeError)
  })

  test('a store that fails is said by every answer', async () => {
    const failure = left(storeFailure('Unavailable', 'gone'))
    const ports = { events: inMemoryLog(), vault: testVault(), now: () => anybody.at, newId: () => uuidOf('a', 'b') }
    const register = openRegister({ ...ports, rows: { ...inMemoryRows(), kept: async () => failure } })
    const question = register.question()
    const answers = [
      register.groupRegister(question),
      register.topicLog(question),
      register.labels,
      register.vocabulary(question),
      register.hospitals(question),
      register.points(kari, question),
      register.everyonesPoints(question),
      register.named('group', { source: 'a', id: 'b' }),
    ]
    for (const answer of answers) expect(await answer()).toEqual(failure)
  })

  test('a hospital’s stream is not a group’s', () => {
    expect(hospitalStream('x')).not.toBe(groupStream('x'))
  })
})
