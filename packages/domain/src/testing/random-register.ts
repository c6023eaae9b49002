// random-register.ts: any register, as the commands that it came to be by

import fc from 'fast-check'
import { eventIdOf } from '../kernel/event.ts'
import { instantOf } from '../kernel/instant.ts'
import { dateIn, type LegalDate, oslo } from '../values/legal-date.ts'
import { commandNamed, sessionNamed } from './names.ts'
import { anyDoctorSteps, anyMerge, anythingOfADoctor } from './random-doctors.ts'
import { anyGroupSteps, anyMeeting, anythingAfterwards } from './random-groups.ts'
import { anyRulesSteps } from './random-rules.ts'
import {
  type Bare,
  doctorsOfRandomRegisters,
  groupsOfRandomRegisters,
  knownOn,
  oneOf,
  type Step,
  step,
} from './random-steps.ts'

/** What a correction says: that a step, counted from the newest, was not so, or that it was as in another one of its kind. */
const anyCorrection = () =>
  fc.record({
    nth: fc.oneof(fc.nat({ max: 9 }), fc.nat()),
    like: fc.nat(),
    how: oneOf('correct', 'retract'),
    known: knownOn(),
  })

/**
 * Any register of four doctors and two groups over two years: stays, signatures, sessions with attendance in one or both groups,
 * hosts, contributions of industry, periods extended and decided, training, other work, records merged, rules published, corrections of corrections, in any order of knowing. Some of the commands will be refused.
 */
export const anyRegister = (): fc.Arbitrary<ReadonlyArray<Step>> => {
  const sessions = fc.integer({ min: 3, max: 12 }).map((count) => Array.from({ length: count }, (_, i) => `S${i}`))
  return sessions.chain((names) =>
    fc
      .record({
        doctors: fc.tuple(...doctorsOfRandomRegisters.map(anyDoctorSteps)),
        groups: fc.tuple(...groupsOfRandomRegisters.map(anyGroupSteps)),
        held: fc.tuple(...names.map(anyMeeting)),
        afterwards: fc.array(anythingAfterwards(names), { maxLength: 6 }),
        ofDoctors: fc.oneof(
          { arbitrary: fc.constant([]), weight: 2 },
          { arbitrary: fc.array(anythingOfADoctor(), { maxLength: 6 }), weight: 1 },
        ),
        merges: fc.oneof(
          { arbitrary: fc.constant([]), weight: 2 },
          { arbitrary: fc.array(anyMerge(), { maxLength: 4 }), weight: 1 },
        ),
        rules: fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, { arbitrary: anyRulesSteps(), weight: 1 }),
        corrections: fc.array(anyCorrection(), { maxLength: 4 }),
      })
      .map(({ doctors, groups, held, afterwards, ofDoctors, merges, rules, corrections }) => {
        const meetings = held.map(({ known, data }, index) =>
          step('session', sessionNamed(names[index] ?? ''), 'ReportSessionHeld', data, known),
        )
        const steps = [
          ...doctors.flat(),
          ...groups.flat(),
          ...meetings,
          ...afterwards,
          ...ofDoctors,
          ...merges,
          ...rules,
        ].map(named)
        for (const { nth, like, how, known } of corrections) {
          const target = steps[steps.length - 1 - (nth % steps.length)]
          const corrects =
            target === undefined
              ? undefined
              : { stream: target.stream, corrects: eventIdOf(commandNamed(target.name), 0) }
          const kin = steps.filter(({ command }) => command.type === target?.command.type)
          const fact = factOf(kin[like % kin.length]?.command.data ?? {})
          const data = { ...corrects, reason: 'a slip', ...(how === 'correct' ? { fact } : {}) }
          const command = { type: how === 'correct' ? 'CorrectFact' : 'RetractFact', data }
          if (target !== undefined)
            steps.push(named({ stream: target.stream, command, knownSince: known }, steps.length))
        }
        return steps
      }),
  )
}

const named = (bare: Bare, index: number): Step => ({ name: `step ${index}`, ...bare })

/** The fact that a command leads to, as far as their fields are the same; a session’s date is derived. */
const factOf = (data: object): object => ({
  ...('fact' in data && typeof data.fact === 'object' ? data.fact : data),
  ...('by' in data ? { signedBy: data.by } : {}),
  ...('starts' in data && typeof data.starts === 'string' ? { date: dateOf(data.starts) } : {}),
})

const dateOf = (starts: string): LegalDate => dateIn(oslo, instantOf(Date.parse(starts)))
