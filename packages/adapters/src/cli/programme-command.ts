// programme-command.ts: smagruppe programme

import {
  type DoctorId,
  type DoctorProgramme,
  explainedProgramme,
  type HprNumber,
  programmeLinesOf,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { namedIn, tones } from './explain-command.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json } from './output.ts'
import { peopleOf } from './people.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'
import { wordsOf } from './words.ts'

/** What of a doctor's whole programme is there, what is missing, and what cut the rest. */
export const programmeCommand = async (
  hpr: HprNumber,
  options: QuestionOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const doctor = await register.doctorWithHpr(hpr)()
    if (isLeft(doctor)) return doctor
    if (doctor.right === null)
      return left({
        message: `no doctor with HPR number ${hpr} is registered in ${options.store}; see the numbers with: smagruppe points --store ${options.store}`,
      })
    const programme = await register.programme(doctor.right, asked(register, options))()
    if (isLeft(programme)) return programme
    const words = wordsOf[options.lang].people
    const people = await peopleOf(
      register,
      [...namedIn(programme.right.smallGroup), ...colleaguesIn(programme.right)],
      words.forgotten,
    )
    if (isLeft(people)) return people
    const labels = await register.labels()
    if (isLeft(labels)) return labels
    const called = (id: DoctorId): string => {
      const person = people.right.get(id)
      return `${person?.name ?? id} (HPR ${person?.hpr ?? words.noNumber})`
    }
    const names = { doctor: called, group: labels.right.group }
    const tree = explainedProgramme(programme.right, register.rules, names, options.lang)
    if (options.json === true) {
      printer.out(json({ hpr, ...tree }))
      return right(undefined)
    }
    const lines = programmeLinesOf(tree).flatMap(({ kind, indent, text }) => {
      const tone = tones[kind]
      return printer.sentence(text, indent).map((line) => (tone === null ? line : printer.toned(tone, line)))
    })
    printer.out(`${lines.join('\n')}\n`)
    return right(undefined)
  })

const colleaguesIn = ({ lines }: DoctorProgramme): ReadonlyArray<DoctorId> =>
  lines.flatMap(({ what }) => (what.kind === 'practice-visit' ? [what.colleague] : []))
