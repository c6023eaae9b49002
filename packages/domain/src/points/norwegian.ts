// norwegian.ts: points explained in Norwegian bokmål

import type { Objection } from '../rules/standing.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import type { Moment } from './moment.ts'
import type { Phrases } from './phrases.ts'
import type { Declaration, Stay } from './verdict.ts'

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
const minutes = (number: number): string => count(number, 'minutt', 'minutter')
const listed = (words: ReadonlyArray<string>): string => (words.length === 0 ? '' : `: ${words.join(', ')}`)
const written = (date: LegalDate): string => `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}`
const clock = ({ date, time, offset }: Extract<Moment, { readonly time: string }>): string =>
  `${written(date)} kl. ${time.replace('.', ',')} ${offset}`
const moment = (at: Moment): string => ('endOf' in at ? `utgangen av ${written(at.endOf)}` : clock(at))

const behind = (after: ReadonlyArray<string>): string => (after.length === 0 ? '' : `, etter ${after.join(', ')}`)
const windows = {
  'calendar-year': 'per kalenderår',
  'group-year': 'per år regnet fra smågruppens registrering',
  'rolling-12-months': 'i tolv sammenhengende måneder som rommer møtet',
} as const

const layers = {
  national: 'de nasjonale reglene',
  region: 'regionens tilpasning',
  hospital: 'sykehusets tilpasning',
  group: 'smågruppens tilpasning',
  dispensation: 'legens dispensasjon',
} as const

