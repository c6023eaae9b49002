// wishes.test-kit.ts: for the model runs: random questions, some of which say what they mean only when they are asked

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
  type ServingBuild,
  type StreamName,
  type Subscribe,
  streamExists,
  theStart,
  uuidOf,
} from '@smagruppe/domain'
import fc from 'fast-check'
import { awkwardTexts, rightOf, unstorableTexts } from '../contract/case.ts'
import { event, eventsOf, noon, secondsAfter, stream } from '../contract/samples.ts'
import type { Asked, Oracle, Stop, Stores } from './asking.test-kit.ts'

type Append = Extract<Asked, { readonly asks: 'append' }>
type Commit = Extract<Asked, { readonly asks: 'commit' }>
type Serve = Extract<Asked, { readonly asks: 'serve' }>

/** How many events the stream is believed to have got meanwhile: it is expected to end so far behind where it ends. */
interface BehindItsEnd {
  readonly behindItsEnd: number
}

export type Wish =
  | Exclude<Asked, Append | Commit | Serve>
  | (Omit<Append, 'expected'> & { readonly expected: ExpectedRevision | BehindItsEnd })
  | { readonly asks: 'append again'; readonly from: number; readonly count: number; readonly of: 'one' | 'any stream' }
  | (Omit<Commit, 'from'> & { readonly from: Commit['from'] | 'where it stands' })
  | (Omit<Serve, 'seen'> & { readonly seen: ServingBuild | null | 'what serves' })

/** What is asked, as things stand; null where there is nothing to be asked. */
export const asWished = async (wish: Wish, oracles: Readonly<Record<keyof Stores, Oracle>>): Promise<Asked | null> => {
  const { events } = oracles.events.stores
  const { rows } = oracles.rows.stores
  switch (wish.asks) {
    case 'append': {
      if ('_tag' in wish.expected) return { ...wish, expected: wish.expected }
      const end = (await eventsOf(events.readStream(wish.to))).length
      const last = end - 1 + wish.expected.behindItsEnd
      return { ...wish, expected: last < 0 ? noStream : exactly(revision(last)) }
    }
    case 'append again': {
      const log = await eventsOf(events.readAll())
      const begin = log[wish.from % Math.max(1, log.length)]
      if (begin === undefined) return null
      const follows = log.filter(
        ({ position, stream }) => position > begin.position && (wish.of === 'any stream' || stream === begin.stream),
      )
      return {
        asks: 'append',
        to: begin.stream,
        expected: noStream,
        events: [begin, ...follows.slice(0, wish.count)],
        at: noon,
      }
    }
    case 'commit':
      return {
        ...wish,
        from: wish.from === 'where it stands' ? await standing(oracles.rows, wish.projection) : wish.from,
      }
    case 'serve': {
      if (wish.seen !== 'what serves') return { ...wish, seen: wish.seen }
      const kept = rightOf(await rows.kept())
      const serving = kept.find(({ name, serves }) => serves && name === wish.projection.name)
      if (serving === undefined) return { ...wish, seen: null }
      const { version, build, checkpoint } = serving
      return { ...wish, seen: { version, build, checkpoint } }
    }
    default:
      return wish
  }
}

const standing = async ({ stores }: Oracle, projection: ProjectionId) => {
  const found = await stores.rows.checkpoint(projection)()
  return found._tag === 'Left' ? theStart : found.right
}

