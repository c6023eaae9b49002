// hostile-values.ts: what nobody should hand in: values that break what is careless, and data with something wrong in it

import fc from 'fast-check'

/** Texts that are read, compared, cut or written wrongly somewhere. */
const hostileTexts: ReadonlyArray<string> = [
  '',
  ' ',
  '\u00a0\u200b',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff\ud83d',
  '\u202eevil\u202c',
  '\ufeffbom',
  '\ufffd',
  'e\u0301'.repeat(50),
  '👩‍⚕️'.repeat(20),
  '"',
  "'; DROP TABLE events; --",
  '=HYPERLINK("http://example.org","x")',
  '+1+1',
  '-1',
  '@SUM(A1)',
  '\r\n\r\n',
  ',;,;\t',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '1e308',
  '0x10',
  '１２３',
  '٣',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF',
  'Europe/Oslo\n',
  'europe/oslo',
  'x'.repeat(10_000),
]

/** Dates and moments at and beyond every bound. */
const hostileDates: ReadonlyArray<string> = [
  '0000-01-01',
  '0001-01-01',
  '-000001-12-31',
  '+275760-09-13',
  '+275760-09-14',
  '9999-12-31',
  '2024-02-30',
  '2023-02-29',
  '1900-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-2-3',
  '20240203',
  '2024-02-29T00:00',
  '0000-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:00.000Z',
  '2024-02-29T24:00:00.000Z',
  '2024-02-29T15:00:30.000Z',
  '2024-03-31T01:30:00.000Z',
  '2024-02-29T15:00:00Z',
  '2024-02-29T15:00:00.000+01:00',
]

const hostileNumbers: ReadonlyArray<number> = [
  0,
  -0,
  -1,
  0.5,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 2,
  Number.MIN_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
]

const deep = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 'the bottom'
  for (let level = 0; level < levels; level += 1) value = wrap(value)
  return value
}

const throwing = (): never => {
  throw new Error('looked at')
}

/** Objects that do something when they are looked at, have no end, or are larger than anything a command needs. Made anew each. */
export const traps: Readonly<Record<string, () => unknown>> = {
  'a getter that throws': () => Object.defineProperty({}, 'type', { enumerable: true, get: throwing }),
  'a proxy that throws': () =>
    new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing, getOwnPropertyDescriptor: throwing }),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable<object>({}, {})
    revoke()
    return proxy
  },
  'a proxy without a bottom': () => {
    const endless: object = new Proxy({ next: 1 }, { get: () => endless })
    return endless
  },
  'a getter that never says the same': () => {
    let asked = 0
    return {
      get type() {
        asked += 1
        return asked % 2 === 0 ? 'AddMember' : 'RegisterGroup'
      },
    }
  },
  'an object in itself': () => {
    const round: Record<string, unknown> = { type: 'AddMember' }
    round.data = round
    return round
  },
  'a list in itself': () => {
    const round: unknown[] = []
    round.push(round, round)
    return round
  },
  'ten thousand objects deep': () => deep(10_000, (inner) => ({ data: inner })),
  'ten thousand lists deep': () => deep(10_000, (inner) => [inner]),
  'a list of a hundred thousand': () => Array.from({ length: 100_000 }, (_, n) => n),
  'a list with holes': () => new Array(1_000_000_000),
  'a million characters': () => 'x'.repeat(1_000_000),
  'fields named like what every object has': () =>
    JSON.parse('{"__proto__":{"type":"AddMember"},"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":0}'),
  'a text that is asked for its JSON': () => ({ toJSON: () => '2024-01-01', toString: throwing, valueOf: throwing }),
  'a frozen object without a prototype': () => Object.freeze(Object.create(null)),
  'a date that is none': () => new Date(Number.NaN),
  'a big number': () => 12n,
  'a symbol': () => Symbol('type'),
  'a function': () => throwing,
  nothing: () => undefined,
}

/** Makes a value. fast-check looks at what it generates, which a trap does not stand; so it generates what makes it. */
export type Recipe = () => unknown

const anyThing = () =>
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
    withBoxedValues: true,
    stringUnit: 'binary',
  })

const making =
  (value: unknown): Recipe =>
  () =>
    value

