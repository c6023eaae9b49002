// explain-command.ts: smagruppe explain

import { explanation, type HprNumber } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import type { QuestionOptions } from './options.ts'
import type { Streams } from './output.ts'
import { peopleOf } from './people.ts'
import { asked } from './question.ts'

/** Why a doctor has these points, line by line. */
export const explainCommand = async (
  hpr: HprNumber,
  options: QuestionOptions,
  { out }: Streams,
): Promise<Either<Failure, void>> =>
  withRegister(options, async (register) => {
    const doctor = await register.doctorWithHpr(hpr)()
    if (isLeft(doctor)) return doctor
    if (doctor.right === null) return left({ message: `no doctor with HPR number ${hpr} is registered` })
    const points = await register.points(doctor.right, asked(register, options))()
    if (isLeft(points)) return points
    if (options.json === true) {
      out(`${JSON.stringify({ hpr, ...points.right }, null, 2)}\n`)
      return right(undefined)
    }
    const named = points.right.lines.flatMap(({ shortfall }) =>
      shortfall?.reason === 'BELOW_QUORUM' ? shortfall.present : [],
    )
    const people = await peopleOf(register, [doctor.right, ...named])
    if (isLeft(people)) return people
    const labels = await register.labels()
    if (isLeft(labels)) return labels
    const called = {
      doctor: (id: typeof doctor.right) => {
        const person = id === null ? undefined : people.right.get(id)
        return person === undefined ? String(id) : `${person.name ?? id} (HPR ${person.hpr ?? 'not claimed'})`
      },
      group: labels.right.group,
    }
    out(`${explanation(points.right, register.rules, called).join('\n')}\n`)
    return right(undefined)
  })
