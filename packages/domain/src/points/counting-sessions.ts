// counting-sessions.ts: the sessions of a group that bring it nearer to its threshold

import type { GroupId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import type { Judged } from './eligibility.ts'
import type { FactReference } from './fact-reference.ts'
import { contains } from './period.ts'
import type { SessionName, Window } from './verdict.ts'

/** A session at which at least one attendance of the group can count. */
export interface CountingSession extends SessionName {
  readonly date: LegalDate
  /** Those of an attendance that can. */
  readonly facts: ReadonlyArray<FactReference>
}

/** The counting sessions of a group, of all times. */
export type CountingSessions = (group: GroupId) => ReadonlyArray<CountingSession>

/** The session of an attendance that can count. */
export const countingAt = ({ session: { id, label, date }, facts }: Judged): CountingSession => ({
  session: id,
  label,
  date,
  facts,
})

/** Those in the window. */
export const heldIn = (window: Window, sessions: ReadonlyArray<CountingSession>): ReadonlyArray<CountingSession> =>
  sessions.filter(({ date }) => contains(window, date))

/** By date, then the labels of the sessions, then ids. */
export const inOrder = (
  one: SessionName & { readonly date: string },
  other: SessionName & { readonly date: string },
): number =>
  compareText(one.date, other.date) || compareText(one.label, other.label) || compareText(one.session, other.session)

/** The facts of those, in the order of the sessions. */
export const factsHeld = (sessions: Iterable<CountingSession>): ReadonlyArray<FactReference> =>
  [...sessions].sort(inOrder).flatMap(({ facts }) => facts)
