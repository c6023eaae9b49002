// session-rows.ts: brings requests, sessions, their topics and their attendance of a folder into the register

import { endOf, type Instant, type LegalDate, theBeginning } from '@smagruppe/domain'
import { type Bringing, groupIdOf, type Task } from './bringing.ts'
import type { AttendanceRow, SessionRow } from './folder.ts'
import { departmentAt } from './hospital-rows.ts'
import { presenceIn } from './session-sheets.ts'

/** A task a request. */
export const requestTasks = ({ folder, names, recording, zone }: Bringing): ReadonlyArray<Task> =>
  [...folder.requests.values()].map((row) => async () => {
    const session = await requestIdOf(row.id, names)
    const groups = await Promise.all(row.groups.map((group) => groupIdOf(group, names)))
    const department = row.department === null ? null : (await departmentAt(row.department, folder, names)).department
    const { on, topic, place, id } = row
    const wish = { session, groups, department, topic, place, on, reference: names.reference(id) }
    const origin = { file: 'requests.csv', row: row.line, column: 'request' }
    await recording.ask(
      { type: 'RequestSession', data: wish },
      ['request', session, groups, department, topic, place, on],
      endOf(zone, on),
      origin,
    )
  })

const requestIdOf = async (id: string, names: Bringing['names']): Promise<string> =>
  (await names.find('request', id))?.id ?? names.idFor('request', id)

/**
 * A task a topic: its name in the vocabulary. A wording that differs only in case is the same topic; it is named as the session that
 * was reported first has it, and known since then. A session that the register has just refused names nothing.
 */
export const topicTasks = ({ folder, names, recording, zone }: Bringing): ReadonlyArray<Task> => {
  const first = new Map<string, Wording>()
  const refused = new Set(
    recording.rejections
      .filter(({ file, column }) => file === 'sessions.csv' && column === 'session')
      .map(({ row }) => row),
  )
  for (const { topics, reported, line } of folder.sessions.values()) {
    if (refused.has(line)) continue
    for (const wording of topics) {
      const topic = names.idFor('topic', wording.toLowerCase())
      const before = first.get(topic)
      if (before === undefined || isEarlier({ wording, reported }, before))
        first.set(topic, { wording, reported, line })
    }
  }
  return [...first].map(([topic, { wording, reported, line }]) => async () => {
    const origin = { file: 'sessions.csv', row: line, column: 'topics' }
    const command = { type: 'NameTopic', data: { topic, name: wording } }
    await recording.ask(command, ['topic', topic], endOf(zone, reported), origin)
  })
}

interface Wording {
  readonly wording: string
  readonly reported: LegalDate
  readonly line: number
}

const isEarlier = (one: Omit<Wording, 'line'>, other: Omit<Wording, 'line'>): boolean =>
  one.reported === other.reported ? one.wording < other.wording : one.reported < other.reported

/** The streams that the folder's sessions are or will be in: that of their request where there is one and no other session took it. */
export const sessionIds = async ({ folder, names }: Bringing): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  for (const id of [...folder.sessions.keys()].sort()) {
    const before = await names.find('session', id)
    const session =
      before?.id ?? (await newSessionId(id, folder.sessions.get(id)?.request ?? null, taken, { folder, names }))
    ids.set(id, session)
    taken.add(session)
  }
  for (const { session: id } of [...folder.attendance.values(), ...[...folder.corrections.values()].flat()]) {
    if (ids.has(id)) continue
    const before = await names.find('session', id)
    if (before !== null) ids.set(id, before.id)
  }
  return ids
}

const newSessionId = async (
  id: string,
  request: string | null,
  taken: ReadonlySet<string>,
  { folder, names }: Pick<Bringing, 'folder' | 'names'>,
): Promise<string> => {
  const own = names.idFor('session', id)
  if (request === null || (!folder.requests.has(request) && (await names.find('request', request)) === null)) return own
  const wished = await requestIdOf(request, names)
  return taken.has(wished) || (await names.isHeldByAnother(wished, id)) ? own : wished
}

