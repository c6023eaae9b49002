// sign-up.test.ts: the example: a decider and a projection of one’s own, tested with the kit

import { decodeCommand, everything, promised, replay } from '@smagruppe/domain'
import {
  anybody,
  commandNamed,
  correlationNamed,
  deciderLaws,
  doctorNamed,
  given,
  inMemoryLog,
  sessionNamed,
  whole,
} from '@smagruppe/domain/testing'
import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  type SignUpCommand,
  type SignUpEvent,
  seatsTaken,
  signingUp,
  signUp,
  signUpCommands,
  signUpEvents,
} from './sign-up.ts'

const [kari, ola] = [doctorNamed('Kari'), doctorNamed('Ola')]
const session = sessionNamed('S1')

const opened = (seats: number): SignUpEvent => ({ type: 'SeatsOpened', data: { seats: whole(seats) } })
const taken = (doctor: typeof kari): SignUpEvent => ({ type: 'SeatTaken', data: { doctor } })
const givenUp = (doctor: typeof kari): SignUpEvent => ({ type: 'SeatGivenUp', data: { doctor } })

const open = (seats: number): SignUpCommand => ({ type: 'OpenSeats', data: { session, seats: whole(seats) } })
const take = (doctor: typeof kari): SignUpCommand => ({ type: 'TakeSeat', data: { session, doctor } })
const giveUp = (doctor: typeof kari): SignUpCommand => ({ type: 'GiveUpSeat', data: { session, doctor } })

describe('a seat', () => {
  test('is there for who comes first', () => {
    given(signUp)(opened(1)).when(take(kari)).accepts(taken(kari))
    given(signUp)(opened(1), taken(kari)).when(take(ola)).refuses('NoSeatLeft', { seats: 1 })
    given(signUp)(opened(1), taken(kari)).when(take(kari)).doesNothing()
  })

  test('that is given up is free again', () => {
    given(signUp)(opened(1), taken(kari)).when(giveUp(kari)).accepts(givenUp(kari))
    given(signUp)(opened(1), taken(kari), givenUp(kari)).when(take(ola)).accepts(taken(ola))
    given(signUp)(opened(1)).when(giveUp(kari)).doesNothing()
  })

  test('cannot be had before there are any', () => {
    given(signUp)().when(take(kari)).refuses('NotOpen', {})
  })

  test('that is taken is not taken away', () => {
    given(signUp)(opened(2), taken(kari), taken(ola)).when(open(1)).refuses('FewerSeatsThanTaken', { taken: 2 })
    given(signUp)(opened(2), taken(kari)).when(open(1)).accepts(opened(1))
    given(signUp)(opened(2)).when(open(2)).doesNothing()
  })
})

describe('the laws of deciders', () => {
  const doctor = fc.constantFrom(kari, ola, doctorNamed('Siv'))
  const command = fc.oneof(fc.nat(3).map(open), doctor.map(take), doctor.map(giveUp))
  const asked = fc.array(fc.record({ command, context: fc.constant(anybody) }))
  for (const { law, holdsFor } of deciderLaws(signUp, signUpEvents)) {
    test(law, () => fc.assert(fc.property(asked, (commands) => holdsFor(commands))))
  }
})

describe('on a store', () => {
  const requestOf = (wish: string) => ({
    id: commandNamed(wish),
    actor: anybody.actor,
    at: anybody.at,
    knownSince: null,
    correlation: correlationNamed(wish),
  })

  test('two who want the last seat at once: one has it, the other is told', async () => {
    const log = inMemoryLog()
    const carryOut = signingUp(log)
    await promised(carryOut(open(1), requestOf('open')))

    const answers = await Promise.all([
      carryOut(take(kari), requestOf('Kari’s wish'))(),
      carryOut(take(ola), requestOf('Ola’s wish'))(),
    ])

    expect(answers.filter(isLeft)).toEqual([
      { _tag: 'Left', left: { _tag: 'Refused', refusal: { _tag: 'NoSeatLeft', seats: 1 } } },
    ])
    const rows = replay(seatsTaken, await promised(everything(log, signUpEvents)))
    expect(rows).toEqual(new Map([[session, 1]]))
  })

  test('what comes from outside is read before it is decided', () => {
    const body = { type: 'TakeSeat', data: { session, doctor: 'Kari' } }
    expect(decodeCommand(signUpCommands, body)).toEqual({
      _tag: 'Left',
      left: "data.doctor: found 'Kari', expected the id of a doctor, a lower-case UUID",
    })
  })
})
