// forecast-command.ts: smagruppe forecast

import { explainedForecast, forecastLinesOf, type HprNumber } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { otherRules, toldByFile } from './by-file.ts'
import { doctorAsked } from './doctor-asked.ts'
import { printLines } from './explain-command.ts'
import { namedIn } from './named.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json } from './output.ts'
import { namesFor } from './people.ts'
import type { Printer } from './printer.ts'
import { asked } from './question.ts'

/** What a doctor's points will be with the planned sessions attended, what is still missing, and until when something can be done. */
export const forecastCommand = async (
  hpr: HprNumber,
  options: QuestionOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const doctor = await doctorAsked(register, hpr, options)
    if (isLeft(doctor)) return doctor
    const question = asked(register, options)
    const forecast = await register.forecast(doctor.right, question)()
    if (isLeft(forecast)) return forecast
    if (forecast.right === null)
      return left({
        message: `the doctor with HPR number ${hpr} has no period on ${question.effectiveThrough} whose end is to come, so nothing can be forecast; name a day of a period with --as-of`,
      })
    const rules = await register.rulesInForce(question)()
    if (isLeft(rules)) return rules
    const { now, expected } = forecast.right
    const names = await namesFor(register, [...namedIn(now), ...namedIn(expected)], options.lang)
    if (isLeft(names)) return names
    const told = explainedForecast(forecast.right, rules.right, names.right, options.lang)
    const tree = toldByFile(told, register, options)
    if (options.json === true) printer.out(json({ hpr, ...otherRules(register, options), ...tree }))
    else printLines(forecastLinesOf(tree), printer)
    return right(undefined)
  })
