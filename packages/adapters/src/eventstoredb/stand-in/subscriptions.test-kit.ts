// subscriptions.test-kit.ts: what the stand-in sends to who subscribes, message by message (a test fixture, not a product)

import { randomUUID } from 'node:crypto'
import type { ServiceError } from '@grpc/grpc-js'
import { caughtUp, checkpoint, confirmation, eventAnswer, fellBehind, nameOf } from './answers.test-kit.ts'
import type { ReadResp } from './definitions.test-kit.ts'
import { streamDeleted, thrown } from './errors.test-kit.ts'
import { type Recorded, tombstone } from './log.test-kit.ts'
import type { Node } from './node.test-kit.ts'
import { filterOf, firstShown, formOf, type Options, startInAll } from './selecting.test-kit.ts'

/** What comes next on a call: a message, the failure that ends it, or nothing until more is stored. */
export type Next = ReadResp | ServiceError | undefined

/** Of how many events a page consists where a filter does not say. */
const page = 32

/** After how many events looked at a checkpoint is due; none without a filter. */
const intervalOf = (options: Options): number => {
  const filter = options.getFilter()
  if (filter === undefined) return Number.POSITIVE_INFINITY
  return filter.getCheckpointintervalmultiplier() * (filter.hasMax() ? filter.getMax() : page)
}

/** `$all`, beginning after the position that was given. */
export function* toAll({ log, faults }: Node, options: Options): Generator<Next> {
  const form = formOf(options)
  const matches = filterOf(options)
  const interval = intervalOf(options)
  const given = startInAll(log, options)
  if (given === undefined) return yield thrown('no event has that position')
  const after = log.all[given]
  let at =
    after !== undefined && options.getAll()?.getPosition()?.getCommitPosition() === String(after.position)
      ? given + 1
      : given

  yield confirmation(randomUUID())
  let looked = 0
  let live = false
  let behind = faults.fallenBehind()
  // While catching up a checkpoint stands at the last event that was sent, or at the first that was looked at: never further.
  let safe: Recorded | undefined
  while (true) {
    const event = log.all[at]
    if (event === undefined) {
      if (!live) yield caughtUp()
      live = true
      yield undefined
      continue
    }
    if (live && behind < faults.fallenBehind()) {
      live = false
      yield fellBehind()
    }
    behind = faults.fallenBehind()
    at += 1
    looked += 1
    const sent = matches(event)
    if (sent) yield eventAnswer(log, event, form)
    if (sent || live || safe === undefined) safe = event
    if (looked < interval) continue
    yield checkpoint(safe)
    looked = 0
    safe = undefined
  }
}

/** A stream, beginning after the revision that was given. Of one that is not there nothing is said until it begins. */
export function* toStream({ log, faults }: Node, options: Options): Generator<Next> {
  const form = formOf(options)
  const ofStream = options.getStream()
  const stream = nameOf(ofStream?.getStreamIdentifier())
  let live = ofStream?.hasEnd() === true
  let at = live
    ? BigInt(log.stream(stream).length)
    : ofStream?.hasRevision() === true
      ? BigInt(ofStream.getRevision()) + 1n
      : 0n

  yield confirmation(randomUUID())
  if (live) yield caughtUp()
  let behind = faults.fallenBehind()
  while (true) {
    const gone = log.lastRevision(stream) === tombstone
    if (gone && !live) return yield streamDeleted(stream)
    const first = live ? 0n : firstShown(log, stream)
    const event = first === undefined ? undefined : log.stream(stream)[Number(at > first ? at : first)]
    if (event !== undefined) {
      if (live && behind < faults.fallenBehind()) {
        live = false
        yield fellBehind()
      }
      behind = faults.fallenBehind()
      at = event.revision + 1n
      yield eventAnswer(log, event, form)
    } else if (gone) {
      const mark = log.all.findLast((one) => one.stream === stream && one.revision === tombstone)
      if (mark !== undefined) yield eventAnswer(log, mark, form)
      return yield streamDeleted(stream)
    } else if (!live && first !== undefined) {
      live = true
      yield caughtUp()
    } else yield undefined
  }
}
