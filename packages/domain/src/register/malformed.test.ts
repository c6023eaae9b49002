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
  const course = { kind: 'course', on: '2024-03-01', points: 15, subject: 'Skin', course: 'clinical', form: 'online' }
  const {
    DecidePeriod,
    ExtendPeriod,
    RegisterGroup,
    AdoptLocalAdaptation,
    RecordActivity,
    PublishRulePack,
    ReplaceAttendance,
  } = everyCommand
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
      "data.scope.layer: found 'town', expected 'region', 'hospital' or 'group'",
    ],
    [
      AdoptLocalAdaptation,
      { scope: { layer: 'group', group: 'G1' } },
      "data.scope.group: found 'G1', expected the id of a group, a lower-case UUID",
    ],
    [
      RegisterGroup,
      { reference: { source: 'a sheet', id: 7 } },
      'data.reference.id: found 7, expected text without lone surrogates or U+0000',
    ],
    [ExtendPeriod, { by: { months: 0 } }, 'data.by.months: found 0, expected a whole number of months from 1 to 600'],
    [ExtendPeriod, { by: { to: 'soon' } }, "data.by.to: found 'soon', expected a date like 2024-12-31"],
    [ExtendPeriod, { by: {} }, 'data.by: found an object, expected { months } or { to }'],
    [
      RecordActivity,
      { what: { ...course, on: '2024-02-30' } },
      "data.what.on: found '2024-02-30', expected a date like 2024-12-31",
    ],
    [
      RecordActivity,
      { what: { ...course, points: undefined } },
      'data.what.points: found nothing, expected points from 0 to 1000, whole or half',
    ],
    [
      RecordActivity,
      { what: { ...course, kind: 'elective', points: 0.25 } },
      'data.what.points: found 0.25, expected points from 0 to 1000, whole or half',
    ],
    ...[{ kind: 'x' }, { ...course, kind: 'x' }].map(
      (what) =>
        [
          RecordActivity,
          { what },
          "data.what.kind: found 'x', expected 'course', 'practice-visit', 'observership', 'clinic-day', 'intern-supervision' or 'elective'",
        ] as const,
    ),
    [
      RecordActivity,
      { what: {} },
      "data.what.kind: found nothing, expected 'course', 'practice-visit', 'observership', 'clinic-day', 'intern-supervision' or 'elective'",
    ],
    [
      ReplaceAttendance,
      { presence: { kind: 'intervals', intervals: [{ from: 'noon', to: '2024-01-01T12:00:00.000Z' }] } },
      "data.presence.intervals.0.from: found 'noon', expected a moment in UTC like 2024-12-31T14:30:00.000Z",
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
