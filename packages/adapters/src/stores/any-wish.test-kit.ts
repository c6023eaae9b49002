// any-wish.test-kit.ts: for the model runs: random questions, alike enough to meet and odd enough to go wrong

import {
  any,
  commandIdOf,
  DoctorId,
  type ExpectedRevision,
  eventIdOf,
  exactly,
  noStream,
  type ProjectionId,
  position,
  type ReadAll,
  type ReadStream,
  revision,
  type StreamName,
  type Subscribe,
  streamExists,
  uuidOf,
} from '@smagruppe/domain'
import fc from 'fast-check'
import { awkwardTexts, unstorableTexts } from '../contract/case.ts'
import { event, noon, secondsAfter, stream } from '../contract/samples.ts'
import type { Stop } from './asking.test-kit.ts'
import type { Append, BehindItsEnd, Wish } from './wishes.test-kit.ts'

const streams: ReadonlyArray<StreamName> = ['a', 'b'].flatMap((name) =>
  ['group', 'session'].map((category) => stream(name, category)),
)
export const numbers = ['9144900', '9144901']
const doctors = ['kari', 'ola', 'per'].map((name) => uuidOf('model doctor', name)).filter(DoctorId.is)
const doctor = fc.constantFrom(...doctors)

const units = ['a', '"', '\\', '{', ',', 'NULL', "'", '\r\n', '\u2028', 'é', 'e\u0301', '\ufffd', '\uffff', '😀']
const looksEmpty = ['', ' ', 'null', '{}', '[]', '""', '0']
const text = fc.oneof(
  { arbitrary: fc.string({ unit: fc.constantFrom(...units), maxLength: 4 }), weight: 12 },
  { arbitrary: fc.constantFrom(...looksEmpty), weight: 4 },
  { arbitrary: fc.constantFrom(...awkwardTexts.filter(({ length }) => length < 1_000)), weight: 2 },
  { arbitrary: fc.constantFrom(...unstorableTexts), weight: 1 },
)

const atItsEnd = { arbitrary: fc.constant<ExpectedRevision | BehindItsEnd>({ behindItsEnd: 0 }), weight: 4 }
const expected: fc.Arbitrary<ExpectedRevision | BehindItsEnd> = fc.oneof(
  atItsEnd,
  { arbitrary: fc.constant(any), weight: 4 },
  { arbitrary: fc.constantFrom(noStream, streamExists), weight: 3 },
  { arbitrary: fc.constantFrom({ behindItsEnd: -1 }, { behindItsEnd: 1 }, { behindItsEnd: 2 }), weight: 2 },
  { arbitrary: fc.nat(6).map((n) => exactly(revision(n))), weight: 1 },
)
/** Where several expect this of one stream, one of them is right. */
const contendedEnd = fc.oneof(atItsEnd, { arbitrary: expected, weight: 1 })
const types = ['One', 'Two', '\ufffd']

