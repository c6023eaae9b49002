// sheets.test-kit.ts: for the importer's tests: folders of sheets, registers to bring them into, and what came of it

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type DoctorId,
  doctorEvidence,
  type EventStore,
  endOf,
  factsInForce,
  type HprNumber,
  HprNumber as HprNumberCodec,
  type Instant,
  instantOf,
  legalDate,
  openRegister,
  oslo,
  type ProjectionStore,
  type Question,
  type Register,
  type StoredEvent,
  shownPoints,
  topicCounts,
  uuidOf,
  type Vault,
} from '@smagruppe/domain'
import { onTestFinished } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '../memory/index.ts'
import { type ImportOptions, type ImportReport, importFolder } from './index.ts'
import { sheets as allSheets } from './loading.ts'

/** Sheets by name: their rows below the usual header, or the whole file as text or bytes. */
export type Sheets = Readonly<Record<string, ReadonlyArray<string> | string | Uint8Array>>

/** The usual header of a sheet. */
export const headerOf = (sheet: string): string => allSheets.find(({ name }) => name === sheet)?.columns.join(',') ?? ''

/** A folder with these sheets, for as long as the test runs. */
export const folderWith = (sheets: Sheets): string => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-csv-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeSheets(folder, sheets)
  return folder
}

export const writeSheets = (folder: string, sheets: Sheets): void => {
  for (const [sheet, rows] of Object.entries(sheets)) {
    const file = typeof rows === 'string' || rows instanceof Uint8Array
    writeFileSync(join(folder, `${sheet}.csv`), file ? rows : `${[headerOf(sheet), ...rows].join('\n')}\n`)
  }
}

/** The time of every register here, unless a test says otherwise. */
export const now = instantOf(Date.parse('2025-06-01T10:00:00Z'))

/** A register with the stores it stands on. */
export interface InMemory {
  readonly register: Register
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly vault: Vault
}

export interface Parts {
  readonly events?: EventStore
  readonly rows?: ProjectionStore
  readonly vault?: Vault
  readonly now?: () => Instant
  /** Makes the ids of doctors others than those of other registers. */
  readonly ids?: string
}

/** An empty register, or another one on stores that are there. */
export const registerOn = ({ ids = 'a', now: clock = () => now, ...parts }: Parts = {}): InMemory => {
  const { events = memoryEventStore({ clock }), rows = memoryProjectionStore(), vault = memoryVault() } = parts
  let made = 0
  const newId = (): string => {
    made += 1
    return uuidOf(`importer tests ${ids}`, String(made))
  }
  return { register: openRegister({ events, rows, vault, now: clock, newId }), events, rows, vault }
}

/** Imports a folder that can be imported. */
export const imported = async (
  { register }: InMemory,
  folder: string,
  options?: ImportOptions,
): Promise<ImportReport> => rightOf(await importFolder(register, folder, options)())

/** Imports sheets into a register of their own. */
export const broughtIn = async (
  sheets: Sheets,
  on: InMemory = registerOn(),
): Promise<InMemory & { readonly report: ImportReport }> => ({
  ...on,
  report: await imported(on, folderWith(sheets)),
})

/** A report's rejections or flags without their words: file, row, column, code. */
export const placesOf = (
  rows: ReadonlyArray<{ readonly file: string; readonly row: number; readonly column: string; readonly code: string }>,
): ReadonlyArray<string> => rows.map(({ file, row, column, code }) => `${file} ${row} ${column} ${code}`)

/** Everything that is stored, in its order. */
export const logOf = async ({ events }: Pick<InMemory, 'events'>): Promise<ReadonlyArray<StoredEvent>> => {
  const log: StoredEvent[] = []
  for await (const page of events.readAll()) log.push(...rightOf(page).events)
  return log
}

/** A question about facts through a date, as known at the end of another. */
export const asked = (asOf: string, knownAt: string = asOf): Question => ({
  effectiveThrough: legalDate(asOf),
  asKnownAt: endOf(oslo, legalDate(knownAt)),
})

/** Which doctor has which number. */
export const numbersIn = async ({
  register,
}: Pick<InMemory, 'register'>): Promise<ReadonlyMap<DoctorId, HprNumber>> => {
  const numbers = new Map<DoctorId, HprNumber>()
  for (const { history } of rightOf(await register.rows.all(doctorEvidence)()).values()) {
    for (const { event } of factsInForce(history)) {
      if (event.type !== 'HprClaimed') continue
      const revealed = rightOf(await register.reveal(event.data.hpr)())
      const number = revealed._tag === 'Known' ? revealed.text : ''
      const holder = HprNumberCodec.is(number) ? rightOf(await register.doctorWithHpr(number)()) : null
      if (HprNumberCodec.is(number) && holder !== null) numbers.set(holder, number)
    }
  }
  return numbers
}

