// contract.test.ts: the contract finds out stores that keep no promise, or all but one

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EventStore, position, revision, theStart, type Vault } from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { memoryVault } from '../memory/index.ts'
import { failuresOf, namesOf, opened, openedLog, strict } from './contract.test-kit.ts'
import {
  eventStoreCases,
  type Opened,
  projectionStoreCases,
  subscriptionCases,
  type VaultSubject,
  vaultCases,
} from './index.ts'
import { lax, laxSubject } from './lax-store.test-kit.ts'

const allCases = [...eventStoreCases, ...subscriptionCases]

test('the cases need no test runner', () => {
  const files = globSync('*.ts', { cwd: import.meta.dirname, exclude: ['*.test.ts', '*.test-kit.ts'] })
  const imported = files.flatMap((file) =>
    [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/ from '([^.'][^']*)'/g)].map(
      ([, name]) => name,
    ),
  )
  expect([...new Set(imported)].sort()).toEqual([
    '@smagruppe/domain',
    'fp-ts/lib/Either.js',
    'fp-ts/lib/TaskEither.js',
    'node:assert/strict',
  ])
})

test('every case has a name of its own', () => {
  for (const cases of [allCases, projectionStoreCases, vaultCases]) {
    expect(new Set(namesOf(cases)).size).toBe(cases.length)
  }
})

describe('event stores that keep no promise fail every case', () => {
  const page = right({ events: [], through: theStart, caughtUp: true })
  const takesAll: EventStore['append'] = (to, _expected, events) => async () =>
    right({ stream: to, first: revision(0), last: revision(events.length - 1), position: position(events.length) })
  const silent = async function* () {}
  const empty = async function* () {
    yield page
  }
  const stores: Readonly<Record<string, EventStore>> = {
    'takes everything and says nothing': { append: takesAll, readStream: silent, readAll: silent, subscribe: silent },
    'takes everything and has nothing': { append: takesAll, readStream: empty, readAll: empty, subscribe: empty },
  }
  for (const [what, store] of Object.entries(stores)) {
    test(what, async () => {
      for (const capabilities of [strict, lax]) {
        const subject = { capabilities, open: async () => openedLog(store) }
        expect(await failuresOf(allCases, subject)).toEqual(namesOf(allCases))
      }
    })
  }
})

test('a store that keeps the weaker side of each capability, and declares it, fails no case', async () => {
  expect(await failuresOf(allCases, laxSubject())).toEqual([])
})

test('a vault that keeps nothing fails every case', async () => {
  const nothing: Vault = {
    seal: (person, _place, text) => async () => right({ sealed: { person, box: text } }),
    reveal: () => async () => right({ _tag: 'Forgotten' }),
    holderOf: () => async () => right(null),
    claim: (_number, doctor) => async () => right(doctor),
    release: () => async () => right(undefined),
  }
  const failed = await failuresOf<VaultSubject>(vaultCases, { open: async () => opened(nothing) })
  expect(failed).toEqual(namesOf(vaultCases))
})

describe('a vault that breaks one promise fails', () => {
  const forgetfulVaults: Readonly<Record<string, (vault: Vault) => Partial<Vault>>> = {
    'does not seal': () => ({
      seal: (person, _place, text) => async () => right({ sealed: { person, box: text } }),
      reveal: (sealed) => async () => right({ _tag: 'Known', text: sealed.sealed.box }),
    }),
    'seals differently each time': ({ seal }) => {
      let times = 0
      return {
        seal: (person, place, text) => {
          times += 1
          return seal(person, { ...place, field: `${place.field} ${times}` }, text)
        },
      }
    },
    'trims what it is given': ({ reveal }) => ({
      reveal: (sealed) => reveal({ sealed: { ...sealed.sealed, box: sealed.sealed.box.trim() } }),
    }),
    'never gives a number up': () => ({ release: () => async () => right(undefined) }),
    'gives a number up for anybody': ({ release, holderOf }) => ({
      release: (number) => async () => {
        const holder = await holderOf(number)()
        if (isLeft(holder)) return holder
        return holder.right === null ? right(undefined) : release(number, holder.right)()
      },
    }),
    'lets the last one have a number': ({ claim }) => ({
      claim: (number, doctor) => async () => {
        const claimed = await claim(number, doctor)()
        return isLeft(claimed) ? claimed : right(doctor)
      },
    }),
  }
  for (const [what, broken] of Object.entries(forgetfulVaults)) {
    test(`a vault that ${what}`, async () => {
      const open = async (): Promise<Opened<Vault>> => {
        const vault = memoryVault()
        return opened({ ...vault, ...broken(vault) })
      }
      expect((await failuresOf<VaultSubject>(vaultCases, { open })).length).toBeGreaterThan(0)
    })
  }
})
