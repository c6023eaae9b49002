// naive.property.test.ts: the engine against a second, deliberately naive reading of the rules, on random histories under random rules

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { naively } from './naive.test-kit.ts'
import { engineOver } from './naive-events.test-kit.ts'
import { anyAsked, anyTold } from './naive-history.test-kit.ts'
import type { Asked } from './naive-known.test-kit.ts'
import { byDefault } from './naive-rules.test-kit.ts'
import type { Told } from './naive-told.test-kit.ts'

/** 10,000 histories with SMAGRUPPE_FULL=1; another number with SMAGRUPPE_SEEDS. */
const numRuns = Number(process.env.SMAGRUPPE_SEEDS ?? (process.env.SMAGRUPPE_FULL === '1' ? 10_000 : 60))
const seed = Number(process.env.SMAGRUPPE_SEED ?? Math.floor(Math.random() * 2 ** 31))

const timeout = 7_200_000

test(
  'two readings of the rules agree on every doctor, as known at any time, under rules in layers',
  () => {
    fc.assert(
      fc.property(anyTold(), fc.array(anyAsked(), { minLength: 2, maxLength: 4 }), (told, questions) => {
        const engine = engineOver(told)
        for (const asked of questions) expect({ asked, ...engine(asked) }).toEqual({ asked, ...naively(told, asked) })
      }),
      { numRuns, seed },
    )
    console.log(`two readings: ${numRuns} histories, SMAGRUPPE_SEED=${seed}`)
  },
  timeout,
)

test('the order in which facts were written down changes no answer, also in one stream', () => {
  fc.assert(
    fc.property(anyTold(), anyAsked(), (told, asked) => {
      const { doctors, merges, periods, stays, signatures, sessions, changes } = told
      const otherWayRound = {
        doctors: [...doctors].reverse(),
        merges: [...merges].reverse(),
        periods: [...periods].reverse(),
        stays: [...stays].reverse(),
        signatures: [...signatures].reverse(),
        sessions: [...sessions].reverse(),
        changes: [...changes].reverse(),
      }
      expect(engineOver({ ...told, ...otherWayRound })(asked)).toEqual(engineOver(told)(asked))
    }),
    { numRuns: Math.ceil(Math.min(numRuns, 1_000) / 2), seed },
  )
})

/** The same history without something that it is about. */
const without: Readonly<Record<string, (told: Told) => Partial<Told>>> = {
  merges: () => ({ merges: [] }),
  extensions: ({ periods }) => ({ periods: periods.filter(({ what }) => what !== 'extended') }),
  decisions: ({ periods }) => ({ periods: periods.filter(({ what }) => what !== 'decided') }),
  complaints: ({ periods }) => ({ periods: periods.filter(({ what }) => what !== 'upheld') }),
  changes: () => ({ changes: [] }),
  moves: ({ groups }) => ({ groups: groups.map((group) => ({ ...group, moves: [] })) }),
  ...Object.fromEntries(
    ['region', 'hospital', 'group', 'dispensation'].map((layer) => [
      layer,
      ({ rules }: Told) => ({ rules: rules.filter((one) => one.layer !== layer) }),
    ]),
  ),
  ...Object.fromEntries(
    Object.keys(byDefault).map((parameter) => [
      parameter,
      ({ rules }: Told) => ({
        rules: rules.map((one) => {
          const says = Object.entries(one.says).filter(([name]) => name !== parameter)
          return { ...one, says: Object.fromEntries(says) }
        }),
      }),
    ]),
  ),
}

test('the histories reach what is compared: each part of them and each parameter changes an answer somewhere', () => {
  const said = (told: Told, asked: Asked): string => JSON.stringify(naively(told, asked))
  const left = new Set([...Object.keys(without), 'what is known'])
  const some = (numRuns: number, seed: number) => fc.sample(fc.tuple(anyTold(), anyAsked()), { numRuns, seed })
  // Few histories hold a move between groups that is worth anything: the first of these samples has one.
  const histories = [...some(25, 177), ...some(130, 13)]
  for (const [told, asked] of histories) {
    if (left.size === 0) break
    const answer = said(told, asked)
    for (const name of left) if (said({ ...told, ...without[name]?.(told) }, asked) !== answer) left.delete(name)
    if (said(told, { ...asked, knownAt: '2030-01-01T00:00:00.000Z' }) !== answer) left.delete('what is known')
  }
  expect([...left]).toEqual([])
})
