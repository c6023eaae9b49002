// database.ts: statements on a pool of connections: each with a time limit, and no error that nobody listens to

import type { StoreFailure } from '@smagruppe/domain'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { Pool } from 'pg'
import { closedFailure, failureOf, isAnswered } from './failures.ts'

/** What is used of a `pg` pool: hand in a `Pool` of any kind that has these. */
export interface PostgresPool {
  /** A connection that is the caller's until it is released. */
  connect(): Promise<PostgresClient>
  /** Hears of connections that break while nobody uses them. */
  on(event: 'error', listener: (error: Error) => void): unknown
  /** Hears no more. */
  removeListener(event: 'error', listener: (error: Error) => void): unknown
}

/** What is used of a `pg` client. */
export interface PostgresClient {
  /** Runs one statement. */
  query(statement: Statement): Promise<{ readonly rows: ReadonlyArray<Row> }>
  /** Gives the connection back, or ends it. */
  release(destroy?: boolean): void
  /** Hears of the connection's end. */
  on(event: 'error' | 'end', listener: () => void): unknown
  /** Hears what others notify on a channel that is listened to. */
  on(event: 'notification', listener: (message: { readonly channel: string }) => void): unknown
  /** Hears no more. */
  removeListener(event: 'error' | 'end' | 'notification', listener: () => void): unknown
}

/** A statement as it is handed to `pg`. */
export interface Statement {
  readonly text: string
  readonly values?: unknown[]
  /** How the texts that the server gives become values. */
  readonly types?: {
    /** By the number of a type in the server's catalogue. */
    readonly getTypeParser: (type: number) => (value: string) => unknown
  }
}

// What pg gives is looked at by codecs before it is used.
type Row = Readonly<Record<string, unknown>>

/** A session of one's own, kept over several statements. */
export interface Session {
  readonly query: (text: string, values?: ReadonlyArray<unknown>) => Promise<ReadonlyArray<Row>>
  readonly client: PostgresClient
}

/** A database as the stores use it. Nothing here rejects. */
export interface Database {
  /** What people call this place. */
  readonly place: string
  /** One statement, which is a transaction of its own: so it may go through a pooler. */
  readonly query: (text: string, values?: ReadonlyArray<unknown>) => Promise<Either<StoreFailure, ReadonlyArray<Row>>>
  /** As `query`, and gives what was thrown beside the failure. */
  readonly attempt: (text: string, values?: ReadonlyArray<unknown>) => Promise<Either<Refused, ReadonlyArray<Row>>>
  /** Work in one transaction at READ COMMITTED. A Left or a throw undoes it. */
  readonly transaction: <E, A>(
    work: (session: Session) => Promise<Either<E, A>>,
  ) => Promise<Either<E | StoreFailure, A>>
  /** A connection for as long as the caller needs it; `release` gives it back, or ends it where it is broken. */
  readonly session: () => Promise<
    Either<StoreFailure, Session & { readonly release: (state: 'whole' | 'broken') => void }>
  >
  readonly isClosed: () => boolean
  /** Ends the connections, if the pool was made here. Closing again does nothing. */
  readonly close: () => Promise<Either<StoreFailure, void>>
}

export interface Refused {
  readonly failure: StoreFailure
  readonly error: unknown
}

export interface DatabaseOptions {
  /** After so many milliseconds without a connection, or without an answer on it, a call gives `Unavailable` and its connection is ended. */
  readonly timeoutMs: number
}

/** A database behind a pool that is made from a URL and ended with it. */
export const databaseAt = (url: string, place: string, options: DatabaseOptions): Database => {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: options.timeoutMs,
    keepAlive: true,
    fallback_application_name: 'smagruppe',
  })
  // Nor does the pool listen to a connection that it is ending.
  pool.on('connect', (client) => client.on('error', ignore))
  return databaseOn(pool, place, options, () => pool.end())
}

/** A database behind a pool that is handed in, and that stays open when this is closed. */
export const databaseBehind = (pool: PostgresPool, place: string, options: DatabaseOptions): Database =>
  databaseOn(pool, place, options, async () => {
    pool.removeListener('error', ignore)
  })

