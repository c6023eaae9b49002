// correction-rows.ts: brings the corrections of a folder into the register, each judged on the session as the earlier ones left it

import {
  compareText,
  type DoctorId,
  decodeCommand,
  endOf,
  factsInForce,
  importer,
  sessionCommands,
  session as sessionDecider,
  sessionEvidence,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type Bringing, groupIdOf, type Task } from './bringing.ts'
import type { CorrectionRow } from './folder.ts'
import { saidOf } from './recording.ts'

/** A task a session with corrections: in the order of their dates, then of their rows. */
export const correctionTasks = (bringing: Bringing, ids: ReadonlyMap<string, string>): ReadonlyArray<Task> => {
  const bySession = new Map<string, CorrectionRow[]>()
  const inOrder = [...bringing.folder.corrections.values()]
    .flat()
    .sort((one, other) => compareText(one.on, other.on) || one.line - other.line)
  for (const row of inOrder) {
    const before = bySession.get(row.session)
    if (before === undefined) bySession.set(row.session, [row])
    else before.push(row)
  }
  return [...bySession].map(([id, rows]) => async () => {
    const session = ids.get(id)
    if (session !== undefined) await bringCorrections(session, rows, bringing)
  })
}

/**
 * Whether a correction can be taken depends on who was present after the earlier ones, not on what an import before this one made of
 * the same rows. So each is first decided on the session's history without them, and only what passes is asked of the register.
 */
const bringCorrections = async (
  session: string,
  rows: ReadonlyArray<CorrectionRow>,
  bringing: Bringing,
): Promise<void> => {
  const { register, names, recording, zone, doctors } = bringing
  const history = await register.rows.get(sessionEvidence, session)()
  if (isLeft(history)) return recording.stop(history.left)
  const wishes = await Promise.all(
    rows.map(async (row) => {
      const command = correctionOf(row, session, await groupIdOf(row.group, names), doctors.get(row.hpr))
      return { row, command, name: ['correction', command, row.on, row.copy] }
    }),
  )
  const own = new Set(wishes.map(({ name }) => recording.commandId(name)))
  let state = sessionDecider.initial
  for (const { event } of factsInForce((history.right ?? []).filter(({ causation }) => !own.has(causation))))
    state = sessionDecider.evolve(state, event)
  for (const { row, command, name } of wishes) {
    const origin = { file: 'corrections.csv', row: row.line, column: 'hpr' }
    const knownSince = endOf(zone, row.on)
    const decoded = decodeCommand(sessionCommands, command)
    if (isLeft(decoded)) {
      recording.reject(origin, 'REFUSED', `the register does not take this: ${decoded.left}`)
      continue
    }
    const decided = sessionDecider.decide(decoded.right, {
      actor: { id: 'trial', role: importer },
      at: knownSince,
    })(state)
    if (isLeft(decided)) {
      const { code, reason } = saidOf(decided.left)
      recording.reject(origin, code, reason)
      continue
    }
    for (const event of decided.right) state = sessionDecider.evolve(state, event)
    await recording.ask(command, name, knownSince, origin)
  }
}

const correctionOf = (
  { change, minutes, reason }: CorrectionRow,
  session: string,
  group: string,
  doctor: DoctorId | undefined,
) => {
  const presence = minutes === null ? { kind: 'whole' } : { kind: 'minutes', minutes }
  switch (change) {
    case 'withdraw':
      return { type: 'WithdrawAttendance', data: { session, group, doctor, reason } }
    case 'add':
      return {
        type: 'AddAttendance',
        data: { session, attendance: { group, doctor, role: 'member', presence }, reason },
      }
    case 'minutes':
      return { type: 'ReplaceAttendance', data: { session, group, doctor, presence, reason } }
  }
}
