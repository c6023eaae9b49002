// binding.ts: the client package that is there, loaded only when it is asked for, and never beside the other one

import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Binding, ClientName } from './client.ts'
import { fieldOf } from './records.ts'

const packages: Readonly<Record<ClientName, { readonly name: string; readonly load: () => Promise<Binding> }>> = {
  'kurrentdb-client': {
    name: '@kurrent/kurrentdb-client',
    load: async () => (await import('./kurrentdb-client.ts')).binding,
  },
  'db-client': {
    name: '@eventstore/db-client',
    load: async () => (await import('./db-client.ts')).binding,
  },
}

/** The binding to that package; where none is named, to the one that is loaded already, to the successor, or to its predecessor where only that is there. */
export const bindingOf = async (wanted: ClientName | null): Promise<Either<StoreFailure, Binding>> => {
  const loaded = loadedClient()
  if (wanted !== null && loaded !== null && wanted !== loaded) return left(besideTheOther(wanted, loaded))
  const only = wanted ?? loaded
  const tried: ReadonlyArray<ClientName> = only === null ? ['kurrentdb-client', 'db-client'] : [only]
  for (const name of tried) {
    try {
      return right(await packages[name].load())
    } catch (error) {
      if (!isNotInstalled(error, packages[name].name)) return left(doesNotLoad(packages[name].name, error))
    }
  }
  const needed = tried.map((name) => packages[name].name)
  const message = `EventStoreDB needs ${needed.join(' or ')} beside the adapters: npm install ${needed[0]}`
  return left(storeFailure('Unsupported', message))
}

/** Whether that package is not there, and not something that it needs itself. */
export const isNotInstalled = (error: unknown, name: string): boolean =>
  error instanceof Error && fieldOf(error, 'code') === 'ERR_MODULE_NOT_FOUND' && error.message.includes(`'${name}'`)

const doesNotLoad = (name: string, error: unknown): StoreFailure => {
  const [said = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return storeFailure('Unsupported', `${name} is there and cannot be loaded: ${said}`)
}

/**
 * Both packages keep their messages under the same names in one object of the whole process: once the second is loaded, appends through
 * the first throw outside any call, or are never answered.
 */
const loadedClient = (): ClientName | null => {
  const names = ['proto', 'event_store', 'client', 'streams', 'BatchAppendReq', 'Options', 'prototype']
  const options = names.reduce<unknown>((found, name) => fieldOf(found, name), globalThis)
  if (options === undefined) return null
  return fieldOf(options, 'setDeadline21100') === undefined ? 'db-client' : 'kurrentdb-client'
}

const besideTheOther = (wanted: ClientName, loaded: ClientName): StoreFailure =>
  storeFailure(
    'Unsupported',
    `${packages[loaded].name} is loaded in this process, and ${packages[wanted].name} beside it would break both: use one of them`,
  )
