// group-rows.ts: brings groups, their stays and their declarations of a folder into the register

import { type DoctorId, endOf, type LegalDate, theBeginning } from '@smagruppe/domain'
import { type Bringing, groupIdOf, type Task } from './bringing.ts'
import type { GroupRow } from './folder.ts'

/** A task a group: registered, contact, stays, signatures. */
export const groupTasks = (bringing: Bringing): ReadonlyArray<Task> => {
  const { folder } = bringing
  const ids = new Set([
    ...folder.groups.keys(),
    ...[...folder.members.values()].map(({ group }) => group),
    ...[...folder.declarations.values()].map(({ group }) => group),
  ])
  const members = byGroup(folder.members.values())
  const declarations = byGroup(folder.declarations.values())
  return [...ids].map((id) => async () => {
    const group = await groupIdOf(id, bringing.names)
    const row = folder.groups.get(id)
    if (row !== undefined) await bringGroup(group, row, bringing)
    for (const stay of members.get(id) ?? []) {
      const doctor = bringing.doctors.get(stay.hpr)
      await bringStay({ group, doctor, joined: stay.joined, left: stay.left, line: stay.line }, bringing)
    }
    for (const { signedBy, signed, withdrawn, line } of declarations.get(id) ?? []) {
      const by = bringing.doctors.get(signedBy)
      await bringDeclaration({ group, by, signed, withdrawn, line }, bringing)
    }
  })
}

const byGroup = <A extends { readonly group: string }>(rows: Iterable<A>): ReadonlyMap<string, ReadonlyArray<A>> => {
  const sorted = new Map<string, A[]>()
  for (const row of rows) {
    const before = sorted.get(row.group)
    if (before === undefined) sorted.set(row.group, [row])
    else before.push(row)
  }
  return sorted
}

const bringGroup = async (group: string, row: GroupRow, { names, recording, doctors }: Bringing): Promise<void> => {
  const origin = { file: 'groups.csv', row: row.line, column: 'group' }
  const { name, municipality, registered: on } = row
  const data = { group, name, municipality, on, reference: names.reference(row.id) }
  const contact = row.contact === null ? null : doctors.get(row.contact)
  const registered = await recording.ask(
    { type: 'RegisterGroup', data },
    ['group', group, name, municipality, on, contact],
    theBeginning,
    origin,
  )
  if (registered._tag !== 'Done' || contact === null) return
  const appointed = { group, doctor: contact, on }
  await recording.ask(
    { type: 'AppointContactPerson', data: appointed },
    ['contact', group, appointed.doctor, on],
    theBeginning,
    origin,
  )
}

interface Stay {
  readonly group: string
  readonly doctor: DoctorId | undefined
  readonly joined: LegalDate
  readonly left: LegalDate | null
  readonly line: number
}

const bringStay = async ({ group, doctor, joined, left, line }: Stay, { recording, zone }: Bringing): Promise<void> => {
  const origin = { file: 'members.csv', row: line, column: 'group' }
  const join = { group, doctor, on: joined }
  const added = await recording.ask(
    { type: 'AddMember', data: join },
    ['stay', group, doctor, joined],
    endOf(zone, joined),
    origin,
  )
  if (added._tag !== 'Done' || left === null) return
  const leave = { group, doctor, joined, on: left }
  await recording.ask(
    { type: 'EndMembership', data: leave },
    ['leave', group, doctor, joined, left],
    endOf(zone, left),
    {
      ...origin,
      column: 'left_on',
    },
  )
}

interface Signature {
  readonly group: string
  readonly by: DoctorId | undefined
  readonly signed: LegalDate
  readonly withdrawn: LegalDate | null
  readonly line: number
}

const bringDeclaration = async (
  { group, by, signed, withdrawn, line }: Signature,
  { recording, zone }: Bringing,
): Promise<void> => {
  const origin = { file: 'declarations.csv', row: line, column: 'group' }
  const sign = { group, by, on: signed }
  const declared = await recording.ask(
    { type: 'DeclareIndustryFree', data: sign },
    ['declare', group, by, signed],
    endOf(zone, signed),
    origin,
  )
  if (declared._tag !== 'Done' || withdrawn === null) return
  const withdraw = { group, signedBy: by, signed, on: withdrawn }
  const ended = { ...origin, column: 'withdrawn_on' }
  await recording.ask(
    { type: 'WithdrawIndustryFree', data: withdraw },
    ['undeclare', group, by, signed, withdrawn],
    endOf(zone, withdrawn),
    ended,
  )
}
