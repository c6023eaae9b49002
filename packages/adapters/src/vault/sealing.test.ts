// sealing.test.ts: sealed text: its format, which stays for ever, and what does not open it

import { createHmac } from 'node:crypto'
import { gcmsiv } from '@noble/ciphers/aes.js'
import { commandIdOf, DoctorId, eventIdOf, type Sealed, uuidOf, type Vault } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { type Keyring, type PersonKey, vaultOver, webRandomBytes } from './sealing.ts'

const doctor = (name: string): DoctorId => {
  const id = uuidOf('doctor', name)
  if (!DoctorId.is(id)) throw new Error('uuidOf gave no UUID')
  return id
}
const kari = doctor('kari')
const place = { event: eventIdOf(commandIdOf('test', 'seal'), 0), field: 'name' }

/** A keyring whose bytes are all the same, and whose keys a test can reach. */
const keyringWith = (keys: Map<DoctorId, PersonKey>): Keyring => ({
  secret: new Uint8Array(32).fill(9),
  keyOf: (person) => async () => right(keys.get(person) ?? null),
  keepKey: (person, bytes) => async () => {
    const key = keys.get(person) ?? { _tag: 'Kept', bytes }
    keys.set(person, key)
    return right(key)
  },
  holderOf: (digest) => async () => {
    digests.push(digest)
    return right(null)
  },
  claim: (digest, doctor) => async () => {
    digests.push(digest)
    return right(doctor)
  },
  release: () => async () => right(undefined),
})
const digests: string[] = []

const fixed = (byte: number) => (length: number) => new Uint8Array(length).fill(byte)

const seal = async (vault: Vault, text: string): Promise<Sealed> => rightOf(await vault.seal(kari, place, text)())

test('a box that was stored once can be opened for ever', async () => {
  const vault = vaultOver(keyringWith(new Map()), fixed(7))
  const { sealed } = await seal(vault, 'Kari Nordmann')
  expect(sealed.box).toBe(
    'AVVw1Ensn9bJxLgaLkmOBP9ElYMgxZfUAmrAewvgXjO3ioR-QLD8lf1jyr5zwvaT49_RAbAes-5uNvVypYZHiDoWSAbLjtizjN8',
  )
  expect(rightOf(await vault.reveal({ sealed })())).toEqual({ _tag: 'Known', text: 'Kari Nordmann' })
})

test('the head of a box is made as the format says, by another hand', async () => {
  const key = new Uint8Array(32).fill(7)
  const mac = (secret: Uint8Array, ...parts: ReadonlyArray<string>) =>
    createHmac('sha256', secret).update(parts.join('')).digest()
  const commitment = mac(key, 'smagruppe vault 1 commitment', '\x01')
  const nonce = mac(mac(key, 'smagruppe vault 1 nonce', '\x01'), place.event, '\0', place.field).subarray(0, 12)
  const { sealed } = await seal(vaultOver(keyringWith(new Map()), fixed(7)), 'Kari Nordmann')
  const box = Buffer.from(sealed.box, 'base64url')
  expect(box.subarray(0, 45).toString('hex')).toBe(Buffer.concat([Uint8Array.of(1), commitment, nonce]).toString('hex'))
  expect(box.length).toBe(45 + 'Kari Nordmann'.length + 16)
})

// RFC 8452, appendix C.2
test('the cipher is AES-256-GCM-SIV', () => {
  const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
  const key = hex('0100000000000000000000000000000000000000000000000000000000000000')
  const nonce = hex('030000000000000000000000')
  const closed = gcmsiv(key, nonce).encrypt(hex('0100000000000000'))
  expect(Buffer.from(closed).toString('hex')).toBe('c2ef328e5c71c83b843122130f7364b761e0b97427e3df28')
})

test('the digest of a number stays the same for ever, and is not the number', async () => {
  const vault = vaultOver(keyringWith(new Map()), fixed(7))
  digests.length = 0
  await vault.holderOf('9144900')()
  await vault.claim('9144900', kari)()
  const digest = createHmac('sha256', new Uint8Array(32).fill(9)).update('9144900').digest('base64url')
  expect(digest).toBe('rhLw5Wh0_b5oe6LxxyV1AXxIqyGylAscfLzz78iOsYQ')
  expect(digests).toEqual([digest, digest])
})

test('a person whose key was destroyed is forgotten, and gets no other key', async () => {
  const keys = new Map<DoctorId, PersonKey>()
  const vault = vaultOver(keyringWith(keys), webRandomBytes)
  const sealed = await seal(vault, 'Kari')
  keys.set(kari, { _tag: 'Destroyed' })
  expect(rightOf(await vault.reveal(sealed)())).toEqual({ _tag: 'Forgotten' })
  const refused = leftOf(await vault.seal(kari, place, 'Kari')())
  expect(refused).toMatchObject({ _tag: 'VaultFailure', retry: false })
  expect(refused.message).toContain('destroyed')
  expect(keys.get(kari)).toEqual({ _tag: 'Destroyed' })
})

test('a box of one vault does not open in another', async () => {
  const [one, other] = [1, 2].map(() => vaultOver(keyringWith(new Map()), webRandomBytes))
  if (one === undefined || other === undefined) throw new Error('two vaults were made')
  const sealed = await seal(one, 'Kari')
  await seal(other, 'Kari')
  expect(leftOf(await other.reveal(sealed)()).reason).toBe('Tampered')
})

test('keys come from the randomness that is given, once for each person', async () => {
  const asked: number[] = []
  const vault = vaultOver(keyringWith(new Map()), (length) => {
    asked.push(length)
    return new Uint8Array(length).fill(1)
  })
  await seal(vault, 'Kari')
  await seal(vault, 'Kari Nordmann')
  expect(asked).toEqual([32])
})

test('bytes have one text and that text gives them back', () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = webRandomBytes(length)
    expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
  }
  for (const other of ['A', 'AB', 'AA==', 'A+', 'A A', 'AAé', '\0']) expect(fromBase64Url(other)).toBeNull()
})
