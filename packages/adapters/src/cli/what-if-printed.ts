// what-if-printed.ts: what a draft would change, as tables and sentences for a terminal

import { basename } from 'node:path'
import {
  type AttendancesDifference,
  type Digest,
  type DoctorId,
  type EventId,
  explainedWhatIf,
  type Language,
  notationOf,
  type Outcome,
  type PeriodsDifference,
  type Points,
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

/** Whether more can still make it count. */
export const isOpen = (shortfall: NonNullable<Outcome['shortfall']>): boolean =>
  'pending' in shortfall && shortfall.pending

export interface Naming {
  readonly doctor: (doctor: DoctorId) => string
  readonly group: (group: WhatIf['groups'][number]['group']) => string
  readonly hprOf: (doctor: DoctorId) => string
  readonly nameOf: (doctor: DoctorId) => string
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