/** Any value at all, JSON or not. */
export const anyHostileValue = (): fc.Arbitrary<Recipe> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }).map(making) },
    { weight: 2, arbitrary: anyThing().map(making) },
    { weight: 2, arbitrary: anyHostileScalar().map(making) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(traps)) },
  )

/** A hostile text, date or number. */
export const anyHostileScalar = (): fc.Arbitrary<string | number> =>
  fc.oneof(
    fc.constantFrom(...hostileTexts),
    fc.constantFrom(...hostileDates),
    fc.constantFrom(...hostileNumbers),
    fc.string({ unit: 'binary' }),
  )

type Path = ReadonlyArray<string | number>

/** Every place in plain data, from the whole inwards. */
const placesIn = (value: unknown, path: Path = []): ReadonlyArray<Path> => {
  if (typeof value !== 'object' || value === null) return [path]
  const parts: ReadonlyArray<readonly [string | number, unknown]> = Array.isArray(value)
    ? value.map((part, index) => [index, part] as const)
    : Object.entries(value)
  return [path, ...parts.flatMap(([key, part]) => placesIn(part, [...path, key]))]
}

const gone = Symbol('gone')

const changedAt = (value: unknown, [key, ...rest]: Path, change: (value: unknown) => unknown): unknown => {
  if (key === undefined) return change(value)
  if (Array.isArray(value)) {
    const list = value.map((part, index) => (index === key ? changedAt(part, rest, change) : part))
    return list.filter((part) => part !== gone)
  }
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(
    ([field, part]) => [field, field === key ? changedAt(part, rest, change) : part] as const,
  )
  return Object.fromEntries(fields.filter(([, part]) => part !== gone))
}

const retyped = (value: unknown): ReadonlyArray<unknown> => [
  null,
  [],
  {},
  [value],
  { value },
  typeof value === 'string' ? Number(value) : JSON.stringify(value),
  typeof value === 'string' ? value.toUpperCase() : false,
  typeof value === 'string' ? ` ${value} ` : true,
  typeof value === 'string' ? value.slice(1) : '',
]

const withMore = (value: unknown, more: unknown): unknown => {
  if (Array.isArray(value)) return [...value, ...value, more]
  return typeof value === 'object' && value !== null
    ? Object.fromEntries([...Object.entries(value), ['__proto__', more], ['more', more]])
    : value
}

const oneOf = <A>(list: ReadonlyArray<A>): fc.Arbitrary<A> => fc.constantFrom(...list)

const ways = ['gone', 'more', 'retyped', 'hostile', 'taken', 'taken', 'date'] as const

/** Data with one to three things changed in it, at any depth: gone, doubled, of another type, hostile, or taken from other data. */
export const anyMutationOf = (samples: ReadonlyArray<unknown>): fc.Arbitrary<Recipe> => {
  const leaves = samples.flatMap(leavesIn)
  return fc.gen().map((pick) => {
    let value = pick(oneOf<unknown>, samples)
    let planted: { readonly place: Path; readonly recipe: Recipe } | null = null
    for (let times = pick(oneOf<number>, [1, 2, 3]); times > 0; times -= 1) {
      const place = pick(oneOf<Path>, placesIn(value))
      value = changedAt(value, place, (before) => {
        switch (pick(oneOf<(typeof ways)[number]>, ways)) {
          case 'gone':
            return place.length === 0 ? undefined : gone
          case 'more':
            return withMore(before, pick(anyHostileScalar))
          case 'retyped':
            return pick(oneOf<unknown>, retyped(before))
          case 'hostile':
            // Last, for nothing may look into it.
            times = 0
            planted = { place, recipe: pick(anyHostileValue) }
            return before
          case 'taken':
            return pick(oneOf<unknown>, leaves)
          case 'date':
            return pick(oneOf<string>, hostileDates)
        }
      })
    }
    return planted === null ? making(value) : plantedIn(value, planted)
  })
}

const plantedIn =
  (value: unknown, { place, recipe }: { readonly place: Path; readonly recipe: Recipe }): Recipe =>
  () =>
    changedAt(value, place, recipe)

const leavesIn = (value: unknown): ReadonlyArray<unknown> =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesIn) : [value]
