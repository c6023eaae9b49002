// location.ts: what the URL of a register in EventStoreDB says

import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { ClientName } from './client.ts'

/** A register on a server, as its URL names it. */
export interface Location {
  /** The connection string for a client whose package has that word for it, with the password that a file holds. */
  readonly connectionString: (scheme: string, password?: string) => string
  /** What people call it, without the password. */
  readonly name: string
  /** What the names of its streams begin with on the server, behind which is a full stop; nothing where the server has one register. */
  readonly register: string | null
  /** The client that is asked for. */
  readonly client: ClientName | null
  /** The file that the password is in, where the URL does not say it itself. */
  readonly passwordFile: string | null
  /** The files for TLS, by the options that name them. */
  readonly files: ReadonlyArray<readonly [option: string, path: string]>
  /** Whether it asks for TLS without looking at the server's certificate. */
  readonly trustsAnybody: boolean
}

const host = /[^@/?:,\s[\]]+(?::\d+)?/.source
const shape = new RegExp(
  `^(?:esdb|kurrentdb|kurrent|kdb)(\\+discover)?://(?:([^:@/?\\s]+)(?::([^@/?\\s]+))?@)?(${host}(?:,${host})*)/?(?:\\?(\\S*))?$`,
  'i',
)

type Takes = (value: string) => boolean
const anything: Takes = () => true
const aNumber: Takes = (value) => /^(-1|\d{1,9})$/.test(value)
const trueOrFalse: Takes = (value) => value === 'true' || value === 'false'
const aPreference: Takes = (value) => /^(leader|follower|random|read[_-]?only[_-]?replica)$/i.test(value)

/** What is ours, and is not told to the clients. */
const own: ReadonlyArray<string> = ['register', 'client', 'passwordFile']

/** What the clients know, and what they take: of anything else they print the whole URL. */
const known: ReadonlyMap<string, readonly [option: string, takes: Takes]> = new Map(
  Object.entries({
    ...Object.fromEntries(own.map((option) => [option, anything])),
    connectionName: anything,
    defaultDeadline: aNumber,
    discoveryInterval: aNumber,
    gossipTimeout: aNumber,
    keepAliveInterval: aNumber,
    keepAliveTimeout: aNumber,
    maxDiscoverAttempts: aNumber,
    nodePreference: aPreference,
    throwOnAppendFailure: trueOrFalse,
    tls: trueOrFalse,
    tlsCAFile: anything,
    tlsVerifyCert: trueOrFalse,
    userCertFile: anything,
    userKeyFile: anything,
  }).map(([option, takes]) => [option.toLowerCase(), [option, takes]]),
)

const notOne =
  'this is no URL of an EventStoreDB: write esdb://host:2113, and before the host the user, a colon, the password and @, with %40 for @ and %2F for / in the password'

/** Reads the URL. What it gives as the reason never holds the password. */
export const parseEventStoreDbUrl = (url: string): Either<StoreFailure, Location> => {
  if (/^[^?]*\/\/([^?/]*@)?\[/.test(url))
    return unsupported('the clients take no IPv6 address in a URL: name the host, or its IPv4 address')
  const found = shape.exec(url.trim())
  if (found === null) return unsupported(notOne)
  const [, discover = '', user, password, named = '', query = ''] = found
  const [userSaid, passwordSaid] = [decoded(user ?? ''), decoded(password ?? '')]
  if (userSaid === null || passwordSaid === null)
    return unsupported('user and password are written with %25 for %, %40 for @ and %2F for /')
  const hosts = named.split(',').map((one) => (one.includes(':') ? one : `${one}:2113`))
  // Where the host was forgotten, or `?` stands in the password, what is taken for a port or an option is the password.
  if (hosts.some((one) => !isPort(Number(one.split(':')[1]))))
    return unsupported('a port in the URL is none: use 1 to 65535')
  if (query.includes('@'))
    return unsupported('write %40 for @ behind the question mark of a URL, and %3F for ? in a password')
  const options = optionsIn(query)
  if (isLeft(options)) return options
  const { register = null, client = null, passwordFile = null, ...others } = options.right
  if (register !== null && !/^[a-z][a-z0-9_]{0,31}$/.test(register))
    return unsupported(
      `${register} cannot be the name of a register: use up to 32 of a-z, 0-9 and _, beginning with a letter`,
    )
  if (client !== null && client !== 'kurrentdb-client' && client !== 'db-client')
    return unsupported('client is kurrentdb-client or db-client')
  if (others.throwOnAppendFailure !== undefined && others.throwOnAppendFailure !== 'true')
    return unsupported('with throwOnAppendFailure=false the clients give wrong revisions: leave it out')
  if ((others.userCertFile === undefined) !== (others.userKeyFile === undefined))
    return unsupported('userCertFile and userKeyFile go together')
  if ((user !== undefined && password === undefined) !== (passwordFile !== null))
    return unsupported(
      'a user needs a password, and a password a user: name the file that it is in with passwordFile=, or put it behind the user and a colon',
    )
  const given = Object.entries(others).map(([option, value = '']) => `${option}=${encodeURIComponent(value)}`)
  const rest = `${hosts.join(',')}${given.length === 0 ? '' : `?${given.join('&')}`}`
  const credentials = (said: string): string =>
    user === undefined ? '' : `${encodeURIComponent(userSaid)}:${encodeURIComponent(said)}@`
  return right({
    connectionString: (scheme, fromFile = passwordSaid) =>
      `${scheme}${discover.toLowerCase()}://${credentials(fromFile)}${rest}`,
    name: `esdb${discover}://${user === undefined ? '' : `${user}@`}${named}${register === null ? '' : `?register=${register}`}`,
    register,
    client,
    passwordFile,
    files: Object.entries(others).flatMap(([option, path]) =>
      option.endsWith('File') && path !== undefined ? [[option, path] as const] : [],
    ),
    trustsAnybody: others.tlsVerifyCert === 'false',
  })
}

const isPort = (port: number): boolean => port >= 1 && port <= 65_535

type Options = { register?: string; client?: string; passwordFile?: string; [option: string]: string | undefined }

const optionsIn = (query: string): Either<StoreFailure, Options> => {
  const options: Options = {}
  for (const part of query.split('&').filter((part) => part !== '')) {
    const [, key = part, value = ''] = /^([^=]*)=(.*)$/.exec(part) ?? []
    const [option, takes] = known.get(key.toLowerCase().replace(/[_-]/g, '')) ?? []
    if (option === undefined || takes === undefined || value === '')
      return unsupported(`the URL says ${key}, which means nothing here`)
    const said = decoded(value)
    if (said === null || !takes(said)) return unsupported(`the URL says of ${option} what it does not take`)
    options[option] = said
  }
  return right(options)
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const unsupported = (message: string) => left(storeFailure('Unsupported', message))
