// operating.test.ts: how read models stand, waiting for them, building them anew, and what they lack

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { eventIdOf, type Position, position, theStart, uuidOf } from '../kernel/event.ts'
import { any, type EventStore, storeFailure } from '../kernel/event-store.ts'
import { defineProjection } from '../kernel/projection.ts'
import type { ProjectionStore } from '../kernel/projection-store.ts'
import { promised } from '../kernel/promised.ts'
import { follower } from '../kernel/replay.ts'
import { groupRegister } from '../projections/group-register.ts'
import { topics } from '../projections/topic-log.ts'
import {
  anybody,
  commandNamed,
  correlationNamed,
  groupNamed,
  groupStream,
  type Opened,
  opened,
  testVault,
} from '../testing/index.ts'
import { openRegister, type Settings } from './register.ts'

const coordinator = { actor: anybody.actor }
const registerGroup = (name: string) => ({
  type: 'RegisterGroup',
  data: { group: groupNamed(name), name, municipality: '4601', on: '2020-01-01', reference: null },
})

const mine = { ...groupRegister, name: 'mine', version: 3 }

/** A register of these groups, with a projection of an app's own. */
const registerOf = async (...groups: ReadonlyArray<string>): Promise<Opened> => {
  const store = opened({ followers: [follower(mine)] })
  for (const name of groups) await promised(store.register.execute(registerGroup(name), coordinator))
  return store
}

/** The same register in another process. */
const again = ({ log, rows }: Pick<Opened, 'log' | 'rows'>, settings: Settings = {}, ports: object = {}) =>
  openRegister(
    { events: log, rows, vault: testVault(), now: () => anybody.at, newId: () => uuidOf('another', 'id'), ...ports },
    { followers: [follower(mine)], ...settings },
  )

/** Stores an event that no release can read. */
const storeUnreadable = async ({ log }: Opened, type: string, version: number): Promise<void> => {
  const causation = commandNamed(`unreadable ${log.log.length}`)
  const { actor } = anybody
  const event = { type, version, data: '{}', knownSince: null, actor, causation, correlation: correlationNamed('x') }
  await promised(log.append(groupStream('G1'), any, [{ ...event, id: eventIdOf(causation, 0) }]))
}

const everyName = [
  'doctor-evidence',
  'doctor-merges',
  'group-evidence',
  'group-register',
  'hospital-directory',
  'mine',
  'planned-sessions',
  'published-rules',
  'references',
  'session-evidence',
  'statements',
  'topic-log',
  'topics',
]

const failure = left(storeFailure('Unavailable', 'gone'))

describe('the projections', () => {
  const standing = async ({ register }: Opened) =>
    (await promised(register.projections)).map(
      ({ name, version, build, state, follows, checkpoint, lag, quarantined }) =>
        `${name} ${version}.${build} ${state}, follows ${follows}, at ${checkpoint} (${lag}) lacks ${quarantined}`,
    )

  test('have not begun before anybody asks, then serve, and fall behind as the log grows', async () => {
    const store = await registerOf('G1', 'G2')
    const names = (await promised(store.register.projections)).map(({ name }) => name)
    expect(names).toEqual(everyName)
    expect(await standing(store)).toContain('mine 3.0 not begun, follows 3, at 0 (2) lacks 0')
    await promised(store.register.refresh)
    await promised(store.register.execute(registerGroup('G3'), coordinator))
    expect(await standing(store)).toContain('mine 3.0 serving, follows 3, at 2 (1) lacks 0')
  })

  test('are listed with what stands beside them and what nobody follows', async () => {
    const store = await registerOf('G1', 'G2')
    await promised(store.register.refresh)
    await store.rows.commit({ name: 'mine', version: 4 }, [], { from: theStart, to: position(1) })()
    await store.rows.commit({ name: 'mine', version: 3, build: 1 }, [], { from: theStart, to: position(1) })()
    await store.rows.commit({ name: 'mine', version: 2, build: 1 }, [], { from: theStart, to: position(1) })()
    await store.rows.serve({ name: 'gone', version: 1 }, null)()
    expect((await standing(store)).filter((line) => /^(mine|gone)/.test(line))).toEqual([
      'gone 1.0 serving, follows null, at 0 (2) lacks 0',
      'mine 3.0 serving, follows 3, at 2 (0) lacks 0',
      'mine 4.0 building, follows 3, at 1 (1) lacks 0',
      'mine 2.1 building, follows 3, at 1 (1) lacks 0',
      'mine 3.1 building, follows 3, at 1 (1) lacks 0',
    ])
    const newer = again(store, { followers: [follower({ ...mine, version: 5 })] })
    const own = (await promised(newer.projections)).filter(({ name }) => name === 'mine')
    expect(own.map(({ version, build, state }) => `${version}.${build} ${state}`)).toEqual([
      '3.0 serving',
      '4.0 building',
      '2.1 building',
      '3.1 building',
      '5.0 not begun',
    ])
  })

  test('say whether their rows answer for the past, as far as this register knows them', async () => {
    const store = await registerOf('G1')
    const kindsIn = async () =>
      new Map((await promised(store.register.projections)).map(({ name, kind }) => [name, kind]))
    const kinds = new Map(everyName.map((name) => [name, name === 'references' ? 'current' : 'bitemporal']))
    expect(await kindsIn()).toEqual(kinds)
    await promised(store.register.refresh)
    await store.rows.serve({ name: 'gone', version: 1 }, null)()
    expect(await kindsIn()).toEqual(new Map([...kinds, ['gone', null]]))
  })

  test('are said not to be had where a store fails', async () => {
    const store = await registerOf('G1')
    expect(await again(store, {}, { rows: { ...store.rows, kept: async () => failure } }).projections()).toEqual(
      failure,
    )
    const silent = async function* () {
      yield failure
    }
    expect(await again(store, {}, { events: { ...store.log, readStream: silent } }).projections()).toEqual(failure)
  })
})

