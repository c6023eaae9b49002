// what-if-command.ts: smagruppe what-if

import { basename } from 'node:path'
import {
  type AttendancesDifference,
  compareText,
  type Digest,
  type DoctorId,
  type DoctorsDifference,
  type EventId,
  explainedWhatIf,
  nationally,
  notationOf,
  type Outcome,
  type PeriodsDifference,
  type Points,
  type Question,
  type Register,
  type RulePack,
  shownPoints,
  type Track,
  type WhatIf,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { AnswerSheet } from './answer-sheets.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json, writeCsv } from './output.ts'
import { type Called, peopleOf } from './people.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'
import { packIn } from './rules-file.ts'
import { rulesWordsOf } from './rules-words.ts'
import { type WhatIfWords, whatIfWordsOf } from './what-if-words.ts'
import { wordsOf, written } from './words.ts'

type Options = QuestionOptions & { readonly track: Track; readonly csv?: string; readonly lines?: boolean }

/** What the rules in a file would change for every doctor in every period that has begun. */
export const whatIfCommand = async (file: string, options: Options, printer: Printer): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const question = asked(register, options)
    const rules = await register.rulesInForce(question)()
    if (isLeft(rules)) return rules
    const nobody = nationally(question.effectiveThrough)
    const { name } = rules.right.at(nobody)
    const { event = null, digest = null } = rules.right.layersAt(nobody)[0] ?? {}
    const draft = await packIn(file, rules.right.at(nobody))
    if (isLeft(draft)) return draft
    return answered(register, { file, pack: draft.right, base: { name, event, digest } }, question, options, printer)
  })

/** A draft, with the rules in force that it takes from what it leaves out. */
interface Draft {
  readonly file: string
  readonly pack: RulePack
  readonly base: { readonly name: string; readonly event: EventId | null; readonly digest: Digest | null }
}

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
  const words = wordsOf[options.lang].people
  const people = await peopleOf(register, namedIn(compared.right), words.forgotten)
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
  const names = {
    doctor: (id: DoctorId) =>
      `${people.right.get(id)?.name ?? id} (HPR ${people.right.get(id)?.hpr ?? words.noNumber})`,
    group: labels.right.group,
  }
  const nameOf = (doctor: DoctorId): string => people.right.get(doctor)?.name ?? ''
  printer.out(`${printed(answer, draft, register, { ...names, hprOf, nameOf }, options, printer).join('\n')}\n`)
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
  shortfall === null ? String(counted) : `${shortfall.reason}${isOpen(shortfall) ? '?' : ''}`

const isOpen = (shortfall: NonNullable<Outcome['shortfall']>): boolean => 'pending' in shortfall && shortfall.pending

interface Naming {
  readonly doctor: (doctor: DoctorId) => string
  readonly group: (group: WhatIf['groups'][number]['group']) => string
  readonly hprOf: (doctor: DoctorId) => string
  readonly nameOf: (doctor: DoctorId) => string
}

