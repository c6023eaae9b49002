// hostile.property.test.ts: whatever is handed in as a command is refused by name or carried out whole

import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Projection } from '../kernel/projection.ts'
import { encodeRow, replay } from '../kernel/replay.ts'
import { doctorEvidence, groupEvidence, sessionEvidence } from '../projections/evidence.ts'
import { groupRegister } from '../projections/group-register.ts'
import { hospitalDirectory } from '../projections/hospital-directory.ts'
import { references } from '../projections/references.ts'
import { topicCounts, topicLog, topics } from '../projections/topic-log.ts'
import { everyCommand } from '../testing/every-command.ts'
import { anyRegister, type Step } from '../testing/generators.ts'
import { anyHostileValue, anyMutationOf, traps } from '../testing/hostile-values.ts'
import { carriedOut, groupNamed, historyOfLog, type Opened, opened } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { ExecuteError } from './commands.ts'
import type { RegisterEvent } from './events.ts'
import type { KnownSinceNotAllowed } from './register.ts'

const full = process.env.SMAGRUPPE_FULL === '1'
const seed = Number(process.env.SMAGRUPPE_SEED ?? Math.floor(Math.random() * 2 ** 31))
const attemptsAtOnce = 100
const runs = full ? 1000 : 30

const documented = {
  CommandMalformed: true,
  KnownSinceNotAllowed: true,
  Refused: true,
  TooManyConflicts: true,
  UndecodableEvent: true,
  RulesUnknown: true,
  UnencodableEvent: true,
  WrongExpectedRevision: true,
  DuplicateEventId: true,
  AppendTooLarge: true,
  UnstorableText: true,
  StoreFailure: true,
  VaultFailure: true,
  HprHeldByAnother: true,
} satisfies Record<(ExecuteError | KnownSinceNotAllowed)['_tag'], true>

/** What came of it, once it is sure that it is one of the documented answers and that a refusal left nothing behind. */
const attempt = async ({ register, log, vault }: Opened, command: unknown, role: string): Promise<string> => {
  const before = log.log.length
  const heldBefore = vault.held()
  const answer = await register.execute(command, { actor: { id: 'anybody', role } })()
  if (!isLeft(answer)) return 'Right'
  const error = answer.left
  if (!Object.hasOwn(documented, error._tag) || log.log.length !== before)
    throw new Error(`${error._tag}, and ${log.log.length - before} events stored`)
  expect(vault.held()).toEqual(heldBefore)
  if (error._tag === 'CommandMalformed' && error.found.length > 2000) throw new Error('a message without end')
  return error._tag === 'Refused' ? error.refusal._tag : error._tag
}

const kept = async <Row>({ rows }: Opened, projection: Projection<RegisterEvent, Row>) => {
  const listed = await rows.list(projection, { limit: 10_000 })()
  if (isLeft(listed)) throw new Error(listed.left.message)
  return new Map(listed.right.map(({ key, row }) => [key, row]))
}

const mustBeReplay = async <Row>(on: Opened, projection: Projection<RegisterEvent, Row>): Promise<void> => {
  const replayed = new Map(
    [...replay(projection, historyOfLog(on.log))].map(([key, row]) => [key, encodeRow(projection, row)]),
  )
  expect([projection.name, await kept(on, projection)]).toEqual([projection.name, replayed])
}

/** Every question is answered on any day, and what is kept is what a replay gives. */
const mustBeSound = async (on: Opened): Promise<void> => {
  const { register } = on
  await register.refresh()
  for (const day of ['0001-01-01', '2024-12-31', '9999-12-31'].map(legalDate)) {
    const question = register.question({ effectiveThrough: day })
    const log = await register.topicLog(question)()
    const words = await register.vocabulary(question)()
    if (isLeft(log) || isLeft(words)) throw new Error('no topics')
    topicCounts(log.right, words.right)
    for (const answer of [register.groupRegister, register.hospitals, register.everyonesPoints]) {
      expect((await answer(question)())._tag).toBe('Right')
    }
  }
  await mustBeReplay(on, groupRegister)
  await mustBeReplay(on, topicLog)
  await mustBeReplay(on, topics)
  await mustBeReplay(on, hospitalDirectory)
  await mustBeReplay(on, references)
  await mustBeReplay(on, sessionEvidence)
  await mustBeReplay(on, groupEvidence)
  await mustBeReplay(on, doctorEvidence)
}

const samplesIn = (steps: ReadonlyArray<Step>): ReadonlyArray<unknown> => [
  ...Object.values(everyCommand),
  ...steps.map(({ command }) => command),
]

