// register.ts: the register that an app talks to: commands in, answers out, over whatever stores it was opened on

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type CatchUp, type CaughtUp, catchUp } from '../kernel/catch-up.ts'
import { type Actor, CommandId, CorrelationId } from '../kernel/event.ts'
import type { UndecodableEvent } from '../kernel/event-catalogue.ts'
import type { EventStore, StoreFailure } from '../kernel/event-store.ts'
import type { Receipt } from '../kernel/handle.ts'
import { type Instant, instantOf } from '../kernel/instant.ts'
import { type Observe, observed } from '../kernel/observing.ts'
import type { ProjectionStore } from '../kernel/projection-store.ts'
import { type Follower, follower } from '../kernel/replay.ts'
import type { Question } from '../projections/as-known.ts'
import { doctorEvidence, groupEvidence, sessionEvidence } from '../projections/evidence.ts'
import { groupRegister } from '../projections/group-register.ts'
import { hospitalDirectory } from '../projections/hospital-directory.ts'
import { doctorMerges } from '../projections/persons.ts'
import { plannedSessions } from '../projections/planned-sessions.ts'
import { publishedRules } from '../projections/published-rules.ts'
import { references } from '../projections/references.ts'
import { statements } from '../projections/statements.ts'
import { topicLog, topics } from '../projections/topic-log.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { norway, type Scheme } from '../rules/scheme.ts'
import type { Scrutinised } from '../rules/scrutiny.ts'
import { isImporter } from '../values/actor-role.ts'
import type { HprNumber } from '../values/hpr-number.ts'
import { DoctorId } from '../values/identity.ts'
import { dateIn, type LegalDate } from '../values/legal-date.ts'
import type { Personal, Revealed, Vault, VaultFailure } from '../values/personal.ts'
import { type Answers, answering, personsIn, statedIn } from './answers.ts'
import { type ExecuteError, executing } from './commands.ts'
import { type CommandMalformed, scrutinising } from './elsewhere.ts'
import { type RegisterEvent, registerEvents } from './events.ts'
import { type Operating, operating } from './operating.ts'
import { type Person, peopleIn } from './people.ts'
import { oneAtATime } from './refreshing.ts'
import { type Rows, rowsOf } from './rows.ts'
import { type RulesKnown, rulesKnownIn } from './rules-known.ts'

/** What a register stands on. Time and ids come from outside. */
export interface Ports {
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly vault: Vault
  /** Tells the time. */
  readonly now: () => Instant
  /** A new random UUID. */
  readonly newId: () => string
}

/** What an app may set otherwise when it opens a register. */
export interface Settings {
  /** Whose published rules answers follow; Norway's where left out. */
  readonly scheme?: Scheme
  /** One pack that every answer follows, whatever was published: for who asks what if. Also the zone of today. */
  readonly rules?: RulePack
  /** Read models of the app, followed together with the register's own: `follower(myProjection)`. */
  readonly followers?: ReadonlyArray<Follower<RegisterEvent>>
  /** Called after each page that the read models have followed on their way to an answer. */
  readonly onPage?: (through: number, events: number, head: number) => void
  /** What an operator wants to see, told as it happens. */
  readonly observe?: Observe
}

/** Who asks for a command, and what else is known of the asking. */
export interface Asking {
  readonly actor: Actor
  /** The same id again is the same wish again, and is carried out once. A new one where left out. */
  readonly id?: CommandId
  /** Since when it was known; only an importer may set it, and only to earlier than now. */
  readonly knownSince?: Instant
  readonly correlation?: CorrelationId
}

/** A question with its defaults left out: today, and what is known now. */
export interface Asked {
  readonly effectiveThrough?: LegalDate
  readonly asKnownAt?: Instant
}

/** Only an importer may say that a fact was known before it is recorded. */
export interface KnownSinceNotAllowed {
  readonly _tag: 'KnownSinceNotAllowed'
  readonly role: string
}

