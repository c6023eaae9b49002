// server.ts: what a server holds besides, looked at when a register on it is opened

import { type Position, position, type StoredEvent, type StoreFailure, theStart } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Client, ReadingOfAll } from './client.ts'
import type { Connection } from './connection.ts'
import { type Naming, safe, storedEvent } from './envelope.ts'

/** A name for the database that a server keeps: its first event, which is its own. */
export const identityOf = (connection: Connection): Promise<Either<StoreFailure, string>> =>
  connection.attempt(async (client) => {
    const [first] = await readSome(client, { from: 'start', direction: 'forwards', limit: 1, filter: null })
    return first === undefined ? `an empty database at ${connection.place}` : `${first.id} at ${first.position}`
  })

// So many events of others are passed over in the search for one of ours, the more the longer nothing is found.
const searches = [10, 10_000]

/** The last event of the register, if one is near the end of the log, and where the log ends. */
export const lastOfOurs = async (
  connection: Connection,
  naming: Naming,
): Promise<Either<StoreFailure, { readonly event: StoredEvent | null; readonly head: Position }>> => {
  const filter = naming.prefix === '' ? null : { streamsBeginWith: naming.prefix }
  return connection.attempt(async (client) => {
    const [last] = await readSome(client, { from: 'end', direction: 'backwards', limit: 1, filter: null })
    const head = last === undefined ? theStart : position(safe(last.position, 'the last event of $all'))
    for (const limit of searches) {
      const found = await readSome(client, { from: 'end', direction: 'backwards', limit, filter })
      for (const kept of found) {
        const event = storedEvent(kept, naming)
        if (event !== null) return { event, head }
      }
      if (found.length < limit) break
    }
    return { event: null, head }
  })
}

const readSome = async (client: Client, which: ReadingOfAll) => {
  const reading = client.readAll(which)
  const some = []
  try {
    for (let more = await reading.next(); more.length > 0; more = await reading.next()) some.push(...more)
    return some
  } finally {
    reading.leave()
  }
}