describe('a release that knows only an older version', () => {
  test('is told so by every answer from those rows, and may go back by a rebuild', async () => {
    const store = await registerOf('G1')
    await promised(store.register.refresh)
    const newer = again(store, { followers: [follower({ ...mine, version: 4 })] })
    await promised(newer.refresh)
    const refused = { left: { _tag: 'StoreFailure', reason: 'Superseded', retry: false } }
    expect(await store.register.rows.get(mine, groupNamed('G1'))()).toMatchObject(refused)
    expect(await store.register.groupRegister(store.register.question())()).toMatchObject(refused)
    await promised(store.register.rebuild(['mine']))
    expect(await promised(store.register.rows.get(mine, groupNamed('G1')))).toHaveLength(1)
  })

  test('that comes in while a newer one reads does not take its rows away', async () => {
    const store = await registerOf('G1')
    await promised(store.register.refresh)
    const followers = [follower({ ...mine, version: 4 })]
    await promised(again(store, { followers }).refresh)
    let looks = 0
    const kept = async () => {
      looks += 1
      // The second look is the one after the refresh.
      if (looks === 2) await promised(store.register.rebuild(['mine']))
      return store.rows.kept()
    }
    const newer = again(store, { followers }, { rows: { ...store.rows, kept } })
    expect(await promised(newer.rows.get({ ...mine, version: 4 }, groupNamed('G1')))).toHaveLength(1)
  })

  test('reads the new rows where they are replaced by a rebuild between looking and reading', async () => {
    const store = await registerOf('G1')
    await promised(store.register.refresh)
    let raced = false
    const racing: ProjectionStore = {
      ...store.rows,
      list: (build, which) => async () => {
        if (!raced) await promised(store.register.rebuild(['mine']))
        raced = true
        return store.rows.list(build, which)()
      },
    }
    expect(await promised(again(store, {}, { rows: racing }).rows.all(mine))).toHaveProperty('size', 1)
  })

  test('is told where a store fails between two looks', async () => {
    const store = await registerOf('G1')
    await promised(store.register.refresh)
    let looks = 0
    const kept = async () => {
      looks += 1
      return looks > 1 ? failure : store.rows.kept()
    }
    expect(await again(store, {}, { rows: { ...store.rows, kept } }).rows.all(mine)()).toEqual(failure)
  })
})

