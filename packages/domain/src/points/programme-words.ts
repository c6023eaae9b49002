// programme-words.ts: a doctor's programme in English and Norwegian

import type { Activity } from '../doctor/doctor-events.ts'
import type { DemandName } from './demands.ts'
import type { Language } from './language.ts'

/** What a language must be able to say of a programme. What only the caller can name is handed in as text. */
export interface ProgrammeWords {
  readonly title: (asked: { readonly doctor: string; readonly date: string; readonly asKnown: string }) => string
  /** The rules ask for nothing beyond what they count of small groups. */
  readonly noProgramme: string
  readonly total: (points: string, needed: string, missing: string | null) => string
  readonly elective: (smallGroup: string, other: string, overflow: string) => string
  readonly demand: { readonly [Name in DemandName]: string }
  /** `missing` is null where it is met. */
  readonly found: (what: string, found: string, needed: string, missing: string | null) => string
  /** What counts towards a demand. */
  readonly toward: (parts: ReadonlyArray<string>) => string
  readonly notInForce: (since: string) => string
  readonly kind: { readonly [Kind in Activity['kind']]: string }
  readonly online: string
  readonly clinical: string
  readonly acuteMedicine: string
  readonly abroad: string
  readonly with: (colleague: string) => string
  readonly activity: (date: string, what: string, recorded: string, counted: string) => string
  readonly counts: (demanded: string, elective: string, overflow: string) => string
  readonly cut: (points: string, says: string, rule: string) => string
}

const english: ProgrammeWords = {
  title: ({ doctor, date, asKnown }) => `Programme of ${doctor} on ${date}, ${asKnown}`,
  noProgramme: 'By these rules nothing is demanded, so there is no programme.',
  total: (points, needed, missing) =>
    `${points} of ${needed} points, ${missing === null ? 'all there' : `${missing} missing`}`,
  elective: (smallGroup, other, overflow) =>
    `Elective: ${smallGroup} of small groups, ${other} of other work; beyond what is asked for, worth nothing: ${overflow}`,
  demand: {
    coursePoints: 'Courses, points',
    courseSubjects: 'Courses, subject areas',
    clinicalCourses: 'Clinical courses',
    acuteMedicineCourses: 'Clinical courses in acute medicine',
    practiceVisits: 'Practice visits, points',
    mandatory: 'Small groups, points',
    electivePoints: 'Elective work, points',
  },
  found: (what, found, needed, missing) =>
    `${what}: ${found} of ${needed}, ${missing === null ? 'met' : `${missing} missing`}`,
  toward: (parts) => `Towards it: ${parts.join('; ')}`,
  notInForce: (since) => ` (not demanded before ${since})`,
  kind: {
    course: 'course',
    'practice-visit': 'practice visit',
    observership: 'hospital observership',
    'clinic-day': 'day visit to a clinic',
    'intern-supervision': 'supervision of an intern',
    elective: 'other elective work',
  },
  online: 'online',
  clinical: 'clinical',
  acuteMedicine: 'acute medicine',
  abroad: 'abroad',
  with: (colleague) => `with ${colleague}`,
  activity: (date, what, recorded, counted) => `${date} ${what}: ${recorded} points, ${counted} count`,
  counts: (demanded, elective, overflow) =>
    `${demanded} towards what is demanded of its kind, ${elective} elective, ${overflow} beyond what is asked for`,
  cut: (points, says, rule) => `${points} points taken off: ${says} (${rule})`,
}

const norwegian: ProgrammeWords = {
  title: ({ doctor, date, asKnown }) => `Etterutdanningen til ${doctor} per ${date}, ${asKnown}`,
  noProgramme: 'Etter disse reglene er ingenting krevd, så det finnes ikke noe program.',
  total: (points, needed, missing) =>
    `${points} av ${needed} poeng, ${missing === null ? 'alt er på plass' : `${missing} mangler`}`,
  elective: (smallGroup, other, overflow) =>
    `Valgfrie: ${smallGroup} fra smågrupper, ${other} fra annet; ut over kravet, uten verdi: ${overflow}`,
  demand: {
    coursePoints: 'Kurs, poeng',
    courseSubjects: 'Kurs, emneområder',
    clinicalCourses: 'Kliniske emnekurs',
    acuteMedicineCourses: 'Kliniske emnekurs i akuttmedisin',
    practiceVisits: 'Praksisbesøk, poeng',
    mandatory: 'Smågrupper, poeng',
    electivePoints: 'Valgfrie aktiviteter, poeng',
  },
  found: (what, found, needed, missing) =>
    `${what}: ${found} av ${needed}, ${missing === null ? 'oppfylt' : `${missing} mangler`}`,
  toward: (parts) => `Med i det: ${parts.join('; ')}`,
  notInForce: (since) => ` (ikke et krav før ${since})`,
  kind: {
    course: 'kurs',
    'practice-visit': 'praksisbesøk',
    observership: 'hospitering',
    'clinic-day': 'dagsbesøk ved klinikk',
    'intern-supervision': 'veiledning av turnuslege',
    elective: 'annen valgfri aktivitet',
  },
  online: 'nettkurs',
  clinical: 'klinisk',
  acuteMedicine: 'akuttmedisin',
  abroad: 'i utlandet',
  with: (colleague) => `hos ${colleague}`,
  activity: (date, what, recorded, counted) => `${date} ${what}: ${recorded} poeng, ${counted} teller`,
  counts: (demanded, elective, overflow) =>
    `${demanded} mot kravet til denne typen, ${elective} valgfrie, ${overflow} ut over kravet`,
  cut: (points, says, rule) => `${points} poeng trukket fra: ${says} (${rule})`,
}

/** The words of each language. */
export const programmeWordsOf: Readonly<Record<Language, ProgrammeWords>> = { en: english, nb: norwegian }
