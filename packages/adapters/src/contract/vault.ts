// vault.ts: all that a vault promises, as cases

import assert from 'node:assert/strict'
import { commandIdOf, DoctorId, eventIdOf, type Place, type Sealed, uuidOf, type Vault } from '@smagruppe/domain'
import { awkwardTexts, type ContractCase, leftOf, type Opened, rightOf, using } from './case.ts'

/** How a case gets an empty vault. */
export interface VaultSubject {
  /** Opens a new, empty one. */
  readonly open: () => Promise<Opened<Vault>>
}

const vaultCase = (name: string, check: (vault: Vault) => Promise<void>): ContractCase<VaultSubject> => ({
  name,
  run: async ({ open }) => using(await open(), check),
})

const doctor = (name: string): DoctorId => {
  const id = uuidOf('contract doctor', name)
  if (!DoctorId.is(id)) throw new Error('uuidOf gave no UUID')
  return id
}

const place = (name: string, field = 'name'): Place => ({ event: eventIdOf(commandIdOf('contract', name), 0), field })

const kari = doctor('kari')
const ola = doctor('ola')
const here = place('here')

const seal = async (vault: Vault, person: DoctorId, at: Place, text: string): Promise<Sealed> =>
  rightOf(await vault.seal(person, at, text)())

const assertTampered = async (vault: Vault, person: DoctorId, box: string, what: string): Promise<void> => {
  const refused = leftOf(await vault.reveal({ sealed: { person, box } })())
  assert.equal(refused.reason, 'Tampered', what)
}

/** What every vault has to keep. Each case asks for an empty vault of its own. */
export const vaultCases: ReadonlyArray<ContractCase<VaultSubject>> = [
  vaultCase('what was sealed is revealed to the letter', async (vault) => {
    for (const text of [...awkwardTexts, 'a\0b']) {
      const sealed = await seal(vault, kari, here, text)
      assert.equal(sealed.sealed.person, kari)
      assert.deepEqual(rightOf(await vault.reveal(sealed)()), { _tag: 'Known', text })
    }
  }),

  vaultCase('the same place and text give the same bytes, and nothing else does', async (vault) => {
    const first = await seal(vault, kari, here, 'Kari Nordmann')
    assert.deepEqual(await seal(vault, kari, here, 'Kari Nordmann'), first)
    const others = [
      await seal(vault, kari, here, 'Kari Nordman'),
      await seal(vault, kari, place('here', 'contact'), 'Kari Nordmann'),
      await seal(vault, kari, place('there'), 'Kari Nordmann'),
      await seal(vault, ola, here, 'Kari Nordmann'),
    ]
    const boxes = [first, ...others].map(({ sealed }) => sealed.box)
    assert.equal(new Set(boxes).size, boxes.length)
  }),

  vaultCase('a box shows nothing of its text', async (vault) => {
    const text = 'Kari Nordmann'
    const { box } = (await seal(vault, kari, here, text)).sealed
    const bytes = Buffer.from(box, 'base64url')
    for (const clear of [text, 'Nordmann', 'Kari']) {
      assert.ok(!bytes.includes(clear), `the bytes hold ${clear}`)
      assert.ok(!bytes.includes(Buffer.from(clear, 'utf16le')), `the bytes hold ${clear}`)
    }
    assert.deepEqual(rightOf(await vault.reveal({ sealed: { person: kari, box } })()), { _tag: 'Known', text })
  }),

  vaultCase('a bit changed anywhere is found out', async (vault) => {
    const { box } = (await seal(vault, kari, here, 'Kari')).sealed
    const bytes = Buffer.from(box, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await assertTampered(vault, kari, changed.toString('base64url'), `bit ${bit}`)
    }
  }),

  vaultCase('a character changed, taken away or added anywhere is found out', async (vault) => {
    const { box } = (await seal(vault, kari, here, 'Kari')).sealed
    for (let i = 0; i < box.length; i += 1) {
      const other = box[i] === 'A' ? 'B' : 'A'
      await assertTampered(vault, kari, box.slice(0, i) + other + box.slice(i + 1), `character ${i} changed`)
      await assertTampered(vault, kari, box.slice(0, i) + box.slice(i + 1), `character ${i} away`)
    }
    for (const wrong of ['', 'A', `${box}A`, `${box}=`, `${box}\n`, ` ${box}`, '😀', 'not a box']) {
      await assertTampered(vault, kari, wrong, JSON.stringify(wrong))
    }
  }),

  vaultCase('a box does not open with the key of another person', async (vault) => {
    const { box } = (await seal(vault, kari, here, 'Kari')).sealed
    await assertTampered(vault, ola, box, 'a person without a key')
    await seal(vault, ola, here, 'Ola')
    await assertTampered(vault, ola, box, 'a person with another key')
  }),

  vaultCase('sealing for one person at the same time makes one key', async (vault) => {
    const sealed = await Promise.all(Array.from({ length: 16 }, () => seal(vault, kari, here, 'Kari')))
    assert.equal(new Set(sealed.map(({ sealed }) => sealed.box)).size, 1)
    for (const one of sealed) assert.deepEqual(rightOf(await vault.reveal(one)()), { _tag: 'Known', text: 'Kari' })
  }),

  vaultCase('text with a lone surrogate is refused', async (vault) => {
    assert.equal(leftOf(await vault.seal(kari, here, 'a\ud800')())._tag, 'VaultFailure')
  }),

  vaultCase('a number is claimed once, and asking twice is asking once', async (vault) => {
    assert.equal(rightOf(await vault.holderOf('9144900')()), null)
    assert.equal(rightOf(await vault.claim('9144900', kari)()), kari)
    assert.equal(rightOf(await vault.claim('9144900', kari)()), kari)
    assert.equal(rightOf(await vault.claim('9144900', ola)()), kari)
    assert.equal(rightOf(await vault.holderOf('9144900')()), kari)
    assert.equal(rightOf(await vault.holderOf('914490')()), null)
    assert.equal(rightOf(await vault.claim('9144901', kari)()), kari, 'a doctor may hold two numbers')
  }),

  vaultCase('a claim is given up by its holder alone, and the number is free then', async (vault) => {
    rightOf(await vault.claim('9144900', kari)())
    rightOf(await vault.claim('9144901', kari)())
    rightOf(await vault.release('9144900', ola)())
    assert.equal(rightOf(await vault.holderOf('9144900')()), kari)
    rightOf(await vault.release('9144900', kari)())
    rightOf(await vault.release('9144900', kari)())
    assert.equal(rightOf(await vault.holderOf('9144900')()), null)
    assert.equal(rightOf(await vault.claim('9144900', ola)()), ola)
    assert.equal(rightOf(await vault.holderOf('9144901')()), kari, 'a claim of another number stays')
  }),

  vaultCase('of sixteen who race for a number all are told the same holder', async (vault) => {
    const racers = Array.from({ length: 16 }, (_, i) => doctor(`racer ${i}`))
    const holders = (await Promise.all(racers.map((racer) => vault.claim('9144900', racer)()))).map(rightOf)
    assert.equal(new Set(holders).size, 1)
    assert.ok(racers.some((racer) => racer === holders[0]))
    assert.equal(rightOf(await vault.holderOf('9144900')()), holders[0])
  }),
]
