// app.ts: a small app on a register in SQLite: a group, its doctors, the sessions of a year, and the points that came of them

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomIds, systemClock } from '@smagruppe/adapters/node'
import { openSqlite, openSqliteVault } from '@smagruppe/adapters/sqlite'
import {
  type Actor,
  commandIdOf,
  type DoctorId,
  doctorEvidence,
  type ExecuteError,
  explanation,
  factsInForce,
  HprNumber,
  type KnownSinceNotAllowed,
  legalDate,
  openRegister,
  type Register,
  type StoreFailure,
  uuidOf,
  type VaultFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

/** Whatever can go wrong here; each has a `_tag` that says what it is. */
export type Problem = ExecuteError | KnownSinceNotAllowed | StoreFailure | VaultFailure

/** Opens the register and the vault of a folder, works on them, and closes them whatever came of it. */
export const onSqlite = async <A>(
  folder: string,
  work: (register: Register) => Promise<Either<Problem, A>>,
): Promise<Either<Problem, A>> => {
  const store = await openSqlite(join(folder, 'register.db'), { clock: systemClock })()
  if (isLeft(store)) return store
  const vault = await openSqliteVault(join(folder, 'vault.db'))()
  if (isLeft(vault)) {
    await store.right.close()
    return vault
  }
  const { events, rows } = store.right
  const done = await work(openRegister({ events, rows, vault: vault.right, now: systemClock, newId: randomIds }))
  await vault.right.close()
  await store.right.close()
  return done
}

const portal: Actor = { id: 'portal', role: 'coordinator' }
const association: Actor = { id: 'association', role: 'authority' }

// The app's own names for things, so that running it again asks for the same and adds nothing.
const idOf = (name: string): string => uuidOf('embedding example', name)

/**
 * Asks for one thing. `wish` names it: the same name again is the same wish again, and is carried out once. The name becomes an id
 * in the log, so it never holds a person's name or number.
 */
const ask = (
  register: Register,
  actor: Actor,
  wish: string,
  command: { readonly type: string; readonly data: object },
) => register.execute(command, { actor, id: commandIdOf('embedding example', wish) })()

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
export const yearOfAGroup = async (register: Register): Promise<Either<Problem, ReadonlyArray<string>>> => {
  const group = idOf('Sandviken')
  const registered = await ask(register, portal, 'group', {
    type: 'RegisterGroup',
    data: { group, name: 'Sandviken', municipality: '4601', on: '2024-01-01', reference: null },
  })
  if (isLeft(registered)) return registered

  const members: { readonly doctor: DoctorId; readonly attends: ReadonlyArray<string> }[] = []
  for (const { hpr, name, attends } of people) {
    if (!HprNumber.is(hpr)) throw new Error(`${hpr} is no HPR number`)
    const doctor = await register.reserveDoctor(hpr)()
    if (isLeft(doctor)) return doctor
    members.push({ doctor: doctor.right, attends })
    const data = { doctor: doctor.right }
    for (const [actor, type, more] of [
      [portal, 'RegisterDoctor', { name, municipality: '4601' }],
      [portal, 'ClaimHpr', { hpr }],
      [association, 'OpenPeriod', { anchor: '2024-01-01' }],
      [portal, 'AddMember', { group, on: '2024-01-01' }],
    ] as const) {
      const done = await ask(register, actor, `${type} ${doctor.right}`, { type, data: { ...data, ...more } })
      if (isLeft(done)) return done
    }
  }

  const [first] = members
  const declared = await ask(register, portal, 'declaration', {
    type: 'DeclareIndustryFree',
    data: { group, by: first?.doctor, on: '2024-01-02' },
  })
  if (isLeft(declared)) return declared

  for (const { label, date, topic } of sessions) {
    const present = members.filter(({ attends }) => attends.includes(label))
    const held = await ask(register, portal, `held ${label}`, {
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
    if (isLeft(held)) return held
  }

  return told(
    register,
    members.map(({ doctor }) => doctor),
  )
}

const told = async (
  register: Register,
  doctors: ReadonlyArray<DoctorId>,
): Promise<Either<Problem, ReadonlyArray<string>>> => {
  const lines: string[] = []
  for (const doctor of doctors) {
    const name = await nameOf(register, doctor)
    if (isLeft(name)) return name
    const points = await register.points(doctor, register.question({ effectiveThrough: endOfYear }))()
    if (isLeft(points)) return points
    const names = { doctor: () => name.right, group: () => 'Sandviken' }
    lines.push(...explanation(points.right, register.rules, names), '')
  }
  return right(lines)
}

/** Names are sealed everywhere but in the vault; only here they are opened. */
const nameOf = async (register: Register, doctor: DoctorId): Promise<Either<Problem, string>> => {
  const row = await register.rows.get(doctorEvidence, doctor)()
  if (isLeft(row)) return row
  for (const { event } of factsInForce(row.right?.history ?? [])) {
    if (event.type !== 'DoctorRegistered') continue
    const name = await register.reveal(event.data.name)()
    if (isLeft(name)) return name
    return right(name.right._tag === 'Known' ? name.right.text : '(forgotten)')
  }
  return right(doctor)
}

if (import.meta.main) {
  const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'smagruppe-')))
  const done = await onSqlite(folder, yearOfAGroup)
  if (isLeft(done)) {
    console.error(`${done.left._tag}: ${JSON.stringify(done.left)}`)
    process.exitCode = 1
  } else console.log(`${done.right.join('\n')}\nThe register is in ${folder}`)
}
