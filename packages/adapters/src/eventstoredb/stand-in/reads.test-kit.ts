// reads.test-kit.ts: the stand-in's call that reads, once or for as long as the reader stays (a test fixture, not a product)

import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js'
import { eventAnswer, nameOf, notFoundAnswer } from './answers.test-kit.ts'
import { type ReadReq, type ReadResp, streams } from './definitions.test-kit.ts'
import { accessDenied, streamDeleted, thrown } from './errors.test-kit.ts'
import { tombstone } from './log.test-kit.ts'
import { callerOf, type Node, refusalOf } from './node.test-kit.ts'
import { formOf, type Options, selectedOfAll, selectedOfStream, startInAll } from './selecting.test-kit.ts'
import { type Next, toAll, toStream } from './subscriptions.test-kit.ts'

function* answersTo(node: Node, options: Options): Generator<Next> {
  const { log } = node
  const form = formOf(options)
  if (BigInt(options.getCount()) === 0n) return yield thrown('a read of nothing')
  const ofStream = options.getStream()
  if (ofStream !== undefined) {
    const stream = nameOf(ofStream.getStreamIdentifier())
    if (log.lastRevision(stream) === tombstone) return yield streamDeleted(stream)
    const events = selectedOfStream(log, options)
    if (events === undefined) return yield notFoundAnswer(stream)
    for (const event of events) yield eventAnswer(log, event, form)
    return
  }
  const from = startInAll(log, options)
  if (from === undefined) return yield thrown('no event has that position')
  for (const event of selectedOfAll(log, options, from)) yield eventAnswer(log, event, form)
}

const messages = (node: Node, options: Options): Generator<Next> => {
  if (!options.hasSubscription()) return answersTo(node, options)
  return options.hasStream() ? toStream(node, options) : toAll(node, options)
}

/** Sends message after message as fast as the reader takes them, and none while the server hangs. */
const pour = (node: Node, call: ServerWritableStream<ReadReq, ReadResp>, source: Generator<Next>): void => {
  let busy = false
  const on = (): void => {
    if (busy) return
    busy = true
    node.faults.whenAnswering(() => {
      busy = false
      while (!call.cancelled && !call.destroyed) {
        const { value, done } = source.next()
        if (done === true) return void call.end()
        if (value === undefined) return
        if (value instanceof Error) return void call.emit('error', value)
        const room = call.write(value)
        if (value.hasEvent() && node.faults.breaksHere()) return node.end('drop')
        if (!room) {
          busy = true
          call.once('drain', () => {
            busy = false
            on()
          })
          return
        }
      }
    })
  }
  const silence = node.log.listen(on)
  call.on('close', silence)
  call.on('cancelled', silence)
  on()
}

/** Reads a stream or `$all`, or subscribes to it: the service has one call for the four. */
export const read =
  (node: Node): handleServerStreamingCall<ReadReq, ReadResp> =>
  (call) => {
    call.on('error', () => {})
    node.faults.whenAnswering(() => {
      const options = call.request.getOptions() ?? new streams.ReadReq.Options()
      const ofStream = options.getStream()
      const method = options.hasSubscription() ? 'subscribe' : 'read'
      node.see(ofStream === undefined ? { method } : { method, stream: nameOf(ofStream.getStreamIdentifier()) })
      const caller = callerOf(node, call.metadata)
      const refusal =
        refusalOf(node, caller) ?? (caller === 'nobody' ? accessDenied() : node.faults.ofThisRead(options))
      if (refusal !== undefined) call.emit('error', refusal)
      else pour(node, call, messages(node, options))
    })
  }
