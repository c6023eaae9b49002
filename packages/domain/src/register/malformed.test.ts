// malformed.test.ts: whatever is wrong in a command, what was expected is told in words and not by the names of codecs

import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { everyCommand } from '../testing/every-command.ts'
import { as, opened } from '../testing/index.ts'

const { actor } = as('authority')
const toldOf = async (command: unknown): Promise<string | null> => {
  const answer = await opened().register.execute(command, { actor })()
  return isLeft(answer) && answer.left._tag === 'CommandMalformed' ? answer.left.found : null
}

/** What no field takes, one by one. */
const wrong: ReadonlyArray<unknown> = ['nonsense', '', 7.5, -1, true, null, undefined, {}, [], [7.5], { kind: 'x' }]

/** The command with each of its fields, however deep, made each of what is wrong. */
function* spoiled(whole: unknown): Iterable<unknown> {
  yield* wrong
  if (typeof whole !== 'object' || whole === null) return
  for (const [name, part] of Object.entries(whole)) {
    // Parameters are read by the decision, which has words of its own for them.
    if (name === 'parameters') continue
    for (const one of spoiled(part))
      yield Array.isArray(whole)
        ? whole.map((old, nth) => (String(nth) === name ? one : old))
        : { ...whole, [name]: one }
  }
}

/** As types are written: `LegalDate`, `(A | null)`, `{| … |}`, `Readonly<…>`, `"x"`. */
const asTypes = /expected .*(?:\b(?!UTC|UUID|HPR|U\b|Europe|Oslo|JSON|T14)[A-Z]|[|<>"])/

test.for(Object.values(everyCommand).map((command) => [command.type, command] as const))('%s', async ([, command]) => {
  const told: string[] = []
  for (const data of spoiled(command.data)) {
    const one = await toldOf({ type: command.type, data })
    if (one !== null) told.push(one)
  }
  expect(told.filter((one) => asTypes.test(one))).toEqual([])
  expect(told.length).toBeGreaterThan(wrong.length)
})

describe('told in words', () => {
  const { DecidePeriod, RegisterGroup, AdoptLocalAdaptation, RecordActivity, PublishRulePack, ReplaceAttendance } =
    everyCommand
  test.for([
    [AdoptLocalAdaptation, { until: 'soon' }, "data.until: found 'soon', expected a date like 2024-12-31, or null"],
    [
      PublishRulePack,
      { zone: 'Bergen' },
      "data.zone: found 'Bergen', expected a time zone by its name, such as 'Europe/Oslo'",
    ],
    [
      AdoptLocalAdaptation,
      { scope: { layer: 'town' } },
      "data.scope: found an object, expected { layer: 'region', municipalities }, { layer: 'hospital', hospital } or { layer: 'group', group }",
    ],
    [DecidePeriod, { outcome: 'approved' }, "data.outcome: found 'approved', expected 'renewed' or 'not-renewed'"],
    [RegisterGroup, { reference: 'G1' }, "data.reference: found 'G1', expected { source, id }, or null"],
    [
      ReplaceAttendance,
      { presence: 'all' },
      "data.presence: found 'all', expected { kind: 'whole' }, { kind: 'intervals', intervals } or { kind: 'minutes', minutes }",
    ],
    [
      RecordActivity,
      { what: null },
      "data.what: found null, expected { kind: 'course', on, points, subject, course, form }, { kind: 'practice-visit', on, points, colleague }, { kind: 'observership', on, points, department }, { kind: 'clinic-day', on, points, country }, { kind: 'intern-supervision', on, points } or { kind: 'elective', on, points }",
    ],
  ] as const)('%#', async ([command, changed, told]) => {
    expect(await toldOf({ type: command.type, data: { ...command.data, ...changed } })).toBe(told)
  })

  test('the data as a whole', async () => {
    expect(await toldOf({ type: 'RegisterGroup', data: [] })).toBe(
      'data: found a list, expected { group, name, municipality, on, reference }',
    )
  })
})
