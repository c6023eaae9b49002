// appends.test-kit.ts: the stand-in's calls that append and delete (a test fixture, not a product)

import type { handleBidiStreamingCall, handleClientStreamingCall, handleUnaryCall, ServiceError } from '@grpc/grpc-js'
import { appendAnswer, batchAnswer, batchRefusal, idOf, nameOf, unreadyAnswer } from './answers.test-kit.ts'
import { type Expected, maxAppendSize, type Outcome } from './deciding.test-kit.ts'
import {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
  type DeleteReq,
  type DeleteResp,
  streams,
  type TombstoneReq,
  type TombstoneResp,
} from './definitions.test-kit.ts'
import { accessDenied, streamDeleted, thrown, timedOut, tooLarge, wrongExpectedVersion } from './errors.test-kit.ts'
import type { Proposed } from './log.test-kit.ts'
import { callerOf, type Node, refusalOf } from './node.test-kit.ts'

type Message = BatchAppendReq.ProposedMessage | AppendReq.ProposedMessage

const proposed = (message: Message): Proposed => ({
  id: idOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
})

interface Expecting {
  readonly hasNoStream: () => boolean
  readonly hasStreamExists: () => boolean
  readonly hasAny: () => boolean
}

const expectedBy = (options: Expecting, revision: string): Expected =>
  options.hasAny()
    ? 'any'
    : options.hasNoStream()
      ? 'no_stream'
      : options.hasStreamExists()
        ? 'stream_exists'
        : BigInt(revision)

/** Decides an append and answers it, unless a fault says otherwise. */
const answered = (node: Node, decide: () => Outcome, answer: (outcome: Outcome | 'out of time') => void): void => {
  const lost = node.faults.ofThisAppend()
  const outcome = lost?.events === 'not stored' ? undefined : decide()
  if (lost === undefined) {
    if (outcome !== undefined) answer(outcome)
    return
  }
  if (lost.instead === 'time out') answer('out of time')
  else if (lost.instead !== 'silence') node.end(lost.instead)
}

/** Many appends on one call, each with an answer of its own. */
export const batchAppend =
  (node: Node): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> =>
  (call) => {
    const caller = callerOf(node, call.metadata)
    const gathering = new Map<string, { readonly stream: string; readonly expected: Expected; events: Proposed[] }>()

    const take = (request: BatchAppendReq): void => {
      const id = request.getCorrelationId()
      const options = request.getOptions()
      if (options !== undefined) {
        const stream = nameOf(options.getStreamIdentifier())
        const deadline = options.getDeadline21100()?.toDate().getTime() ?? Number.POSITIVE_INFINITY
        if (deadline <= Date.now()) call.write(batchRefusal(id, stream, 'Timeout'))
        else gathering.set(idOf(id), { stream, expected: expectedBy(options, options.getStreamPosition()), events: [] })
      }
      const append = gathering.get(idOf(id))
      if (append === undefined) return
      append.events.push(...request.getProposedMessagesList().map(proposed))
      if (!request.getIsFinal()) return
      gathering.delete(idOf(id))
      const { stream, expected, events } = append
      node.see({ method: 'batch append', stream, events: events.length })
      const refusal = refusalOf(node, caller)
      const why = node.faults.unready()
      if (why !== undefined && caller !== 'wrong') call.write(unreadyAnswer(id, stream, why))
      else if (refusal !== undefined) call.emit('error', refusal)
      else if (caller === 'nobody') call.write(batchRefusal(id, stream, 'AccessDenied'))
      else
        answered(
          node,
          () => node.deciding.append(stream, node.faults.regarded(expected), events),
          (outcome) =>
            call.write(
              outcome === 'out of time'
                ? batchRefusal(id, stream, 'Timeout')
                : batchAnswer(id, stream, expected, outcome),
            ),
        )
    }

    call.on('data', (request: BatchAppendReq) => node.faults.whenAnswering(() => take(request)))
    call.on('end', () => call.end())
    call.on('error', () => {})
  }

/** What ends a call that was to append or delete. */
const failureOf = (stream: string, expected: Expected, outcome: Outcome | 'out of time'): ServiceError => {
  if (outcome === 'out of time') return timedOut()
  switch (outcome.outcome) {
    case 'deleted':
      return streamDeleted(stream)
    case 'too large':
      return tooLarge(maxAppendSize)
    case 'wrong expected version':
      return wrongExpectedVersion(stream, expected, outcome.current)
    case 'bad request':
      return thrown(outcome.message)
    case 'stored':
      return thrown('')
  }
}

/** One append that is a call of its own. */
export const append =
  (node: Node): handleClientStreamingCall<AppendReq, AppendResp> =>
  (call, callback) => {
    const caller = callerOf(node, call.metadata)
    const events: Proposed[] = []
    let stream = ''
    let expected: Expected = 'any'
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions()
      const message = request.getProposedMessage()
      if (options !== undefined) {
        stream = nameOf(options.getStreamIdentifier())
        expected = expectedBy(options, options.getRevision())
      }
      if (message !== undefined) events.push(proposed(message))
    })
    const take = (): void => {
      node.see({ method: 'append', stream, events: events.length })
      const refusal = refusalOf(node, caller) ?? (caller === 'nobody' ? accessDenied() : undefined)
      if (refusal !== undefined) callback(refusal)
      else
        answered(
          node,
          () => node.deciding.append(stream, node.faults.regarded(expected), events),
          (outcome) => {
            if (
              outcome !== 'out of time' &&
              (outcome.outcome === 'stored' || outcome.outcome === 'wrong expected version')
            )
              callback(null, appendAnswer(expected, outcome))
            else callback(failureOf(stream, expected, outcome))
          },
        )
    }
    call.on('end', () => node.faults.whenAnswering(take))
    call.on('error', () => {})
  }

/** Hides a stream, or ends it for good. */
const removal =
  <Request extends DeleteReq | TombstoneReq, Response>(
    node: Node,
    how: 'softDelete' | 'tombstone',
    done: (position: bigint) => Response,
  ): handleUnaryCall<Request, Response> =>
  ({ request, metadata }, callback) =>
    node.faults.whenAnswering(() => {
      const caller = callerOf(node, metadata)
      const options = request.getOptions()
      const stream = nameOf(options?.getStreamIdentifier())
      const expected = options === undefined ? 'any' : expectedBy(options, options.getRevision())
      node.see({ method: how === 'tombstone' ? 'tombstone' : 'delete', stream })
      const refusal = refusalOf(node, caller) ?? (caller === 'nobody' ? accessDenied() : undefined)
      if (refusal !== undefined) return callback(refusal)
      const outcome = node.deciding[how](stream, expected)
      if (outcome.outcome === 'stored') callback(null, done(outcome.position))
      else callback(failureOf(stream, expected, outcome))
    })

export const softDelete = (node: Node): handleUnaryCall<DeleteReq, DeleteResp> =>
  removal(node, 'softDelete', (position) =>
    new streams.DeleteResp().setPosition(
      new streams.DeleteResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
    ),
  )

export const endForGood = (node: Node): handleUnaryCall<TombstoneReq, TombstoneResp> =>
  removal(node, 'tombstone', (position) =>
    new streams.TombstoneResp().setPosition(
      new streams.TombstoneResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
    ),
  )
