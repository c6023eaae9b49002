// copy.test.ts: a log copied through any store, again and again, and what stops a copy

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  any,
  type EventStore,
  type Instant,
  type NewEvent,
  noStream,
  type StoredEvent,
  storeFailure,
  theBeginning,
  type VaultFailure,
} from '@smagruppe/domain'
import { left, right } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { awkwardTexts, leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, noon, secondsAfter, stream } from '../contract/samples.ts'
import { memoryLogToExtend } from '../memory/index.ts'
import { checkSqlite, openSqlite, openSqliteSource, openSqliteTarget } from '../sqlite/index.ts'
import type { CopyableVault, VaultContents } from '../vault/contents.ts'
import { type CopySource, type CopyTarget, copyRegister, oneByOne } from './index.ts'

const [ours, theirs] = [stream('ours'), stream('theirs', 'session')]

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** A vault that is only copied from and to. */
const vaultInMemory = (): CopyableVault => {
  let kept: VaultContents | null = null
  return {
    contents: async () => right(kept),
    become: (contents) => async () => {
      kept = contents
      return right(undefined)
    },
  }
}

/** A log in memory whose time is set by hand. */
interface InMemory extends CopyTarget {
  readonly setClock: (at: Instant) => void
}

const inMemory = (changed: (events: EventStore) => Partial<EventStore> = () => ({})): InMemory => {
  let now: Instant = theBeginning
  const { events, extend } = memoryLogToExtend({ clock: () => now })
  return {
    events: { ...events, ...changed(events) },
    extend,
    vault: vaultInMemory(),
    places: [],
    setClock: (at) => {
      now = at
    },
    close: async () => right(undefined),
  }
}

/** The same, by a store that appends to one stream at a time, in its own way. */
const appendingOneByOne = (changed: (events: EventStore) => Pick<EventStore, 'append'>): InMemory => {
  const target = inMemory()
  const { append } = changed(target.events)
  const appendAt = (at: Instant): EventStore['append'] => {
    target.setClock(at)
    return append
  }
  return { ...target, extend: oneByOne(appendAt) }
}

const sourceAt = async (path: string): Promise<CopySource> => {
  const opened = rightOf(await openSqliteSource(path)())
  onTestFinished(async () => void (await opened.close()))
  return opened
}

const targetAt = async (path: string): Promise<CopyTarget> => {
  const opened = rightOf(await openSqliteTarget(path)())
  onTestFinished(async () => void (await opened.close()))
  return opened
}

/** All of a log but the positions, which are each store's own. */
const logOf = async (events: EventStore): Promise<ReadonlyArray<Omit<StoredEvent, 'position'>>> =>
  (await eventsOf(events.readAll())).map(({ position, ...kept }) => kept)

/** Streams that take turns, times that repeat and that history was known before, text that lesser stores change. */
const filled = async (target: InMemory): Promise<InMemory> => {
  const times = [noon, noon, secondsAfter(noon, 1), secondsAfter(noon, 1), secondsAfter(noon, 60)]
  for (const [i, text] of awkwardTexts.filter((text) => !text.includes('\0')).entries()) {
    target.setClock(times[Math.floor(i / 2)] ?? secondsAfter(noon, 3_600))
    const changed: Partial<NewEvent> = {
      data: JSON.stringify({ name: text }),
      knownSince: i % 3 === 0 ? secondsAfter(noon, -i) : null,
      actor: { id: `actor ${i}`, role: 'secretary' },
    }
    const [one, other] = [event(`${i}`, changed), event(`${i} too`, { ...changed, version: 2 })]
    if (i % 4 === 3) await appended(target.events, theirs, any, one, other)
    else await appended(target.events, ours, any, one)
    await appended(target.events, stream(`${i}`), noStream, event(`${i} alone`))
  }
  return target
}

