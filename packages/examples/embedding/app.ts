// app.ts: a small app on a register in SQLite: a group, its doctors, the sessions of a year, and the points that came of them

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteRegister } from '@smagruppe/adapters/sqlite'
import {
  type Actor,
  commandIdOf,
  type DoctorId,
  explanation,
  Failed,
  HprNumber,
  legalDate,
  promised,
  type Receipt,
  type Register,
  uuidOf,
} from '@smagruppe/domain'

/** Opens the register of a folder, works on it, and closes it whatever came of it. */
export const onSqlite = async <A>(folder: string, work: (register: Register) => Promise<A>): Promise<A> => {
  const { register, close } = await promised(openSqliteRegister(join(folder, 'register.db')))
  try {
    return await work(register)
  } finally {
    await promised(close)
  }
}

const portal: Actor = { id: 'portal', role: 'coordinator' }
const association: Actor = { id: 'association', role: 'authority' }

// The app's own names for things, so that running it again asks for the same and adds nothing.
const idOf = (name: string): string => uuidOf('embedding example', name)

/**
 * Asks for one thing. `wish` names it: the same name again is the same wish again, and is carried out once. The name becomes an id
 * in the log, so it never holds a person's name or number. Rejects with a `Failed` where the register says no.
 */
const ask = (
  register: Register,
  actor: Actor,
  wish: string,
  command: { readonly type: string; readonly data: object },
): Promise<Receipt> => promised(register.execute(command, { actor, id: commandIdOf('embedding example', wish) }))

const endOfYear = legalDate('2024-12-31')

const sessions = [
  { label: 'S1', date: '2024-02-06', topic: 'Astma hos barn' },
  { label: 'S2', date: '2024-04-09', topic: 'Hodepine' },
  { label: 'S3', date: '2024-09-03', topic: 'Feber hos småbarn' },
  { label: 'S4', date: '2024-11-05', topic: 'Demens' },
]

const people = [
  { hpr: '7654321', name: 'Kari Nordmann', attends: ['S1', 'S2', 'S3', 'S4'] },
  { hpr: '1234567', name: 'Ola Nordmann', attends: ['S1', 'S2'] },
  { hpr: '2345678', name: 'Siv Berg', attends: ['S2', 'S3', 'S4'] },
]

/** A year of a group, through commands; gives the points of each doctor, explained. */
export const yearOfAGroup = async (register: Register): Promise<ReadonlyArray<string>> => {
  const group = idOf('Sandviken')
  await ask(register, portal, 'group', {
    type: 'RegisterGroup',
    data: { group, name: 'Sandviken', municipality: '4601', on: '2024-01-01', reference: null },
  })

  const members: { readonly doctor: DoctorId; readonly attends: ReadonlyArray<string> }[] = []
  for (const { hpr, name, attends } of people) {
    if (!HprNumber.is(hpr)) throw new Error(`${hpr} is no HPR number`)
    const doctor = await promised(register.reserveDoctor(hpr))
    members.push({ doctor, attends })
    for (const [actor, type, more] of [
      [portal, 'RegisterDoctor', { name, municipality: '4601' }],
      [portal, 'ClaimHpr', { hpr }],
      [association, 'OpenPeriod', { anchor: '2024-01-01' }],
      [portal, 'AddMember', { group, on: '2024-01-01' }],
    ] as const)
      await ask(register, actor, `${type} ${doctor}`, { type, data: { doctor, ...more } })
  }

  const [first] = members
  await ask(register, portal, 'declaration', {
    type: 'DeclareIndustryFree',
    data: { group, by: first?.doctor, on: '2024-01-02' },
  })

  for (const { label, date, topic } of sessions) {
    const present = members.filter(({ attends }) => attends.includes(label))
    await ask(register, portal, `held ${label}`, {
      type: 'ReportSessionHeld',
      data: {
        session: idOf(label),
        starts: `${date}T16:00:00.000Z`,
        ends: `${date}T18:30:00.000Z`,
        zone: 'Europe/Oslo',
        place: 'practice',
        department: null,
        hosts: [],
        groups: [group],
        topics: [{ wording: topic, topic: null, origin: 'own-practice' }],
        attendance: present.map(({ doctor }) => ({ group, doctor, role: 'member', presence: { kind: 'whole' } })),
        reference: { source: 'portal', id: label },
        request: null,
      },
    })
  }

  return told(
    register,
    members.map(({ doctor }) => doctor),
  )
}

const told = async (register: Register, doctors: ReadonlyArray<DoctorId>): Promise<ReadonlyArray<string>> => {
  // Names are sealed everywhere but in the vault; only here they are opened.
  const called = await promised(register.people(doctors))
  const nameOf = (doctor: DoctorId): string => {
    const name = called.get(doctor)?.name ?? null
    return name === null ? doctor : name._tag === 'Known' ? name.text : '(forgotten)'
  }
  const lines: string[] = []
  const question = register.question({ effectiveThrough: endOfYear })
  const rules = await promised(register.rulesInForce(question))
  for (const doctor of doctors) {
    const points = await promised(register.points(doctor, question))
    lines.push(...explanation(points, rules, { doctor: nameOf, group: () => 'Sandviken' }), '')
  }
  return lines
}

if (import.meta.main) {
  const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'smagruppe-')))
  try {
    const lines = await onSqlite(folder, yearOfAGroup)
    console.log(`${lines.join('\n')}\nThe register is in ${folder}`)
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
