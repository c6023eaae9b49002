// event-store.ts: a log on EventStoreDB, opened once it is proved that the server refuses what it must

import { type EventStore, type Instant, type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type CopyTarget, oneByOne } from '../copying/index.ts'
import { randomIds } from '../node/index.ts'
import { createBell } from '../stores/bell.ts'
import { appendingTo } from './appending.ts'
import { bindingOf } from './binding.ts'
import type { ClientName } from './client.ts'
import { type Connection, connectionTo, type Turn } from './connection.ts'
import { type Naming, namingOf } from './envelope.ts'
import { listenerOn } from './listening.ts'
import { parseEventStoreDbUrl } from './location.ts'
import { passwordBy } from './named-files.ts'
import { eventStoreDbReading } from './reading.ts'
import { identityOf, lastOfOurs } from './server.ts'

/** What opening needs from outside, and what may be set otherwise. */
export interface EventStoreDbOptions {
  /** Gives the time that is recorded; where it goes back, this handle stays at the time of its last event. */
  readonly clock: () => Instant
  /** The package to reach the server by; where left out the one that the URL names (`?client=`), or whichever is installed. */
  readonly client?: ClientName
  /** Of several registers on one server, which; where left out the one that the URL names (`?register=`), or the server's only one. */
  readonly register?: string
  /**
   * For so many milliseconds what may pass is tried again, then it is `Unavailable`; 30,000 where left out. All of opening is given them
   * once, and so is each part of a call that comes further: an append that is settled, the next page of a reading.
   */
  readonly timeoutMs?: number
  /** What opening does where nobody listens: waits for a server that may be starting, until `timeoutMs`, or tells it at once; `wait` where left out. */
  readonly whereNobodyListens?: 'wait' | 'tell'
  /** How often a subscription looks for what it was not told; 1,000 ms where left out. */
  readonly pollMs?: number
  /** What the server takes in one append, where it is set otherwise there (`MaxAppendSize`); 1,048,576 bytes where left out. */
  readonly maxAppendBytes?: number
}

/** An open log. Rows and keys are kept elsewhere, for a server has no place for them. */
export interface EventStoreDbLog {
  readonly events: EventStore
  /** Which server and register it is, whatever the URL that it was reached by. */
  readonly place: string
  /** What people call it, without the password. */
  readonly name: string
  readonly client: ClientName
  /** Waits for what is on its way and ends the connection; after that every call gives `Closed`. Closing again does nothing. */
  readonly close: TaskEither<StoreFailure, void>
}

/** What a server takes in one append, unless it is set otherwise. */
export const usualMaxAppendBytes = 1_048_576

/**
 * Opens the log on that server, given by a connection string. Nothing is made: a register is there once it has an event.
 *
 * Gives `Unavailable` where no server answers, or where TLS does not come about (then without `retry`), `Denied` for wrong credentials or
 * none, `Missing` for a file that the URL names and that is not there, `Unsupported` for a URL that is not one, where no client is installed, and
 * where an append that expects what is not so is not refused.
 */
export const openEventStoreDb =
  (url: string, options: EventStoreDbOptions): TaskEither<StoreFailure, EventStoreDbLog> =>
  async () => {
    const opened = await openToExtend(url, options)()
    if (isLeft(opened)) return opened
    const { extend, ...log } = opened.right
    return right(log)
  }

