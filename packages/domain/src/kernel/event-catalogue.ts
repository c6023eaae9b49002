// event-catalogue.ts: how each type of event, in each version ever stored, becomes text and is read again

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Corrected, type Entry, isCorrected, isRetracted, type Retracted } from './correction.ts'
import { found } from './decoding.ts'
import { type Event, EventId, type Recorded, type StoredEvent } from './event.ts'

/** One type of event with all the versions it has had; `E['data']` is the shape of the newest. */
export interface EventType<E extends Event> {
  readonly type: E['type']
  readonly version: number
  /** The event, for the one who decides. */
  of(data: E['data']): E
  /** Data that was stored with that version, brought up to the newest. */
  decode(version: number, data: unknown): Either<string, E>
  /** Data of the newest version in its stored shape. */
  encode(data: unknown): Either<string, unknown>
  /** The next version: its codec, and the step that brings the version before it up. The codec checks what the step gives. */
  next<Data, Stored>(codec: t.Type<Data, Stored>, upcast: (older: E['data']) => Data): EventType<Event<E['type'], Data>>
}

/** The first version of a type of event. */
export const eventType = <Type extends string, Data, Stored>(
  type: Type,
  codec: t.Type<Data, Stored>,
): EventType<Event<Type, Data>> =>
  versionOf(type, 1, codec, (version) => left(`version ${version} of ${type} is not known here`))

const versionOf = <Type extends string, Data, Stored>(
  type: Type,
  newest: number,
  codec: t.Type<Data, Stored>,
  decodeOlder: (version: number, data: unknown) => Either<string, Data>,
): EventType<Event<Type, Data>> => {
  const decodeData = (version: number, data: unknown): Either<string, Data> => {
    if (version !== newest) return decodeOlder(version, data)
    const decoded = codec.decode(data)
    return isLeft(decoded) ? left(found(decoded.left)) : decoded
  }
  return {
    type,
    version: newest,
    of: (data) => ({ type, data }),
    decode: (version, data) => {
      const decoded = decodeData(version, data)
      return isLeft(decoded) ? decoded : right({ type, data: decoded.right })
    },
    encode: (data) =>
      codec.is(data)
        ? right(codec.encode(data))
        : left(`the data of ${type} does not have the shape of version ${newest}`),
    next: (newer, upcast) =>
      versionOf(type, newest + 1, newer, (version, data) => {
        const decoded = decodeData(version, data)
        if (isLeft(decoded)) return decoded
        const raised = attempt(upcast, decoded.right)
        return newer.is(raised)
          ? right(raised)
          : left(`the step up from version ${newest} of ${type} gave what version ${newest + 1} does not take`)
      }),
  }
}

/** A step that breaks makes its event unreadable, like one that gives nonsense; the others go on. */
const attempt = <Older, Newer>(upcast: (older: Older) => Newer, older: Older): Newer | undefined => {
  try {
    return upcast(older)
  } catch {
    return undefined
  }
}

/** The event that a type of event gives: `EventOf<typeof groupRegistered>`. */
export type EventOf<T> = T extends EventType<infer E> ? E : never

/** What was stored cannot be read by this catalogue. */
export interface UndecodableEvent {
  readonly _tag: 'UndecodableEvent'
  readonly event: StoredEvent
  readonly reason: string
}

/** What is to be stored does not have the shape that its type promises: a defect of the decider, and nothing was stored. */
export interface UnencodableEvent {
  readonly _tag: 'UnencodableEvent'
  readonly type: string
  readonly reason: string
}

/** An event in its stored form: JSON text beside its type and version. */
export interface EncodedEvent {
  readonly type: string
  readonly version: number
  readonly data: string
}

/** The types of fact that some streams hold. For each fact `X` it also knows `XCorrected` and `XRetracted`. */
export interface EventCatalogue<F extends Event> {
  readonly types: ReadonlySet<string>
  readonly facts: ReadonlyMap<string, EventType<F>>
  /** This catalogue and one more type of event. */
  with<G extends Event>(type: EventType<G>): EventCatalogue<F | G>
  /** This catalogue and another. */
  and<G extends Event>(other: EventCatalogue<G>): EventCatalogue<F | G>
  /** An event as it is stored, in its newest version. */
  encode(event: Event): Either<UnencodableEvent, EncodedEvent>
  /** Whether a recorded event is one of these, or a correction of one. */
  holds(recorded: Recorded): recorded is Recorded<Entry<F>>
  /** Data of the newest version of that fact, from outside. */
  readFact(type: string, data: unknown): Either<string, F>
  /** A stored event of any version, brought up to the newest. */
  decode(stored: StoredEvent): Either<UndecodableEvent, Recorded<Entry<F>>>
}

