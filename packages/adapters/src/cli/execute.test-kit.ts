// execute.test-kit.ts: for the tests of smagruppe execute: commands as lines, and where they are written

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** An id of that number. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A course of 15 points that the doctor with that number was at. */
export const course = (n: number, hpr = '101', more: object = {}): object => ({
  type: 'RecordActivity',
  data: {
    doctor: { hpr },
    activity: idOf(n),
    what: {
      kind: 'course',
      on: '2024-03-15',
      points: 15,
      subject: 'Dermatology',
      course: 'clinical',
      form: 'in-person',
    },
  },
  ...more,
})

/** A session that group G1 plans. */
export const plan = (n: number, day = '2024-10-01'): object => ({
  type: 'PlanSession',
  data: {
    session: idOf(n),
    starts: `${day}T15:00:00.000Z`,
    ends: `${day}T17:30:00.000Z`,
    zone: 'Europe/Oslo',
    place: null,
    department: null,
    hosts: [],
    groups: [{ group: 'G1' }],
    topics: [],
  },
})

/** A file of lines: commands, or text as it is. */
export const fileOf = (folder: string, ...lines: ReadonlyArray<object | string>): string => {
  const file = join(folder, 'commands.jsonl')
  writeFileSync(file, linesOf(...lines))
  return file
}

export const linesOf = (...lines: ReadonlyArray<object | string>): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
