// explain-command.ts: smagruppe explain

import { explained, type HprNumber, linesOf, type TextLine, type Track } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { otherRules, toldByFile } from './by-file.ts'
import { doctorAsked } from './doctor-asked.ts'
import { namedIn } from './named.ts'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import { json } from './output.ts'
import { writePage } from './page-file.ts'
import { namesFor } from './people.ts'
import type { Printer, Tone } from './printer.ts'
import { asked } from './question.ts'

/** Why a doctor has these points, line by line. */
export const explainCommand = async (
  hpr: HprNumber,
  options: QuestionOptions & { readonly track: Track; readonly html?: string },
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const doctor = await doctorAsked(register, hpr, options)
    if (isLeft(doctor)) return doctor
    const question = asked(register, options)
    const points = await register.points(doctor.right, question, options.track)()
    if (isLeft(points)) return points
    const nearest = await register.nearestChanges(doctor.right, question, options.track)()
    if (isLeft(nearest)) return nearest
    const judging = await register.judgingRules(doctor.right, question, options.track)()
    if (isLeft(judging)) return judging
    const rules = await register.rulesInForce(points.right.question)()
    if (isLeft(rules)) return rules
    const names = await namesFor(register, namedIn(points.right), options.lang)
    if (isLeft(names)) return names
    const told = explained(points.right, rules.right, names.right, options.lang, nearest.right, judging.right)
    const tree = toldByFile(told, register, options)
    if (options.html !== undefined) {
      const written = await writePage(options.html, register, points.right, tree)
      if (isLeft(written)) return written
    }
    if (options.json === true) {
      printer.out(json({ hpr, ...otherRules(register, options), ...tree }))
      return right(undefined)
    }
    printLines(linesOf(tree), printer)
    return right(undefined)
  })

/** An explanation on a screen, broken to its width. */
export const printLines = (lines: ReadonlyArray<TextLine>, printer: Printer): void => {
  const broken = lines.flatMap(({ kind, indent, text }) => {
    const tone = tones[kind]
    return printer.sentence(text, indent).map((line) => (tone === null ? line : printer.toned(tone, line)))
  })
  printer.out(`${broken.join('\n')}\n`)
}

const tones: Readonly<Record<TextLine['kind'], Tone | null>> = {
  title: 'heading',
  total: null,
  counts: 'counts',
  pending: 'pending',
  nothing: 'nothing',
  why: null,
  rule: null,
  fact: 'aside',
  heading: 'aside',
  blank: null,
}
