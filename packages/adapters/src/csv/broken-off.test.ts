// broken-off.test.ts: an import that breaks off says why, and is carried on by importing the folder again

import {
  type AppendError,
  type EventStore,
  type ProjectionStore,
  type StoreFailure,
  storeFailure,
  type Vault,
  type VaultFailure,
} from '@smagruppe/domain'
import { left } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { importFolder } from './index.ts'
import {
  answersOf,
  asked,
  broughtIn,
  contentOf,
  folderWith,
  imported,
  logOf,
  placesOf,
  registerOn,
  smallYear,
} from './sheets.test-kit.ts'

const away = storeFailure('Unavailable', 'the disk is away')
const full = storeFailure('Full', 'the disk is full')
const locked: VaultFailure = { _tag: 'VaultFailure', reason: 'Busy', message: 'the vault is locked', retry: true }
const yearEnd = asked('2024-12-31', '2025-05-31')

/** Lets so many calls through, and fails after that. */
const after = (calls: number) => {
  let left = calls
  return (): boolean => {
    left -= 1
    return left < 0
  }
}

/** A log whose appends fail after so many. */
const appendsAfter = (events: EventStore, calls: number, failure: StoreFailure = away): EventStore => {
  const isOver = after(calls)
  return {
    ...events,
    append: (...asked) => (isOver() ? async () => left<AppendError>(failure) : events.append(...asked)),
  }
}

/** A log whose readings fail after so many. */
const readingsAfter = (events: EventStore, calls: number): EventStore => {
  const isOver = after(calls)
  async function* broken() {
    yield left(away)
  }
  return {
    ...events,
    readStream: (...asked) => (isOver() ? broken() : events.readStream(...asked)),
    readAll: (...asked) => (isOver() ? broken() : events.readAll(...asked)),
  }
}

/** Rows that fail after so many calls. */
const rowsAfter = (rows: ProjectionStore, calls: number): ProjectionStore => {
  const isOver = after(calls)
  const unless =
    <Asked extends ReadonlyArray<unknown>, E, A>(work: (...asked: Asked) => TaskEither<E, A>) =>
    (...asked: Asked): TaskEither<E | StoreFailure, A> =>
      isOver() ? async () => left(away) : work(...asked)
  return {
    ...rows,
    checkpoint: unless(rows.checkpoint),
    get: unless(rows.get),
    getMany: unless(rows.getMany),
    commit: unless(rows.commit),
  }
}

/** A vault that fails after so many calls. */
const vaultAfter = (vault: Vault, calls: number): Vault => {
  const isOver = after(calls)
  const unless =
    <Asked extends ReadonlyArray<unknown>, A>(work: (...asked: Asked) => TaskEither<VaultFailure, A>) =>
    (...asked: Asked): TaskEither<VaultFailure, A> =>
      isOver() ? async () => left(locked) : work(...asked)
  return {
    ...vault,
    seal: unless(vault.seal),
    reveal: unless(vault.reveal),
    holderOf: unless(vault.holderOf),
    claim: unless(vault.claim),
  }
}

const oneGo = async () => {
  const clean = await broughtIn(smallYear)
  return { content: await contentOf(clean), answers: await answersOf(clean, yearEnd) }
}

describe('wherever it breaks off, importing again gives the log of one clean import', () => {
  test('while events are stored', { timeout: 60_000 }, async () => {
    const clean = await oneGo()
    for (let stored = 0; stored < 49; stored += 3) {
      const on = registerOn()
      const folder = folderWith(smallYear)
      const broken = registerOn({ ...on, events: appendsAfter(on.events, stored) })
      expect(leftOf(await importFolder(broken.register, folder)())).toEqual(away)
      const left = (await logOf(on)).length
      expect(left).toBe(stored)
      const report = await imported(on, folder)
      expect(report).toMatchObject({ events: 49 - left, rejections: [], flags: [] })
      expect(await contentOf(on)).toEqual(clean.content)
      expect(await answersOf(on, yearEnd)).toEqual(clean.answers)
    }
  })

  test('again and again, after every few events', async () => {
    const clean = await oneGo()
    const on = registerOn()
    const folder = folderWith(smallYear)
    for (let time = 0; time < 7; time += 1) {
      const broken = registerOn({ ...on, events: appendsAfter(on.events, 6), ids: `${time}` })
      expect(leftOf(await importFolder(broken.register, folder)())).toEqual(away)
    }
    expect(await imported(on, folder)).toMatchObject({ events: 49 - 42, rejections: [] })
    expect(await contentOf(on)).toEqual(clean.content)
  })

  test.each([0, 1, 5, 20, 60, 100, 150])('while events are read, after %i readings', async (calls) => {
    const clean = await oneGo()
    const on = registerOn()
    const folder = folderWith(smallYear)
    const broken = registerOn({ ...on, events: readingsAfter(on.events, calls) })
    const result = await importFolder(broken.register, folder)()
    if (result._tag === 'Left') expect(result.left).toEqual(away)
    expect(await imported(on, folder)).toMatchObject({ rejections: [] })
    expect(await contentOf(on)).toEqual(clean.content)
  })

  test.each([0, 1, 10, 40, 90, 150])('while the read models follow, after %i calls', async (calls) => {
    const clean = await oneGo()
    const on = registerOn()
    const folder = folderWith(smallYear)
    const broken = registerOn({ ...on, rows: rowsAfter(on.rows, calls) })
    const result = await importFolder(broken.register, folder)()
    if (result._tag === 'Left') expect(result.left).toEqual(away)
    expect(await imported(on, folder)).toMatchObject({ rejections: [] })
    expect(await contentOf(on)).toEqual(clean.content)
  })

  test.each([0, 1, 4, 5, 9, 10, 11, 15, 18])('while the vault is asked, after %i calls', async (calls) => {
    const clean = await oneGo()
    const on = registerOn()
    const folder = folderWith(smallYear)
    const broken = registerOn({ ...on, vault: vaultAfter(on.vault, calls), ids: 'b' })
    expect(leftOf(await importFolder(broken.register, folder)())).toEqual(locked)
    expect(await imported(on, folder)).toMatchObject({ rejections: [] })
    expect(await contentOf(on)).toEqual(clean.content)
  })
})

