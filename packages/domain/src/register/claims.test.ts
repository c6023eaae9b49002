// claims.test.ts: a number is held in the vault as long as its claim stands, whoever is faster and whatever breaks off

import { isLeft, right } from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { storeFailure } from '../kernel/event-store.ts'
import { anybody, doctorNamed, doctorStream, type Opened, opened } from '../testing/index.ts'
import { parseHprNumber } from '../values/hpr-number.ts'
import type { Vault } from '../values/personal.ts'
import { openRegister, type Register } from './register.ts'

const by = { actor: { id: 'a sheet', role: 'importer' } }
const [kari, ola] = [doctorNamed('Kari'), doctorNamed('Ola')]
const claim = (name: string, hpr: string) => ({ type: 'ClaimHpr', data: { doctor: doctorNamed(name), hpr } })

let app: Opened
beforeEach(async () => {
  app = opened()
  for (const name of ['Kari', 'Ola'])
    await done(app.register, { type: 'RegisterDoctor', data: { doctor: doctorNamed(name), name, municipality: null } })
})

const done = async (register: Register, command: unknown): Promise<void> => {
  const receipt = await register.execute(command, by)()
  if (isLeft(receipt)) throw new Error(JSON.stringify(receipt.left))
}

/** Takes back the newest event of a doctor. */
const retractionIn = (name: string) => {
  const newest = app.log.log.findLast(({ stream }) => stream === doctorStream(name))
  return { type: 'RetractFact', data: { stream: newest?.stream, corrects: newest?.id, reason: 'a slip' } }
}

/** A register on the same stores, with a vault that does something else beside. */
const withVault = (changed: Partial<Vault>): Register => {
  let ids = 0
  return openRegister({
    events: app.log,
    rows: app.rows,
    vault: { ...app.vault, ...changed },
    now: () => anybody.at,
    newId: () => {
      ids += 1
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
    },
  })
}

describe('a claim that came to nothing', () => {
  test('because another number was faster leaves its own free', async () => {
    const both = await Promise.all(['1', '2'].map((hpr) => app.register.execute(claim('Ola', hpr), by)()))
    expect(both.map(({ _tag }) => _tag).sort()).toEqual(['Left', 'Right'])
    expect(both.find(isLeft)).toMatchObject({ left: { _tag: 'Refused', refusal: { _tag: 'HprClaimedAlready' } } })
    expect([...app.vault.held().values()]).toEqual([ola])
    const lost = app.vault.held().has('1') ? '2' : '1'
    await done(app.register, claim('Kari', lost))
    expect(app.vault.held().get(lost)).toBe(kari)
  })

  test('because the process ended before it was stored is found out when another asks for the number', async () => {
    await done(app.register, claim('Ola', '1'))
    await app.vault.claim('2', ola)()
    await done(app.register, claim('Kari', '2'))
    expect(app.vault.held()).toEqual(
      new Map([
        ['1', ola],
        ['2', kari],
      ]),
    )
  })

  test('or when it is asked again', async () => {
    await done(app.register, claim('Ola', '1'))
    await app.vault.claim('2', ola)()
    expect(isLeft(await app.register.execute(claim('Ola', '2'), by)())).toBe(true)
    expect(app.vault.held()).toEqual(new Map([['1', ola]]))
  })

  test('stays as it came where the vault cannot be brought in step, and as it was where the holder cannot be looked at', async () => {
    const locked = { _tag: 'VaultFailure', reason: 'Busy', message: 'locked', retry: true } as const
    await done(app.register, claim('Ola', '1'))
    await app.vault.claim('2', ola)()
    const failing = withVault({ reveal: () => async () => ({ _tag: 'Left', left: locked }) })
    expect(await failing.execute(claim('Ola', '2'), by)()).toMatchObject({ left: { _tag: 'Refused' } })
    expect(await failing.execute(claim('Kari', '2'), by)()).toEqual({ _tag: 'Left', left: locked })
    expect(app.vault.held()).toEqual(
      new Map([
        ['1', ola],
        ['2', ola],
      ]),
    )
  })

  test('with a store that failed keeps the number for who asked, who asks again', async () => {
    const full = storeFailure('Full', 'no room')
    const events = { ...app.log, append: () => async () => ({ _tag: 'Left', left: full }) as const }
    const failing = openRegister({ ...app, events, now: () => anybody.at, newId: () => kari })
    expect(await failing.execute(claim('Ola', '2'), by)()).toEqual({ _tag: 'Left', left: full })
    expect(await app.register.execute(claim('Kari', '2'), by)()).toEqual({
      _tag: 'Left',
      left: { _tag: 'HprHeldByAnother', holder: ola },
    })
    await done(app.register, claim('Ola', '2'))
    expect(app.vault.held()).toEqual(new Map([['2', ola]]))
  })
})

test('a number that is reserved, or claimed by a record that holds it, stays held', async () => {
  const seven = parseHprNumber('7')
  if (seven._tag === 'None') throw new RangeError('7')
  const reserved = await app.register.reserveDoctor(seven.value)()
  await done(app.register, claim('Ola', '1'))
  for (const number of ['1', '7'])
    expect(await app.register.execute(claim('Kari', number), by)()).toMatchObject({
      left: { _tag: 'HprHeldByAnother' },
    })
  expect(await app.register.reserveDoctor(seven.value)()).toEqual(reserved)
  expect(app.vault.held().get('1')).toBe(ola)
})

describe('a number whose claim was taken back', () => {
  test('and made again before the vault was reached stays held', async () => {
    await done(app.register, claim('Ola', '1'))
    let meanwhile = true
    const slow = withVault({
      release: (number, doctor) => async () => {
        if (meanwhile) {
          meanwhile = false
          await done(app.register, claim('Ola', '1'))
        }
        return app.vault.release(number, doctor)()
      },
    })
    await done(slow, retractionIn('Ola'))
    expect(app.vault.held()).toEqual(new Map([['1', ola]]))
  })

  test('and made again, but freed before that was stored, is held again', async () => {
    const freeing = withVault({
      seal:
        (...of) =>
        async () => {
          await app.vault.release('1', ola)()
          return app.vault.seal(...of)()
        },
    })
    await done(freeing, claim('Ola', '1'))
    expect(app.vault.held()).toEqual(new Map([['1', ola]]))
  })

  test('is free at the next claim of it where the process ended before it was freed', async () => {
    await done(app.register, claim('Ola', '1'))
    await done(withVault({ holderOf: () => async () => right(null) }), retractionIn('Ola'))
    expect(app.vault.held()).toEqual(new Map([['1', ola]]))
    await done(app.register, claim('Kari', '1'))
    expect(app.vault.held()).toEqual(new Map([['1', kari]]))
  })
})
