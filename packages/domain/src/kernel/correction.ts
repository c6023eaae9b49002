// correction.ts: the one way in which a fact is put right, whatever the fact

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { saysTheSame } from './canonical.ts'
import { accept, type Decision, nothing, refuse } from './decider.ts'
import { type Event, EventId, type Recorded, StreamName } from './event.ts'

/** `<Fact>Corrected`: the fact that was meant, in place of the one with that id (or in place of an earlier correction). */
export interface Corrected<F extends Event = Event>
  extends Event<`${string}Corrected`, { readonly corrects: EventId; readonly reason: string; readonly fact: F }> {}

/** `<Fact>Retracted`: the fact (or correction, or retraction) with that id is taken back. */
export interface Retracted
  extends Event<`${string}Retracted`, { readonly corrects: EventId; readonly reason: string }> {}

/** What a stream holds: its facts, and corrections of them. */
export type Entry<F extends Event> = F | Corrected<F> | Retracted

const CorrectedData = t.type({ corrects: EventId, reason: t.string, fact: t.type({ type: t.string, data: t.unknown }) })
const RetractedData = t.type({ corrects: EventId, reason: t.string })

/** Whether an event puts another fact right. */
export const isCorrected = <F extends Event>(event: Entry<F>): event is Corrected<F> =>
  event.type.endsWith('Corrected') && CorrectedData.is(event.data)

/** Whether an event takes another back. */
export const isRetracted = <F extends Event>(event: Entry<F>): event is Retracted =>
  event.type.endsWith('Retracted') && RetractedData.is(event.data)

/** Neither a correction nor a retraction. */
export const isFact = <F extends Event>(event: Entry<F>): event is F => !isCorrected(event) && !isRetracted(event)

/** The fact that an entry of a history states: its own, or the one that was meant. Null for a retraction, which states none. */
export const factIn = <F extends Event>(entry: Entry<F>): F | null =>
  isCorrected(entry) ? entry.data.fact : isRetracted(entry) ? null : entry

/** A fact as it stands after its corrections. The envelope is the first recording's. */
export interface FactInForce<F extends Event> extends Recorded<F> {
  /** The corrections that shaped it, oldest first. */
  readonly correctedBy: ReadonlyArray<Recorded<Corrected<F>>>
}

/**
 * The facts of a history that stand, each as last corrected, in the order of the history.
 * A correction that was itself retracted has no effect; a retraction that was retracted brings its fact back.
 */
export const factsInForce = <F extends Event>(
  history: ReadonlyArray<Recorded<Entry<F>>>,
): ReadonlyArray<FactInForce<F>> => {
  const { facts, deciding } = sorted(history)
  const standing: FactInForce<F>[] = []
  for (const recorded of facts) {
    if (!stands(recorded.id, deciding)) continue
    const correctedBy = correctionsOf(recorded.id, deciding)
    standing.push({ ...recorded, event: correctedBy.at(-1)?.event.data.fact ?? recorded.event, correctedBy })
  }
  return standing
}

/** What decides about an event: the newest correction or retraction of it that itself stands. */
type Deciding<F extends Event> = ReadonlyMap<EventId, Recorded<Corrected<F> | Retracted>>

const sorted = <F extends Event>(
  history: ReadonlyArray<Recorded<Entry<F>>>,
): { readonly facts: ReadonlyArray<Recorded<F>>; readonly deciding: Deciding<F> } => {
  const facts: Recorded<F>[] = []
  const corrections: Recorded<Corrected<F> | Retracted>[] = []
  const seen = new Set<EventId>()
  for (const recorded of history) {
    const { event } = recorded
    if (isCorrected(event) || isRetracted(event)) {
      // A correction can only speak of what stands before it, so following one never comes back to itself.
      if (!seen.has(event.data.corrects) || seen.has(recorded.id)) continue
      corrections.push({ ...recorded, event })
    } else {
      facts.push({ ...recorded, event })
    }
    seen.add(recorded.id)
  }
  // Newest first: all that could take a correction back has been looked at before it.
  const deciding = new Map<EventId, Recorded<Corrected<F> | Retracted>>()
  for (const correction of corrections.reverse()) {
    const { corrects } = correction.event.data
    if (stands(correction.id, deciding) && !deciding.has(corrects)) deciding.set(corrects, correction)
  }
  return { facts, deciding }
}

