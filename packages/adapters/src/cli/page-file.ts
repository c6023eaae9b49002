// page-file.ts: an explanation written as a page, with what the register can tell beside it

import {
  type DoctorPoints,
  type ExplainedPoints,
  explainedForecast,
  explainedProgramme,
  type Register,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Beside } from '../html/index.ts'
import { namedIn, namedInProgramme } from './named.ts'
import type { Failure } from './opening.ts'
import { writeText } from './output.ts'
import { namesFor } from './people.ts'

/** Writes the page to that file. The programme and the forecast are of resertification, and stand on no other track's page. */
export const writePage = async (
  file: string,
  register: Register,
  points: DoctorPoints,
  explained: ExplainedPoints,
): Promise<Either<Failure, void>> => {
  const html = await import('../html/index.ts').catch(() => null)
  if (html === null)
    return left({
      message: 'a page needs two libraries beside the adapters: npm install @observablehq/plot linkedom',
    })
  const beside = await besideOf(register, points, explained)
  return isLeft(beside) ? beside : writeText(file, html.explanationPage(explained, beside.right))
}

const besideOf = async (
  register: Register,
  { doctor, question, track }: DoctorPoints,
  { language }: ExplainedPoints,
): Promise<Either<Failure, Beside>> => {
  if (track !== 'resertification') return right({})
  const rules = await register.rulesInForce(question)()
  if (isLeft(rules)) return rules
  const programme = await register.programme(doctor, question)()
  if (isLeft(programme)) return programme
  const forecast = await register.forecast(doctor, question)()
  if (isLeft(forecast)) return forecast
  const ofForecast =
    forecast.right === null ? [] : [...namedIn(forecast.right.now), ...namedIn(forecast.right.expected)]
  const names = await namesFor(register, [...namedInProgramme(programme.right), ...ofForecast], language)
  if (isLeft(names)) return names
  return right({
    programme: explainedProgramme(programme.right, rules.right, names.right, language),
    ...(forecast.right === null
      ? {}
      : { forecast: explainedForecast(forecast.right, rules.right, names.right, language) }),
  })
}