const printed = (
  answer: WhatIf,
  { file, base }: Draft,
  register: Register,
  names: Naming,
  { lang, lines }: Options,
  printer: Printer,
): ReadonlyArray<string> => {
  const words = whatIfWordsOf[lang]
  const { points, date } = notationOf[lang]
  const signed = (difference: Points): string => `${difference.numerator > 0 ? '+' : ''}${points(difference)}`
  const said = explainedWhatIf(answer, register.rules, names, lang)
  const { columns, groupColumns } = words
  const numbers = [
    { heading: columns.before, align: 'right' },
    { heading: columns.after, align: 'right' },
    { heading: columns.difference, align: 'right' },
  ] as const
  const compared = (one: WhatIf['total']['points']) => [points(one.before), points(one.after), signed(one.difference)]
  const rows = answer.doctors.flatMap((doctor) =>
    doctor.periods.map((period) => [
      names.hprOf(doctor.doctor),
      names.nameOf(doctor.doctor),
      date((period.before ?? period.after)?.period?.from ?? answer.question.effectiveThrough),
      ...compared(period.points),
      whyOf(period, words, date).join('; '),
    ]),
  )
  const { total } = answer
  const { draftIn, draftOn } = rulesWordsOf[lang]
  const called = answer.draft === base.name ? draftIn(basename(file)) : answer.draft
  return [
    ...printer.sentence(words.title(called, written(lang, register, answer.question)), 0),
    ...printer.sentence(draftOn(basename(file), base.name, base.digest), 0),
    '',
    ...(said.rules.length === 0 ? [words.sameRules] : [words.rules]),
    ...said.rules.flatMap(({ text }) => printer.sentence(text, 2)),
    '',
    rows.length === 0
      ? words.nobody
      : printer.table(
          [
            { heading: 'HPR', align: 'right' },
            { heading: columns.name, width: 14 },
            { heading: columns.period },
            ...numbers,
            { heading: columns.why },
          ],
          rows,
        ),
    ...(answer.groups.length === 0
      ? []
      : [
          '',
          printer.table(
            [
              { heading: groupColumns.group },
              ...numbers,
              { heading: groupColumns.gaining, align: 'right' },
              { heading: groupColumns.losing, align: 'right' },
            ],
            answer.groups.map((one) => [
              names.group(one.group),
              ...compared(one.points),
              String(one.gaining),
              String(one.losing),
            ]),
          ),
        ]),
    ...(lines === true ? linesOf(answer, said, names, { words, points }, printer) : []),
    '',
    words.below(total),
    ...printer.sentence(
      words.sums(points(total.points.before), points(total.points.after), signed(total.points.difference)),
      0,
    ),
    words.indication,
  ]
}

/** What changes in a period: its bounds, its attendances by what becomes of them, or only what it asks for. */
const whyOf = (
  { before, after, moved, attendances }: PeriodsDifference,
  words: WhatIfWords,
  date: (typeof notationOf)['en']['date'],
): ReadonlyArray<string> => {
  const why: string[] = []
  if (before === null) why.push(words.begins)
  else if (after === null) why.push(words.goes)
  else if (moved && after.period !== null) why.push(words.moved(date(after.period.from), date(after.period.to)))
  const alike = new Map<string, { readonly one: AttendancesDifference; readonly times: number }>()
  for (const one of attendances) {
    const key = [wordOf(one.before, words), wordOf(one.after, words), ...one.because.map(({ name }) => name)].join()
    alike.set(key, { one, times: (alike.get(key)?.times ?? 0) + 1 })
  }
  for (const { one, times } of alike.values()) {
    const rules = one.because.length === 0 ? words.follows : one.because.map(({ name }) => name).join(', ')
    why.push(words.outcomes(times, wordOf(one.before, words), wordOf(one.after, words), rules))
  }
  return why.length === 0 ? [words.demanded] : why
}

const wordOf = ({ shortfall }: Outcome, words: WhatIfWords): string => {
  if (shortfall === null) return words.counts
  return isOpen(shortfall) ? words.pending(shortfall.reason) : shortfall.reason
}

/** Each attendance that comes out otherwise, on both sides, with what was needed and found. */
const linesOf = (
  { doctors }: WhatIf,
  { attendances }: ReturnType<typeof explainedWhatIf>,
  names: Naming,
  { words, points }: { readonly words: WhatIfWords; readonly points: (points: Points) => string },
  printer: Printer,
): ReadonlyArray<string> =>
  doctors.flatMap(({ doctor }) => {
    const told = attendances.get(doctor) ?? []
    if (told.length === 0) return []
    return [
      '',
      printer.toned('heading', names.doctor(doctor)),
      ...told.flatMap(({ points: given, before, after }) =>
        [
          { side: words.inForce(points(given.before)), ...before },
          { side: words.draft(points(given.after)), ...after },
        ].flatMap(({ side, text, why, rules }) => [
          ...printer.sentence(`${side} ${text}`, 2),
          ...[...why, ...rules.map((rule) => rule.text)].flatMap((sentence) => printer.sentence(sentence, 4)),
        ]),
      ),
    ]
  })
