// transfers.ts: the minutes of another group that a doctor came from or went to, where they add up

import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { type CountingSession, type CountingSessions, factsHeld, heldIn } from './counting-sessions.ts'
import type { FactReference } from './fact-reference.ts'
import type { KnownGroup, KnownStay } from './known-group.ts'
import { during, type Remaining, sumOf } from './once-only.ts'
import { contains } from './period.ts'
import type { Window } from './verdict.ts'
import { fixedWindow } from './windows.ts'

/** Another group that the doctor came from or went to, what was attended there, and the days of leaving and joining. */
export interface Transfer {
  readonly group: KnownGroup
  readonly attended: ReadonlyArray<Remaining>
  readonly moves: ReadonlyArray<readonly [LegalDate, LegalDate]>
  /** The doctor's stays in both groups. */
  readonly stays: ReadonlyArray<KnownStay>
}

/** The other groups whose minutes with the doctor may add up with this one's. */
export const transfersOf = (
  doctor: DoctorId,
  group: KnownGroup,
  attended: ReadonlyMap<GroupId, ReadonlyArray<Remaining>>,
  rules: RulePack,
): ReadonlyArray<Transfer> => {
  if (rules.membershipTransfer.value === 'none') return []
  const own = staysIn(group, doctor)
  const bounds = stayBounds(own)
  const transfers: Transfer[] = []
  for (const [id, there] of attended) {
    const other = there[0]?.judged.group
    if (id === group.id || other === undefined) continue
    const stays = staysIn(other, doctor)
    const theirs = stayBounds(stays)
    const moves = [...pairs(bounds.left, theirs.joined), ...pairs(theirs.left, bounds.joined)]
    if (moves.length > 0) transfers.push({ group: other, attended: there, moves, stays: [...own, ...stays] })
  }
  return transfers
}

/** The doctor's stays of some days, in the order of joining. */
const staysIn = ({ stays }: KnownGroup, doctor: DoctorId): ReadonlyArray<KnownStay> =>
  stays
    .filter((stay) => stay.doctor === doctor && (stay.left === null || stay.joined < stay.left))
    .sort((one, other) => compareText(one.joined, other.joined))

/** When a doctor joined and left: stays that adjoin or overlap are one, a stay of no days is none. */
const stayBounds = (
  own: ReadonlyArray<KnownStay>,
): { readonly joined: ReadonlyArray<LegalDate>; readonly left: ReadonlyArray<LegalDate> } => {
  const spells: { readonly joined: LegalDate; left: LegalDate | null }[] = []
  for (const { joined, left } of own) {
    const before = spells.at(-1)
    if (before === undefined || (before.left !== null && before.left < joined)) spells.push({ joined, left })
    else if (before.left !== null && (left === null || before.left < left)) before.left = left
  }
  return { joined: spells.map(({ joined }) => joined), left: spells.flatMap(({ left }) => left ?? []) }
}

const pairs = (
  some: ReadonlyArray<LegalDate>,
  others: ReadonlyArray<LegalDate>,
): ReadonlyArray<readonly [LegalDate, LegalDate]> => some.flatMap((one) => others.map((other) => [one, other] as const))

/** What another group adds to a window. */
export interface Added {
  readonly attended: ReadonlyArray<Remaining>
  readonly by: Transfer
}

/** What was attended in the window that adds up with the one other group that gives most; null where none gives any. */
export const mostOfAnother = (
  window: Window,
  transfers: ReadonlyArray<Transfer>,
  counting: CountingSessions,
): Added | null => {
  let most: Added | null = null
  for (const by of transfers) {
    if (!by.moves.some(([left, joined]) => contains(window, left) && contains(window, joined))) continue
    // Only what passed the other group's own threshold adds up.
    const attended = during(by.attended, window).filter(
      (one) => heldWith(one, by, window, counting).length >= one.judged.rules.groupThreshold.value,
    )
    if (sumOf(attended) > sumOf(most?.attended ?? [])) most = { attended, by }
  }
  return most
}

/** The other group's counting sessions in the window that its attendance is judged in. */
const heldWith = (
  { judged }: Remaining,
  { group }: Transfer,
  window: Window,
  counting: CountingSessions,
): ReadonlyArray<CountingSession> =>
  heldIn(fixedWindow(group, judged.session.date, judged.rules) ?? window, counting(group.id))

/** Why that adds up: what was attended, the sessions that carried it over its own group's threshold, and the moves. */
export const factsAdded = (
  { attended, by }: Added,
  window: Window,
  counting: CountingSessions,
): ReadonlyArray<FactReference> => {
  const held = new Set(attended.flatMap((one) => heldWith(one, by, window, counting)))
  const moves = by.stays.filter(
    ({ joined, left }) => contains(window, joined) || (left !== null && contains(window, left)),
  )
  return [...attended.flatMap(({ judged }) => judged.facts), ...factsHeld(held), ...moves.flatMap(({ facts }) => facts)]
}