/** The words of bokmål. Dates are written `31.12.2024`, numbers with a decimal comma. */
export const norwegian: Phrases = {
  date: written,
  points: (points) => shownPoints(points).replace('.', ','),
  asKnown: (at) => ('endOf' in at ? `slik det var kjent ved ${moment(at)}` : `slik det var kjent ${moment(at)}`),

  title: ({ doctor, date, asKnown }) => `Smågruppepoeng for ${doctor} per ${date}, ${asKnown}`,
  noPeriod: 'Det er ingen resertifiseringsperiode på den datoen, så ingenting regnes med.',
  period: (from, to) => `Periode ${from} til ${to} (den dagen ikke medregnet)`,
  goesOn: 'Den dagen er passert uten vedtak, så perioden løper videre.',
  trainingPeriod: (from, to) =>
    to === null
      ? `Spesialistutdanning siden ${from}`
      : `Spesialistutdanning ${from} til ${to} (den dagen ikke medregnet)`,
  noTraining: 'Legen har ikke vært i spesialistutdanning før den datoen, så ingenting teller.',
  usedInTraining: (from, to) =>
    `I spesialistutdanning siden ${from}${to === null ? '' : ` inntil ${to}`}: det som ble gjort da, teller der.`,
  decided: (on, outcome) => `Legeforeningens vedtak ${on}: ${outcome === 'renewed' ? 'fornyet' : 'ikke fornyet'}.`,
  counted: (number, points) => `Teller: ${minutes(number)} = ${points} poeng`,
  mandatory: (points, needed, missing, by) =>
    `Obligatoriske poeng: ${points} av ${needed}, ${missing === null ? 'oppfylt' : `${missing} mangler${by === null ? '' : `, innen ${by}`}`}`,
  elective: (points, most, overflow) =>
    `Valgfrie poeng: ${points} av høyst ${most}; utover begge, uten verdi: ${overflow}`,
  heldBack: (number) => `Holdt tilbake til et tellevindu er over: ${minutes(number)}`,
  indication: 'En veiledende beregning, ikke et vedtak: det fattes av rette myndighet.',

  attendance: ({ date, session, group, present, verdict }) =>
    `${date} ${session} med smågruppe ${group}: ${minutes(present)} til stede, ${verdict}`,
  counts: (number) => `${number} teller`,
  countsNothing: (reason) => `0 teller: ${reason}`,
  takenOff: ({ date, session, group, reason }) =>
    `${date} ${session} med smågruppe ${group}: strøket fra oppmøtelisten${reason === '' ? '' : ` (${reason})`}`,

  shortfall: {
    GUEST: () => 'Deltok som gjest: poeng er for medlemmer av smågruppen.',
    NOT_MEMBER: ({ stays }) =>
      `Krever medlemskap i smågruppen på møtedatoen, fant ${foundAmong(stays.map(stay), 'ikke noe')}.`,
    HOSTING: () => 'Var vert for møtet: det gir honorar, ikke poeng.',
    INDUSTRY: ({ found }) =>
      `Krever et møte uten noe bidrag fra industrien, fant ${count(found, 'melding', 'meldinger')} om bidrag.`,
    NO_DECLARATION: ({ declarations }) =>
      `Krever en erklæring om industrifrihet som gjaldt på møtedatoen, fant ${foundAmong(declarations.map(declaration), 'ingen')}.`,
    BELOW_QUORUM: ({ needed, found, present }, called) =>
      `Krever at ${needed} av smågruppens egne medlemmer er til stede, fant ${found}${listed(called.doctors(present))}.`,
    SESSION_TOO_SHORT: ({ needed, found }) => `Krever et møte på minst ${minutes(needed)}, fant ${found}.`,
    PLANNED_TOO_LATE: ({ needed, found }) =>
      `Krever et møte som var planlagt senest ${written(needed)}, fant ${found === null ? 'ingen plan' : written(found)}.`,
    GROUP_SIZE: ({ needed: { min, max }, found }) =>
      `Krever en smågruppe på ${min} til ${max} medlemmer, fant ${found}.`,
    NO_MINUTES: () => 'Var ikke til stede et eneste minutt av møtet.',
    OVERLAPPING: ({ counted }, called) =>
      `Alle minuttene teller allerede med ${called.attendances(counted).join(', ')}.`,
    DAY_CAP: ({ cap, found, effect, counted }, called) =>
      effect === 'reject'
        ? `Én dag med én smågruppe kan gi ${minutes(cap)}, fant ${found}: ingenting fra den dagen teller.`
        : counted.length === 0
          ? `Én dag med én smågruppe kan gi ${minutes(cap)}.`
          : `De ${count(cap, 'minuttet', 'minuttene')} som én dag med én smågruppe kan gi, er brukt av ${called.attendances(counted).join(', ')}.`,
    YEARLY_CAP: ({ cap, year, counted }, called) =>
      counted.length === 0
        ? `Året ${year} kan gi ${cap} poeng.`
        : `${cap === 1 ? 'Det ene poenget' : `De ${cap} poengene`} som ${year} kan gi, er brukt av ${called.attendances(counted).join(', ')}.`,
    GROUP_UNDER_3_MEETINGS: ({ needed, found, sessions, window }, called) =>
      `Krever ${count(needed, 'tellende møte', 'tellende møter')} i smågruppen ${called.window(window)}, fant ${found}${listed(called.sessions(sessions))}.`,
    DOCTOR_UNDER_6_HOURS: ({ needed, found, sessions, window }, called) =>
      `Krever ${minutes(needed)} med smågruppen ${called.window(window)}, fant ${found}${listed(called.attended(sessions))}.`,
  },
  pending: (lastDay) => `Foreløpig: tellevinduet er over ${lastDay}.`,
  nearest: (steps, tried) =>
    steps.length === 0
      ? tried === 'everything'
        ? 'Ingenting som fortsatt kan gjøres, får det til å telle.'
        : 'Ingenting som fortsatt kan gjøres med disse smågruppene, får det til å telle; enda et bytte av smågruppe er ikke prøvd.'
      : `Dette får det til å telle: ${steps.join('; og ')}.`,
  toMeet: ({ sessions, minutes: lacking, group, by, joining, planned }) => {
    const more = count(sessions, 'tellende møte', 'tellende møter')
    const meeting = sessions === 0 ? [] : [`${more} til i smågruppe ${group}`]
    const longer = count(lacking, 'tellende minutt', 'tellende minutter')
    const whom = sessions === 0 ? `smågruppe ${group}` : 'den'
    const attending = lacking === 0 ? [] : [`${longer} til med ${whom}${joining ? ', som medlem på nytt' : ''}`]
    const already = planned.length === 0 ? '' : `, med det som alt er planlagt eller ønsket: ${planned.join(', ')}`
    return `${[...meeting, ...attending].join(' og ')}, innen ${by}${already}`
  },
  toSign: (group, by) => `en erklæring om industrifrihet, undertegnet for smågruppe ${group} innen ${by}`,
  toClear: (session) => `at ${session} likevel ikke fikk noe bidrag, og at meldingen om det blir avkreftet`,
  overlappingCut: (number, counted) =>
    `${minutes(number)} trukket fra: teller allerede med ${counted.join(', ')} (OVERLAPPING)`,
  dayCapCut: (number, { cap, found, effect }, after) =>
    effect === 'reject'
      ? `${minutes(number)} trukket fra: den dagen med den smågruppen har ${found}, mer enn de ${cap} den kan gi (DAY_CAP)`
      : `${minutes(number)} trukket fra: utover de ${cap} som én dag med én smågruppe kan gi${behind(after)} (DAY_CAP)`,
  yearlyCapCut: (points, cap, year, after) =>
    `${points} poeng trukket fra: utover de ${cap} som ${year} kan gi${behind(after)} (YEARLY_CAP)`,
  transferred: ({ window, needed, found, together, of }) => {
    const added = of.map((one) => `${one.minutes} fra ${one.session}`).join(', ')
    return `Krever ${minutes(needed)} med smågruppen ${window}, fant ${found}, og ${together} sammen med minutter fra en annen smågruppe: ${added}.`
  },
  attendanceName: (session, group) => `${session} (smågruppe ${group})`,
  window: (window) => ('year' in window ? `i ${window.year}` : `fra ${window.from} til og med ${window.through}`),
  rule: {
    periodYears: (years) => `en periode er ${years} år`,
    nextPeriod: (begins) =>
      begins === 'from-old-end'
        ? 'neste periode begynner der den gamle slutter'
        : 'neste periode begynner den dagen den gamle blir avgjort',
    window: (window) => `kravene til møter og timer gjelder ${windows[window]}`,
    participants: () => 'poeng er for dem som er medlem av smågruppen på møtedatoen',
    hosting: () => 'den som er vert for et møte, får ikke poeng for det',
    industry: () => 'det industrien har bidratt til, teller ikke',
    presence: () => 'bare minutter til stede i møtet teller',
    sameMinutes: () => 'et minutt teller bare én gang',
    plannedWithin: (within) =>
      within === 'none'
        ? 'et møte trenger ikke være planlagt på forhånd'
        : `et møte er planlagt i ${within.months === 1 ? 'den første måneden' : `de ${within.months} første månedene`} av tellevinduet, og senest den dagen det holdes`,
    declaration: (covers) =>
      covers === 'none'
        ? 'det kreves ingen erklæring'
        : covers === 'prospective'
          ? 'en erklæring gjelder fra den dagen den er undertegnet'
          : covers === 'cures-window'
            ? 'en erklæring dekker også tidligere møter i tellevinduet den er undertegnet i'
            : `en erklæring dekker også ${count(covers.curesDays, 'dag', 'dager')} før den er undertegnet`,
    quorum: (members) => `minst ${members} av smågruppens egne medlemmer er til stede`,
    sessionMinutesMin: (number) => `et møte varer minst ${minutes(number)}`,
    dayCapMinutes: (number) => `én dag med én smågruppe gir høyst ${minutes(number)}`,
    dayCap: (effect) => (effect === 'cut' ? 'det en dag har utover det, kuttes' : 'en dag som har mer, teller ikke'),
    groupThreshold: (sessions) =>
      `en smågruppe har minst ${count(sessions, 'tellende møte', 'tellende møter')} i et tellevindu`,
    doctorThresholdMinutes: (number) => `en lege har minst ${minutes(number)} med smågruppen i et tellevindu`,
    membershipTransfer: (transfer) =>
      transfer === 'none'
        ? 'minutter med forskjellige smågrupper legges ikke sammen'
        : 'minutter med smågruppen man gikk ut av og den man gikk inn i i samme tellevindu, legges sammen',
    minutesPerPoint: (number) => `${minutes(number)} gir ett poeng`,
    rounding: (rounding) =>
      rounding === 'none'
        ? 'poeng avrundes ikke'
        : `poeng avrundes ${rounding.mode === 'floor' ? 'ned til' : 'til nærmeste'} ${String(rounding.unit).replace('.', ',')} per ${rounding.per === 'session' ? 'møte' : 'tellevindu'}`,
    yearlyCap: (cap) =>
      cap === 'none' ? 'et år har ingen øvre grense for poeng' : `et kalenderår gir høyst ${cap} poeng`,
    mandatory: (points) => `${points} poeng er obligatoriske i en periode`,
    electiveMax: (points) => `høyst ${points} poeng utover det er valgfrie`,
    groupSizeEffect: (effect) =>
      effect === 'warning'
        ? 'en smågruppe av annen størrelse får et varsel'
        : 'en smågruppe av annen størrelse gir ingen poeng',
    groupSize: ({ min, max }) => `en smågruppe bør ha ${min} til ${max} medlemmer`,
    coursePoints: (points) => `kurs gir ${points} poeng av etterutdanningen`,
    courseSubjects: (areas) => `kursene kommer fra minst ${areas} emneområder`,
    clinicalCourses: (courses) => `minst ${courses} kliniske emnekurs`,
    clinicalCoursePoints: (points) => `et klinisk emnekurs har minst ${points} poeng`,
    acuteMedicineCourses: (courses) => `minst ${courses} av de kliniske emnekursene i akuttmedisin`,
    courseDemandsSince: (date) => `kravene til emneområder og kliniske emnekurs gjelder fra ${written(date)}`,
    smallGroupSince: (date) => `smågruppevirksomhet er obligatorisk fra ${written(date)}`,
    practiceVisits: (points) => `praksisbesøk gir ${points} poeng av etterutdanningen`,
    electivePoints: (points) => `valgfrie aktiviteter gir ${points} poeng av etterutdanningen`,
    practiceVisitDayCap: (points) => `praksisbesøk gir høyst ${points} poeng per dag`,
    practiceVisitCap: (points) => `praksisbesøk gir høyst ${points} poeng i perioden`,
    sameColleagueVisits: (visits) => `høyst ${visits} praksisbesøk med samme kollega`,
    observershipDayCap: (points) => `hospitering gir høyst ${points} poeng per dag`,
    observershipCap: (points) => `hospitering gir høyst ${points} poeng i perioden`,
    clinicDayCap: (points) => `dagsbesøk ved klinikk gir høyst ${points} poeng per dag`,
    clinicCap: (points) => `dagsbesøk ved klinikk gir høyst ${points} poeng i perioden`,
    clinicDaysAbroad: (visits) => `høyst ${visits} dagsbesøk ved klinikk i utlandet`,
    internHalfYearCap: (points) => `veiledning av turnuslege gir høyst ${points} poeng per halvår`,
    onlineCourseCap: (points) => `nettkurs gir høyst ${points} poeng i perioden`,
    onlineClinicalCourses: (courses) => `høyst ${courses} nettkurs blant de kliniske emnekursene`,
    onlineCapsSuspended: (when) =>
      when === 'none'
        ? 'takene for nettkurs gjelder alltid'
        : `takene for nettkurs gjelder ikke fra ${written(when.from)} inntil ${written(when.to)}`,
    subjectCap: (points) => `kurs i ett emneområde gir høyst ${points} valgfrie poeng`,
    feeLapsesSince: (date) =>
      `fra ${written(date)} er det retten til takst for spesialist som bortfaller, ikke tittelen`,
  },
  ruled: ({ name, says, source, setBy }) =>
    `Regel: ${says} (${name})${setBy === null ? '' : `, satt av ${layers[setBy.layer]} ${setBy.event}`}. Kilde: ${source}`,
  setAside: ({ name, says, source, by, instead, because }) =>
    `Satt til side: ${says} (${name}), sagt av ${layers[by.layer]} ${by.event}. Kilde: ${source}. I stedet: ${instead.says}${instead.setBy === null ? '' : `, satt av ${layers[instead.setBy.layer]} ${instead.setBy.event}`}. Kilde: ${instead.source}. ${why(because)}`,
  judgedBy: 'Vurdert etter:',
  totalFollows: 'Summen følger disse reglene:',

  facts: 'Fakta:',
  periodRestsOn: 'Perioden bygger på:',
  thresholdsRestOn: 'Kravene til møter og timer bygger også på:',
  oneDoctor: (records) => `Disse oppføringene gjelder én lege: ${records.join('; ')}.`,
  layer: layers,
  fact: {
    DoctorRegistered: 'lege registrert',
    HprClaimed: 'HPR-nummer oppgitt',
    RoleStarted: 'rolle begynt',
    RoleEnded: 'rolle avsluttet',
    PeriodOpened: 'periode åpnet',
    SpecialistTrainingStarted: 'spesialistutdanning påbegynt',
    SpecialtyGranted: 'spesialitet godkjent',
    SpecialistTrainingLeft: 'spesialistutdanning avbrutt',
    ActivityRecorded: 'aktivitet registrert',
    PeriodExtended: 'periode forlenget',
    PeriodDecided: 'vedtak om perioden',
    ComplaintFiled: 'klage mottatt',
    ComplaintUpheld: 'klage tatt til følge',
    ComplaintRejected: 'klage ikke tatt til følge',
    DoctorsMerged: 'oppføringer slått sammen',
    DoctorsUnmerged: 'sammenslåing opphevet',
    GroupRegistered: 'smågruppe registrert',
    MemberJoined: 'medlem meldt inn',
    MemberLeft: 'medlem meldt ut',
    ContactPersonAppointed: 'kontaktperson utpekt',
    GroupMoved: 'smågruppe flyttet',
    IndustryFreeDeclared: 'erklæring om industrifrihet undertegnet',
    IndustryFreeWithdrawn: 'erklæring trukket tilbake',
    GroupClosed: 'smågruppe avsluttet',
    SessionRequested: 'møte ønsket',
    RequestChanged: 'ønske endret',
    RequestWithdrawn: 'ønske trukket tilbake',
    SessionPlanned: 'møte planlagt',
    SessionMoved: 'møte flyttet',
    SessionCancelled: 'møte avlyst',
    SessionHeld: 'møte holdt',
    AttendanceAdded: 'oppmøte lagt til',
    AttendanceWithdrawn: 'oppmøte strøket',
    AttendanceReplaced: 'oppmøte endret',
    IndustryContributionReported: 'bidrag fra industrien meldt',
    IndustryContributionCleared: 'bidrag fra industrien avkreftet',
  },
  corrected: (fact) => `${fact}, rettet`,
  recorded: ({ name, type, id, knownSince, recordedAt }) =>
    `${name} (${type} ${id}), ${knownSince === null ? 'alltid kjent' : `kjent siden ${moment(knownSince)}`}, registrert ${moment(recordedAt)}`,
}