/** A task a session: held, who was there, what the industry gave. */
export const sessionTasks = (bringing: Bringing, ids: ReadonlyMap<string, string>): ReadonlyArray<Task> => {
  const attendance = new Map<string, AttendanceRow[]>()
  for (const row of bringing.folder.attendance.values()) {
    const before = attendance.get(row.session)
    if (before === undefined) attendance.set(row.session, [row])
    else before.push(row)
  }
  const concerned = new Set([...bringing.folder.sessions.keys(), ...attendance.keys()])
  return [...concerned].map((id) => async () => {
    const session = ids.get(id)
    if (session === undefined) return
    const rows = [...(attendance.get(id) ?? [])].sort((one, other) =>
      `${one.group} ${one.hpr}` < `${other.group} ${other.hpr}` ? -1 : 1,
    )
    const held = bringing.folder.sessions.get(id)
    if (held === undefined)
      await bringAttendance(session, rows, (await bringing.names.session(id))?.knownSince ?? theBeginning, bringing)
    else await bringSession(session, held, rows, bringing)
  })
}

const bringSession = async (
  session: string,
  row: SessionRow,
  rows: ReadonlyArray<AttendanceRow>,
  bringing: Bringing,
): Promise<void> => {
  const { folder, names, recording, zone, doctors } = bringing
  const { starts, ends, place } = row
  const groups = await Promise.all(row.groups.map((group) => groupIdOf(group, names)))
  const department = row.department === null ? null : (await departmentAt(row.department, folder, names)).department
  const origin = row.department === null ? 'own-practice' : 'hospital'
  const topics = row.topics.map((wording) => ({ wording, topic: names.idFor('topic', wording.toLowerCase()), origin }))
  const hosts = row.hosts.map((hpr) => doctors.get(hpr))
  const request = row.request === null ? null : names.reference(row.request)
  const meeting = {
    session,
    starts,
    ends,
    zone,
    place,
    department,
    hosts,
    groups,
    topics,
    reference: names.reference(row.id),
    request,
  }
  const attendance = await Promise.all(rows.map((one) => attendanceOf(one, bringing)))
  const knownSince = endOf(zone, row.reported)
  const from = { file: 'sessions.csv', row: row.line, column: 'session' }

  // Who was there is not part of the wish's name: a longer list is the same session, and adds to it below.
  const held = await recording.ask(
    { type: 'ReportSessionHeld', data: { ...meeting, attendance } },
    [
      ...['held', session, starts, ends, zone, place, department],
      hosts,
      groups,
      row.topics,
      row.request,
      row.reported,
      row.contribution,
    ],
    knownSince,
    from,
  )
  if (held._tag === 'Refused') {
    for (const { lines } of rows) {
      for (const line of lines)
        recording.reject(
          { file: 'attendance.csv', row: line, column: 'session' },
          'ID_CONFLICT',
          `the row of session ${row.id} was not taken`,
        )
    }
  }
  if (held._tag !== 'Done') return
  if (held.receipt.repeated) await bringAttendance(session, rows, knownSince, bringing)
  if (row.contribution === null) return
  const what = { session, what: row.contribution }
  await recording.ask(
    { type: 'ReportIndustryContribution', data: what },
    ['contribution', session, row.contribution],
    knownSince,
    {
      ...from,
      column: 'industry_contribution',
    },
  )
}

const attendanceOf = async (row: AttendanceRow, { names, doctors }: Bringing) => ({
  group: await groupIdOf(row.group, names),
  doctor: doctors.get(row.hpr),
  role: row.role,
  presence: presenceIn(row),
})

/** Adds to a session on record whoever its list names newly, one by one, so that a refusal finds its row. */
const bringAttendance = async (
  session: string,
  rows: ReadonlyArray<AttendanceRow>,
  knownSince: Instant,
  bringing: Bringing,
): Promise<void> => {
  for (const row of rows) {
    const attendance = [await attendanceOf(row, bringing)]
    const origin = { file: 'attendance.csv', row: row.lines[0] ?? 0, column: 'session' }
    await bringing.recording.ask(
      { type: 'ReportAttendance', data: { session, attendance } },
      ['attendance', session, attendance],
      knownSince,
      origin,
    )
  }
}