/** The same, with the way to bring in what was recorded elsewhere: for copying alone, since it sets times. */
export const openToExtend =
  (url: string, options: EventStoreDbOptions): TaskEither<StoreFailure, EventStoreDbLog & Pick<CopyTarget, 'extend'>> =>
  async () => {
    const named =
      options.register === undefined ? url : `${url.trim()}${url.includes('?') ? '&' : '?'}register=${options.register}`
    const location = parseEventStoreDbUrl(named)
    if (isLeft(location)) return location
    const binding = await bindingOf(options.client ?? location.right.client)
    if (isLeft(binding)) return binding
    const { connectionString, name, register, trustsAnybody } = location.right
    if (trustsAnybody && binding.right.name === 'db-client') return left(looksAlways(name))
    const password = await passwordBy(location.right)
    if (isLeft(password)) return password
    const { timeoutMs = 30_000 } = options
    const connected = connectionString(binding.right.scheme, password.right)
    const connection = connectionTo(binding.right, connected, name, timeoutMs)
    const naming = namingOf(register)
    const opened = await openOn(connection, naming, options)
    if (isLeft(opened)) {
      connection.close()
      return opened
    }
    return right({ ...opened.right, name, client: binding.right.name })
  }

/** It does not know the option, and prints the whole URL with the password to say so. */
const looksAlways = (name: string): StoreFailure =>
  storeFailure(
    'Unsupported',
    `${name}: @eventstore/db-client always looks at the certificate: name who vouches for it (tlsCAFile) instead of tlsVerifyCert=false`,
  )

const openOn = async (
  connection: Connection,
  naming: Naming,
  { clock, whereNobodyListens = 'wait', pollMs = 1_000, maxAppendBytes = usualMaxAppendBytes }: EventStoreDbOptions,
): Promise<Either<StoreFailure, Omit<EventStoreDbLog & Pick<CopyTarget, 'extend'>, 'name' | 'client'>>> => {
  const turn = opening(connection.patience(), whereNobodyListens)
  const unproved = await whyUnproved(connection, naming, turn)
  if (unproved !== null) return left(unproved)
  const identity = await identityOf(connection, turn)
  if (isLeft(identity)) return identity
  const last = await lastOfOurs(connection, naming, turn)
  if (isLeft(last)) return last
  const bell = createBell()
  const listener = listenerOn(connection, naming.prefix, bell)
  const { event, head } = last.right
  const appending = appendingTo(connection, naming, {
    clock,
    maxAppendBytes,
    last: { recordedAt: event?.recordedAt ?? null, at: head },
    onStored: bell.ring,
  })
  const reading = eventStoreDbReading(connection, naming, { bell, pollMs })
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await appending.finish()
    connection.close()
    bell.ring()
    await listener.stop()
  }
  return right({
    events: {
      append: appending.append,
      ...reading,
      subscribe: (subscribe) => {
        listener.start()
        return reading.subscribe(subscribe)
      },
    },
    extend: oneByOne(appending.appendAt),
    place: `${identity.right} ${naming.prefix}`,
    close: async () => {
      closing ??= close()
      await closing
      return right(undefined)
    },
  })
}

/** All of opening is one turn of tries. */
const opening = (turn: Turn, whereNobodyListens: 'wait' | 'tell'): Turn =>
  whereNobodyListens === 'wait'
    ? turn
    : { ...turn, lasts: async (failure) => !isNobodyThere(failure) && turn.lasts(failure) }

const isNobodyThere = ({ message }: StoreFailure): boolean =>
  /ECONNREFUSED|connection refused|failed to discover/i.test(message)

/** A stream of that name never was, so expecting an event in it must be refused, and nobody can have made, deleted or ended it. */
const whyUnproved = async (connection: Connection, naming: Naming, turn: Turn): Promise<StoreFailure | null> => {
  const probe = `${naming.prefix}smagruppe-probe-${randomIds()}`
  const nothing = new Uint8Array()
  const events = [{ id: randomIds(), type: 'Probe', data: nothing, metadata: nothing }]
  const answered = await connection.ask((client) => client.append(probe, 0n, events), turn)
  if (isLeft(answered)) return answered.left
  if (answered.right._tag === 'Unexpected') return null
  return storeFailure(
    'Unsupported',
    `${connection.place}: an append that expects an event in ${probe} was not refused, so nothing that is expected is: use a client of the versions that the adapter names, and delete that stream`,
  )
}