const anyAttempts = (steps: ReadonlyArray<Step>) => {
  const command = fc.oneof(
    { weight: 1, arbitrary: anyHostileValue() },
    { weight: 3, arbitrary: anyMutationOf(samplesIn(steps)) },
  )
  const role = fc.constantFrom('importer', 'authority', 'coordinator', '')
  return fc.array(fc.tuple(command, role), { minLength: attemptsAtOnce, maxLength: attemptsAtOnce })
}

test('any value and any mutated command: a documented answer, and a sound register afterwards', {
  timeout: 3_600_000,
}, async () => {
  const came = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      anyRegister().chain((steps) => fc.tuple(fc.constant(steps), anyAttempts(steps))),
      async ([steps, attempts]) => {
        const on = await carriedOut(steps)
        for (const [command, role] of attempts) {
          const what = await attempt(on, command(), role)
          came.set(what, (came.get(what) ?? 0) + 1)
        }
        await mustBeSound(on)
      },
    ),
    { numRuns: runs, seed },
  )
  const attempts = [...came.values()].reduce((sum, times) => sum + times, 0)
  expect(attempts).toBeGreaterThanOrEqual(runs * attemptsAtOnce)
  // It has not been refusals at the door alone.
  expect(came.size).toBeGreaterThan(8)
  if (full)
    console.log(
      'seed',
      seed,
      attempts,
      'attempts',
      Object.fromEntries([...came].sort(([, one], [, other]) => other - one)),
    )
})

describe('in every place of a command', () => {
  const correction = { stream: `group-${groupNamed('G1')}`, corrects: groupNamed('G1'), reason: 'a slip' }
  const places: Readonly<Record<string, (trap: () => unknown) => unknown>> = {
    'the whole': (trap) => trap(),
    'the type': (trap) => ({ ...everyCommand.AddMember, type: trap() }),
    'the data': (trap) => ({ type: 'AddMember', data: trap() }),
    'a field': (trap) => ({ type: 'AddMember', data: { ...everyCommand.AddMember.data, group: trap() } }),
    'a list': (trap) => ({
      type: 'ReportSessionHeld',
      data: { ...everyCommand.ReportSessionHeld.data, attendance: [trap()] },
    }),
    'a stream': (trap) => ({ type: 'RetractFact', data: { ...correction, stream: trap() } }),
    'a reason': (trap) => ({ type: 'RetractFact', data: { ...correction, reason: { text: trap() } } }),
  }
  test.for(
    Object.entries(places).flatMap(([place, at]) =>
      Object.entries(traps).map(([name, trap]) => ({ name, place, at, trap })),
    ),
  )('$name as $place is no command', async ({ at, trap }) => {
    expect(await attempt(opened(), at(trap), 'importer')).toBe('CommandMalformed')
  })

  test.for(Object.entries(traps))('%s as the fact of a correction is no fact', async ([name, trap]) => {
    const on = opened()
    await on.register.execute(everyCommand.RegisterGroup, { actor: { id: 'a', role: 'importer' } })()
    const [registered] = on.log.log
    const data = { stream: registered?.stream, corrects: registered?.id, reason: 'a slip', fact: trap() }
    const plain = [
      'a getter that never',
      'a million characters',
      'fields named like',
      'a text that',
      'a frozen',
      'a date',
      'a function',
      'nothing',
      'a symbol',
    ]
    const expected = plain.some((one) => name.startsWith(one)) ? 'FactMalformed' : 'CommandMalformed'
    expect([name, await attempt(on, { type: 'CorrectFact', data }, 'importer')]).toEqual([name, expected])
  })
})

describe('what is said twice', () => {
  test('a field that answers differently each time is what it answered first', async () => {
    const on = opened()
    let asked = 0
    const command = {
      type: 'RegisterGroup',
      data: {
        ...everyCommand.RegisterGroup.data,
        get name() {
          asked += 1
          return `asked ${asked} times`
        },
      },
    }
    expect(await attempt(on, command, 'importer')).toBe('Right')
    expect(JSON.parse(on.log.log[0]?.data ?? '')).toMatchObject({ name: 'asked 1 times' })
  })

  test('an offer of minus nothing is one of nothing', async () => {
    const on = opened()
    const { data } = everyCommand.OpenDepartmentOffer
    await attempt(on, everyCommand.RegisterHospital, 'importer')
    await attempt(on, everyCommand.RegisterDepartment, 'importer')
    expect(
      await attempt(on, { type: 'OpenDepartmentOffer', data: { ...data, sessionsPerMonth: -0 } }, 'importer'),
    ).toBe('Right')
    expect(on.log.log.at(-1)?.data).toContain('"sessionsPerMonth":0')
  })
})