describe('what is answered', () => {
  test('the failure as it is, with what to do about it', async () => {
    const on = registerOn()
    const broken = registerOn({ ...on, events: appendsAfter(on.events, 3, full) })
    expect(leftOf(await importFolder(broken.register, folderWith(smallYear))())).toEqual({
      _tag: 'StoreFailure',
      reason: 'Full',
      message: 'the disk is full',
      retry: false,
    })
  })

  test('one failure, however many tasks met one, and nothing is stored after it', async () => {
    const on = registerOn()
    let appends = 0
    const events: EventStore = {
      ...on.events,
      append: (...asked) => {
        appends += 1
        return appends === 3 ? async () => left<AppendError>(away) : on.events.append(...asked)
      },
    }
    const broken = registerOn({ ...on, events })
    expect(leftOf(await importFolder(broken.register, folderWith(smallYear))())).toEqual(away)
    // What was under way when it failed may have gone in; nobody began anything new.
    expect((await logOf(on)).every(({ stream }) => stream.startsWith('doctor-'))).toBe(true)
  })

  test('somebody who always writes first', async () => {
    const on = registerOn()
    const events: EventStore = {
      ...on.events,
      append: (stream, expected) => async () =>
        left<AppendError>({ _tag: 'WrongExpectedRevision', stream, expected, actual: null }),
    }
    const error = leftOf(await importFolder(registerOn({ ...on, events }).register, folderWith(smallYear))())
    expect(error).toMatchObject({ _tag: 'TooManyConflicts', attempts: 10 })
  })

  test('doctors whom a broken-off import had no time to register are unknown to later sheets', async () => {
    const on = registerOn()
    const broken = registerOn({ ...on, events: appendsAfter(on.events, 0) })
    expect(leftOf(await importFolder(broken.register, folderWith(smallYear))())).toEqual(away)
    const { groups, members } = smallYear
    const report = await imported(on, folderWith({ groups, members }))
    expect(placesOf(report.rejections)).toEqual([
      'groups.csv 2 contact_hpr UNKNOWN_DOCTOR',
      'members.csv 2 group UNKNOWN_GROUP',
      'members.csv 3 group UNKNOWN_GROUP',
      'members.csv 4 group UNKNOWN_GROUP',
      'members.csv 5 hpr UNKNOWN_DOCTOR',
      'members.csv 6 hpr UNKNOWN_DOCTOR',
    ])
  })

  test('a row that no store takes is rejected by itself; the rest goes in', async () => {
    const on = registerOn()
    const events: EventStore = {
      ...on.events,
      append: (stream, expected, batch) =>
        batch[0].data.length > 5000
          ? async () => left<AppendError>({ _tag: 'AppendTooLarge', bytes: batch[0].data.length, limit: 5000 })
          : on.events.append(stream, expected, batch),
    }
    const report = await imported(
      registerOn({ ...on, events }),
      folderWith({ ...smallYear, groups: [...smallYear.groups, `G3,${'x'.repeat(6000)},,2020-01-01,`] }),
    )
    expect(placesOf(report.rejections)).toEqual(['groups.csv 4 group REFUSED'])
    expect(report.rejections[0]?.reason).toMatch(/^the row is 6\d+ bytes long, more than the store takes \(5000\)$/)
    expect(report.events).toBe(49)
  })

  test('a folder that was rejected in part is carried on when its rows have been mended', async () => {
    const on = registerOn()
    const folder = folderWith({ ...smallYear, doctors: smallYear.doctors.map((row) => row.replace('102,', 'I02,')) })
    const first = rightOf(await importFolder(on.register, folder)())
    expect(first.rejections.length).toBeGreaterThan(3)
    await imported(on, folderWith(smallYear))
    expect(await answersOf(on, yearEnd)).toEqual((await oneGo()).answers)
  })
})
