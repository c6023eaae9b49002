// selecting.test-kit.ts: which events of the stand-in's log a request asks for (a test fixture, not a product)

import { type Form, nameOf } from './answers.test-kit.ts'
import { type ReadReq, streams } from './definitions.test-kit.ts'
import { type Log, type Recorded, tombstone } from './log.test-kit.ts'

export type Options = ReadReq.Options
export type Filter = (event: Recorded) => boolean

/** What a filter lets through: by name of stream or type of event, by prefixes or a regular expression. */
export const filterOf = (options: Options): Filter => {
  const filter = options.getFilter()
  if (filter === undefined) return () => true
  const byStream = filter.getStreamIdentifier()
  const expression = byStream ?? filter.getEventType()
  const textOf = ({ stream, type }: Recorded): string => (byStream === undefined ? type : stream)
  const prefixes = expression?.getPrefixList() ?? []
  if (prefixes.length > 0) return (event) => prefixes.some((prefix) => textOf(event).startsWith(prefix))
  const pattern = new RegExp(expression?.getRegex() ?? '')
  return (event) => pattern.test(textOf(event))
}

export const formOf = (options: Options): Form => ({
  ids: options.getUuidOption()?.hasStructured() === true ? 'two numbers' : 'text',
  links: options.getResolveLinks() ? 'resolved' : 'as they are',
})

/** The index in `$all` of the event at a position, where there is one. The end is a position too, and so is all beyond it. */
const indexOf = (log: Log, position: bigint): number | undefined => {
  if (position === 0n) return 0
  if (position >= log.end()) return log.all.length
  let low = 0
  let high = log.all.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((log.all[middle]?.position ?? 0n) < position) low = middle + 1
    else high = middle
  }
  return log.all[low]?.position === position ? low : undefined
}

/** Where in `$all` a request begins; `undefined` for a position that no event has. */
export const startInAll = (log: Log, options: Options): number | undefined => {
  const all = options.getAll()
  const position = all?.getPosition()
  if (all?.hasEnd() === true) return log.all.length
  return position === undefined ? 0 : indexOf(log, BigInt(position.getCommitPosition()))
}

/** The first revision of a stream that is shown; `undefined` where the stream reads as not found. */
export const firstShown = (log: Log, stream: string): bigint | undefined => {
  const { length } = log.stream(stream)
  const { before, maxCount, softDeleted } = log.truncation(stream)
  if (length === 0 || softDeleted) return undefined
  const counted = maxCount === undefined ? 0n : BigInt(length) - maxCount
  return [before, counted, 0n].reduce((a, b) => (a > b ? a : b))
}

const isBackwards = (options: Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS

/** What a read of a stream gives, in the order of the reading; `undefined` where the stream reads as not found. */
export const selectedOfStream = (log: Log, options: Options): ReadonlyArray<Recorded> | undefined => {
  const stream = options.getStream()
  const name = nameOf(stream?.getStreamIdentifier())
  const first = firstShown(log, name)
  if (stream === undefined || first === undefined) return undefined
  const events = log.stream(name).slice(Number(first))
  const from = stream.hasEnd() ? tombstone : stream.hasStart() ? 0n : BigInt(stream.getRevision())
  const wanted = isBackwards(options)
    ? events.filter(({ revision }) => revision <= from).toReversed()
    : events.filter(({ revision }) => revision >= from)
  return wanted.slice(0, Number(options.getCount()))
}

/** What a read of `$all` gives, from an index on, in the order of the reading. */
export function* selectedOfAll(log: Log, options: Options, from: number): Generator<Recorded> {
  const matches = filterOf(options)
  const step = isBackwards(options) ? -1 : 1
  const end = log.all.length
  let left = Number(options.getCount())
  for (let i = isBackwards(options) ? from - 1 : from; i >= 0 && i < end && left > 0; i += step) {
    const event = log.all[i]
    if (event === undefined || !matches(event)) continue
    left -= 1
    yield event
  }
}