test('rows that the register does not follow are refused, with those that it does, rather than given stale or not at all', async () => {
  const store = await registerOf('G1')
  await promised(store.register.refresh)
  const others = everyName.filter((name) => name !== 'mine')
  const without = again(store, { followers: [] })
  const own = (await promised(without.projections)).filter(({ follows }) => follows !== null)
  expect(own.map(({ name }) => name)).toEqual(others)
  const readings = [
    [without, mine],
    [store.register, { ...mine, version: 2 }],
    [store.register, { ...mine, version: 4 }],
    [store.register, { ...mine, name: 'unheard of' }],
  ] as const
  for (const [{ rows }, projection] of readings) {
    for (const reading of [
      rows.get(projection, groupNamed('G1')),
      rows.getMany(projection, [groupNamed('G1')]),
      rows.list(projection, { limit: 1 }),
      rows.all(projection),
    ]) {
      expect(await reading()).toMatchObject({ left: { _tag: 'StoreFailure', reason: 'Unsupported', retry: false } })
    }
  }
  const refused = await store.register.rows.all({ ...mine, version: 4 })()
  expect(isLeft(refused) && refused.left.message).toBe(
    'this register does not follow mine 4, but group-register 1, topic-log 1, topics 1, hospital-directory 1, references 1, session-evidence 1, group-evidence 1, doctor-evidence 1, doctor-merges 1, planned-sessions 2, statements 1, published-rules 1, mine 3: open it with a follower of mine 4',
  )
})

describe('waiting for a position', () => {
  test('brings the read models there, and gives how far they have come', async () => {
    const store = await registerOf('G1')
    const receipt = await promised(store.register.execute(registerGroup('G2'), coordinator))
    expect(await promised(store.register.waitFor(receipt.position))).toBe(2)
    expect(await store.rows.checkpoint(mine)()).toEqual(right(2))
    expect(await promised(store.register.waitFor(theStart))).toBe(2)
  })

  test('beyond the log’s end goes on until the log gets there', async () => {
    const store = await registerOf('G1')
    let reached: Position | null = null
    const waiting = promised(store.register.waitFor(position(3))).then((through) => {
      reached = through
    })
    await promised(again(store).execute(registerGroup('G2'), { ...coordinator, id: commandNamed('two') }))
    await promised(store.register.refresh)
    expect(reached).toBe(null)
    await promised(again(store).execute(registerGroup('G3'), { ...coordinator, id: commandNamed('three') }))
    await waiting
    expect(reached).toBe(3)
    expect(await store.rows.checkpoint(mine)()).toEqual(right(3))
  })

  test('ends when its signal says so, and says how far it was', async () => {
    const store = await registerOf('G1')
    const stop = new AbortController()
    const waiting = store.register.waitFor(position(2), { signal: stop.signal })()
    setTimeout(() => stop.abort(), 5)
    const stopped = left({
      _tag: 'Stopped',
      through: 1,
      message: 'nothing stands at position 2 yet: the log ends before it',
    })
    expect(await waiting).toEqual(stopped)
    expect(await store.register.waitFor(position(2), { signal: stop.signal })()).toEqual(stopped)
    // What is there already needs no waiting.
    expect(await store.register.waitFor(position(1), { signal: stop.signal })()).toEqual(right(1))
  })

  test('ends where a store fails', async () => {
    const store = await registerOf('G1')
    const failing: EventStore = {
      ...store.log,
      subscribe: async function* () {
        yield failure
      },
    }
    expect(await again(store, {}, { events: failing }).waitFor(position(2))()).toEqual(failure)
    const rows = { ...store.rows, kept: async () => failure }
    expect(await again(store, {}, { rows }).waitFor(position(1))()).toEqual(failure)
  })
})

describe('building anew', () => {
  test('takes the projections that are named, or all', async () => {
    const store = await registerOf('G1', 'G2')
    await promised(store.register.refresh)
    const builds = async () =>
      (await promised(store.register.projections)).filter(({ build }) => build > 0).map(({ name }) => name)
    const pages: unknown[] = []
    const onPage = (...page: ReadonlyArray<number>) => pages.push(page)
    await promised(store.register.rebuild(['mine', topics.name], { onPage, pageSize: 1 }))
    expect(await builds()).toEqual(['mine', 'topics'])
    expect(pages).toEqual([
      [1, 1, 2],
      [2, 2, 2],
    ])
    await promised(store.register.rebuild())
    expect(await builds()).toEqual(everyName)
  })

  test('of what nobody follows is refused, with what there is', async () => {
    const { register } = await registerOf()
    expect(await register.rebuild(['mine', 'yours'])()).toEqual(
      left({ _tag: 'NoSuchProjection', name: 'yours', known: expect.arrayContaining(everyName) }),
    )
  })

  test('mends a damaged row that no answer could be had from', async () => {
    const store = await registerOf('G1')
    const before = await promised(store.register.rows.all(mine))
    const damage = [{ key: groupNamed('G1'), row: 'no JSON' }]
    await store.rows.commit(mine, damage, { from: position(1), to: position(1) })()
    expect(await store.register.rows.all(mine)()).toMatchObject({ left: { reason: 'Damaged' } })
    await promised(store.register.rebuild(['mine']))
    expect(await promised(store.register.rows.all(mine))).toEqual(before)
  })
})

