// what-if-command.ts: smagruppe what-if: a draft held beside the rules in force, as data and as rows of a sheet

import {
  compareText,
  type DoctorId,
  type DoctorsDifference,
  isPending,
  type Outcome,
  type Question,
  type Register,
  shownPoints,
  type Track,
  type WhatIf,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { AnswerSheet } from './answer-sheets.ts'
import { nationalRules } from './national-rules.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json, writeCsv } from './output.ts'
import { type Called, calledBy, peopleOf } from './people.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'
import { packIn } from './rules-file.ts'
import { type Draft, whatIfPrinted } from './what-if-printed.ts'
import { wordsOf } from './words.ts'

type Options = QuestionOptions & { readonly track: Track; readonly csv?: string; readonly lines?: boolean }

/** What the rules in a file would change for every doctor in every period that has begun. */
export const whatIfCommand = async (file: string, options: Options, printer: Printer): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const question = asked(register, options)
    const rules = await register.rulesInForce(question)()
    if (isLeft(rules)) return rules
    const { pack, event, digest } = nationalRules(rules.right, question.effectiveThrough)
    const draft = await packIn(file, pack)
    if (isLeft(draft)) return draft
    const base = { name: pack.name, event, digest }
    return answered(register, { file, pack: draft.right, base }, question, options, printer)
  })

const answered = async (
  register: Register,
  draft: Draft,
  question: Question,
  options: Options,
  printer: Printer,
): Promise<Either<Failure, void>> => {
  const compared = await register.whatIf(draft.pack, question, options.track)()
  if (isLeft(compared)) return compared
  const labels = await register.labels()
  if (isLeft(labels)) return labels
  const people = await peopleOf(register, namedIn(compared.right), wordsOf[options.lang].people.forgotten)
  if (isLeft(people)) return people
  const answer = inOrder(compared.right, people.right, labels.right.group)
  const hprOf = (doctor: DoctorId): string => people.right.get(doctor)?.hpr ?? doctor
  if (options.csv !== undefined) {
    const done = await writeCsv(options.csv, whatIfSheet(answer, hprOf))
    if (isLeft(done)) return done
  }
  if (options.json === true) {
    const { question, track, draft: name, ...others } = answer
    printer.out(
      json({
        question,
        track,
        draft: name,
        base: draft.base,
        ...others,
        doctors: answer.doctors.map((one) => ({ hpr: hprOf(one.doctor), ...one })),
      }),
    )
    return right(undefined)
  }
  const names = { doctor: calledBy(people.right, options.lang), group: labels.right.group }
  const nameOf = (doctor: DoctorId): string => people.right.get(doctor)?.name ?? ''
  printer.out(`${whatIfPrinted(answer, draft, register, { ...names, hprOf, nameOf }, options, printer).join('\n')}\n`)
  return right(undefined)
}

/** By HPR number, and groups by what they are called. */
const inOrder = (
  answer: WhatIf,
  people: ReadonlyMap<DoctorId, Called>,
  labelOf: (group: WhatIf['groups'][number]['group']) => string,
): WhatIf => {
  const hprOf = ({ doctor }: DoctorsDifference): string => people.get(doctor)?.hpr ?? doctor
  return {
    ...answer,
    doctors: [...answer.doctors].sort(
      (one, other) => hprOf(one).length - hprOf(other).length || compareText(hprOf(one), hprOf(other)),
    ),
    groups: [...answer.groups].sort((one, other) => compareText(labelOf(one.group), labelOf(other.group))),
  }
}

/** Those for whom anything changes, and those who were there where they were too few. */
const namedIn = ({ doctors }: WhatIf): ReadonlyArray<DoctorId> => {
  const named = new Set(doctors.map(({ doctor }) => doctor))
  for (const { before, after } of doctors.flatMap(({ periods }) => periods.flatMap(({ attendances }) => attendances)))
    for (const { shortfall } of [before, after])
      if (shortfall?.reason === 'BELOW_QUORUM') for (const doctor of shortfall.present) named.add(doctor)
  return [...named]
}

/** The rows of the CSV file: a row a period that differs. */
const whatIfSheet = ({ doctors }: WhatIf, hprOf: (doctor: DoctorId) => string): AnswerSheet => ({
  header: [
    'hpr',
    'from',
    'to',
    'draft_from',
    'draft_to',
    'points',
    'draft_points',
    'difference',
    'missing',
    'draft_missing',
    'attendances',
  ],
  rows: doctors.flatMap((doctor) =>
    doctor.periods.map((period) => [
      hprOf(doctor.doctor),
      period.before?.period?.from ?? '',
      period.before?.period?.to ?? '',
      period.after?.period?.from ?? '',
      period.after?.period?.to ?? '',
      shownPoints(period.points.before),
      shownPoints(period.points.after),
      shownPoints(period.points.difference),
      period.before === null ? '' : shownPoints(period.before.missing),
      period.after === null ? '' : shownPoints(period.after.missing),
      period.attendances
        .map(({ label, before, after, because }) =>
          [label, codeOf(before), codeOf(after), because.map(({ name }) => name).join('+')].join(':'),
        )
        .join(';'),
    ]),
  ),
})

const codeOf = ({ shortfall, counted }: Outcome): string =>
  shortfall === null ? String(counted) : `${shortfall.reason}${isPending({ shortfall }) ? '?' : ''}`
