// copy.ts: a register, log and vault, copied to another store, and proved to be the same there

import {
  type AppendError,
  type EventStore,
  exactly,
  type NewEvent,
  noStream,
  type Position,
  type ReadAll,
  revision,
  type StoredEvent,
  type StoreFailure,
  theStart,
  type VaultFailure,
} from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { becoming, type CopyableVault, isUnused, keepTheSame } from '../vault/contents.ts'
import type { Batch, CopySource, CopyTarget } from './copyable.ts'

/** The target holds something that the source does not, or holds it elsewhere, or is the source itself. What was there is there still. */
export interface NotACopy {
  readonly _tag: 'NotACopy'
  /** Says why; an event is named by its place in the log, and nothing said of what it holds. */
  readonly message: string
}

/** Why a register could not be copied. */
export type CopyError = NotACopy | AppendError | VaultFailure

/** How far a copy has come: `comparing` what the target holds already, `copying` the rest, `proving` that all is the same. */
export interface CopyProgress {
  readonly step: 'comparing' | 'copying' | 'proving'
  /** Events of the log that have been dealt with. */
  readonly events: number
}

/** What came of a copy. */
export interface Copied {
  /** Events in the log. */
  readonly events: number
  /** Those of them that were not there before. */
  readonly added: number
  /** Persons who have or had a key. */
  readonly persons: number
  /**
   * `in step`: the log and the vault are of one moment, as far as the records of doctors go. `later`: doctors' records went on being
   * written to until the copy gave up, and the vault may lack a number that was given up since, or hold one that was claimed since.
   */
  readonly claims: 'in step' | 'later'
}

/** What can be said of a copy besides from where and to where. */
export interface CopyOptions {
  /** Called as the events go over. */
  readonly onProgress?: (progress: CopyProgress) => void
}

/** How often the log and the vault are carried over before a copy leaves claims that are later than its log. */
const mostRounds = 10

/**
 * Copies the log, to where it ends by then, and after it the vault, also while others write to the source. Every event keeps its id,
 * stream, revision, times, type, version, actor, causation, correlation, its data to the letter, and its order in the log; positions
 * are the target's own. Then both logs are read once more, side by side, and both vaults.
 *
 * A target that holds the beginning already, from an earlier or an interrupted copy, gets the rest; one that holds anything else
 * gives `NotACopy`, or `Foreign` where that is its vault, before anything is written to it. The log goes first: an event is appended
 * after the keys of its persons were made, so the vault that is read afterwards opens all of them.
 */
export const copyRegister =
  (
    source: CopySource,
    target: CopyTarget,
    { onProgress = () => {} }: CopyOptions = {},
  ): TaskEither<CopyError, Copied> =>
  async () => {
    if (source.places.some((place) => target.places.includes(place))) return left(ontoItself)
    const held = await common(source.events, target.events, {}, (events) => onProgress({ step: 'comparing', events }))
    if (isLeft(held)) return held
    const fitting = await mayBecome(source.vault, target.vault)
    if (isLeft(fitting)) return fitting
    const carried = await carry(source, target, held.right, (events) => onProgress({ step: 'copying', events }))
    if (isLeft(carried)) return carried
    const { events, last, persons, claims } = carried.right
    const proved = await common(source.events, target.events, { until: last }, (compared) =>
      onProgress({ step: 'proving', events: compared }),
    )
    if (isLeft(proved)) return proved
    if (proved.right.events < events) return left(notACopy(proved.right.events + 1, null))
    return right({ events, added: events - held.right.events, persons, claims })
  }

/** The beginning that two logs have in common. */
interface Common {
  readonly events: number
  /** How far that is in the source. */
  readonly last: Position
}

/** Reads both logs side by side, to the end of the target, which must hold nothing but what the source does. */
const common = async (
  source: EventStore,
  target: EventStore,
  which: ReadAll,
  tell: (events: number) => void,
): Promise<Either<CopyError, Common>> => {
  const copies = eventByEvent(target, {})
  let [events, last] = [0, theStart]
  try {
    for await (const original of eventByEvent(source, which)) {
      if (isLeft(original)) return original
      const copy = await copies.next()
      if (copy.done === true) return right({ events, last })
      if (isLeft(copy.value)) return copy.value
      if (!isSame(original.right, copy.value.right)) return left(notACopy(events + 1, original.right))
      events += 1
      last = original.right.position
      if (events % 1_000 === 0) tell(events)
    }
    const more = await copies.next()
    if (more.done === true) return right({ events, last })
    return isLeft(more.value) ? more.value : left(tooMuch(events + 1))
  } finally {
    await copies.return()
  }
}

async function* eventByEvent(
  store: EventStore,
  which: ReadAll,
): AsyncGenerator<Either<StoreFailure, StoredEvent>, void> {
  for await (const page of store.readAll(which)) {
    if (isLeft(page)) yield page
    else for (const event of page.right.events) yield right(event)
  }
}