describe('what cannot be read', () => {
  test('is told with the projections that lack it, and goes when it can be read', async () => {
    const told: unknown[] = []
    const store = await registerOf('G1')
    await storeUnreadable(store, 'GroupClosed', 7)
    await storeUnreadable(store, 'Unheard', 1)
    const observing = again(store, { observe: { quarantined: ({ projection }) => told.push(projection) } })
    expect(await promised(observing.refresh)).toEqual({ through: 3, events: 3, quarantined: 2 })
    const closed = { position: 2, stream: groupStream('G1'), type: 'GroupClosed', version: 7 }
    const missing = await promised(store.register.quarantined)
    expect(missing).toEqual([
      {
        ...closed,
        reason: 'version 7 of GroupClosed is not known here',
        projections: ['group-register', 'group-evidence', 'mine'],
      },
      {
        position: 3,
        stream: groupStream('G1'),
        type: 'Unheard',
        version: 1,
        reason: 'the type Unheard is not known here',
        projections: expect.arrayContaining(everyName),
      },
    ])
    expect(told).toHaveLength(3 + everyName.length)
    expect(await promised(store.register.retryQuarantine())).toEqual({ readable: 0, rebuilt: [] })
    expect(await promised(store.register.quarantined)).toEqual(missing)
  })

  test('is nothing in a register that is as it should be', async () => {
    const store = await registerOf('G1')
    expect(await promised(store.register.quarantined)).toEqual([])
    await promised(store.register.refresh)
    expect(await promised(store.register.quarantined)).toEqual([])
    expect(await promised(store.register.retryQuarantine({ pageSize: 1 }))).toEqual({ readable: 0, rebuilt: [] })
  })

  test('is asked for again where its rows are replaced meanwhile, and a store that fails is said', async () => {
    const store = await registerOf('G1')
    await storeUnreadable(store, 'Unheard', 1)
    await promised(store.register.refresh)
    let raced = false
    const racing: ProjectionStore = {
      ...store.rows,
      quarantined: (build) => async () => {
        if (!raced) await promised(store.register.rebuild([build.name]))
        raced = true
        return store.rows.quarantined(build)()
      },
    }
    expect(await promised(again(store, {}, { rows: racing }).quarantined)).toHaveLength(1)
    for (const broken of [{ kept: async () => failure }, { quarantined: () => async () => failure }])
      expect(await again(store, {}, { rows: { ...store.rows, ...broken } }).quarantined()).toEqual(failure)
  })
})

test('appends and conflicts are told of', async () => {
  const told: unknown[] = []
  const store = await registerOf('G1')
  const register = again(store, {
    observe: { appended: ({ position }) => told.push(position), conflict: ({ stream }) => told.push(stream) },
  })
  const add = (name: string) => ({
    type: 'AddMember',
    data: { group: groupNamed('G1'), doctor: uuidOf('doctor', name), on: '2024-01-01' },
  })
  const asked = ['Kari', 'Ola'].map((name) => register.execute(add(name), { ...coordinator, id: commandNamed(name) })())
  expect((await Promise.all(asked)).filter(isLeft)).toEqual([])
  expect(told).toEqual([2, groupStream('G1'), 3])
})

test('a projection that keeps nothing of what it handles is followed as well', async () => {
  const nothing = defineProjection({ ...mine, name: 'nothing', keys: () => [] })
  const store = opened({ followers: [follower(nothing)] })
  await promised(store.register.execute(registerGroup('G1'), coordinator))
  expect(await promised(store.register.rows.all(nothing))).toEqual(new Map())
  expect(await store.rows.checkpoint(nothing)()).toEqual(right(1))
})
