// minutes-by-place.ts: an analyst's own read model: how much time doctors spend together, by municipality

import { fileURLToPath } from 'node:url'
import { importFolder } from '@smagruppe/adapters/csv'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import { randomIds, systemClock } from '@smagruppe/adapters/node'
import {
  defineProjection,
  type EventStore,
  endOf,
  everything,
  factsKnown,
  follower,
  type GroupId,
  type History,
  historyOf,
  idOf,
  legalDate,
  type MunicipalityNumber,
  openRegister,
  oslo,
  type Projection,
  promised,
  type Question,
  type Register,
  replay,
  type SessionEvent,
  sessionEvents,
  typesOf,
} from '@smagruppe/domain'

/**
 * The sessions that were held, a row each. Key: the session's id. A row keeps the events that concern it, so corrections need no
 * thought here, and the rows answer for the past as well.
 */
export const sessionsHeld: Projection<SessionEvent, History<SessionEvent>> = defineProjection({
  name: 'example-sessions-held',
  version: 1,
  kind: 'bitemporal',
  handles: typesOf(['SessionHeld']),
  keys: ({ stream }) => [idOf(stream)],
  evolve: (row, recorded) => [...(row ?? []), recorded],
  row: historyOf(sessionEvents),
})

export interface PlaceTotal {
  /** Null stands for groups without a place. */
  readonly municipality: MunicipalityNumber | null
  readonly sessions: number
  /** Minutes of session times groups there. */
  readonly minutes: number
}

const millisecondsInMinute = 60_000

/** Sessions and minutes by the municipality of the groups, for what was known and effective. */
export const minutesByPlace = (
  rows: ReadonlyMap<string, History<SessionEvent>>,
  placeOf: (group: GroupId) => MunicipalityNumber | null,
  question: Question,
): ReadonlyArray<PlaceTotal> => {
  const totals = new Map<MunicipalityNumber | null, PlaceTotal>()
  for (const history of rows.values()) {
    for (const { event } of factsKnown(history, question)) {
      if (event.type !== 'SessionHeld' || event.data.date > question.effectiveThrough) continue
      const { starts, ends, groups } = event.data
      const minutes = (Date.parse(ends) - Date.parse(starts)) / millisecondsInMinute
      for (const group of groups) {
        const municipality = placeOf(group)
        const before = totals.get(municipality) ?? { municipality, sessions: 0, minutes: 0 }
        totals.set(municipality, { municipality, sessions: before.sessions + 1, minutes: before.minutes + minutes })
      }
    }
  }
  return [...totals.values()].sort((one, other) => other.minutes - one.minutes)
}

/** A register in memory that follows the analyst's projection together with its own. */
export const openForAnalysis = (): { readonly register: Register; readonly events: EventStore } => {
  const events = memoryEventStore({ clock: systemClock })
  const ports = { events, rows: memoryProjectionStore(), vault: memoryVault(), now: systemClock, newId: randomIds }
  return { register: openRegister(ports, { followers: [follower(sessionsHeld)] }), events }
}

/** The same rows from nothing: the whole log of sessions, read and folded once. */
export const replayed = async (events: EventStore): Promise<ReadonlyMap<string, History<SessionEvent>>> =>
  replay(sessionsHeld, await promised(everything(events, sessionEvents, { category: 'session' })))

/** The answer from the rows that the register has followed. */
export const totalsOn = async (register: Register, question: Question): Promise<ReadonlyArray<PlaceTotal>> => {
  const rows = await promised(register.rows.all(sessionsHeld))
  const groups = await promised(register.groupRegister(question))
  const places = new Map(groups.map(({ group, municipality }) => [group, municipality]))
  return minutesByPlace(rows, (group) => places.get(group) ?? null, question)
}

export const pilotYear = fileURLToPath(new URL('../pilot-year/data', import.meta.url))

export const lastOfPilot: Question = {
  effectiveThrough: legalDate('2024-12-31'),
  asKnownAt: endOf(oslo, legalDate('2024-12-31')),
}

if (import.meta.main) {
  const { register } = openForAnalysis()
  await promised(importFolder(register, pilotYear))
  for (const { municipality, sessions, minutes } of await totalsOn(register, lastOfPilot))
    console.log(`${municipality ?? 'none'}: ${sessions} sessions, ${minutes} minutes`)
}