/** The log and then the vault, and both again where doctors' records were written to in between: claims stand in the one and the other. */
const carry = async (
  source: CopySource,
  target: CopyTarget,
  held: Common,
  tell: (events: number) => void,
): Promise<Either<CopyError, Common & Pick<Copied, 'persons' | 'claims'>>> => {
  let log = held
  for (let round = 1; ; round += 1) {
    const rest = await appendRest(source.events, target, log, tell)
    if (isLeft(rest)) return rest
    log = rest.right
    const persons = await copyVault(source.vault, target.vault)
    if (isLeft(persons)) return persons
    const claims = await claimsAfter(source.events, log.last)
    if (isLeft(claims)) return claims
    if (claims.right === 'in step' || round === mostRounds)
      return right({ ...log, persons: persons.right, claims: claims.right })
  }
}

const appendRest = async (
  source: EventStore,
  target: CopyTarget,
  held: Common,
  tell: (events: number) => void,
): Promise<Either<CopyError, Common>> => {
  let { events, last } = held
  for await (const page of source.readAll({ after: last })) {
    if (isLeft(page)) return page
    const appended = await target.extend(batchesOf(page.right.events))()
    if (isLeft(appended)) return appended
    events += page.right.events.length
    tell(events)
    last = page.right.through
  }
  return right({ events, last })
}

const claimsAfter = async (source: EventStore, after: Position): Promise<Either<StoreFailure, Copied['claims']>> => {
  for await (const page of source.readAll({ after, category: 'doctor' })) {
    if (isLeft(page)) return page
    if (page.right.events.length > 0) return right('later')
  }
  return right('in step')
}

/** What stands together in a stream and in time is appended together. */
const batchesOf = (events: ReadonlyArray<StoredEvent>): ReadonlyArray<Batch> => {
  const batches: (Batch & { readonly events: [NewEvent, ...NewEvent[]] })[] = []
  for (const event of events) {
    const { stream, recordedAt } = event
    const last = batches.at(-1)
    if (last !== undefined && last.stream === stream && last.recordedAt === recordedAt) last.events.push(asNew(event))
    else {
      const expected = event.revision === 0 ? noStream : exactly(revision(event.revision - 1))
      batches.push({ stream, expected, events: [asNew(event)], recordedAt })
    }
  }
  return batches
}

const asNew = ({ id, type, version, data, knownSince, actor, causation, correlation }: StoredEvent): NewEvent => ({
  id,
  type,
  version,
  data,
  knownSince,
  actor,
  causation,
  correlation,
})

/** Looks whether the target's vault could be made what the source's is, and leaves it as it is. */
const mayBecome = async (source: CopyableVault, target: CopyableVault): Promise<Either<VaultFailure, void>> => {
  const contents = await source.contents()
  if (isLeft(contents)) return contents
  const kept = await target.contents()
  if (isLeft(kept)) return kept
  const [wanted, standing] = [contents.right?.open() ?? null, kept.right?.open() ?? null]
  const may = wanted === null ? isUnused(standing) : becoming(standing, wanted) !== null
  return may ? right(undefined) : left(foreignVault)
}

const copyVault = async (source: CopyableVault, target: CopyableVault): Promise<Either<CopyError, number>> => {
  const contents = await source.contents()
  if (isLeft(contents)) return contents
  if (contents.right === null) return right(0)
  const became = await target.become(contents.right)()
  if (isLeft(became)) return became
  const kept = await target.contents()
  if (isLeft(kept)) return kept
  if (kept.right !== null && keepTheSame(contents.right, kept.right)) return right(contents.right.open().keys.length)
  return left({ _tag: 'NotACopy', message: 'the vault of the copy does not keep what the vault of the source does' })
}

/** Positions are each store's own. */
const isSame = (one: StoredEvent, other: StoredEvent): boolean =>
  one.id === other.id &&
  one.stream === other.stream &&
  one.revision === other.revision &&
  one.recordedAt === other.recordedAt &&
  one.knownSince === other.knownSince &&
  one.type === other.type &&
  one.version === other.version &&
  one.data === other.data &&
  one.actor.id === other.actor.id &&
  one.actor.role === other.actor.role &&
  one.causation === other.causation &&
  one.correlation === other.correlation

const notACopy = (place: number, event: StoredEvent | null): NotACopy => ({
  _tag: 'NotACopy',
  message: `the target is no copy of the source: event ${place} of its log is ${
    event === null ? 'missing' : `not ${event.id}, revision ${event.revision} of ${event.stream}`
  }; name another target`,
})

const tooMuch = (place: number): NotACopy => ({
  _tag: 'NotACopy',
  message: `the target holds more than the source: its event ${place} is not in the source; name another target`,
})

const ontoItself: NotACopy = {
  _tag: 'NotACopy',
  message: 'the target, or its vault, is the source itself: name another target',
}

const foreignVault: VaultFailure = {
  _tag: 'VaultFailure',
  reason: 'Foreign',
  message:
    'the vault of the target is in use, and is no earlier state of the vault to be copied: name another file for it, or a new one to be made',
  retry: false,
}
