// what-if-printed.ts: what a draft would change, as tables and sentences for a terminal

import { basename } from 'node:path'
import {
  type AttendancesDifference,
  type Compared,
  type Digest,
  type DoctorId,
  type EventId,
  explainedWhatIf,
  isPending,
  type Language,
  type Notation,
  notationOf,
  type Outcome,
  type PeriodsDifference,
  type Register,
  type RulePack,
  type WhatIf,
} from '@smagruppe/domain'
import type { Printer } from './printer.ts'
import { rulesWordsOf } from './rules-words.ts'
import { type WhatIfWords, whatIfWordsOf } from './what-if-words.ts'
import { written } from './words.ts'

/** A draft, with the rules in force that it takes from what it leaves out. */
export interface Draft {
  readonly file: string
  readonly pack: RulePack
  readonly base: { readonly name: string; readonly event: EventId | null; readonly digest: Digest | null }
}

export interface Naming {
  readonly doctor: (doctor: DoctorId) => string
  readonly group: (group: WhatIf['groups'][number]['group']) => string
  readonly hprOf: (doctor: DoctorId) => string
  readonly nameOf: (doctor: DoctorId) => string
}

/** How an answer is told: its words, who is called what, and where it is printed. */
interface Telling {
  readonly words: WhatIfWords
  readonly notation: Notation
  readonly names: Naming
  readonly printer: Printer
}

export const whatIfPrinted = (
  answer: WhatIf,
  { file, base }: Draft,
  register: Register,
  names: Naming,
  { lang, lines }: { readonly lang: Language; readonly lines?: boolean },
  printer: Printer,
): ReadonlyArray<string> => {
  const words = whatIfWordsOf[lang]
  const telling = { words, notation: notationOf[lang], names, printer }
  const { draftIn, draftOn } = rulesWordsOf[lang]
  const called = answer.draft === base.name ? draftIn(basename(file)) : answer.draft
  const said = explainedWhatIf(answer, register.rules, names, lang)
  return [
    ...printer.sentence(words.title(called, written(lang, register, answer.question)), 0),
    ...printer.sentence(draftOn(basename(file), base.name, base.digest), 0),
    '',
    ...printer.sentence(said.rules.length === 0 ? words.sameRules : words.rules, 0),
    ...said.rules.flatMap(({ text }) => printer.sentence(text, 2)),
    '',
    answer.doctors.length === 0 ? words.nobody : doctorsTable(answer, telling),
    ...(answer.groups.length === 0 ? [] : ['', groupsTable(answer, telling)]),
    ...(lines === true ? linesOf(answer, said, telling) : []),
    '',
    ...totalsOf(answer, telling),
  ]
}

/** The columns of points before and after, and what stands in them. */
const comparing = ({ words: { columns }, notation: { points } }: Telling) => ({
  headings: [
    { heading: columns.before, align: 'right' },
    { heading: columns.after, align: 'right' },
    { heading: columns.difference, align: 'right' },
  ] as const,
  cells: ({ before, after, difference }: Compared): readonly [string, string, string] => [
    points(before),
    points(after),
    `${difference.numerator > 0 ? '+' : ''}${points(difference)}`,
  ],
})

/** A row a period that differs. */
const doctorsTable = ({ doctors, question }: WhatIf, telling: Telling): string => {
  const { words, notation, names, printer } = telling
  const { headings, cells } = comparing(telling)
  const { name, period, why } = words.columns
  return printer.table(
    [
      { heading: 'HPR', align: 'right' },
      { heading: name, width: 14 },
      { heading: period },
      ...headings,
      { heading: why },
    ],
    doctors.flatMap(({ doctor, periods }) =>
      periods.map((one) => [
        names.hprOf(doctor),
        names.nameOf(doctor),
        notation.date((one.before ?? one.after)?.period?.from ?? question.effectiveThrough),
        ...cells(one.points),
        whyOf(one, telling).join('; '),
      ]),
    ),
  )
}

const groupsTable = ({ groups }: WhatIf, telling: Telling): string => {
  const { words, names, printer } = telling
  const { headings, cells } = comparing(telling)
  const { group, gaining, losing } = words.groupColumns
  return printer.table(
    [{ heading: group }, ...headings, { heading: gaining, align: 'right' }, { heading: losing, align: 'right' }],
    groups.map((one) => [names.group(one.group), ...cells(one.points), String(one.gaining), String(one.losing)]),
  )
}

const totalsOf = ({ total }: WhatIf, telling: Telling): ReadonlyArray<string> => {
  const { words, printer } = telling
  const sums = words.sums(...comparing(telling).cells(total.points))
  return [words.below(total), sums, words.indication].flatMap((sentence) => printer.sentence(sentence, 0))
}

/** What changes in a period: its bounds, its attendances by what becomes of them, or only what it asks for. */
const whyOf = (
  { before, after, moved, attendances }: PeriodsDifference,
  { words, notation: { date } }: Pick<Telling, 'words' | 'notation'>,
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
  return isPending({ shortfall }) ? words.pending(shortfall.reason) : shortfall.reason
}

/** Each attendance that comes out otherwise, on both sides, with what was needed and found. */
const linesOf = (
  { doctors }: WhatIf,
  { attendances }: ReturnType<typeof explainedWhatIf>,
  { words, notation: { points }, names, printer }: Telling,
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
        ].flatMap(({ side, text, why, rules, countedBy }) => [
          ...printer.sentence(`${side} ${text}`, 2),
          ...[...why, ...[...rules, ...countedBy].map((rule) => rule.text)].flatMap((sentence) =>
            printer.sentence(sentence, 4),
          ),
        ]),
      ),
    ]
  })
