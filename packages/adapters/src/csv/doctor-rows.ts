// doctor-rows.ts: brings the doctors of a folder into the register

import { type DoctorId, doctorEvidence, factIn, type Register, theBeginning } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Bringing, Task } from './bringing.ts'
import type { DoctorRow } from './folder.ts'
import type { Recording } from './recording.ts'

/** A task a doctor: registered, number claimed, roles, period. All of it was always known. */
export const doctorTasks = (bringing: Bringing): ReadonlyArray<Task> =>
  [...bringing.folder.doctors.values()].map((row) => () => bringDoctor(row, bringing))

const bringDoctor = async (row: DoctorRow, { doctors, recording, register }: Bringing): Promise<void> => {
  const doctor = doctors.get(row.hpr)
  if (doctor === undefined) return
  const origin = { file: 'doctors.csv', row: row.line, column: 'hpr' }
  const { name, municipality, roles, anchor } = row
  // The whole row is the wish's name, so that another row is another wish, and refused. But the person's name and number are not:
  // a wish's name becomes an id in the log.
  const registered = await recording.ask(
    { type: 'RegisterDoctor', data: { doctor, name, municipality } },
    ['register doctor', doctor, municipality, roles, anchor],
    theBeginning,
    origin,
  )
  if (registered._tag !== 'Done') return
  if (registered.receipt.repeated && !(await hasName(register, doctor, name, recording))) {
    recording.reject(
      origin,
      'ID_CONFLICT',
      `the register has HPR number ${row.hpr} under another name; a person must say which is right`,
    )
    return
  }
  await recording.ask({ type: 'ClaimHpr', data: { doctor, hpr: row.hpr } }, ['claim', doctor], theBeginning, origin)
  for (const role of row.roles) {
    await recording.ask(
      { type: 'StartRole', data: { doctor, role, department: null, from: null } },
      ['role', doctor, role],
      theBeginning,
      origin,
    )
  }
  if (row.anchor !== null) {
    const opened = { ...origin, column: 'period_start' }
    await recording.ask(
      { type: 'OpenPeriod', data: { doctor, anchor: row.anchor } },
      ['period', doctor, row.anchor],
      theBeginning,
      opened,
    )
  }
}

/** Whether the doctor has or had that name, or one that has been forgotten: a sheet from before a correction is no conflict. */
const hasName = async (register: Register, doctor: DoctorId, name: string, { stop }: Recording): Promise<boolean> => {
  const row = await register.rows.get(doctorEvidence, doctor)()
  if (isLeft(row)) {
    stop(row.left)
    return true
  }
  for (const { event } of row.right?.history ?? []) {
    const fact = factIn(event)
    if (fact?.type !== 'DoctorRegistered') continue
    const revealed = await register.reveal(fact.data.name)()
    if (isLeft(revealed)) {
      stop(revealed.left)
      return true
    }
    if (revealed.right._tag === 'Forgotten' || revealed.right.text === name) return true
  }
  return false
}
