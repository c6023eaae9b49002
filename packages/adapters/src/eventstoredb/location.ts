// location.ts: what the URL of a register in EventStoreDB says

import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { ClientName } from './client.ts'

/** A register on a server, as its URL names it. */
export interface Location {
  /** The connection string for a client whose package has that word for it. */
  readonly connectionString: (scheme: string) => string
  /** What people call it, without the password. */
  readonly name: string
  /** What the names of its streams begin with on the server, behind which is a full stop; nothing where the server has one register. */
  readonly register: string | null
  /** The client that is asked for. */
  readonly client: ClientName | null
}

const host = /[^@/?:,\s]+(?::\d{1,5})?/.source
const shape = new RegExp(
  `^(?:esdb|kurrentdb|kurrent|kdb)(\\+discover)?://(?:([^:@/?]+):([^@/?]*)@)?(${host}(?:,${host})*)/?(?:\\?(.*))?$`,
  'i',
)

/** What the clients know; of others they print the whole URL as a warning. */
const known: ReadonlyMap<string, string> = new Map(
  [
    'connectionName',
    'defaultDeadline',
    'discoveryInterval',
    'gossipTimeout',
    'keepAliveInterval',
    'keepAliveTimeout',
    'maxDiscoverAttempts',
    'nodePreference',
    'throwOnAppendFailure',
    'tls',
    'tlsCAFile',
    'tlsVerifyCert',
    'userCertFile',
    'userKeyFile',
  ].map((option) => [option.toLowerCase(), option]),
)

/** Reads the URL. What it gives as the reason never holds the password. */
export const parseEventStoreDbUrl = (url: string): Either<StoreFailure, Location> => {
  const found = shape.exec(url.trim())
  if (found === null)
    return unsupported(
      'this is no URL of an EventStoreDB: write esdb://host:2113, or esdb://user:password@host:2113 with %40 for @ and %2F for / in the password',
    )
  const [, discover = '', user, password, hosts = '', query = ''] = found
  const options = optionsIn(query)
  if (isLeft(options)) return options
  const { register = null, client = null, ...others } = options.right
  if (register !== null && !/^[a-z][a-z0-9_]{0,31}$/.test(register))
    return unsupported(
      `${register} cannot be the name of a register: use up to 32 of a-z, 0-9 and _, beginning with a letter`,
    )
  if (client !== null && client !== 'kurrentdb-client' && client !== 'db-client')
    return unsupported('client is kurrentdb-client or db-client')
  if (others.throwOnAppendFailure !== undefined && others.throwOnAppendFailure !== 'true')
    return unsupported('with throwOnAppendFailure=false the clients give wrong revisions: leave it out')
  const given = Object.entries(others).map(([option, value]) => `${option}=${value}`)
  const credentials = user === undefined ? '' : `${user}:${password}@`
  const rest = `${hosts}/${given.length === 0 ? '' : `?${given.join('&')}`}`
  return right({
    connectionString: (scheme) => `${scheme}${discover.toLowerCase()}://${credentials}${rest}`,
    name: `esdb${discover}://${user === undefined ? '' : `${user}@`}${hosts}${register === null ? '' : `?register=${register}`}`,
    register,
    client,
  })
}

type Options = { register?: string; client?: string; [option: string]: string | undefined }

const optionsIn = (query: string): Either<StoreFailure, Options> => {
  const options: Options = {}
  for (const part of query.split('&').filter((part) => part !== '')) {
    const [, key = part, value = ''] = /^([^=]*)=(.*)$/.exec(part) ?? []
    const flat = key.toLowerCase().replace(/[_-]/g, '')
    const option = flat === 'register' || flat === 'client' ? flat : known.get(flat)
    if (option === undefined || value === '') return unsupported(`the URL says ${key}, which means nothing here`)
    options[option] = value
  }
  return right(options)
}

const unsupported = (message: string) => left(storeFailure('Unsupported', message))