export const streams: ReadonlyArray<StreamName> = ['a', 'b'].flatMap((name) =>
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

const expected: fc.Arbitrary<ExpectedRevision | BehindItsEnd> = fc.oneof(
  { arbitrary: fc.constant<ExpectedRevision | BehindItsEnd>(any), weight: 4 },
  { arbitrary: fc.constantFrom(noStream, streamExists), weight: 3 },
  { arbitrary: fc.integer({ min: -1, max: 2 }).map((behindItsEnd) => ({ behindItsEnd })), weight: 5 },
  { arbitrary: fc.nat(6).map((n) => exactly(revision(n))), weight: 1 },
)
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
/** When several append at once they often mean the same stream, and the same event. */
const contendedStream = fc.constantFrom(...streams.slice(0, 2))
const sharedName = fc.oneof(
  { arbitrary: fc.nat(1_000_000_000).map(String), weight: 3 },
  { arbitrary: fc.nat(9).map((n) => `shared ${n}`), weight: 2 },
)

const append = (
  name: fc.Arbitrary<string>,
  at: fc.Arbitrary<number>,
  to = fc.constantFrom(...streams),
): fc.Arbitrary<Wish> =>
  fc.record({
    asks: fc.constant('append' as const),
    to,
    expected,
    events: events(name),
    at: at.map((seconds) => secondsAfter(noon, seconds)),
  })

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
  afterPages: fc.nat(3),
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
/** What everybody wants to carry on at once, and then to switch to another build of. */
const contended: fc.Arbitrary<ProjectionId> = fc.record({
  name: fc.constant('c'),
  version: fc.constant(1),
  build: fc.oneof({ arbitrary: fc.constant(9), weight: 3 }, { arbitrary: fc.nat(9), weight: 2 }),
})
const keyUnits = ['a', 'b', '\ue000', '\ufffd', '\uffff', '😀', '\u{10ffff}']
const key = fc.string({ unit: fc.constantFrom(...keyUnits), maxLength: 2 })
const anyKey = fc.oneof({ arbitrary: key, weight: 12 }, { arbitrary: fc.constantFrom(...unstorableTexts), weight: 1 })
const orNull = <A>(some: fc.Arbitrary<A>) => fc.option(some, { nil: null, freq: 3 })
const place = fc.nat(5).map(position)

const whereItStands = { arbitrary: fc.constant('where it stands' as const), weight: 5 }
const commit = (projection: fc.Arbitrary<ProjectionId>): fc.Arbitrary<Wish> =>
  fc.record({
    asks: fc.constant('commit' as const),
    projection,
    changes: fc.array(fc.record({ key: fc.oneof({ arbitrary: key, weight: 30 }, anyKey), row: orNull(text) }), {
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
      prefix: anyKey,
      after: key,
      limit: fc.oneof({ arbitrary: fc.nat(8), weight: 4 }, fc.constantFrom(-1, 1.5, Number.POSITIVE_INFINITY)),
    },
    { requiredKeys: ['limit'] },
  ),
})
const rowsRead: ReadonlyArray<fc.Arbitrary<Wish>> = [
  fc.constant({ asks: 'kept' as const }),
  fc.record({ asks: fc.constantFrom('checkpoint' as const, 'quarantined' as const), projection }),
  fc.record({ asks: fc.constant('get' as const), projection, key: anyKey }),
  fc.record({ asks: fc.constant('get many' as const), projection, keys: fc.array(anyKey, { maxLength: 5 }) }),
  list,
]

const number = fc.constantFrom(...numbers)
const vault: ReadonlyArray<fc.Arbitrary<Wish>> = [
  fc.record({ asks: fc.constantFrom('claim' as const, 'claim' as const, 'release' as const), number, doctor }),
  fc.record({ asks: fc.constant('holder of' as const), number }),
]
const seal: fc.Arbitrary<Wish> = fc
  .record({
    person: doctor,
    place: fc.record({
      event: fc.nat(2).map((n) => eventIdOf(commandIdOf('model', 'sealing'), n)),
      field: fc.constantFrom('name', 'contact'),
    }),
    text,
    as: fc.option(doctor, { nil: null, freq: 3 }),
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
  ...weighted(10, append(anyName, fc.integer({ min: -50, max: 50 }))),
  ...weighted(2, again),
  ...weighted(2, ...reading(fc.option(stop, { nil: null }))),
  ...weighted(8, commit(projection)),
  ...weighted(1, serve(projection)),
  ...weighted(1, ...rowsRead),
  ...weighted(3, list),
  ...weighted(2, ...vault, seal),
)

const eventsAmongOthers = [
  ...weighted(6, append(sharedName, fc.constant(0), contendedStream)),
  ...weighted(1, again, ...reading(fc.constant(onePage))),
]
const rowsAmongOthers = [
  ...weighted(6, commit(contended)),
  ...weighted(3, serve(contended)),
  ...weighted(1, ...rowsRead),
]
const vaultAmongOthers = [...weighted(2, ...vault), ...weighted(1, seal)]

/** What one of several asks, while the clock stands still: all of the same store, or of any. */
export const anyWishAmongOthers: ReadonlyArray<fc.Arbitrary<Wish>> = [
  fc.oneof(...eventsAmongOthers),
  fc.oneof(...rowsAmongOthers),
  fc.oneof(...vaultAmongOthers),
  fc.oneof(...eventsAmongOthers, ...rowsAmongOthers, ...vaultAmongOthers),
]
