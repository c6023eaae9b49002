// server.ts: what a server holds besides, looked at when a register on it is opened

import { type Position, position, type StoredEvent, type StoreFailure, theStart } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { unlessAborted } from '../stores/pausing.ts'
import type { Client, KeptEvent, ReadingOfAll } from './client.ts'
import type { Connection, Turn } from './connection.ts'
import { type Naming, safe, storedEvent } from './envelope.ts'

/** A name for the database that a server keeps: its first event, which is its own. */
export const identityOf = (connection: Connection, turn: Turn): Promise<Either<StoreFailure, string>> =>
  connection.ask(async (client) => {
    const first = await nextOf(client, { from: 'start', direction: 'forwards', limit: 1, filter: null })
    return first === undefined ? `an empty database at ${connection.place}` : `${first.id} at ${first.position}`
  }, turn)

// So many events of others are passed over in the search for one of ours, the more the longer nothing is found.
const searches = [10, 10_000]

/** And no more bytes than that, in no more time: what is searched for spares a clock that went back, and is no reason to keep anybody waiting. */
const enough = { bytes: 16_000_000, milliseconds: 1_000 }

/** The last event of the register, if one is found soon from the end of the log, and where the log ends. */
export const lastOfOurs = async (
  connection: Connection,
  naming: Naming,
  turn: Turn,
): Promise<Either<StoreFailure, { readonly event: StoredEvent | null; readonly head: Position }>> => {
  const filter = naming.prefix === '' ? null : { streamsBeginWith: naming.prefix }
  return connection.ask(async (client) => {
    const last = await nextOf(client, { from: 'end', direction: 'backwards', limit: 1, filter: null })
    const head = last === undefined ? theStart : position(safe(last.position, 'the last event of $all'))
    const late = AbortSignal.timeout(
      Math.ceil(Math.min(enough.milliseconds, connection.timeForOne / 3, turn.left() / 3)),
    )
    for (const limit of searches) {
      const searched = await search(client, { from: 'end', direction: 'backwards', limit, filter }, naming, late)
      if (searched !== 'go on') return { event: searched, head }
    }
    return { event: null, head }
  }, turn)
}

/** The first event of ours; null where there is none, or it takes too long to find. */
const search = async (
  client: Client,
  which: ReadingOfAll,
  naming: Naming,
  late: AbortSignal,
): Promise<StoredEvent | null | 'go on'> => {
  const reading = client.readAll(which)
  let [events, bytes] = [0, 0]
  try {
    while (bytes < enough.bytes) {
      const more = await unlessAborted(reading.next(), late)
      if (more === null) return null
      if (more.length === 0) return events < which.limit ? null : 'go on'
      for (const kept of more) {
        const event = storedEvent(kept, naming)
        if (event !== null) return event
        events += 1
        bytes += sizeOf(kept)
      }
    }
    return null
  } finally {
    reading.leave()
  }
}

const sizeOf = ({ data }: KeptEvent): number =>
  data instanceof Uint8Array ? data.byteLength : (JSON.stringify(data)?.length ?? 0)

const nextOf = async (client: Client, which: ReadingOfAll): Promise<KeptEvent | undefined> => {
  const reading = client.readAll(which)
  try {
    return (await reading.next())[0]
  } finally {
    reading.leave()
  }
}