test('a log comes through any store as it was, in its order, with its own ids, times and text', async () => {
  const origin = await filled(inMemory())
  const expected = await logOf(origin.events)
  const path = join(folder(), 'register.db')
  const there = rightOf(await openSqliteTarget(path)())
  const copied = { events: expected.length, added: expected.length, persons: 0, claims: 'in step' }
  expect(await copyRegister(origin, there)()).toEqual(right(copied))
  expect(await logOf(there.events)).toEqual(expected)
  rightOf(await there.close())

  const back = inMemory()
  expect(await copyRegister(await sourceAt(path), back)()).toEqual(right(copied))
  expect(await logOf(back.events)).toEqual(expected)
  expect(rightOf(await checkSqlite(path)())).toEqual({ rows: expected.length, findings: [] })
})

test('a copy made again adds what is new, and nothing where nothing is', async () => {
  const origin = await filled(inMemory())
  const target = await targetAt(join(folder(), 'register.db'))
  const { events } = rightOf(await copyRegister(origin, target)())
  expect(await copyRegister(origin, target)()).toEqual(right({ events, added: 0, persons: 0, claims: 'in step' }))
  await appended(origin.events, ours, any, event('more'), event('and more'))
  expect(await copyRegister(origin, target)()).toEqual(
    right({ events: events + 2, added: 2, persons: 0, claims: 'in step' }),
  )
  expect(await logOf(target.events)).toEqual(await logOf(origin.events))
})

test('positions may differ, as where a log has gaps', async () => {
  const path = join(folder(), 'register.db')
  const opened = rightOf(await openSqlite(path, { clock: () => noon })())
  await appended(opened.events, ours, any, event('first'))
  const raw = new DatabaseSync(path)
  raw.exec(`INSERT INTO events SELECT 40, '${event('second').id}', stream, 1, type, version, data, recorded_at, known_since,
    actor_id, actor_role, causation, correlation FROM events`)
  raw.close()
  await appended(opened.events, theirs, any, event('third'))
  const target = inMemory()
  const origin: CopySource = { ...opened, vault: vaultInMemory(), places: [] }
  expect(rightOf(await copyRegister(origin, target)()).events).toBe(3)
  expect((await eventsOf(opened.events.readAll())).map(({ position }) => position)).toEqual([1, 40, 41])
  expect((await eventsOf(target.events.readAll())).map(({ position }) => position)).toEqual([1, 2, 3])
  expect(await copyRegister(origin, target)()).toEqual(right({ events: 3, added: 0, persons: 0, claims: 'in step' }))
  rightOf(await opened.close())
})

test('a target that holds something else is refused, and left as it is', async () => {
  const origin = await filled(inMemory())
  const { events: total } = rightOf(await copyRegister(origin, inMemory())())

  const another = inMemory()
  another.setClock(noon)
  await appended(another.events, ours, any, event('another'))

  const longer = inMemory()
  rightOf(await copyRegister(origin, longer)())
  await appended(longer.events, theirs, any, event('its own'))

  // As far as it goes the same, but recorded at another time.
  const later = inMemory()
  const [first] = await eventsOf(
    origin.events.readAll({ until: rightOf(await origin.events.append(ours, any, [event('0')])()).position }),
  )
  if (first === undefined) throw new Error('there is a first event')
  later.setClock(secondsAfter(first.recordedAt, 5))
  await appended(later.events, first.stream, any, { ...first })

  for (const [target, message] of [
    [another, `the target is no copy of the source: event 1 of its log is not ${first.id}, revision 0 of ${ours}`],
    [longer, `the target holds more than the source: its event ${total + 1} is not in the source`],
    [later, `the target is no copy of the source: event 1 of its log is not ${first.id}`],
  ] as const) {
    const before = await logOf(target.events)
    expect(leftOf(await copyRegister(origin, target)())).toEqual({
      _tag: 'NotACopy',
      message: expect.stringContaining(message),
    })
    expect(await logOf(target.events)).toEqual(before)
  }
})