/** Names are ids: few of them come again and again, and most never did before. */
const events = (name: fc.Arbitrary<string>) =>
  fc
    .array(
      fc.record({
        name,
        type: fc.constantFrom(...types, 'One', 'Two'),
        version: fc.integer({ min: 1, max: 3 }),
        data: text,
        actor: fc.oneof({ arbitrary: fc.constant('ole'), weight: 6 }, { arbitrary: text, weight: 1 }),
        knownSince: fc.option(fc.integer({ min: -100, max: 100 }), { nil: null }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map(([first, ...others]): Append['events'] => {
      if (first === undefined) throw new Error('there is at least one')
      const made = ({ name, knownSince, actor, ...rest }: typeof first) =>
        event(name, {
          ...rest,
          actor: { id: actor, role: 'secretary' },
          knownSince: knownSince === null ? null : secondsAfter(noon, knownSince),
        })
      return [made(first), ...others.map(made)]
    })

const anyName = fc.oneof(
  { arbitrary: fc.nat(1_000_000_000).map(String), weight: 5 },
  { arbitrary: fc.nat(9).map(String), weight: 2 },
)
/** When several append at once they often mean the same event. */
const sharedName = fc.oneof(
  { arbitrary: fc.nat(1_000_000_000).map(String), weight: 3 },
  { arbitrary: fc.nat(9).map((n) => `shared ${n}`), weight: 2 },
)

const append = (
  name: fc.Arbitrary<string>,
  at: fc.Arbitrary<number>,
  where: Readonly<{ to: fc.Arbitrary<StreamName>; expected: typeof expected }>,
): fc.Arbitrary<Wish> =>
  fc.record({
    asks: fc.constant('append' as const),
    ...where,
    events: events(name),
    at: at.map((seconds) => secondsAfter(noon, seconds)),
  })
const anywhere = { to: fc.constantFrom(...streams), expected }
const contendedStream = { to: fc.constantFrom(...streams.slice(0, 2)), expected: contendedEnd }

const pageSize = fc.oneof({ arbitrary: fc.integer({ min: 1, max: 4 }), weight: 4 }, fc.constantFrom(0, -1, 1.5, 500))
const category = fc.constantFrom('group', 'session', 'doctor', 'groups', '', '\ud800', '\0')
const someTypes = fc.subarray([...types, 'Three', '\ud800', '\0'])

export const subscribeOptions: fc.Arbitrary<Pick<Subscribe, 'types' | 'category' | 'pageSize'>> = fc.oneof(
  { arbitrary: fc.record({ pageSize }, { requiredKeys: [] }), weight: 2 },
  { arbitrary: fc.record({ types: someTypes, category, pageSize }, { requiredKeys: [] }), weight: 1 },
)
const readAll: fc.Arbitrary<ReadAll> = fc.record(
  { after: fc.nat(20).map(position), until: fc.nat(40).map(position), types: someTypes, category, pageSize },
  { requiredKeys: [] },
)
const readStream: fc.Arbitrary<ReadStream> = fc.record(
  { from: fc.nat(20).map(revision), pageSize },
  { requiredKeys: [] },
)
const stop: fc.Arbitrary<Stop> = fc.record({
  afterPages: fc.nat(2),
  how: fc.constantFrom('leave', 'abort', 'abort while asking'),
})
/** One page is one look, and so of one moment. */
const onePage: Stop = { afterPages: 1, how: 'leave' }

const reading = (until: fc.Arbitrary<Stop | null>): ReadonlyArray<fc.Arbitrary<Wish>> => [
  fc.record({ asks: fc.constant('read all' as const), options: readAll, stop: until }),
  fc.record({
    asks: fc.constant('read stream' as const),
    stream: fc.constantFrom(...streams, stream('nobody')),
    options: readStream,
    stop: until,
  }),
]

const fewPages = fc.record({ pageSize: fc.integer({ min: 1, max: 2 }) })
/** Most readers who go before the end have something left to read. */
const brokenOff: ReadonlyArray<fc.Arbitrary<Wish>> = [
  fc.record({ asks: fc.constant('read all' as const), options: fewPages, stop }),
  fc.record({
    asks: fc.constant('read stream' as const),
    stream: fc.constantFrom(...streams),
    options: fewPages,
    stop,
  }),
]

const projection: fc.Arbitrary<ProjectionId> = fc.oneof(
  { arbitrary: fc.constant({ name: 'p', version: 1 }), weight: 3 },
  {
    arbitrary: fc.record(
      { name: fc.constantFrom('p', 'q', 'r'), version: fc.integer({ min: 1, max: 2 }), build: fc.nat(1) },
      { requiredKeys: ['name', 'version'] },
    ),
    weight: 2,
  },
)
/** What several want to carry on at once, and to switch to another build of; rarely have others been there before. */
const contended = (name: number): fc.Arbitrary<ProjectionId> =>
  fc.record({ name: fc.constant(`contended ${name}`), version: fc.constant(1), build: fc.constantFrom(0, 1, 1, 1, 2) })
const keyUnits = ['a', 'b', '\ue000', '\ufffd', '\uffff', '😀', '\u{10ffff}']
const key = fc.string({ unit: fc.constantFrom(...keyUnits), maxLength: 2 })
const anyKey = fc.oneof({ arbitrary: key, weight: 30 }, { arbitrary: fc.constantFrom(...unstorableTexts), weight: 1 })
/** Nothing stands under most of these, nor do keys begin with them, whatever a store makes of half a character. */
const askedKey = fc.string({ unit: fc.constantFrom(...keyUnits, '\ud800', '\ud83d', '\0'), maxLength: 2 })
const orNull = <A>(some: fc.Arbitrary<A>) => fc.option(some, { nil: null, freq: 3 })
const place = fc.nat(5).map(position)

const whereItStands = { arbitrary: fc.constant('where it stands' as const), weight: 5 }
const commit = (projection: fc.Arbitrary<ProjectionId>): fc.Arbitrary<Wish> =>
  fc.record({
    asks: fc.constant('commit' as const),
    projection,
    changes: fc.array(fc.record({ key: anyKey, row: orNull(text) }), {
      maxLength: 6,
    }),
    from: fc.oneof(whereItStands, place),
    to: place,
    quarantine: fc.oneof(
      { arbitrary: fc.constant([]), weight: 2 },
      fc.array(fc.record({ position: fc.nat(12).map(position), entry: orNull(text) }), { maxLength: 3 }),
    ),
  })
const serve = (projection: fc.Arbitrary<ProjectionId>): fc.Arbitrary<Wish> =>
  fc.record({
    asks: fc.constant('serve' as const),
    projection,
    seen: fc.oneof(
      { arbitrary: fc.constant('what serves' as const), weight: 3 },
      fc.constant(null),
      fc.record({ version: fc.integer({ min: 1, max: 2 }), build: fc.nat(1), checkpoint: place }),
    ),
  })
const list: fc.Arbitrary<Wish> = fc.record({
  asks: fc.constant('list' as const),
  projection,
  which: fc.record(
    {
      prefix: askedKey,
      after: key,
      limit: fc.oneof({ arbitrary: fc.nat(8), weight: 4 }, fc.constantFrom(-1, 1.5, Number.POSITIVE_INFINITY)),
    },
    { requiredKeys: ['limit'] },
  ),
})
const rowsRead: ReadonlyArray<fc.Arbitrary<Wish>> = [
  fc.constant({ asks: 'kept' as const }),
  fc.record({ asks: fc.constantFrom('checkpoint' as const, 'quarantined' as const), projection }),
  fc.record({ asks: fc.constant('get' as const), projection, key: askedKey }),
  fc.record({ asks: fc.constant('get many' as const), projection, keys: fc.array(askedKey, { maxLength: 5 }) }),
  list,
]

const number = fc.constantFrom(...numbers)
const vault: ReadonlyArray<fc.Arbitrary<Wish>> = [
  fc.record({ asks: fc.constantFrom('claim' as const, 'claim' as const, 'release' as const), number, doctor }),
  fc.record({ asks: fc.constant('holder of' as const), number }),
]
const seal = (as: fc.Arbitrary<DoctorId | null>): fc.Arbitrary<Wish> =>
  fc
    .record({
      person: doctor,
      place: fc.record({
        event: fc.nat(2).map((n) => eventIdOf(commandIdOf('model', 'sealing'), n)),
        field: fc.constantFrom('name', 'contact'),
      }),
      text: fc.oneof({ arbitrary: fc.constantFrom('Kari', 'Ola'), weight: 3 }, text),
      as,
    })
    .map(({ as, ...sealed }) => ({ asks: 'seal', ...sealed, as: as ?? sealed.person }))

const again: fc.Arbitrary<Wish> = fc.record({
  asks: fc.constant('append again' as const),
  from: fc.nat(1_000),
  count: fc.nat(2),
  of: fc.constantFrom('one' as const, 'one' as const, 'any stream' as const),
})

const weighted = (weight: number, ...arbitraries: ReadonlyArray<fc.Arbitrary<Wish>>) =>
  arbitraries.map((arbitrary) => ({ arbitrary, weight }))

/** One question, when nobody else asks. */
export const anyWish: fc.Arbitrary<Wish> = fc.oneof(
  ...weighted(10, append(anyName, fc.integer({ min: -50, max: 50 }), anywhere)),
  ...weighted(2, again),
  ...weighted(2, ...reading(fc.option(stop, { nil: null, freq: 2 })), ...brokenOff),
  ...weighted(8, commit(projection)),
  ...weighted(1, serve(projection)),
  ...weighted(1, ...rowsRead),
  ...weighted(3, list),
  ...weighted(2, ...vault, seal(fc.option(doctor, { nil: null, freq: 3 }))),
)

const eventsAmongOthers = [
  ...weighted(6, append(sharedName, fc.constant(0), contendedStream)),
  ...weighted(1, again, ...reading(fc.constant(onePage))),
]
const rowsAmongOthers = (name: number) => [
  ...weighted(5, commit(contended(name))),
  ...weighted(4, serve(contended(name))),
  ...weighted(1, ...rowsRead),
]
// Opening another's box says whether that other has a key by then, so closing it and opening it would not be of one moment.
const vaultAmongOthers = [...weighted(2, ...vault), ...weighted(1, seal(fc.constant(null)))]

/** What one of several asks, while the clock stands still: all of the same store, or of any. The number names what they contend for. */
export const anyWishAmongOthers = (name: number): ReadonlyArray<fc.Arbitrary<Wish>> => [
  fc.oneof(...eventsAmongOthers),
  fc.oneof(...rowsAmongOthers(name)),
  fc.oneof(...vaultAmongOthers),
  fc.oneof(...eventsAmongOthers, ...rowsAmongOthers(name), ...vaultAmongOthers),
]
