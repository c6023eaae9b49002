// stored-rows.ts: rows of SQL tables as what they stand for: what does not have the shape was not written by us

import {
  CommandId,
  CorrelationId,
  EventId,
  Instant,
  type KeptBuild,
  Position,
  type ProjectionId,
  Revision,
  type StoredEvent,
  type StoredQuarantine,
  type StoredRow,
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

/** Readers of the rows of a log. They throw what `damaged` makes of a row that was not written by us. */
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

type Row = Readonly<Record<string, unknown>>

/** Readers of the rows of projections. They throw what `damaged` makes of a row that was not written by us. */
export const readingBuilds = (damaged: (what: string) => Error) => {
  const positionIn = (value: unknown): Position => {
    if (!Position.is(value)) throw damaged(`a position of a projection is ${String(value)}`)
    return value
  }
  const buildIn = ({ name, version, build }: Row): Required<ProjectionId> => {
    if (typeof name !== 'string' || typeof version !== 'number' || typeof build !== 'number')
      throw damaged('a build of a projection is not what it should be')
    return { name, version, build }
  }
  const keptBuild = (row: Row): KeptBuild => {
    const { checkpoint, serves, quarantined } = row
    // SQLite has no truth values.
    if (![true, false, 1, 0].some((known) => serves === known) || typeof quarantined !== 'number')
      throw damaged('how a build of a projection stands cannot be read')
    return { ...buildIn(row), checkpoint: positionIn(checkpoint), serves: serves === true || serves === 1, quarantined }
  }
  const storedRow = ({ key, row }: Row): StoredRow => {
    if (typeof key !== 'string' || typeof row !== 'string') throw damaged('a row of a projection is not text')
    return { key, row }
  }
  const storedQuarantine = ({ position, entry }: Row): StoredQuarantine => {
    if (typeof entry !== 'string') throw damaged('an entry of a quarantine is not text')
    return { position: positionIn(position), entry }
  }
  return { positionIn, buildIn, keptBuild, storedRow, storedQuarantine }
}
