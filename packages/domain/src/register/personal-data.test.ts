// personal-data.test.ts: what the register keeps closed

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type Actor, uuidOf } from '../kernel/event.ts'
import { storeFailure } from '../kernel/event-store.ts'
import {
  anybody,
  commandNamed,
  doctorNamed,
  doctorStream,
  inMemoryLog,
  inMemoryRows,
  type Opened,
  opened,
  testVault,
} from '../testing/index.ts'
import { parseHprNumber } from '../values/hpr-number.ts'
import type { Vault } from '../values/personal.ts'
import { openRegister } from './register.ts'

const importer: Actor = { id: 'a sheet', role: 'importer' }
const coordinator = { actor: anybody.actor }
const kari = doctorNamed('Kari')

const hpr = (written: string) => {
  const parsed = parseHprNumber(written)
  if (parsed._tag === 'None') throw new RangeError(written)
  return parsed.value
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

describe('personal data', () => {
  test('never appears in clear in what is stored', async () => {
    const store = opened()
    await doing(store, registerDoctor('Kari Nordmann'), claim('Kari Nordmann', '7654321'))
    const { log, rows, register } = store
    await register.refresh()
    const kept = await rows.list({ name: 'doctor-evidence', version: 1 }, { limit: 9 })()
    for (const text of [JSON.stringify(log.log), JSON.stringify(kept)]) {
      expect(text).toContain('sealed')
      expect(text).not.toContain('Nordmann')
      expect(text).not.toContain('7654321')
    }
  })

  test('is revealed by the vault alone, and once forgotten stays so', async () => {
    const store = opened()
    await doing(store, registerDoctor('Kari'))
    const { name } = JSON.parse(store.log.log[0]?.data ?? '')
    expect(await store.register.reveal(name)()).toEqual(right({ _tag: 'Known', text: 'Kari' }))
    store.vault.forget(kari)
    expect(await store.register.reveal(name)()).toEqual(right({ _tag: 'Forgotten' }))
  })

  test('that is on its way is known as it is', async () => {
    const { register } = opened()
    expect(await register.reveal({ unsealed: { person: kari, open: () => 'Kari' } })()).toEqual(
      right({ _tag: 'Known', text: 'Kari' }),
    )
  })

  test('S1-03a padded and unpadded HPR lead to one doctor', async () => {
    const store = opened()
    await doing(store, registerDoctor('Kari'), claim('Kari', '7654321'))
    expect(await store.register.doctorWithHpr(hpr('007654321'))()).toEqual(right(kari))
    expect(await store.register.doctorWithHpr(hpr('1'))()).toEqual(right(null))
  })

  test('S1-03a a number that another record holds is refused, and nothing is stored', async () => {
    const store = opened()
    await doing(store, registerDoctor('Kari'), registerDoctor('Ola'), claim('Kari', '7654321'))
    expect(await store.register.execute(claim('Ola', '7654321'), coordinator)()).toEqual(
      left({ _tag: 'HprHeldByAnother', holder: kari }),
    )
    expect(store.log.log).toHaveLength(3)
    expect(store.log.log.filter(({ stream }) => stream === doctorStream('Ola'))).toHaveLength(1)
  })

  test('people are named by what the vault knows, as corrected; every id has an entry', async () => {
    const store = opened()
    await doing(store, registerDoctor('Kari'), registerDoctor('Ola'), claim('Kari', '7654321'))
    const [wrong] = store.log.log
    const fact = { name: { clear: 'Kari Nordmann' }, municipality: null }
    await doing(store, {
      type: 'CorrectFact',
      data: { stream: wrong?.stream, corrects: wrong?.id, reason: 'misspelt', fact },
    })
    const [ola, per] = ['Ola', 'Per'].map(doctorNamed)
    if (ola === undefined || per === undefined) throw new Error('nobody')
    const known = (text: string) => ({ _tag: 'Known', text })
    const asked = store.register.people([kari, ola, per, kari])
    expect(await asked()).toEqual(
      right(
        new Map([
          [kari, { name: known('Kari Nordmann'), hpr: known('7654321') }],
          [ola, { name: known('Ola'), hpr: null }],
          [per, { name: null, hpr: null }],
        ]),
      ),
    )
    store.vault.forget(kari)
    const forgotten = { _tag: 'Forgotten' }
    expect(await store.register.people([kari])()).toEqual(right(new Map([[kari, { name: forgotten, hpr: forgotten }]])))
  })

  test('S1-03a a claim that is taken back frees the number for its owner, and holds it again when it stands again', async () => {
    const store = opened()
    const number = hpr('7654321')
    await doing(store, registerDoctor('Kari'), registerDoctor('Ola'), claim('Kari', '7654321'))
    const retract = (nth: number) => {
      const { stream, id } = store.log.log[nth] ?? { stream: '', id: '' }
      return { type: 'RetractFact', data: { stream, corrects: id, reason: 'a slip' } }
    }
    await doing(store, retract(2))
    expect(await store.register.doctorWithHpr(number)()).toEqual(right(null))
    await doing(store, retract(3))
    expect(await store.register.doctorWithHpr(number)()).toEqual(right(kari))
    await doing(store, retract(4), claim('Ola', '7654321'))
    expect(await store.register.doctorWithHpr(number)()).toEqual(right(doctorNamed('Ola')))
    await doing(store, retract(5))
    expect(await store.register.doctorWithHpr(number)()).toEqual(right(doctorNamed('Ola')))
  })

  test('a number can be reserved before its doctor is registered: the holder’s id, or a new one', async () => {
    const store = opened()
    const reserved = await store.register.reserveDoctor(hpr('7654321'))()
    expect(await store.register.reserveDoctor(hpr('7654321'))()).toEqual(reserved)
    expect(await store.register.doctorWithHpr(hpr('7654321'))()).toEqual(reserved)
    await doing(store, registerDoctor('Kari'), claim('Kari', '7'))
    expect(await store.register.reserveDoctor(hpr('7'))()).toEqual(right(kari))
  })

  test('a vault or store that fails while claims are settled or people named is said; asked again it is mended', async () => {
    const failure = left({ _tag: 'VaultFailure' as const, reason: 'Busy' as const, message: 'locked', retry: true })
    const store = opened()
    await doing(store, registerDoctor('Kari'), claim('Kari', '7'))
    const ports = { events: store.log, rows: store.rows, now: () => anybody.at, newId: () => uuidOf('a', 'b') }
    const [, made] = store.log.log
    const retraction = { type: 'RetractFact', data: { stream: made?.stream, corrects: made?.id, reason: 'a slip' } }
    const asking = { ...coordinator, id: commandNamed('retract') }
    const failingAt = (more: Partial<Vault>) => openRegister({ ...ports, vault: { ...store.vault, ...more } })
    const unrevealing = failingAt({ reveal: () => async () => failure })
    expect(await unrevealing.execute(retraction, asking)()).toEqual(failure)
    expect(await unrevealing.people([kari])()).toEqual(failure)
    expect(await failingAt({ release: () => async () => failure }).execute(retraction, asking)()).toEqual(failure)
    expect(await store.register.doctorWithHpr(hpr('7'))()).toEqual(right(kari))
    expect(await store.register.execute(retraction, asking)()).toMatchObject({ right: { repeated: true } })
    expect(await store.register.doctorWithHpr(hpr('7'))()).toEqual(right(null))

    const gone = left(storeFailure('Unavailable', 'gone'))
    const rows = { ...store.rows, getMany: () => async () => gone }
    expect(await openRegister({ ...ports, rows, vault: store.vault }).people([kari])()).toEqual(gone)
  })

  test('a refused correction settles nothing', async () => {
    const store = opened()
    await doing(store, registerDoctor('Kari'))
    const data = { stream: doctorStream('Kari'), corrects: uuidOf('no', 'event'), reason: 'a slip' }
    expect(await store.register.execute({ type: 'RetractFact', data }, coordinator)()).toMatchObject({
      left: { _tag: 'Refused', refusal: { _tag: 'NoSuchFact' } },
    })
  })

  test('a vault that fails ends what needs it, and nothing is stored', async () => {
    const failure = left({ _tag: 'VaultFailure' as const, reason: 'Busy' as const, message: 'locked', retry: true })
    const ports = { events: inMemoryLog(), rows: inMemoryRows(), now: () => anybody.at, newId: () => uuidOf('a', 'b') }
    const broken = {
      seal: () => async () => failure,
      claim: () => async () => failure,
      holderOf: () => async () => failure,
      reveal: () => async () => failure,
    }
    const unsealing = openRegister({ ...ports, vault: { ...testVault(), seal: broken.seal } })
    expect(await unsealing.execute(registerDoctor('Kari'), coordinator)()).toEqual(failure)
    expect(ports.events.log).toEqual([])
    const register = openRegister({ ...ports, vault: { ...testVault(), ...broken, seal: testVault().seal } })
    expect(await register.execute(registerDoctor('Kari'), coordinator)()).toMatchObject({ _tag: 'Right' })
    expect(await register.execute(claim('Kari', '7'), { ...coordinator, id: commandNamed('claim') })()).toEqual(failure)
    expect(await register.reserveDoctor(hpr('7'))()).toEqual(failure)
    expect(await register.doctorWithHpr(hpr('7'))()).toEqual(failure)
    expect(await register.reveal({ sealed: { person: kari, box: 'x' } })()).toEqual(failure)
  })
})