test('where somebody else writes to the target, the copy says so', async () => {
  const origin = await filled(inMemory())
  const target = inMemory()
  const disturbed: CopyTarget = {
    ...target,
    vault: {
      ...target.vault,
      become: (contents) => async () => {
        await appended(target.events, theirs, any, event('a guest'))
        return target.vault.become(contents)()
      },
    },
  }
  rightOf(await origin.vault.become({ open: () => ({ secret: new Uint8Array(32), keys: [], claims: [] }) })())
  expect(leftOf(await copyRegister(origin, disturbed)())).toMatchObject({ _tag: 'NotACopy' })

  let disturb = true
  const racing = appendingOneByOne((plain) => ({
    append: (to, expected, batch) => async () => {
      if (disturb) await appended(plain, to, any, event('faster'))
      disturb = false
      return plain.append(to, expected, batch)()
    },
  }))
  expect(leftOf(await copyRegister(origin, racing)())).toMatchObject({ _tag: 'WrongExpectedRevision' })
})

test('a target that does not keep what it was given is found out', async () => {
  const origin = await filled(inMemory())
  rightOf(await origin.vault.become({ open: () => ({ secret: new Uint8Array(32), keys: [], claims: [] }) })())
  const forgetful = inMemory()
  const dropping: CopyTarget = { ...forgetful, extend: (batches) => forgetful.extend(batches.slice(0, -1)) }
  const { events } = rightOf(await copyRegister(origin, inMemory())())
  expect(leftOf(await copyRegister(origin, dropping)())).toEqual({
    _tag: 'NotACopy',
    message: `the target is no copy of the source: event ${events} of its log is missing; name another target`,
  })
  const deaf = inMemory()
  const hearing: CopyTarget = { ...deaf, vault: { ...deaf.vault, become: () => async () => right(undefined) } }
  expect(leftOf(await copyRegister(origin, hearing)())).toEqual({
    _tag: 'NotACopy',
    message: 'the vault of the copy does not keep what the vault of the source does',
  })
})

test('a store that fails ends the copy with its own words', async () => {
  const failing = storeFailure('Full', 'no room')
  const origin = await filled(inMemory())
  async function* broken() {
    yield left(failing)
  }
  const unreadable = { readAll: () => broken() }
  const target = inMemory()
  await appended(target.events, ours, any, event('something'))
  expect(leftOf(await copyRegister({ ...origin, events: { ...origin.events, ...unreadable } }, inMemory())())).toBe(
    failing,
  )
  expect(
    leftOf(
      await copyRegister(
        origin,
        inMemory(() => unreadable),
      )(),
    ),
  ).toBe(failing)
  expect(leftOf(await copyRegister(origin, { ...inMemory(), extend: () => async () => left(failing) })())).toBe(failing)
  const closed: VaultFailure = { _tag: 'VaultFailure', reason: 'Closed', message: 'closed', retry: false }
  const vault = { ...origin.vault, contents: async () => left(closed) }
  expect(leftOf(await copyRegister({ ...origin, vault }, inMemory())())).toBe(closed)
})

test('what a store takes only in smaller parts is appended in smaller parts; what it never takes is said', async () => {
  const origin = inMemory()
  origin.setClock(noon)
  await appended(origin.events, ours, any, event('0'), ...Array.from({ length: 9 }, (_, i) => event(`${i + 1}`)))
  const upTo = (limit: number): InMemory =>
    appendingOneByOne((plain) => ({
      append: (to, expected, events) =>
        events.length > limit
          ? async () => left({ _tag: 'AppendTooLarge', bytes: events.length, limit })
          : plain.append(to, expected, events),
    }))
  const target = upTo(3)
  expect(rightOf(await copyRegister(origin, target)())).toEqual({
    events: 10,
    added: 10,
    persons: 0,
    claims: 'in step',
  })
  expect(await logOf(target.events)).toEqual(await logOf(origin.events))
  expect(leftOf(await copyRegister(origin, upTo(0))())).toEqual({ _tag: 'AppendTooLarge', bytes: 1, limit: 0 })
})
