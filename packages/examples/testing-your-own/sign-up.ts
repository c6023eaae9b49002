// sign-up.ts: an app's own stream beside the register's: who has a seat at a session that has only so many

import {
  accept,
  type Commands,
  command,
  type Decider,
  type Decision,
  DoctorId,
  defineProjection,
  type EventOf,
  type EventStore,
  emptyCatalogue,
  eventType,
  type HandleError,
  handle,
  idOf,
  nothing,
  type Projection,
  type Receipt,
  type Request,
  refuse,
  SessionId,
  streamName,
} from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'

// events: these names and fields are what is stored

const seatsOpened = eventType('SeatsOpened', t.strict({ seats: t.Int }))
const seatTaken = eventType('SeatTaken', t.strict({ doctor: DoctorId }))
const seatGivenUp = eventType('SeatGivenUp', t.strict({ doctor: DoctorId }))

export const signUpEvents = emptyCatalogue.with(seatsOpened).with(seatTaken).with(seatGivenUp)

export type SignUpEvent = EventOf<typeof seatsOpened> | EventOf<typeof seatTaken> | EventOf<typeof seatGivenUp>

// state: what a decision needs to know, and no more

export type SignUp =
  | { readonly stage: 'closed' }
  | { readonly stage: 'open'; readonly seats: number; readonly taken: ReadonlySet<DoctorId> }

const evolve = (signUp: SignUp, event: SignUpEvent): SignUp => {
  if (event.type === 'SeatsOpened') {
    return { stage: 'open', seats: event.data.seats, taken: signUp.stage === 'open' ? signUp.taken : new Set() }
  }
  if (signUp.stage === 'closed') return signUp
  const taken = new Set(signUp.taken)
  if (event.type === 'SeatTaken') taken.add(event.data.doctor)
  else taken.delete(event.data.doctor)
  return { ...signUp, taken }
}

// commands: data that may come from outside

const OpenSeats = command('OpenSeats', { session: SessionId, seats: t.Int })
const TakeSeat = command('TakeSeat', { session: SessionId, doctor: DoctorId })
const GiveUpSeat = command('GiveUpSeat', { session: SessionId, doctor: DoctorId })

export type SignUpCommand = t.TypeOf<typeof OpenSeats> | t.TypeOf<typeof TakeSeat> | t.TypeOf<typeof GiveUpSeat>

export const signUpCommands: Commands<SignUpCommand> = { OpenSeats, TakeSeat, GiveUpSeat }

// decisions

export type SignUpRefusal =
  | { readonly _tag: 'NotOpen' }
  | { readonly _tag: 'NoSeatLeft'; readonly seats: number }
  | { readonly _tag: 'FewerSeatsThanTaken'; readonly taken: number }

const decide =
  (asked: SignUpCommand) =>
  (signUp: SignUp): Decision<SignUpEvent, SignUpRefusal> => {
    if (asked.type === 'OpenSeats') return openSeats(asked.data.seats, signUp)
    if (signUp.stage === 'closed') return refuse({ _tag: 'NotOpen' })
    const { doctor } = asked.data
    const has = signUp.taken.has(doctor)
    if (asked.type === 'GiveUpSeat') return has ? accept(seatGivenUp.of({ doctor })) : nothing
    if (has) return nothing
    return signUp.taken.size < signUp.seats
      ? accept(seatTaken.of({ doctor }))
      : refuse({ _tag: 'NoSeatLeft', seats: signUp.seats })
  }

const openSeats = (seats: t.Int, signUp: SignUp): Decision<SignUpEvent, SignUpRefusal> => {
  const taken = signUp.stage === 'open' ? signUp.taken.size : 0
  if (seats < taken) return refuse({ _tag: 'FewerSeatsThanTaken', taken })
  return signUp.stage === 'open' && signUp.seats === seats ? nothing : accept(seatsOpened.of({ seats }))
}

export const signUp: Decider<SignUp, SignUpCommand, SignUpEvent, SignUpRefusal> = {
  initial: { stage: 'closed' },
  decide,
  evolve,
}

/** Carries commands out on a store, the register's own if you like: streams of another category do not disturb it. */
export const signingUp = (
  store: EventStore,
): ((asked: SignUpCommand, request: Request) => TaskEither<HandleError<SignUpRefusal, never>, Receipt>) => {
  const carryOut = handle({
    store,
    catalogue: signUpEvents,
    decider: signUp,
    // Nothing here names a person: doctors are ids.
    seal: (_id, event) => async () => right(event),
  })
  return (asked, request) => carryOut(streamName('signup', asked.data.session), asked, request)
}

/** How many seats are taken now. Key: the session's id. Nobody corrects a sign-up; a row that corrections may reach keeps its events. */
export const seatsTaken: Projection<SignUpEvent, number> = defineProjection({
  name: 'example-seats-taken',
  version: 1,
  kind: 'current',
  handles: new Set(['SeatTaken', 'SeatGivenUp']),
  keys: ({ stream }) => [idOf(stream)],
  evolve: (taken, { event }) => (taken ?? 0) + (event.type === 'SeatTaken' ? 1 : -1),
  row: t.number,
})
