// checking.ts: what is promised of the rows of any kind of store, and what is found where it does not hold

import { DoctorId, type StoredEvent, type StreamName } from '@smagruppe/domain'
import { readingRows } from './stored-rows.ts'

/** Something about a store that is not as it should be. */
export interface Finding {
  /**
   * `Pages`: the store cannot read them, or an index and its table disagree. `Schema`: a table, an index, a trigger or a function is
   * missing, altered or not ours. `Grants`: a role has rights that nobody needs. `Event`: a row that we could not have written. `Revision`:
   * a gap or a repetition in a stream. `Time`: an event known later than it was recorded. `Checkpoint`: rows that claim to have seen more than there is.
   * `Vault`: a key or a claim that we could not have written.
   */
  readonly code: 'Pages' | 'Schema' | 'Grants' | 'Event' | 'Revision' | 'Time' | 'Checkpoint' | 'Vault'
  readonly message: string
}

/** What a check went over, and what it found: nothing in a sound store. After a hundred findings it looks no further. */
export interface Checked {
  /** Events of a register, keys of a vault. */
  readonly rows: number
  readonly findings: ReadonlyArray<Finding>
}

/** Notes a finding. Throws `Enough` with the last that is wanted. */
export type Tell = (code: Finding['code'], message: string) => void

/** To leave the pass with what was found so far. */
export class Enough extends Error {}

/** How many findings are wanted at most. */
export const mostFindings = 100

/** Where findings are noted. */
export const notes = (): { readonly findings: ReadonlyArray<Finding>; readonly tell: Tell } => {
  const findings: Finding[] = []
  const tell: Tell = (code, message) => {
    findings.push({ code, message })
    if (findings.length >= mostFindings) throw new Enough()
  }
  return { findings, tell }
}

type Row = Readonly<Record<string, unknown>>

const { storedEvent } = readingRows((what) => new Error(what))

/** Looks at the rows of a log one after the other, from its beginning. */
export const overEvents = (tell: Tell): ((row: Row) => void) => {
  const lengths = new Map<StreamName, number>()
  return (row) => {
    const event = readable(row)
    if (event === null) {
      tell('Event', `the row at position ${String(row.position)} is no event that a register writes`)
      return
    }
    const { stream, position, revision, recordedAt, knownSince } = event
    const length = lengths.get(stream) ?? 0
    if (revision !== length)
      tell('Revision', `position ${position}: ${stream} has revision ${revision} where ${length} follows`)
    lengths.set(stream, revision + 1)
    if (knownSince > recordedAt)
      tell('Time', `position ${position}: known since ${knownSince}, but recorded at ${recordedAt}`)
  }
}

const readable = (row: Row): StoredEvent | null => {
  try {
    return storedEvent(row)
  } catch {
    return null
  }
}

/** Looks at builds whose checkpoint stands behind the end of the log. */
export const overBuildsAhead = (tell: Tell, ahead: ReadonlyArray<Row>): void => {
  for (const { name, version, checkpoint, head } of ahead)
    tell('Checkpoint', `${name} ${version} claims to have seen position ${checkpoint}, and the log ends at ${head}`)
}

/** What a vault's rows say of whom; nothing of a key or a number. */
export interface VaultRows {
  readonly secrets: number
  /** Whose keys there are. */
  readonly persons: ReadonlyArray<unknown>
  /** Whose numbers are claimed. */
  readonly doctors: ReadonlyArray<unknown>
}

/** Looks at the rows of a vault; gives the number of its keys. */
export const overVault = (tell: Tell, { secrets, persons, doctors }: VaultRows): number => {
  if (secrets === 0) tell('Vault', 'the secret that numbers are looked up by is missing')
  for (const [table, ids] of [
    ['keys', persons],
    ['claims', doctors],
  ] as const) {
    const count = ids.filter((id) => !DoctorId.is(id)).length
    if (count > 0) tell('Vault', `${count} of the ${table} belong to what is no doctor`)
  }
  return persons.length
}
