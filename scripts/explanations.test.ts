// explanations.test.ts: what pages tell and show of explanations is what the pilot year is told by
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { importFolder } from '../packages/adapters/src/csv/index.ts'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '../packages/adapters/src/memory/index.ts'
import { randomIds, systemClock } from '../packages/adapters/src/node/index.ts'
import {
  type DoctorPoints,
  defaultPack,
  type ExplainedPoints,
  endOf,
  explained,
  explanation,
  languages,
  legalDate,
  openRegister,
  oslo,
  promised,
  type Step,
} from '../packages/domain/src/index.ts'
import { codeBlocks, root } from './code-blocks.ts'

const ports = {
  events: memoryEventStore({ clock: systemClock }),
  rows: memoryProjectionStore(),
  vault: memoryVault(),
  now: systemClock,
  newId: randomIds,
}
const register = openRegister(ports)
const capped = openRegister(ports, { rules: { ...defaultPack, yearlyCap: { ...defaultPack.yearlyCap, value: 1 } } })

beforeAll(() => promised(importFolder(register, join(root, 'packages/examples/pilot-year/data'))))

const everyones = ({ everyonesPoints }: typeof register, asOf: string, knownAt: string) =>
  promised(everyonesPoints({ effectiveThrough: legalDate(asOf), asKnownAt: endOf(oslo, legalDate(knownAt)) }))

const changesOf = ({ doctor, question }: DoctorPoints, { nearestChanges } = register) =>
  promised(nearestChanges(doctor, question))

test('what pages tell of the pilot year is what is told', async () => {
  const { group } = await promised(register.labels)
  const lines: string[] = []
  for (const [asOf, knownAt] of [
    ['2024-12-31', '2024-12-31'],
    ['2024-12-31', '2025-02-28'],
    ['2024-09-30', '2024-09-30'],
  ] as const) {
    for (const points of await everyones(register, asOf, knownAt)) {
      for (const language of languages)
        lines.push(...explanation(points, register.rules, { doctor: String, group }, language, await changesOf(points)))
    }
  }
  const told = lines.join('\n')
  const shown = codeBlocks('README.md', 'docs/**/*.md', 'packages/*/README.md', 'packages/examples/*/README.md')
    .filter(({ note }) => note === 'explained')
    .flatMap(({ text }) => text.trimEnd().split(/\n(?=\d{4}-)/))
  expect(shown.length).toBeGreaterThan(5)
  expect(shown.filter((lines) => !told.includes(`\n${lines}\n`))).toEqual([])
})

/** The keys of every object in a tree, by where it stands: `lines[].cuts[]`. */
const keysIn = (tree: unknown): ReadonlyMap<string, ReadonlySet<string>> => {
  const keys = new Map<string, Set<string>>()
  const look = (value: unknown, at: string): void => {
    if (Array.isArray(value)) for (const one of value) look(one, `${at}[]`)
    else if (typeof value === 'object' && value !== null) {
      const known = keys.get(at) ?? new Set()
      keys.set(at, known)
      for (const [key, inside] of Object.entries(value)) {
        known.add(key)
        look(inside, `${at}.${key}`)
      }
    }
  }
  look(tree, '')
  return keys
}

/** What `smagruppe explain --json` prints of the whole pilot year, one tree after the other, under the default rules and under a yearly cap. */
const explainedTrees = async (): Promise<ReadonlyArray<ExplainedPoints & { readonly hpr: string }>> => {
  const names = { doctor: String, group: String }
  const trees = []
  for (const one of [register, capped]) {
    for (const points of await everyones(one, '2024-12-31', '2025-02-28')) {
      const judging = await promised(one.judgingRules(points.doctor, points.question))
      const nearest = await changesOf(points, one)
      trees.push({ hpr: '', ...explained(points, one.rules, names, 'en', nearest, judging) })
    }
  }
  return trees
}

const page = readFileSync(join(root, 'docs/command.md'), 'utf8')

type EachKey<Union> = Union extends unknown ? keyof Union : never

/** All that any shortfall has; the pilot year has not every reason. */
const ofShortfalls: Readonly<Record<EachKey<NonNullable<ExplainedPoints['lines'][number]['shortfall']>>, true>> = {
  reason: true,
  text: true,
  needed: true,
  found: true,
  present: true,
  stays: true,
  declarations: true,
  counted: true,
  cap: true,
  effect: true,
  year: true,
  sessions: true,
  window: true,
  pending: true,
  finalOn: true,
  lacking: true,
}

/** All that any step has; the pilot year has not every kind. */
const ofSteps: Readonly<Record<EachKey<Step>, true>> = {
  step: true,
  group: true,
  sessions: true,
  minutes: true,
  planned: true,
  joining: true,
  by: true,
  session: true,
  label: true,
}
const keysOfSteps = Object.keys(ofSteps)

/** The keys that the second cell of a row names. */
const namedIn = (row: string): ReadonlyArray<string> => {
  const [, cell = ''] = new RegExp(`^\\| ${row} \\| (.*) \\|$`, 'm').exec(page) ?? []
  return [...cell.matchAll(/`([a-z]\w*)`/g)].map(([, name = '']) => name).sort()
}

test('the explanation that docs/command.md shows has the keys of a real one', async () => {
  const real = keysIn(await explainedTrees())
  const keysAt = (place: string): ReadonlyArray<string> => [...(real.get(`[]${place}`) ?? [])].sort()

  const [shown] = codeBlocks('docs/command.md').filter(({ language }) => language === 'json')
  const example = keysIn(JSON.parse(shown?.text ?? ''))
  expect(example.size).toBeGreaterThan(10)
  for (const [place, keys] of example) {
    // The keys of a shortfall depend on its reason; the table has them all.
    if (place === '.lines[].shortfall') expect(keysAt(place), place).toEqual(expect.arrayContaining([...keys]))
    else expect([...keys].sort(), place).toEqual(keysAt(place))
  }

  expect(namedIn('`cuts`')).toEqual(keysAt('.lines[].cuts[]'))
  expect(namedIn('`capped`')).toEqual(keysAt('.lines[].capped'))
  expect(new Set(namedIn('`nearest`'))).toEqual(new Set([...keysAt('.lines[].nearest'), ...keysOfSteps]))
  expect(namedIn('`withdrawn`')).toEqual(keysAt('.withdrawn[]'))
  expect(namedIn('`shortfall`')).toEqual(Object.keys(ofShortfalls).sort())
})