/** Whether what has that id still says something. */
const stands = <F extends Event>(id: EventId, deciding: Deciding<F>): boolean => {
  const newest = deciding.get(id)
  return newest === undefined || isCorrected(newest.event)
}

/** The corrections that made a fact that stands what it is: one of the fact, one of that correction, and so on. */
const correctionsOf = <F extends Event>(
  fact: EventId,
  deciding: Deciding<F>,
): ReadonlyArray<Recorded<Corrected<F>>> => {
  const by: Recorded<Corrected<F>>[] = []
  let newest = deciding.get(fact)
  while (newest !== undefined && isCorrected(newest.event)) {
    const { event } = newest
    by.push({ ...newest, event })
    newest = deciding.get(newest.id)
  }
  return by
}

const Reason = t.refinement(
  t.string,
  (text) => text.trim() !== '' && !/[\p{Surrogate}\0]/u.test(text),
  'a reason without lone surrogates or U+0000',
)

/** Put a fact right: `fact` is the whole data that was meant, in the newest version's shape. Every stream understands it. */
export const CorrectFact = t.strict({
  type: t.literal('CorrectFact'),
  data: t.strict({ stream: StreamName, corrects: EventId, reason: Reason, fact: t.unknown }),
})

/** Take a fact, a correction or a retraction back. Every stream understands it. */
export const RetractFact = t.strict({
  type: t.literal('RetractFact'),
  data: t.strict({ stream: StreamName, corrects: EventId, reason: Reason }),
})

/** Reads either of the two commands that every stream understands. */
export const CorrectionCommand = t.union([CorrectFact, RetractFact])
/** A command that puts a fact right or takes one back. */
export type CorrectionCommand = t.TypeOf<typeof CorrectionCommand>

/** Why a correction is refused: no such event in the stream, a retraction, or data that is not of that fact. */
export type CorrectionRefusal =
  | { readonly _tag: 'NoSuchFact'; readonly corrects: EventId }
  /** A retraction cannot be corrected, only retracted. */
  | { readonly _tag: 'NotCorrectable'; readonly corrects: EventId; readonly type: string }
  | { readonly _tag: 'FactMalformed'; readonly type: string; readonly found: string }

/** How the data of a fact of that type is read; the catalogue's. */
export type ReadFact<F extends Event> = (type: string, data: unknown) => Either<string, F>

/** What a correction command gives on that history. What stands so already gives nothing. */
export const decideCorrection = <F extends Event>(
  { type, data }: CorrectionCommand,
  history: ReadonlyArray<Recorded<Entry<F>>>,
  readFact: ReadFact<F>,
): Decision<Corrected<F> | Retracted, CorrectionRefusal> => {
  const { corrects, reason } = data
  const target = history.find(({ id }) => id === corrects)
  if (target === undefined) return refuse({ _tag: 'NoSuchFact', corrects })
  const named = nameOfFact(target.event)
  if (type === 'RetractFact') {
    const retraction: Retracted = { type: `${named}Retracted`, data: { corrects, reason } }
    return stands(corrects, sorted(history).deciding) ? accept(retraction) : nothing
  }
  if (isRetracted(target.event)) return refuse({ _tag: 'NotCorrectable', corrects, type: target.event.type })
  const fact = readFact(named, data.fact)
  if (isLeft(fact)) return refuse({ _tag: 'FactMalformed', type: named, found: fact.left })
  const asItStands = factsInForce(history).find(
    ({ id, correctedBy }) => id === corrects || correctedBy.some((one) => one.id === corrects),
  )
  if (asItStands !== undefined && saysTheSame(asItStands.event, fact.right)) return nothing
  const correction: Corrected<F> = { type: `${named}Corrected`, data: { corrects, reason, fact: fact.right } }
  return accept(correction)
}

/** The type of the fact that an entry states, corrects or takes back. */
export const nameOfFact = <F extends Event>(event: Entry<F>): string =>
  isCorrected(event) ? event.data.fact.type : isRetracted(event) ? event.type.slice(0, -'Retracted'.length) : event.type
