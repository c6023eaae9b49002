// answers.test-kit.ts: outcomes and events of the stand-in as messages of the wire (a test fixture, not a product)

import anyPb from 'google-protobuf/google/protobuf/any_pb.js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'
import { type Expected, maxAppendSize, type Outcome } from './deciding.test-kit.ts'
import {
  type AppendResp,
  type BatchAppendResp,
  type ReadResp,
  shared,
  status,
  streams,
  type UUID,
} from './definitions.test-kit.ts'
import type { Unready } from './errors.test-kit.ts'
import { type Log, none, type Recorded } from './log.test-kit.ts'

const decoder = new TextDecoder()
const encoder = new TextEncoder()

// texts and ids

/** The name of a stream, which travels as bytes. */
export const nameOf = (identifier: { readonly getStreamName_asU8: () => Uint8Array } | undefined): string =>
  identifier === undefined ? '' : decoder.decode(identifier.getStreamName_asU8())

const identifierOf = (name: string) => new shared.StreamIdentifier().setStreamName(encoder.encode(name))

/** An id in either of its forms, as text. */
export const idOf = (id: UUID | undefined): string => {
  const structured = id?.getStructured()
  if (structured === undefined) return id?.getString() ?? ''
  const half = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0')
  const hex = half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits())
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** In which form a reader asked for ids. */
export type IdForm = 'text' | 'two numbers'

const uuidOf = (id: string, form: IdForm): UUID => {
  if (form === 'text') return new shared.UUID().setString(id)
  const hex = id.replaceAll('-', '')
  const half = (from: number): string => BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString()
  return new shared.UUID().setStructured(
    new shared.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16)),
  )
}

// appending

const empty = () => new emptyPb.Empty()

/** The answer to one append of many on a call. */
export const batchAnswer = (
  id: UUID | undefined,
  stream: string,
  expected: Expected,
  outcome: Outcome,
): BatchAppendResp => {
  const answer = new streams.BatchAppendResp().setCorrelationId(id).setStreamIdentifier(identifierOf(stream))
  switch (outcome.outcome) {
    case 'stored': {
      const success = new streams.BatchAppendResp.Success().setPosition(
        new shared.AllStreamPosition()
          .setCommitPosition(String(outcome.position))
          .setPreparePosition(String(outcome.position)),
      )
      return answer.setSuccess(
        outcome.last === none ? success.setNoStream(empty()) : success.setCurrentRevision(String(outcome.last)),
      )
    }
    case 'wrong expected version': {
      const wrong = new shared.WrongExpectedVersion()
      if (outcome.current === none) wrong.setCurrentNoStream(empty())
      else wrong.setCurrentStreamRevision(String(outcome.current))
      if (expected === 'any') wrong.setExpectedAny(empty())
      else if (expected === 'no_stream') wrong.setExpectedNoStream(empty())
      else if (expected === 'stream_exists') wrong.setExpectedStreamExists(empty())
      else wrong.setExpectedStreamPosition(String(expected))
      return refused(answer, 'WrongExpectedVersion', wrong)
    }
    case 'deleted':
      return refused(answer, 'StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream)))
    case 'too large':
      return refused(
        answer,
        'MaximumAppendSizeExceeded',
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize),
      )
    case 'bad request':
      return refused(answer, 'BadRequest', new shared.BadRequest().setMessage(outcome.message))
  }
}

/** Refuses one append of many for a reason that is not the log's. */
export const batchRefusal = (
  id: UUID | undefined,
  stream: string,
  reason: 'AccessDenied' | 'Timeout',
): BatchAppendResp =>
  refused(
    new streams.BatchAppendResp().setCorrelationId(id).setStreamIdentifier(identifierOf(stream)),
    reason,
    new shared[reason](),
  )

/** What one append of many gets where the server takes nothing: a message, and no details that a client would know. */
export const unreadyAnswer = (id: UUID | undefined, stream: string, why: Unready): BatchAppendResp => {
  const nothing = new anyPb.Any()
  nothing.pack(empty().serializeBinary(), 'google.protobuf.Empty')
  return new streams.BatchAppendResp()
    .setCorrelationId(id)
    .setStreamIdentifier(identifierOf(stream))
    .setError(new status.Status().setMessage(why.replace('Too ', '')).setDetails(nothing))
}

const refused = (
  answer: BatchAppendResp,
  reason: string,
  details: { readonly serializeBinary: () => Uint8Array },
): BatchAppendResp => {
  const packed = new anyPb.Any()
  packed.pack(details.serializeBinary(), `event_store.client.${reason}`)
  return answer.setError(new status.Status().setMessage(reason).setDetails(packed))
}

/** The answer to the append that is a call of its own; its other failures end the call. */
export const appendAnswer = (
  expected: Expected,
  outcome: Extract<Outcome, { readonly outcome: 'stored' | 'wrong expected version' }>,
): AppendResp => {
  const answer = new streams.AppendResp()
  if (outcome.outcome === 'stored') {
    const position = new streams.AppendResp.Position()
      .setCommitPosition(String(outcome.position))
      .setPreparePosition(String(outcome.position))
    const success = new streams.AppendResp.Success().setPosition(position)
    return answer.setSuccess(
      outcome.last === none
        ? success.setNoStream(new shared.Empty())
        : success.setCurrentRevision(String(outcome.last)),
    )
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion()
  if (outcome.current === none) wrong.setCurrentNoStream(new shared.Empty())
  else wrong.setCurrentRevision(String(outcome.current))
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty())
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty())
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty())
  else wrong.setExpectedRevision(String(expected))
  return answer.setWrongExpectedVersion(wrong)
}

// reading

/** How a reader wants events. */
export interface Form {
  readonly ids: IdForm
  readonly links: 'resolved' | 'as they are'
}

const recordedEvent = (event: Recorded, ids: IdForm) => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidOf(event.id, ids))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setData(event.data)
    .setCustomMetadata(event.metadata)
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', String(event.created))
  return recorded
}

/** What a link event points at: its data is `revision@stream`. */
const targetOf = (log: Log, link: Recorded): Recorded | undefined => {
  const [, revision, stream] = /^(\d+)@(.*)$/s.exec(decoder.decode(link.data)) ?? []
  return revision === undefined || stream === undefined ? undefined : log.stream(stream)[Number(revision)]
}

/** An event; of a link, where links are resolved, what it points at beside it. */
export const eventAnswer = (log: Log, event: Recorded, { ids, links }: Form): ReadResp => {
  const read = new streams.ReadResp.ReadEvent().setCommitPosition(String(event.position))
  if (links === 'resolved' && event.type === '$>') {
    read.setLink(recordedEvent(event, ids))
    const target = targetOf(log, event)
    if (target !== undefined) read.setEvent(recordedEvent(target, ids))
  } else read.setEvent(recordedEvent(event, ids))
  return new streams.ReadResp().setEvent(read)
}

export const notFoundAnswer = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)),
  )

export const confirmation = (id: string): ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id))

export const caughtUp = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp())

export const fellBehind = (): ReadResp => new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind())

export const checkpoint = ({ position }: Recorded): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  )