const why = ({ _tag, expected }: Objection): string => {
  switch (_tag) {
    case 'RuleIsFixed':
      return 'Hvorfor: det som står over, er fast.'
    case 'LoosensRule':
      return 'Hvorfor: det som står over, kan gjøres strengere, ikke mildere.'
    case 'OutsideRange':
      return `Hvorfor: det som står over, åpner bare for ${expected}.`
    case 'PermissionLoosened':
      return 'Hvorfor: det åpner for mer på nivåene under enn det som står over, gjør.'
    case 'NotOfThisLayer':
      return 'Hvorfor: en slik regel kan ikke settes på det nivået.'
    case 'RulesContradict':
      return 'Hvorfor: sammen med det som står over, ville det motsi seg selv.'
  }
}

const foundAmong = (found: ReadonlyArray<string>, none: string): string =>
  found.length === 0 ? none : `bare: ${found.join('; ')}`

const stay = ({ joined, left }: Stay): string =>
  left === null ? `fra ${written(joined)}` : `fra ${written(joined)} inntil ${written(left)}`

const declaration = ({ signed, withdrawn }: Declaration): string =>
  withdrawn === null
    ? `undertegnet ${written(signed)}`
    : `undertegnet ${written(signed)}, trukket tilbake ${written(withdrawn)}`
