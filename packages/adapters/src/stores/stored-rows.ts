// stored-rows.ts: rows of an SQL log, read through codecs: what does not have the shape was not written by us

import {
  CommandId,
  CorrelationId,
  EventId,
  Instant,
  Position,
  Revision,
  type StoredEvent,
  StreamName,
} from '@smagruppe/domain'
import * as t from 'io-ts'

const HeadRow = t.type({ position: Position, recorded_at: Instant })
const LastRow = t.type({ revision: t.union([Revision, t.null]) })
const StandingRow = t.type({ stream: StreamName, revision: Revision, position: Position })
const EventRow = t.type({
  position: Position,
  id: EventId,
  stream: StreamName,
  revision: Revision,
  type: t.string,
  version: t.number,
  data: t.string,
  recorded_at: Instant,
  known_since: Instant,
  actor_id: t.string,
  actor_role: t.string,
  causation: CommandId,
  correlation: CorrelationId,
})

/** The columns of an event, in the order of the table. */
export const eventColumns =
  'position, id, stream, revision, type, version, data, recorded_at, known_since, actor_id, actor_role, causation, correlation'

/** Readers of rows. They throw what `damaged` makes of a row that was not written by us. */
export const readingRows = (damaged: (what: string) => Error) => {
  const rowOf =
    <A, O>(codec: t.Type<A, O>) =>
    (row: unknown): A | undefined => {
      if (row === undefined || codec.is(row)) return row
      throw damaged(`a row does not hold what it should: ${JSON.stringify(row).slice(0, 200)}`)
    }
  const eventRow = rowOf(EventRow)
  const storedEvent = (found: unknown): StoredEvent => {
    const row = eventRow(found)
    if (row === undefined) throw damaged('an event is missing')
    const { id, stream, revision, position, type, version, data, causation, correlation } = row
    return {
      id,
      stream,
      revision,
      position,
      recordedAt: row.recorded_at,
      knownSince: row.known_since,
      type,
      version,
      data,
      actor: { id: row.actor_id, role: row.actor_role },
      causation,
      correlation,
    }
  }
  return { headRow: rowOf(HeadRow), lastRow: rowOf(LastRow), standingRow: rowOf(StandingRow), storedEvent }
}