/** Small groups, their sessions and their points. */
export interface Register extends Answers, Operating, RulesKnown {
  /** The pack that it was opened with, or that its scheme was founded with. What answers follow is said by `rulesInForce`. */
  readonly rules: RulePack
  readonly scheme: Scheme
  /** Carries out a command, which may be untrusted JSON. A refused command stores nothing. */
  readonly execute: (command: unknown, asking: Asking) => TaskEither<ExecuteError | KnownSinceNotAllowed, Receipt>
  /** All that is wrong with a command that publishes rules, by that actor and beside what stands now, and what it would publish. Stores nothing. */
  readonly scrutinised: (
    command: unknown,
    actor: Actor,
  ) => TaskEither<StoreFailure | UndecodableEvent | CommandMalformed, Scrutinised>
  /** Brings the read models up to date; every answer does it by itself. */
  readonly refresh: TaskEither<StoreFailure, CaughtUp>
  /** The rows of any projection that the register follows. */
  readonly rows: Rows
  /** A question, with today and now where nothing else is asked. */
  readonly question: (asked?: Asked) => Question
  /** The doctor whose record claims that number; null where none does. */
  readonly doctorWithHpr: (hpr: HprNumber) => TaskEither<VaultFailure, DoctorId | null>
  /** The doctor's id for that number: its holder's, or a new one that now holds it. For bringing doctors in. */
  readonly reserveDoctor: (hpr: HprNumber) => TaskEither<VaultFailure, DoctorId>
  /** Names and HPR numbers of doctors, out of the vault. */
  readonly people: (
    doctors: ReadonlyArray<DoctorId>,
  ) => TaskEither<StoreFailure | VaultFailure, ReadonlyMap<DoctorId, Person>>
  /** What a personal field says; after erasure it is forgotten. */
  readonly reveal: (personal: Personal) => TaskEither<VaultFailure, Revealed>
}

/** Opens a register over its ports. */
export const openRegister = (ports: Ports, settings: Settings = {}): Register => {
  const { rows: store, vault, now, newId } = ports
  const { scheme = norway, followers = [], onPage, observe } = settings
  const rules = settings.rules ?? scheme.founding
  const events = observed(ports.events, observe)
  const following: CatchUp<RegisterEvent> = {
    events,
    catalogue: registerEvents,
    rows: store,
    followers: [...ownFollowers, ...followers],
    ...(onPage === undefined ? {} : { onPage }),
    ...(observe === undefined ? {} : { observe }),
  }
  const refresh = oneAtATime(catchUp(following))
  const rows = rowsOf(
    store,
    following.followers.map(({ id }) => id),
    refresh,
  )
  const persons = personsIn(rows, { asKnownAt: instantOf(Number.POSITIVE_INFINITY) })
  const known = rulesKnownIn(events, store, rows, scheme, settings.rules ?? null)
  const execute = executing(events, vault, {
    persons,
    stated: statedIn(rows, known.rulesInForce),
    founding: scheme.founding,
  })
  const reveal = (personal: Personal): TaskEither<VaultFailure, Revealed> =>
    'unsealed' in personal
      ? async () => right({ _tag: 'Known', text: personal.unsealed.open() })
      : vault.reveal(personal)
  const question = ({ effectiveThrough, asKnownAt }: Asked = {}): Question => {
    const at = now()
    return { effectiveThrough: effectiveThrough ?? dateIn(rules.zone, at), asKnownAt: asKnownAt ?? at }
  }
  const made = <A>(codec: { is: (value: unknown) => value is A }): A => {
    const id = newId()
    if (!codec.is(id)) throw new TypeError(`the id port gave what is no lower-case UUID: ${id}`)
    return id
  }
  return {
    rules,
    scheme,
    rows,
    refresh,
    question,
    ...known,
    ...answering(rows, known.rulesInForce),
    ...operating(following, refresh),
    execute: (command, { actor, id, knownSince, correlation }) => {
      if (knownSince !== undefined && !isImporter(actor))
        return async () => left({ _tag: 'KnownSinceNotAllowed', role: actor.role })
      return execute(command, {
        id: id ?? made(CommandId),
        actor,
        at: now(),
        knownSince: knownSince ?? null,
        correlation: correlation ?? made(CorrelationId),
      })
    },
    scrutinised: scrutinising(events, scheme.founding),
    doctorWithHpr: (hpr) => vault.holderOf(hpr),
    reserveDoctor: (hpr) => async () => {
      const holder = await vault.holderOf(hpr)()
      if (isLeft(holder)) return holder
      return holder.right === null ? vault.claim(hpr, made(DoctorId))() : right(holder.right)
    },
    people: peopleIn(rows, persons, reveal),
    reveal,
  }
}

const ownFollowers: ReadonlyArray<Follower<RegisterEvent>> = [
  follower(groupRegister),
  follower(topicLog),
  follower(topics),
  follower(hospitalDirectory),
  follower(references),
  follower(sessionEvidence),
  follower(groupEvidence),
  follower(doctorEvidence),
  follower(doctorMerges),
  follower(plannedSessions),
  follower(statements),
  follower(publishedRules),
]
