// names.ts: which of the register's ids stand for the names that sheets use

import {
  doctorEvidence,
  factIn,
  groupRegister,
  type HprNumber,
  type Instant,
  isFact,
  type Named,
  type Reference,
  type Referred,
  type Register,
  type StoreFailure,
  sessionEvidence,
  uuidOf,
  type VaultFailure,
  wallTimeIn,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { OnRecord, SessionTimes } from './sheets.ts'

/** A session that the register knows by its name. */
export interface SessionOnRecord extends SessionTimes {
  readonly knownSince: Instant
}

/** Looks names up in the register; each name once. */
export interface Names extends OnRecord {
  readonly session: (id: string) => Promise<SessionOnRecord | null>
  /** Where a name is on record; null where it is not. */
  readonly find: (named: Named, id: string) => Promise<Referred | null>
  /** An id made from a name, so that whoever imports the same sheet makes the same. Never used for people. */
  readonly idFor: (named: Named | 'hospital' | 'topic', name: string) => string
  readonly reference: (id: string) => Reference
  /** Whether the session with that id of ours was held, under another name than this. */
  readonly isHeldByAnother: (session: string, id: string) => Promise<boolean>
  /** What the stores answered when they could not answer. Whatever was looked up since is worth nothing. */
  readonly failure: () => StoreFailure | VaultFailure | null
}

/** What a register holds when an import begins: an empty one has no name to look up. */
export type Beginning = 'empty' | 'with names'

/** Names as one source uses them: two sources may mean different things by `S001`. */
export const namesIn = (register: Register, source: string, beginning: Beginning): Names => {
  let failure: StoreFailure | VaultFailure | null = null
  const answered = async <A>(task: TaskEither<StoreFailure | VaultFailure, A>): Promise<A | null> => {
    if (failure !== null) return null
    const answer = await task()
    if (!isLeft(answer)) return answer.right
    failure = answer.left
    return null
  }
  const reference = (id: string): Reference => ({ source, id })
  const found = new Map<string, Promise<Referred | null>>()
  const find = (named: Named, id: string): Promise<Referred | null> =>
    remembered(found, `${named} ${id}`, async () =>
      beginning === 'empty' ? null : answered(register.named(named, reference(id))),
    )
  const isOnRecord = async (named: Named, id: string): Promise<boolean> => (await find(named, id)) !== null

  const heldFact = async (session: string) => {
    const history = await answered(register.rows.get(sessionEvidence, session))
    for (const { event, knownSince } of history ?? []) {
      if (isFact(event) && event.type === 'SessionHeld') return { ...event.data, knownSince }
    }
    return null
  }
  const groupName = async (group: string): Promise<string> => {
    const history = await answered(register.rows.get(groupRegister, group))
    for (const { event } of history ?? []) {
      if (isFact(event) && event.type === 'GroupRegistered' && event.data.reference?.source === source)
        return event.data.reference.id
    }
    return group
  }
  const sessionNamed = async (id: string): Promise<SessionOnRecord | null> => {
    const referred = await find('session', id)
    const held = referred === null ? null : await heldFact(referred.id)
    if (held === null) return null
    const { date, starts, ends, zone, knownSince } = held
    const groups = await Promise.all(held.groups.map(groupName))
    return { date, startTime: wallTimeIn(zone, starts), starts, ends, groups, knownSince }
  }
  const sessions = new Map<string, Promise<SessionOnRecord | null>>()
  const doctors = new Map<HprNumber, Promise<boolean>>()

  // An import that broke off may have left a number in the vault that no doctor has yet.
  const isRegistered = async (hpr: HprNumber): Promise<boolean> => {
    const doctor = await answered(register.doctorWithHpr(hpr))
    const row = doctor === null ? null : await answered(register.rows.get(doctorEvidence, doctor))
    return (row?.history ?? []).some(({ event }) => factIn(event)?.type === 'DoctorRegistered')
  }

  return {
    reference,
    find,
    idFor: (named, name) => uuidOf(`smagruppe ${source} ${named}`, name),
    isHeldByAnother: async (session, id) => {
      const held = await heldFact(session)
      return held !== null && (held.reference?.source !== source || held.reference.id !== id)
    },
    failure: () => failure,
    session: (id) => remembered(sessions, id, () => sessionNamed(id)),
    doctor: (hpr) => remembered(doctors, hpr, () => isRegistered(hpr)),
    group: (id) => isOnRecord('group', id),
    department: (id) => isOnRecord('department', id),
    request: (id) => isOnRecord('request', id),
  }
}

const remembered = <Key, A>(before: Map<Key, Promise<A>>, key: Key, find: () => Promise<A>): Promise<A> => {
  const known = before.get(key)
  if (known !== undefined) return known
  const asked = find()
  before.set(key, asked)
  return asked
}
