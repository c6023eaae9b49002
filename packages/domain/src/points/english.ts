// english.ts: points explained in English

import type { Objection } from '../rules/standing.ts'
import { shownPoints } from '../values/points.ts'
import type { Moment } from './moment.ts'
import type { Phrases } from './phrases.ts'
import type { Declaration, Stay } from './verdict.ts'

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
const minutes = (number: number): string => count(number, 'minute', 'minutes')
const listed = (words: ReadonlyArray<string>): string => (words.length === 0 ? '' : `: ${words.join(', ')}`)
const moment = (at: Moment): string => ('endOf' in at ? `the end of ${at.endOf}` : `${at.date}T${at.time}${at.offset}`)

const behind = (after: ReadonlyArray<string>): string => (after.length === 0 ? '' : `, after ${after.join(', ')}`)
const windows = {
  'calendar-year': 'a calendar year',
  'group-year': 'a year counted from the group’s registration',
  'rolling-12-months': 'any twelve months that hold the session',
} as const

const layers = {
  national: 'the national rules',
  region: 'the region’s adaptation',
  hospital: 'the hospital’s adaptation',
  group: 'the group’s adaptation',
  dispensation: 'the doctor’s dispensation',
} as const

/** The words of English. Dates are written `2024-12-31`. */
export const english: Phrases = {
  date: (date) => date,
  points: shownPoints,
  asKnown: (at) => `as known at ${moment(at)}`,

  title: ({ doctor, date, asKnown }) => `Small-group points of ${doctor} on ${date}, ${asKnown}`,
  noPeriod: 'There is no period on that date, so nothing is counted.',
  period: (from, to) => `Period ${from} to ${to} (that day not included)`,
  goesOn: 'That day has passed and nothing is decided, so the period goes on.',
  trainingPeriod: (from, to) =>
    to === null ? `Specialist training since ${from}` : `Specialist training ${from} to ${to} (that day not included)`,
  noTraining: 'The doctor has not been in specialist training by that date, so nothing is counted.',
  usedInTraining: (from, to) =>
    `In specialist training since ${from}${to === null ? '' : ` until ${to}`}: what was attended then is used there.`,
  decided: (on, outcome) => `The authority decided on ${on}: ${outcome === 'renewed' ? 'renewed' : 'not renewed'}.`,
  counted: (number, points) => `Counted: ${minutes(number)} = ${points} points`,
  mandatory: (points, needed, missing, by) =>
    `Mandatory: ${points} of ${needed}, ${missing === null ? 'met' : `${missing} missing${by === null ? '' : `, needed by ${by}`}`}`,
  elective: (points, most, overflow) =>
    `Elective: ${points} of at most ${most}; beyond both, worth nothing: ${overflow}`,
  heldBack: (number) => `Held back until a window is over: ${minutes(number)}`,
  indication: 'An indication, not a decision: that is the authority’s to make.',

  attendance: ({ date, session, group, present, verdict }) =>
    `${date} ${session} with group ${group}: ${minutes(present)} present, ${verdict}`,
  counts: (number) => `${number} ${number === 1 ? 'counts' : 'count'}`,
  countsNothing: (reason) => `0 count: ${reason}`,
  takenOff: ({ date, session, group, reason }) =>
    `${date} ${session} with group ${group}: taken off the list${reason === '' ? '' : ` (${reason})`}`,

  shortfall: {
    GUEST: () => 'Attended as a guest: points are for members of the group.',
    NOT_MEMBER: ({ stays }) => `Needs membership of the group on that date, found ${foundAmong(stays.map(stay))}.`,
    HOSTING: () => 'Hosted the session: that earns an honorarium, not points.',
    INDUSTRY: ({ found }) =>
      `Needs a session without any contribution from the industry, found ${count(found, 'report', 'reports')} of one.`,
    NO_DECLARATION: ({ declarations }) =>
      `Needs a declaration of freedom from the industry in force on that date, found ${foundAmong(declarations.map(declaration))}.`,
    BELOW_QUORUM: ({ needed, found, present }, called) =>
      `Needs ${needed} of the group’s own members present, found ${found}${listed(called.doctors(present))}.`,
    SESSION_TOO_SHORT: ({ needed, found }) => `Needs a session of at least ${minutes(needed)}, found ${found}.`,
    PLANNED_TOO_LATE: ({ needed, found }) =>
      `Needs a session planned no later than ${needed}, ${found === null ? 'found no plan' : `found ${found}`}.`,
    GROUP_SIZE: ({ needed: { min, max }, found }) => `Needs a group of ${min} to ${max} members, found ${found}.`,
    NO_MINUTES: () => 'Not present for any minute of the session.',
    OVERLAPPING: ({ counted }, called) => `Every minute counts already with ${called.attendances(counted).join(', ')}.`,
    DAY_CAP: ({ cap, found, effect, counted }, called) =>
      effect === 'reject'
        ? `One day with one group can give ${minutes(cap)}, found ${found}: nothing of that day counts.`
        : counted.length === 0
          ? `One day with one group can give ${minutes(cap)}.`
          : `The ${minutes(cap)} that one day with one group can give are used by ${called.attendances(counted).join(', ')}.`,
    YEARLY_CAP: ({ cap, year, counted }, called) =>
      counted.length === 0
        ? `The year ${year} can give ${count(cap, 'point', 'points')}.`
        : `The ${count(cap, 'point', 'points')} that ${year} can give ${cap === 1 ? 'is' : 'are'} used by ${called.attendances(counted).join(', ')}.`,
    GROUP_UNDER_3_MEETINGS: ({ needed, found, sessions, window }, called) =>
      `Needs ${count(needed, 'counting session', 'counting sessions')} of the group ${called.window(window)}, found ${found}${listed(called.sessions(sessions))}.`,
    DOCTOR_UNDER_6_HOURS: ({ needed, found, sessions, window }, called) =>
      `Needs ${minutes(needed)} with the group ${called.window(window)}, found ${found}${listed(called.attended(sessions))}.`,
  },
  pending: (lastDay) => `For now: the window is over on ${lastDay}.`,
  nearest: (steps, tried) =>
    steps.length === 0
      ? tried === 'everything'
        ? 'Nothing that can still be done would make it count.'
        : 'Nothing that can still be done with these groups would make it count; one more change of group was not tried.'
      : `What would make it count: ${steps.join('; and ')}.`,
  toMeet: ({ sessions, minutes: lacking, group, by, joining, planned }) => {
    const more = count(sessions, 'more counting session', 'more counting sessions')
    const meeting = sessions === 0 ? [] : [`${more} of group ${group}`]
    const longer = count(lacking, 'more counting minute', 'more counting minutes')
    const whom = sessions === 0 ? `group ${group}` : 'it'
    const attending = lacking === 0 ? [] : [`${longer} with ${whom}${joining ? ', as a member again' : ''}`]
    const already = planned.length === 0 ? '' : `, with what is planned or wished for already: ${planned.join(', ')}`
    return `${[...meeting, ...attending].join(' and ')}, by ${by}${already}`
  },
  toSign: (group, by) => `a declaration of freedom from the industry, signed for group ${group} by ${by}`,
  toClear: (session) => `that nothing was contributed to ${session} after all, and the report of it is cleared`,
  overlappingCut: (number, counted) =>
    `${minutes(number)} taken off: counted already with ${counted.join(', ')} (OVERLAPPING)`,
  dayCapCut: (number, { cap, found, effect }, after) =>
    effect === 'reject'
      ? `${minutes(number)} taken off: that day with that group has ${found}, more than the ${cap} that it can give (DAY_CAP)`
      : `${minutes(number)} taken off: beyond the ${cap} that one day with one group can give${behind(after)} (DAY_CAP)`,
  yearlyCapCut: (points, cap, year, after) =>
    `${points} points taken off: beyond the ${cap} that ${year} can give${behind(after)} (YEARLY_CAP)`,
  transferred: ({ window, needed, found, together, of }) => {
    const added = of.map((one) => `${one.minutes} of ${one.session}`).join(', ')
    return `Needs ${minutes(needed)} with the group ${window}, found ${found}, and ${together} with minutes of another group: ${added}.`
  },
  attendanceName: (session, group) => `${session} (group ${group})`,
  window: (window) => ('year' in window ? `in ${window.year}` : `from ${window.from} through ${window.through}`),
  rule: {
    periodYears: (years) => `a period is ${count(years, 'year', 'years')}`,
    nextPeriod: (begins) =>
      begins === 'from-old-end'
        ? 'the next period begins where the old one ends'
        : 'the next period begins on the day of the decision on the old one',
    window: (window) => `thresholds are looked at over ${windows[window]}`,
    participants: () => 'points are for members of the group on the date of the session',
    hosting: () => 'hosting a session earns no points',
    industry: () => 'what the industry contributed to does not count',
    presence: () => 'only minutes present at the session count',
    sameMinutes: () => 'a minute counts once',
    plannedWithin: (within) =>
      within === 'none'
        ? 'a session need not be planned beforehand'
        : `a session is planned in the first ${count(within.months, 'month', 'months')} of its window, and no later than on its own day`,
    declaration: (covers) =>
      covers === 'none'
        ? 'no declaration is needed'
        : covers === 'prospective'
          ? 'a declaration counts from the day it is signed'
          : covers === 'cures-window'
            ? 'a declaration also covers the earlier sessions of the window that it is signed in'
            : `a declaration also covers the ${count(covers.curesDays, 'day', 'days')} before it is signed`,
    quorum: (members) => `at least ${members} of the group’s own members ${members === 1 ? 'is' : 'are'} present`,
    sessionMinutesMin: (number) => `a session lasts at least ${minutes(number)}`,
    dayCapMinutes: (number) => `one day with one group gives at most ${minutes(number)}`,
    dayCap: (effect) =>
      effect === 'cut' ? 'what a day has beyond that is cut off' : 'a day that has more counts nothing',
    groupThreshold: (sessions) =>
      `a group has at least ${count(sessions, 'counting session', 'counting sessions')} in a window`,
    doctorThresholdMinutes: (number) => `a doctor has at least ${minutes(number)} with the group in a window`,
    membershipTransfer: (transfer) =>
      transfer === 'none'
        ? 'minutes with different groups do not add up'
        : 'minutes with the group left and the group joined in one window add up',
    minutesPerPoint: (number) => `${minutes(number)} ${number === 1 ? 'is' : 'are'} a point`,
    rounding: (rounding) =>
      rounding === 'none'
        ? 'points are not rounded'
        : `points are rounded ${rounding.mode === 'floor' ? 'down' : 'to the nearest'} ${rounding.mode === 'floor' ? 'to ' : ''}${rounding.unit} for each ${rounding.per}`,
    yearlyCap: (cap) =>
      cap === 'none'
        ? 'a year has no most of points'
        : `a calendar year gives at most ${count(cap, 'point', 'points')}`,
    mandatory: (points) => `${count(points, 'point is', 'points are')} mandatory in a period`,
    electiveMax: (points) =>
      `at most ${count(points, 'point', 'points')} beyond that ${points === 1 ? 'is' : 'are'} elective`,
    groupSizeEffect: (effect) =>
      effect === 'warning' ? 'a group of another size is warned' : 'a group of another size earns nothing',
    groupSize: ({ min, max }) => `a group should have ${min} to ${max} members`,
    coursePoints: (points) => `courses give ${points} points of the programme`,
    courseSubjects: (areas) => `courses come from at least ${count(areas, 'subject area', 'subject areas')}`,
    clinicalCourses: (courses) => `at least ${count(courses, 'clinical course', 'clinical courses')}`,
    clinicalCoursePoints: (points) => `a clinical course has at least ${points} points`,
    acuteMedicineCourses: (courses) => `at least ${courses} of the clinical courses in acute medicine`,
    courseDemandsSince: (date) => `the demands on subject areas and clinical courses are made since ${date}`,
    smallGroupSince: (date) => `small-group work is demanded since ${date}`,
    practiceVisits: (points) => `practice visits give ${points} points of the programme`,
    electivePoints: (points) => `elective work gives ${points} points of the programme`,
    practiceVisitDayCap: (points) => `practice visits give at most ${points} points a day`,
    practiceVisitCap: (points) => `practice visits give at most ${points} points in a period`,
    sameColleagueVisits: (visits) =>
      `at most ${count(visits, 'practice visit', 'practice visits')} with the same colleague`,
    observershipDayCap: (points) => `hospital observership gives at most ${points} points a day`,
    observershipCap: (points) => `hospital observership gives at most ${points} points in a period`,
    clinicDayCap: (points) => `day visits to clinics give at most ${points} points a day`,
    clinicCap: (points) => `day visits to clinics give at most ${points} points in a period`,
    clinicDaysAbroad: (visits) => `at most ${count(visits, 'day visit', 'day visits')} to clinics abroad`,
    internHalfYearCap: (points) => `supervising an intern gives at most ${points} points a half-year`,
    onlineCourseCap: (points) => `online courses give at most ${points} points in a period`,
    onlineClinicalCourses: (courses) =>
      `at most ${count(courses, 'online course', 'online courses')} among the clinical courses`,
    onlineCapsSuspended: (when) =>
      when === 'none'
        ? 'online courses are always capped'
        : `online courses from ${when.from} up to but not including ${when.to} are not capped`,
    subjectCap: (points) => `courses in one subject area give at most ${points} elective points`,
    feeLapsesSince: (date) => `since ${date} what lapses is the right to a supplementary fee, not the title`,
  },
  ruled: ({ name, says, source, setBy }) =>
    `Rule: ${says} (${name})${setBy === null ? '' : `, set by ${layers[setBy.layer]} ${setBy.event}`}. Source: ${source}`,
  setAside: ({ name, says, source, by, instead, because }) =>
    `Set aside: ${says} (${name}), said by ${layers[by.layer]} ${by.event}. Source: ${source}. Instead: ${instead.says}${instead.setBy === null ? '' : `, set by ${layers[instead.setBy.layer]} ${instead.setBy.event}`}. Source: ${instead.source}. ${why(because)}`,
  judgedBy: 'Judged by:',
  totalFollows: 'The total follows these rules:',

  facts: 'Facts:',
  periodRestsOn: 'The period rests on:',
  thresholdsRestOn: 'The thresholds also rest on:',
  oneDoctor: (records) => `These records are one doctor’s: ${records.join('; ')}.`,
  layer: layers,
  fact: {
    DoctorRegistered: 'doctor registered',
    HprClaimed: 'HPR number claimed',
    RoleStarted: 'role started',
    RoleEnded: 'role ended',
    PeriodOpened: 'period opened',
    SpecialistTrainingStarted: 'specialist training started',
    SpecialtyGranted: 'specialty granted',
    SpecialistTrainingLeft: 'specialist training left',
    ActivityRecorded: 'activity recorded',
    PeriodExtended: 'period extended',
    PeriodDecided: 'period decided',
    ComplaintFiled: 'complaint filed',
    ComplaintUpheld: 'complaint upheld',
    ComplaintRejected: 'complaint rejected',
    DoctorsMerged: 'records merged',
    DoctorsUnmerged: 'merge undone',
    GroupRegistered: 'group registered',
    MemberJoined: 'member joined',
    MemberLeft: 'member left',
    ContactPersonAppointed: 'contact person appointed',
    GroupMoved: 'group moved',
    IndustryFreeDeclared: 'declared free from the industry',
    IndustryFreeWithdrawn: 'declaration withdrawn',
    GroupClosed: 'group closed',
    SessionRequested: 'session requested',
    RequestChanged: 'request changed',
    RequestWithdrawn: 'request withdrawn',
    SessionPlanned: 'session planned',
    SessionMoved: 'session moved',
    SessionCancelled: 'session cancelled',
    SessionHeld: 'session held',
    AttendanceAdded: 'attendance added',
    AttendanceWithdrawn: 'attendance withdrawn',
    AttendanceReplaced: 'attendance replaced',
    IndustryContributionReported: 'industry contribution reported',
    IndustryContributionCleared: 'industry contribution cleared',
  },
  corrected: (fact) => `${fact}, corrected`,
  recorded: ({ name, type, id, knownSince, recordedAt }) =>
    `${name} (${type} ${id}), ${knownSince === null ? 'always known' : `known since ${moment(knownSince)}`}, recorded ${moment(recordedAt)}`,
}

const why = ({ _tag, expected, found }: Objection): string => {
  switch (_tag) {
    case 'RuleIsFixed':
      return 'Why: what stands above is fixed.'
    case 'LoosensRule':
      return 'Why: what stands above may be made stricter, not looser.'
    case 'OutsideRange':
      return `Why: what stands above leaves only ${expected}.`
    case 'PermissionLoosened':
      return 'Why: it leaves layers below more than what stands above does.'
    case 'NotOfThisLayer':
      return `Why: it is ${found}, which is not for that layer to set.`
    case 'RulesContradict':
      return 'Why: together with what stands above it would contradict itself.'
  }
}

const foundAmong = (found: ReadonlyArray<string>): string => (found.length === 0 ? 'none' : `only: ${found.join('; ')}`)

const stay = ({ joined, left }: Stay): string => (left === null ? `from ${joined}` : `from ${joined} until ${left}`)

const declaration = ({ signed, withdrawn }: Declaration): string =>
  withdrawn === null ? `signed ${signed}` : `signed ${signed}, withdrawn ${withdrawn}`
