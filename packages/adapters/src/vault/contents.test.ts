// contents.test.ts: a vault comes to keep what another does, or is left as it is

import { type DoctorId, doctorId, uuidOf } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { becoming, type Contents, keepTheSame, type PersonsKey } from './contents.ts'

const doctor = (name: string): DoctorId => doctorId(uuidOf('doctor', name))
const bytes = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const kept = (name: string, byte: number): PersonsKey => ({ person: doctor(name), key: bytes(byte), destroyedAt: null })
const destroyed = (name: string, at: string): PersonsKey => ({ person: doctor(name), key: null, destroyedAt: at })
const contents = (changed: Partial<Contents> = {}): Contents => ({ secret: bytes(1), keys: [], claims: [], ...changed })

const wanted = contents({
  keys: [kept('kari', 2), destroyed('ola', '2024')],
  claims: [{ digest: 'a', doctor: doctor('kari') }],
})

describe('a vault comes to keep what another does', () => {
  test('when it was never used, or keeps nothing yet', () => {
    for (const standing of [null, contents({ secret: bytes(9) })])
      expect(becoming(standing, wanted)).toEqual({ keep: wanted.keys, destroy: [] })
  })

  test('when it keeps an earlier state of it: what is missing comes, what was destroyed goes, claims are as they may be', () => {
    const earlier = contents({ keys: [kept('ola', 5)], claims: [{ digest: 'b', doctor: doctor('ola') }] })
    expect(becoming(earlier, wanted)).toEqual({ keep: [kept('kari', 2)], destroy: [destroyed('ola', '2024')] })
    expect(becoming(wanted, wanted)).toEqual({ keep: [], destroy: [] })
  })

  test('and not when it keeps anything else', () => {
    const others: ReadonlyArray<Contents> = [
      { ...wanted, secret: bytes(9) },
      contents({ secret: bytes(9), claims: wanted.claims }),
      { ...wanted, keys: [kept('kari', 3)] },
      { ...wanted, keys: [destroyed('kari', '2024')] },
      { ...wanted, keys: [destroyed('ola', '2023')] },
      { ...wanted, keys: [...wanted.keys, kept('guri', 4)] },
    ]
    for (const other of others) expect(becoming(other, wanted)).toBeNull()
  })
})

test('two vaults keep the same only where nothing differs', () => {
  const same = (other: Contents): boolean => keepTheSame({ open: () => wanted }, { open: () => other })
  expect(same({ ...wanted, secret: bytes(1) })).toBe(true)
  const others: ReadonlyArray<Contents> = [
    { ...wanted, secret: bytes(2) },
    { ...wanted, secret: new Uint8Array(31).fill(1) },
    { ...wanted, keys: wanted.keys.slice(1) },
    { ...wanted, keys: [kept('kari', 3), destroyed('ola', '2024')] },
    { ...wanted, keys: [kept('guri', 2), destroyed('ola', '2024')] },
    { ...wanted, keys: [kept('kari', 2), destroyed('ola', '2023')] },
    { ...wanted, keys: [kept('kari', 2), kept('ola', 3)] },
    { ...wanted, claims: [] },
    { ...wanted, claims: [{ digest: 'b', doctor: doctor('kari') }] },
    { ...wanted, claims: [{ digest: 'a', doctor: doctor('ola') }] },
  ]
  for (const other of others) expect(same(other)).toBe(false)
})
