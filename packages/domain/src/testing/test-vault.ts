// test-vault.ts: a vault that closes personal text without hiding it well: for tests, never for people

import { right } from 'fp-ts/lib/Either.js'
import { uuidOf } from '../kernel/event.ts'
import type { DoctorId } from '../values/identity.ts'
import type { Vault } from '../values/personal.ts'

/** A vault, a way to make it forget a person, and a look at its claims. */
export interface TestVault extends Vault {
  /** Destroys the person's key: what was sealed reads `Forgotten` from then on. */
  readonly forget: (person: DoctorId) => void
  /** Who holds which number, as of now. */
  readonly held: () => ReadonlyMap<string, DoctorId>
}

/** Keeps each text under a name made of its person, place and text, which gives nothing of it away. */
export const testVault = (): TestVault => {
  const texts = new Map<string, { readonly person: DoctorId; readonly text: string }>()
  const holders = new Map<string, DoctorId>()
  return {
    seal:
      (person, { event, field }, text) =>
      async () => {
        const box = uuidOf('testing/vault', JSON.stringify([person, event, field, text]))
        texts.set(box, { person, text })
        return right({ sealed: { person, box } })
      },
    reveal:
      ({ sealed: { person, box } }) =>
      async () => {
        const kept = texts.get(box)
        return right(kept?.person === person ? { _tag: 'Known', text: kept.text } : { _tag: 'Forgotten' })
      },
    holderOf: (number) => async () => right(holders.get(number) ?? null),
    claim: (number, doctor) => async () => {
      const holder = holders.get(number) ?? doctor
      holders.set(number, holder)
      return right(holder)
    },
    release: (number, doctor) => async () => {
      if (holders.get(number) === doctor) holders.delete(number)
      return right(undefined)
    },
    forget: (person) => {
      for (const [box, kept] of texts) if (kept.person === person) texts.delete(box)
    },
    held: () => new Map(holders),
  }
}
