// envelope.ts: an event of ours as the server keeps it: its data as bytes, and all else that is ours as metadata

import {
  CommandId,
  CorrelationId,
  EventId,
  earlier,
  Instant,
  type NewEvent,
  position,
  revision,
  type StoredEvent,
  StreamName,
} from '@smagruppe/domain'
import * as t from 'io-ts'
import type { KeptEvent, ProposedEvent } from './client.ts'
import { Damage } from './failures.ts'

/**
 * What stands in the metadata, beside what the server itself has a place for (id, type, stream, revision). `smagruppe` marks what is ours
 * and is the version of this; the dollar names are those that the server's own projections know.
 */
const Envelope = t.type({
  smagruppe: t.literal(1),
  version: t.number,
  recordedAt: Instant,
  knownSince: Instant,
  actor: t.type({ id: t.string, role: t.string }),
  $causationId: CommandId,
  $correlationId: CorrelationId,
})

const toBytes = new TextEncoder()
const toText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** As it goes to the server. Not as JSON, which clients and server would be free to write otherwise: the bytes come back as they are. */
export const proposedEvent = (event: NewEvent, recordedAt: Instant): ProposedEvent => {
  const { id, type, version, data, knownSince, actor, causation, correlation } = event
  const envelope: t.TypeOf<typeof Envelope> = {
    smagruppe: 1,
    version,
    recordedAt,
    knownSince: earlier(knownSince ?? recordedAt, recordedAt),
    actor: { id: actor.id, role: actor.role },
    $causationId: causation,
    $correlationId: correlation,
  }
  return { id, type, data: toBytes.encode(data), metadata: toBytes.encode(JSON.stringify(envelope)) }
}

/** What the server counts towards the size of an append. */
export const bytesOf = ({ type, data, metadata }: ProposedEvent): number =>
  data.byteLength + metadata.byteLength + 2 * type.length

/** How streams of a register are called on the server. */
export interface Naming {
  /** With what the names of all its streams begin; nothing where they are called as they are. */
  readonly prefix: string
  readonly onServer: (stream: StreamName) => string
  /** Null for what cannot be a stream of this register. */
  readonly ofOurs: (onServer: string) => StreamName | null
}

export const namingOf = (register: string | null): Naming => {
  const prefix = register === null ? '' : `${register}.`
  return {
    prefix,
    onServer: (stream) => `${prefix}${stream}`,
    ofOurs: (onServer) => {
      if (!onServer.startsWith(prefix)) return null
      const name = onServer.slice(prefix.length)
      return StreamName.is(name) ? name : null
    },
  }
}

/** The event, where it is of this register; null where it is somebody else's or the server's own. Throws `Damage` where it is ours and broken. */
export const storedEvent = (kept: KeptEvent, { ofOurs }: Naming): StoredEvent | null => {
  const stream = ofOurs(kept.stream)
  if (stream === null || !isMarked(kept.metadata)) return null
  const { metadata, id, type, data } = kept
  const where = `revision ${kept.revision} of ${kept.stream}`
  if (!Envelope.is(metadata) || !EventId.is(id) || !(data instanceof Uint8Array))
    throw new Damage(`${where} is not as it was written`)
  return {
    id,
    stream,
    revision: revision(safe(kept.revision, where)),
    position: position(safe(kept.position, where)),
    recordedAt: metadata.recordedAt,
    knownSince: metadata.knownSince,
    type,
    version: metadata.version,
    data: textOf(data, where),
    actor: { id: metadata.actor.id, role: metadata.actor.role },
    causation: metadata.$causationId,
    correlation: metadata.$correlationId,
  }
}

const isMarked = (metadata: unknown): boolean =>
  typeof metadata === 'object' && metadata !== null && 'smagruppe' in metadata

const textOf = (data: Uint8Array, where: string): string => {
  try {
    return toText.decode(data)
  } catch {
    throw new Damage(`${where} is not text`)
  }
}

/** Positions are bytes of a log: it would take thousands of terabytes for one to be no safe number. */
export const safe = (found: bigint, where: string): number => {
  const number = Number(found)
  if (!Number.isSafeInteger(number) || number < 0) throw new Damage(`${where} stands at ${found}`)
  return number
}
