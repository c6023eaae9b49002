// given.test.ts: a test kit that cannot fail would be a defect

import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { accept, type Decider, nothing, refuse } from '../kernel/decider.ts'
import { emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { personal } from '../values/personal.ts'
import {
  anybody,
  deciderLaws,
  doctorNamed,
  given,
  groupNamed,
  inOslo,
  instant,
  mustEqual,
  registerWith,
  whole,
  writtenOut,
} from './index.ts'

const grown = eventType('Grown', t.strict({ by: t.number }))
type Grown = ReturnType<typeof grown.of>
type Refusal = { readonly _tag: 'TooTall'; readonly height: number } | { readonly _tag: 'TooSmall' }

const tree: Decider<number, number, Grown, Refusal> = {
  initial: 0,
  decide: (by) => (height) =>
    height + by > 10 ? refuse({ _tag: 'TooTall', height }) : by === 0 ? nothing : accept(grown.of({ by })),
  evolve: (height, { data }) => height + data.by,
}
const grew = (by: number) => grown.of({ by })

describe('given, when, then', () => {
  test('hold what is so', () => {
    given(tree)().when(3).accepts(grew(3))
    given(tree)(grew(3)).when(0).doesNothing()
    given(tree)(grew(3), grew(5)).when(3).refuses('TooTall', { height: 8 })
  })

  test('fail where something else came, and show it', () => {
    expect(() => given(tree)().when(3).accepts(grew(4))).toThrow(/^- +by: 4$[\s\S]*^\+ +by: 3$/m)
    expect(() => given(tree)().when(3).accepts()).toThrow('the command was to be accepted')
    expect(() => given(tree)().when(3).accepts(grew(3), grew(3))).toThrow('the command was to be accepted')
    expect(() => given(tree)().when(3).doesNothing()).toThrow('the command was to do nothing')
    expect(() => given(tree)().when(3).refuses('TooTall', { height: 0 })).toThrow('the command was accepted')
    expect(() => given(tree)(grew(9)).when(3).accepts(grew(3))).toThrow('the command was refused')
    expect(() => given(tree)(grew(9)).when(3).doesNothing()).toThrow('the command was refused')
    expect(() => given(tree)(grew(9)).when(3).refuses('TooTall', { height: 8 })).toThrow(
      'the command was to be refused',
    )
    expect(() => given(tree)(grew(9)).when(3).refuses('TooSmall', {})).toThrow('the command was to be refused')
  })
})

describe('the laws of deciders', () => {
  const catalogue = emptyCatalogue.with(grown)
  const broken = (more: Partial<typeof tree>, ...commands: ReadonlyArray<number>): ReadonlyArray<string> =>
    deciderLaws({ ...tree, ...more }, catalogue).flatMap(({ law, holdsFor }) => {
      try {
        holdsFor(commands.map((command) => ({ command, context: anybody })))
        return []
      } catch {
        return [law]
      }
    })

  test('hold for what keeps them', () => {
    expect(broken({}, 1, 2, 0, 9)).toEqual([])
  })

  test('are broken by a decider that remembers, by events that cannot be stored, by a partial evolve', () => {
    let asked = 0
    const remembering = () => () => {
      asked += 1
      return accept(grew(asked))
    }
    expect(broken({ decide: remembering }, 1)).toContain('deciding twice gives the same, and changes nothing')
    const unstorable = () => () => accept({ type: 'Grown' as const, data: { by: Number.NaN } })
    expect(broken({ decide: unstorable }, 1)).toEqual([
      'state from the stored text equals live state',
      'what one command gives can be decoded and encoded to the same text',
    ])
    const partial = (height: number, event: Grown) =>
      JSON.parse(height > 0 ? '{}' : String(event.data.by)).by ?? event.data.by
    expect(broken({ evolve: partial }, 1)).toEqual([])
    const failing = (height: number, { data }: Grown) => {
      if (height > data.by) throw new Error('that cannot be')
      return height + data.by
    }
    expect(broken({ evolve: failing }, 1, 2)).toEqual([
      'any event can be applied to any state, and leaves the state before as it was',
    ])
  })

  test('are broken by a decision or an evolution that changes the state it was given', () => {
    const list: Decider<number[], number, Grown, Refusal> = {
      initial: [],
      decide: (by) => (state) => {
        state.push(by)
        return accept(grew(by))
      },
      evolve: (state, { data }) => [...state, data.by],
    }
    const laws = deciderLaws(list, catalogue)
    expect(() => laws[0]?.holdsFor([{ command: 1, context: anybody }])).toThrow('the state after deciding')
    const pushing: typeof list = {
      initial: [],
      decide: (by) => () => accept(grew(by)),
      evolve: (state, { data }) => {
        state.push(data.by)
        return state
      },
    }
    expect(() => deciderLaws(pushing, catalogue)[2]?.holdsFor([{ command: 1, context: anybody }])).toThrow(
      'the state before',
    )
  })
})

describe('values written out', () => {
  test('are equal when their text is, whatever the order of their fields', () => {
    mustEqual('fields', { a: 1, b: [] }, { b: [], a: 1 })
    mustEqual('maps', new Map([[{ a: 1 }, new Set([1])]]), new Map([[{ a: 1 }, new Set([1])]]))
    mustEqual('people', personal(doctorNamed('Kari'), 'Kari'), personal(doctorNamed('Kari'), 'Kari'))
  })

  test('are told apart', () => {
    const values = [
      0,
      -0,
      '0',
      null,
      undefined,
      {},
      [],
      new Map(),
      new Set(),
      { a: undefined },
      { a: null },
      [0],
      [[0]],
      new Set([0]),
      new Map([[0, 0]]),
      Number.NaN,
      true,
      personal(doctorNamed('Kari'), 'a'),
      personal(doctorNamed('Kari'), 'b'),
      personal(doctorNamed('Ola'), 'a'),
    ]
    expect(new Set(values.map((value) => writtenOut(value))).size).toBe(values.length)
    expect(() => mustEqual('this', { a: [1, 2] }, { a: [1, 3] })).toThrow(
      'this\nexpected\n  {\n    a: [\n      1\n-     3\n    ]\n  }\nfound\n  {\n    a: [\n      1\n+     2\n    ]\n  }',
    )
  })
})

describe('names', () => {
  test('stand for the same id each time, and for different ones in different trades', () => {
    expect(groupNamed('A')).toBe(groupNamed('A'))
    expect(new Set([groupNamed('A'), groupNamed('B'), doctorNamed('A')]).size).toBe(3)
  })

  test('of moments and numbers must be ones', () => {
    expect(inOslo('2024-01-10')).toBe('2024-01-09T23:00:00.000Z')
    expect(inOslo('2024-01-10 15:00')).toBe('2024-01-10T14:00:00.000Z')
    expect(() => instant('2024-01-10')).toThrow(RangeError)
    expect(() => whole(0.5)).toThrow(RangeError)
  })
})

test('a table without a session of that name says so', () => {
  expect(() => registerWith({}).held('S1')).toThrow('there is no session S1 in this register')
})