/** All that a register answers, in words that do not depend on which ids it has made. */
export const answersOf = async (on: Pick<InMemory, 'register'>, question: Question) => {
  const { register } = on
  const numbers = await numbersIn(on)
  const hprOf = (doctor: DoctorId | null): string => (doctor === null ? '' : (numbers.get(doctor) ?? 'nobody'))
  const points = rightOf(await register.everyonesPoints(question)()).map((one) =>
    [
      hprOf(one.doctor),
      one.period?.from,
      one.period?.to,
      one.countedMinutes,
      shownPoints(one.mandatory),
      shownPoints(one.elective),
      shownPoints(one.overflow),
      one.pendingMinutes,
      ...one.lines
        .map(({ label, present, counted, shortfall }) => `${label}:${present}:${counted}:${shortfall?.reason ?? ''}`)
        .sort(),
    ].join(' '),
  )
  const { group: groupCalled, department } = rightOf(await register.labels())
  const groups = rightOf(await register.groupRegister(question)()).map((one) =>
    [one.label, one.name, one.municipality, one.members.length, one.warning, one.declaration, hprOf(one.contact)].join(
      ' ',
    ),
  )
  const topics = rightOf(await register.topicLog(question)()).map((one) =>
    [
      one.date,
      one.label,
      groupCalled(one.group),
      one.wording,
      one.origin,
      one.department === null ? '' : department(one.department),
    ].join(' '),
  )
  const counts = topicCounts(
    rightOf(await register.topicLog(question)()),
    rightOf(await register.vocabulary(question)()),
  ).map(({ topic, group, year, times }) => `${topic} ${groupCalled(group)} ${year} ${times}`)
  const { hospitals, departments } = rightOf(await register.hospitals(question)())
  return {
    points: points.sort(),
    groups,
    topics,
    counts: counts.sort(),
    hospitals: hospitals.length,
    departments: departments.length,
  }
}

/** What is stored, stream by stream, with HPR numbers in the place of ids that each register makes anew. */
export const contentOf = async (on: InMemory): Promise<ReadonlyArray<string>> => {
  const numbers = await numbersIn(on)
  const called = (text: string): string =>
    [...numbers]
      .reduce((words, [doctor, hpr]) => words.replaceAll(doctor, `doctor ${hpr}`), text)
      .replaceAll(/"box":"[^"]*"/g, '"box"')
  const streams = new Map<string, string[]>()
  for (const { stream, type, data, knownSince, actor } of await logOf(on)) {
    const name = called(stream)
    const events = streams.get(name) ?? []
    events.push(`${type} ${called(data)} known since ${knownSince} by ${actor.id}, ${actor.role}`)
    streams.set(name, events)
  }
  return [...streams].map(([stream, events]) => [stream, ...events].join('\n  ')).sort()
}

/** A year of two groups, small enough to be read: everything in it is right. */
export const smallYear = {
  doctors: [
    '101,Kari Nordmann,gp,4601,2020-01-01',
    '102,Ola Nordmann,gp,4601,2020-02-29',
    '103,Per Hansen,gp,,2021-06-01',
    '104,Liv Hansen,both,4627,2022-05-10',
    '201,Hanne Lege,hospital,,',
  ],
  departments: ['BARN,Barneklinikken,974557746,Haukeland'],
  department_doctors: ['BARN,201'],
  groups: ['G1,Sandviken,4601,2019-11-15,101', 'G2,Fana,4601,2020-01-01,'],
  members: [
    'G1,101,2020-01-01,',
    'G1,102,2020-01-01,',
    'G1,103,2021-01-01,2024-05-01',
    'G2,103,2024-05-01,',
    'G2,104,2022-01-01,',
  ],
  declarations: ['G1,2023-12-19,101,', 'G2,2023-01-10,104,2024-10-01'],
  offers: ['BARN,2024-01-15,2024-12-20,2,Astma; Feber'],
  requests: ['R1,G1; G2,2023-11-26,BARN,Astma,hospital'],
  sessions: [
    'S1,R1,2024-02-01T16:00,2024-02-01T18:30,hospital,BARN,201,Astma; Feber,G1; G2,2024-02-01,',
    'S2,,2024-03-05T17:00,2024-03-05T19:00,practice,,,Hodepine,G1,2024-03-06,',
    'S3,,2024-09-10T17:00,2024-09-10T19:30,practice,,104,Rygg,G1,2024-12-30,',
    'S4,,2024-11-12T17:00,2024-11-12T19:00,practice,,,astma,G2,2025-01-10,lunsj',
  ],
  attendance: [
    'S1,G1,101,,,member',
    'S1,G1,102,16:30,,member',
    'S1,G2,104,,,member',
    'S1,G2,103,,,guest',
    'S2,G1,101,,,member',
    'S2,G1,102,,18:00,member',
    'S3,G1,101,,,',
    'S3,G1,102,,,member',
    'S4,G2,103,17:10,18:50,member',
    'S4,G2,104,,,member',
  ],
  corrections: [
    'S2,G1,103,add,90,2024-04-02,glemt på listen',
    'S2,G1,102,minutes,100,2024-04-01,gikk senere',
    'S3,G1,102,withdraw,,2025-02-01,var ikke der',
  ],
} as const satisfies Sheets