const databaseOn = (
  pool: PostgresPool,
  place: string,
  { timeoutMs }: DatabaseOptions,
  end: () => Promise<void>,
): Database => {
  let open = true
  // A pool that ends may leave those without an answer who wait for a connection.
  const closing = new AbortController()
  let ended: Promise<void> | null = null
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', ignore)

  const session: Database['session'] = async () => {
    if (!open) return left(closedFailure(place))
    let late = false
    const connecting = Promise.resolve().then(() => pool.connect())
    try {
      const client = await within(timeoutMs, 'a connection', connecting, closing.signal)
      client.on('error', ignore)
      let released = false
      return right({
        client,
        query: async (text, values = []) =>
          (await within(timeoutMs, 'an answer', client.query({ text, values: [...values], types }))).rows,
        release: (state) => {
          if (released) return
          released = true
          client.removeListener('error', ignore)
          // A client that is ended may still report errors.
          if (state === 'broken') client.on('error', ignore)
          client.release(state === 'broken')
        },
      })
    } catch (error) {
      late = true
      // Whoever waited for a connection when the pool ended gets none.
      return left(open ? failureOf(error, place) : closedFailure(place))
    } finally {
      // A connection that comes after all goes back.
      if (late) connecting.then((client) => client.release(), ignore)
    }
  }

  const attempt: Database['attempt'] = async (text, values = []) => {
    const opened = await session()
    if (opened._tag === 'Left') return left({ failure: opened.left, error: null })
    try {
      const rows = await opened.right.query(text, values)
      opened.right.release('whole')
      return right(rows)
    } catch (error) {
      opened.right.release(isAnswered(error) ? 'whole' : 'broken')
      return left({ failure: failureOf(error, place), error })
    }
  }

  return {
    place,
    session,
    attempt,
    isClosed: () => !open,
    query: async (text, values = []) => {
      const answered = await attempt(text, values)
      return answered._tag === 'Left' ? left(answered.left.failure) : answered
    },
    transaction: async (work) => {
      const opened = await session()
      if (opened._tag === 'Left') return opened
      const { query, release } = opened.right
      try {
        await query('BEGIN ISOLATION LEVEL READ COMMITTED')
        const done = await work(opened.right)
        await query(done._tag === 'Left' ? 'ROLLBACK' : 'COMMIT')
        release('whole')
        return done
      } catch (error) {
        const rolledBack = isAnswered(error) && (await query('ROLLBACK').then(isDone, isNot))
        release(rolledBack ? 'whole' : 'broken')
        return left(failureOf(error, place))
      }
    },
    close: async () => {
      open = false
      closing.abort()
      try {
        ended ??= end()
        await within(timeoutMs, 'closing', ended)
        return right(undefined)
      } catch (error) {
        return left(failureOf(error, place))
      }
    },
  }
}

/** The answer, or a rejection once the time is over or the signal aborts. */
const within = async <A>(milliseconds: number, what: string, answer: Promise<A>, signal?: AbortSignal): Promise<A> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = (): void => {}
  const late = new Promise<never>((_resolve, reject) => {
    const error = Object.assign(new Error(`${what} took more than ${milliseconds} ms`), { code: 'ETIMEDOUT' })
    timer = setTimeout(() => reject(error), milliseconds)
    stop = () => reject(error)
    signal?.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

const [boolean, bytes, bigint, smallint, integer] = [16, 17, 20, 21, 23]

/** What values become, whatever the app has set for its own use of `pg`: a position is a number, and all else text. */
const types = {
  getTypeParser: (type: number): ((value: string) => unknown) => {
    if (type === bigint || type === smallint || type === integer) return Number
    if (type === boolean) return (value) => value === 't'
    if (type === bytes) return bytesFrom
    return (value) => value
  },
}

/** As `bytea_output` of the role or the database has it written: `hex`, or `escape`, in which a backslash is never followed by an x. */
const bytesFrom = (text: string): Uint8Array => {
  if (text.startsWith('\\x')) return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
  const unescaped = text.replaceAll(/\\(?:\\|([0-7]{3}))/g, (_, octal?: string) =>
    octal === undefined ? '\\' : String.fromCharCode(Number.parseInt(octal, 8)),
  )
  return new Uint8Array(Buffer.from(unescaped, 'latin1'))
}

const ignore = (): void => {}
const isDone = (): boolean => true
const isNot = (): boolean => false