const catalogueOf = <F extends Event>(facts: ReadonlyMap<string, EventType<F>>): EventCatalogue<F> => ({
  facts,
  types: typesOf(facts.keys()),
  with<G extends Event>(type: EventType<G>) {
    return catalogueOf(new Map<string, EventType<F | G>>([...facts, [type.type, type]]))
  },
  and<G extends Event>(other: EventCatalogue<G>) {
    return catalogueOf(new Map<string, EventType<F | G>>([...facts, ...other.facts]))
  },
  encode(event) {
    const encoded = encode(facts, event)
    return isLeft(encoded) ? left({ _tag: 'UnencodableEvent', type: event.type, reason: encoded.left }) : encoded
  },
  holds(recorded): recorded is Recorded<Entry<F>> {
    return this.types.has(recorded.event.type)
  },
  readFact(type, data) {
    const known = facts.get(type)
    return known === undefined ? left(`the type ${type} is not known here`) : known.decode(known.version, data)
  },
  decode(stored) {
    const decoded = decode(facts, stored)
    if (isLeft(decoded)) return left({ _tag: 'UndecodableEvent', event: stored, reason: decoded.left })
    const { type: _type, version: _version, data: _data, ...envelope } = stored
    return right({ ...envelope, event: decoded.right })
  },
})

/** The names under which facts of these types and their corrections are stored. */
export const typesOf = (facts: Iterable<string>): ReadonlySet<string> =>
  new Set([...facts].flatMap((type) => [type, `${type}Corrected`, `${type}Retracted`]))

/** A catalogue without any type, to start from: `emptyCatalogue.with(groupRegistered).with(memberJoined)`. */
export const emptyCatalogue: EventCatalogue<never> = catalogueOf(new Map<string, EventType<never>>())

type Facts<F extends Event> = ReadonlyMap<string, EventType<F>>

const encode = <F extends Event>(facts: Facts<F>, event: Event): Either<string, EncodedEvent> => {
  const type = facts.get(event.type)
  if (type !== undefined) return asText(event.type, type.version, type.encode(event.data))
  if (isCorrected(event)) {
    const { corrects, reason, fact } = event.data
    const replacement = facts.get(fact.type)
    if (replacement === undefined || event.type !== `${fact.type}Corrected`)
      return left(`${event.type} carries a ${fact.type}`)
    const encoded = replacement.encode(fact.data)
    return isLeft(encoded)
      ? encoded
      : asText(event.type, replacement.version, right({ corrects, reason, fact: encoded.right }))
  }
  if (isRetracted(event) && factOf(facts, event.type, 'Retracted') !== undefined)
    return asText(event.type, retractionVersion, right(event.data))
  return left(`the type ${event.type} is not known here`)
}

const asText = (type: string, version: number, data: Either<string, unknown>): Either<string, EncodedEvent> =>
  isLeft(data) ? data : right({ type, version, data: JSON.stringify(data.right) })

const decode = <F extends Event>(facts: Facts<F>, { type, version, data }: EncodedEvent): Either<string, Entry<F>> => {
  const json = parsed(data)
  if (isLeft(json)) return json
  const fact = facts.get(type)
  if (fact !== undefined) return fact.decode(version, json.right)
  const corrected = factOf(facts, type, 'Corrected')
  if (corrected !== undefined) return decodeCorrection(corrected, version, json.right)
  const retracted = factOf(facts, type, 'Retracted')
  if (retracted !== undefined) return decodeRetraction(retracted, version, json.right)
  return left(`the type ${type.slice(0, longestNamed)} is not known here`)
}

// Of a type in a message: a damaged one may be of any length.
const longestNamed = 80

const decodeCorrection = <F extends Event>(
  type: EventType<F>,
  version: number,
  data: unknown,
): Either<string, Corrected<F>> => {
  const stored = StoredCorrection.decode(data)
  if (isLeft(stored)) return left(found(stored.left))
  const { corrects, reason } = stored.right
  const fact = type.decode(version, stored.right.fact)
  return isLeft(fact) ? fact : right({ type: `${type.type}Corrected`, data: { corrects, reason, fact: fact.right } })
}

const decodeRetraction = <F extends Event>(
  type: EventType<F>,
  version: number,
  data: unknown,
): Either<string, Retracted> => {
  if (version !== retractionVersion) return left(`version ${version} of ${type.type}Retracted is not known here`)
  const stored = StoredRetraction.decode(data)
  return isLeft(stored) ? left(found(stored.left)) : right({ type: `${type.type}Retracted`, data: stored.right })
}

const retractionVersion = 1
const StoredRetraction = t.strict({ corrects: EventId, reason: t.string })
const StoredCorrection = t.strict({ corrects: EventId, reason: t.string, fact: t.unknown })

const factOf = <F extends Event>(facts: Facts<F>, type: string, suffix: string): EventType<F> | undefined =>
  type.endsWith(suffix) ? facts.get(type.slice(0, -suffix.length)) : undefined

const parsed = (text: string): Either<string, unknown> => {
  try {
    return right(JSON.parse(text))
  } catch {
    return left('the stored text is not JSON')
  }
}
