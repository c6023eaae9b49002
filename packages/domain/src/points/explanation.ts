// explanation.ts: a doctor's points told line by line, in English

import { theBeginning } from '../kernel/instant.ts'
import type { RulePack, Source } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import { plusDays } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import type { FactReference } from './known.ts'
import { type DoctorPoints, isPending } from './points.ts'
import type { AttendanceLine, AttendanceName, Cut, SessionName, Shortfall, Window, WithdrawnLine } from './verdict.ts'

/** How people and groups are called in an explanation; points know only ids. */
export interface Names {
  readonly doctor: (id: DoctorId) => string
  readonly group: (id: GroupId) => string
}

/** A total with its reasons as text, a paragraph an attendance. Lines are not broken; facts are named by type, id and both times. */
export const explanation = (points: DoctorPoints, rules: RulePack, names: Names): ReadonlyArray<string> => {
  const { effectiveThrough, asKnownAt } = points.question
  const asked = `Small-group points of ${names.doctor(points.doctor)} on ${effectiveThrough}, as known at ${asKnownAt}`
  if (points.period === null) return [asked, 'There is no period on that date, so nothing is counted.']
  const { from, to } = points.period
  return [
    asked,
    `Period ${from} to ${to} (that day not included)`,
    `Counted: ${points.countedMinutes} minutes = ${shownPoints(points.points)} points`,
    `Mandatory: ${shownPoints(points.mandatory)} of ${rules.mandatory.value}, ${points.mandatoryMet ? 'met' : `${shownPoints(points.missing)} missing`}`,
    `Elective: ${shownPoints(points.elective)} of at most ${rules.electiveMax.value}; beyond both: ${shownPoints(points.overflow)}`,
    `Held back until a window is over: ${points.pendingMinutes} minutes`,
    'An indication, not a decision: that is the authority’s to make.',
    ...points.lines.flatMap((line) => ['', ...told(line, names)]),
    ...points.withdrawn.flatMap((line) => ['', ...toldWithdrawn(line, names)]),
    ...(points.facts.length === 0 ? [] : ['', 'The period rests on:', ...points.facts.map(fact)]),
  ]
}

const told = (line: AttendanceLine, names: Names): ReadonlyArray<string> => {
  const { date, label, group, present, counted, cuts, shortfall, rule, facts } = line
  const verdict = shortfall === null ? `${counted} count` : `0 count: ${shortfall.reason}`
  return [
    `${date} ${label} with group ${names.group(group)}: ${present} minutes present, ${verdict}`,
    ...cuts.map((cut) => `  ${cutText(cut, names)}`),
    ...(shortfall === null
      ? []
      : [`  ${shortfallText(shortfall, names)}${isPending(line) ? ' For now: the window is not over.' : ''}`]),
    ...(rule === null ? [] : [`  Rule: ${sourceText(rule.source)}`]),
    '  Facts:',
    ...facts.map((one) => `  ${fact(one)}`),
  ]
}

const toldWithdrawn = ({ date, label, group, reason, facts }: WithdrawnLine, names: Names): ReadonlyArray<string> => [
  `${date} ${label} with group ${names.group(group)}: taken off the list${reason === '' ? '' : ` (${reason})`}`,
  '  Facts:',
  ...facts.map((one) => `  ${fact(one)}`),
]

const cutText = ({ minutes, because }: Cut, names: Names): string =>
  because.reason === 'OVERLAPPING'
    ? `${minutes} minutes count already with ${attendancesText(because.counted, names)} (OVERLAPPING)`
    : `${minutes} minutes are beyond the ${because.cap} that one day with one group can give (DAY_CAP)`

const shortfallText = (shortfall: Shortfall, names: Names): string => {
  switch (shortfall.reason) {
    case 'GUEST':
      return 'Attended as a guest.'
    case 'NOT_MEMBER':
      return 'No membership of the group on that date.'
    case 'HOSTING':
      return 'Hosted the session: that earns an honorarium, not points.'
    case 'INDUSTRY':
      return 'A contribution from the industry was reported for the session.'
    case 'NO_DECLARATION':
      return 'The group had no declaration of freedom from the industry in force on that date.'
    case 'BELOW_QUORUM':
      return `Needs ${shortfall.needed} of the group’s own members present, found ${shortfall.found}${listed(shortfall.present.map(names.doctor))}.`
    case 'SESSION_TOO_SHORT':
      return `Needs a session of ${shortfall.needed} minutes, found ${shortfall.found}.`
    case 'NO_MINUTES':
      return 'Not present for any minute of the session.'
    case 'OVERLAPPING':
      return `Every minute counts already with ${attendancesText(shortfall.counted, names)}.`
    case 'DAY_CAP':
      return `The ${shortfall.cap} minutes that one day with one group can give are used by ${attendancesText(shortfall.counted, names)}.`
    case 'GROUP_UNDER_3_MEETINGS':
      return `Needs ${shortfall.needed} counting sessions of the group in ${windowText(shortfall.window)}, found ${shortfall.found}${listed(shortfall.sessions.map(sessionText))}.`
    case 'DOCTOR_UNDER_6_HOURS':
      return `Needs ${shortfall.needed} minutes with the group in ${windowText(shortfall.window)}, found ${shortfall.found}${listed(shortfall.sessions.map(sessionText))}.`
  }
}

/** `2024`, or the days of a window that is no calendar year, both included. */
const windowText = ({ from, to }: Window): string =>
  from.endsWith('-01-01') && to.endsWith('-01-01') ? from.slice(0, 4) : `${from} to ${plusDays(to, -1)}`

const listed = (words: ReadonlyArray<string>): string => (words.length === 0 ? '' : `: ${words.join(', ')}`)

const sessionText = ({ label }: SessionName): string => label

const attendancesText = (attendances: ReadonlyArray<AttendanceName>, names: Names): string =>
  attendances.map(({ label, group }) => `${label} (group ${names.group(group)})`).join(', ')

const sourceText = ({ title, address }: Source): string => `${title}, ${address}`

const fact = ({ type, id, knownSince, recordedAt }: FactReference): string =>
  `  ${type} ${id}, ${knownSince === theBeginning ? 'always known' : `known since ${knownSince}`}, recorded ${recordedAt}`
