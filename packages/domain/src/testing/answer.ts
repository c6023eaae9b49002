// answer.ts: a doctor's points as a row that a test can compare whole

import type { Instant } from '../kernel/instant.ts'
import { type DoctorPoints, isPending, points } from '../points/points.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { endOf, legalDate, oslo } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import { doctorNamed, instant } from './names.ts'
import type { TestRegister } from './register-table.ts'

/** What is asked of a register in a test. Known at the end of time where left out. */
export interface AskedOf {
  readonly asOf: string
  /** A moment, or a date: then the end of that day in Oslo. */
  readonly knownAt?: string
  readonly rules?: RulePack | RulesInForce
}

const momentOf = (knownAt: string | undefined): Instant =>
  knownAt === undefined
    ? instant('9999-12-31T23:59:59.999Z')
    : knownAt.includes('T')
      ? instant(knownAt)
      : endOf(oslo, legalDate(knownAt))

/** A doctor's points with their whole explanation. */
export const pointsIn = (register: TestRegister, doctor: string, asked: AskedOf): DoctorPoints =>
  points(doctorNamed(doctor), register.evidence(), asked.rules ?? defaultPack, {
    effectiveThrough: legalDate(asked.asOf),
    asKnownAt: momentOf(asked.knownAt),
  })

/** The numbers of an answer, and the attendances that count nothing as `S001:REASON`, with a `?` while pending. */
export const answer = (register: TestRegister, doctor: string, asked: AskedOf) => {
  const answered = pointsIn(register, doctor, asked)
  return {
    counted: answered.countedMinutes,
    mandatory: shownPoints(answered.mandatory),
    elective: shownPoints(answered.elective),
    overflow: shownPoints(answered.overflow),
    pending: answered.pendingMinutes,
    reasons: reasonsIn(answered),
  }
}

/** `S001:REASON` for each attendance that counts nothing, in the order of the explanation, with a `?` while pending. */
export const reasonsIn = ({ lines }: DoctorPoints): ReadonlyArray<string> =>
  lines.flatMap((line) =>
    line.shortfall === null ? [] : [`${line.label}:${line.shortfall.reason}${isPending(line) ? '?' : ''}`],
  )

/** The answer where nothing counts and nothing is held back; expectations say what differs. */
export const nothingCounts = {
  counted: 0,
  mandatory: '0.00',
  elective: '0.00',
  overflow: '0.00',
  pending: 0,
  reasons: [],
}
