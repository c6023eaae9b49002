// programme-command.ts: smagruppe programme

import { explainedProgramme, type HprNumber, programmeLinesOf } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { otherRules, toldByFile } from './by-file.ts'
import { doctorAsked } from './doctor-asked.ts'
import { printLines } from './explain-command.ts'
import { namedInProgramme } from './named.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json } from './output.ts'
import { namesFor } from './people.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'

/** What of a doctor's whole programme is there, what is missing, and what cut the rest. */
export const programmeCommand = async (
  hpr: HprNumber,
  options: QuestionOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const doctor = await doctorAsked(register, hpr, options)
    if (isLeft(doctor)) return doctor
    const programme = await register.programme(doctor.right, asked(register, options))()
    if (isLeft(programme)) return programme
    const rules = await register.rulesInForce(programme.right.question)()
    if (isLeft(rules)) return rules
    const names = await namesFor(register, namedInProgramme(programme.right), options.lang)
    if (isLeft(names)) return names
    const told = explainedProgramme(programme.right, rules.right, names.right, options.lang)
    const tree = toldByFile(told, register, options)
    if (options.json === true) {
      printer.out(json({ hpr, ...otherRules(register, options), ...tree }))
      return right(undefined)
    }
    printLines(programmeLinesOf(tree), printer)
    return right(undefined)
  })
