// failing-stores.test.ts: whichever call of a store or of the vault fails, its failure is the answer

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { storeFailure } from '../kernel/event-store.ts'
import { everyCommand } from '../testing/every-command.ts'
import { anybody, commandNamed, doctorNamed, type Opened, opened, reference } from '../testing/index.ts'
import type { VaultFailure } from '../values/personal.ts'
import { openRegister, type Register } from './register.ts'

const gone = left(storeFailure('Unavailable', 'gone'))
const locked = left<VaultFailure>({ _tag: 'VaultFailure', reason: 'Busy', message: 'locked', retry: true })
const importer = { actor: { id: 'a sheet', role: 'importer' } }
const kari = doctorNamed('Kari')

let app: Opened
beforeEach(async () => {
  app = opened()
  const { RegisterGroup, AddMember, ReportSessionHeld, RegisterDoctor, ClaimHpr, OpenPeriod } = everyCommand
  const { RegisterHospital, RegisterDepartment, NameTopic } = everyCommand
  const commands = [RegisterGroup, AddMember, ReportSessionHeld, RegisterDoctor, ClaimHpr, OpenPeriod]
  for (const command of [...commands, RegisterHospital, RegisterDepartment, NameTopic]) {
    const done = await app.register.execute(command, importer)()
    if (isLeft(done)) throw new Error(JSON.stringify(done.left))
  }
  await app.register.refresh()
})

/** Counts calls, and lets the one with that number fail. */
const failingAt = (nth: number) => {
  let calls = 0
  return <Arguments extends ReadonlyArray<unknown>, A, E>(
    call: (...of: Arguments) => TaskEither<E, A>,
    failure: Either<E, never>,
  ) =>
    (...of: Arguments): TaskEither<E, A> =>
    async () => {
      calls += 1
      return calls === nth ? failure : call(...of)()
    }
}

/** A register on the same stores, of which one call fails. */
const withFailureAt = (nth: number): Register => {
  const { log, rows, vault } = app
  const maybe = failingAt(nth)
  return openRegister({
    events: {
      ...log,
      readStream: async function* (...of) {
        const begun = await maybe(() => async () => right(undefined), gone)()()
        if (isLeft(begun)) yield begun
        else yield* log.readStream(...of)
      },
    },
    rows: { ...rows, getMany: maybe(rows.getMany, gone), list: maybe(rows.list, gone) },
    vault: {
      ...vault,
      reveal: maybe(vault.reveal, locked),
      claim: maybe(vault.claim, locked),
      release: maybe(vault.release, locked),
      holderOf: maybe(vault.holderOf, locked),
    },
    now: () => anybody.at,
    newId: () => commandNamed('any'),
  })
}

/** How often the answer is a failure, as one call after the other fails, until there is none more to fail. */
const failures = async (ask: (register: Register) => TaskEither<unknown, unknown>): Promise<number> => {
  for (let nth = 1; ; nth += 1) {
    const answer = await ask(withFailureAt(nth))()
    if (!isLeft(answer)) return nth - 1
    expect([gone, locked]).toContainEqual(answer)
  }
}

describe('an answer', () => {
  const question = { effectiveThrough: everyCommand.AddMember.data.on, asKnownAt: anybody.at }
  const answers: Readonly<
    Record<string, readonly [readings: number, ask: (register: Register) => TaskEither<unknown, unknown>]>
  > = {
    groupRegister: [1, (register) => register.groupRegister(question)],
    labels: [2, (register) => register.labels],
    topicLog: [3, (register) => register.topicLog(question)],
    vocabulary: [1, (register) => register.vocabulary(question)],
    hospitals: [1, (register) => register.hospitals(question)],
    points: [4, (register) => register.points(kari, question)],
    nearestChanges: [4, (register) => register.nearestChanges(kari, question)],
    forecast: [5, (register) => register.forecast(kari, question)],
    everyonesPoints: [3, (register) => register.everyonesPoints(question)],
    named: [1, (register) => register.named('group', reference('G1'))],
    people: [3, (register) => register.people([kari])],
    doctorWithHpr: [1, (register) => register.doctorWithHpr(everyCommand.ClaimHpr.data.hpr)],
    reserveDoctor: [1, (register) => register.reserveDoctor(everyCommand.ClaimHpr.data.hpr)],
  }
  test.for(Object.entries(answers))('%s', async ([, [readings, ask]]) => {
    expect(await failures(ask)).toBeGreaterThanOrEqual(readings)
  })
})

const retractionOf = ({ log }: Opened) => {
  const claim = log.log.find(({ type }) => type === 'HprClaimed')
  return { type: 'RetractFact', data: { stream: claim?.stream, corrects: claim?.id, reason: 'a slip' } }
}

describe('a retracted claim', () => {
  test('ends with what fails, and asked again to the end it is in step', async () => {
    const asking = { ...importer, id: commandNamed('retract') }
    const command = retractionOf(app)
    // The stream is read for the seals, to decide and for the claims; the number is opened twice over, and given up.
    expect(await failures((register) => register.execute(command, asking))).toBeGreaterThanOrEqual(5)
    expect(await app.register.doctorWithHpr(everyCommand.ClaimHpr.data.hpr)()).toEqual({ _tag: 'Right', right: null })
    expect(app.log.log.filter(({ type }) => type === 'HprClaimedRetracted')).toHaveLength(1)
  })
})

test('a doctor without a name, and one that was forgotten, are people all the same', async () => {
  app.vault.forget(kari)
  const nobody = doctorNamed('Nobody')
  const people = await app.register.people([kari, nobody])()
  const forgotten = { _tag: 'Forgotten' }
  expect(people).toEqual({
    _tag: 'Right',
    right: new Map([
      [kari, { name: forgotten, hpr: forgotten }],
      [nobody, { name: null, hpr: null }],
    ]),
  })
})

test('a claim whose number nobody can open any more settles nothing', async () => {
  app.vault.forget(kari)
  const command = retractionOf(app)
  expect(await app.register.execute(command, importer)()).toMatchObject({ _tag: 'Right' })
  expect(await app.register.doctorWithHpr(everyCommand.ClaimHpr.data.hpr)()).toEqual({ _tag: 'Right', right: kari })
})
