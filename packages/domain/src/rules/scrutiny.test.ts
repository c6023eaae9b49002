// scrutiny.test.ts: all that is wrong with what is to be published is told at once, and only that

import { describe, expect, test } from 'vitest'
import { defaultPack } from './default-pack.ts'
import {
  adaptation,
  asking,
  dispensation,
  first,
  pack,
  published,
  second,
  source,
  sourced,
  wholePack,
} from './published.test-kit.ts'
import { adopt, authority, bergen, dispense, kari, publish, stricter } from './publishing.test-kit.ts'
import { rulebook } from './rulebook.ts'
import type { RulesEvent } from './rules-events.ts'
import { scrutinise } from './scrutiny.ts'

const told = (asked: Parameters<typeof scrutinise>[0], ...history: ReadonlyArray<RulesEvent>) => {
  const { refusals, isPublished } = scrutinise(
    asked,
    authority,
    { founding: defaultPack, places: [] },
    history.reduce(rulebook.evolve, rulebook.initial),
  )
  return [refusals.map(({ _tag }) => _tag), isPublished]
}

test('a basis that nobody knows is not also one that is not in force', () => {
  const asked = asking.adaptation(adaptation(bergen, second, stricter, '2024-06-01'))
  expect(told(asked, published.pack(first))).toEqual([['BasisUnknown'], false])
  expect(told(asked)).toEqual([['BasisUnknown', 'RulesLeaveGap'], false])
})

test('dates the wrong way round lie beside nothing', () => {
  const adapted = adaptation(bergen, first, stricter)
  const reversed = adaptation(bergen, first, stricter, '2024-06-01', '2024-03-01')
  expect(told(asking.adaptation(reversed), published.pack(first), published.adaptation(adapted))).toEqual([
    ['DatesReversed'],
    false,
  ])
  const granted = dispensation(kari, stricter, '2024-01-01', '2025-01-01')
  const backwards = dispensation(kari, stricter, '2024-06-01', '2024-03-01')
  expect(told(asking.dispensation(backwards), published.pack(first), published.dispensation(granted))).toEqual([
    ['DatesReversed'],
    false,
  ])
})

test('dates the wrong way round hide nothing that is wrong on the day from which it was to hold', () => {
  const loose = sourced({ groupThreshold: 2, minutesPerPoint: 45 })
  const history = [published.pack(first), published.pack(second)]
  expect(told(asking.adaptation(adaptation(bergen, first, loose, '2024-06-01', '2024-03-01')), ...history)).toEqual([
    ['DatesReversed', 'LoosensRule', 'RuleIsFixed'],
    false,
  ])
  // Ends before the pack of its first day begins.
  expect(told(asking.adaptation(adaptation(bergen, second, loose, '2026-06-01', '2025-06-01')), ...history)).toEqual([
    ['DatesReversed', 'LoosensRule', 'RuleIsFixed'],
    false,
  ])
  const fixed = sourced({ minutesPerPoint: 45 })
  expect(told(asking.dispensation(dispensation(kari, fixed, '2025-12-31', '2025-12-31')), ...history)).toEqual([
    ['DatesReversed', 'RuleIsFixed'],
    false,
  ])
  // The second pack asks for four, the first, which is in force on that day, for three.
  const four = sourced({ groupThreshold: 3 })
  expect(told(asking.adaptation(adaptation(bergen, first, four, '2025-12-31', '2025-01-01')), ...history)).toEqual([
    ['DatesReversed'],
    false,
  ])
})

describe('what can be read is judged beside what cannot', () => {
  const begun = [published.pack(first)]

  test('of a layer and of a dispensation', () => {
    const parameters = {
      quorum: { value: 0, source },
      sessionMinutesMin: 60,
      ...sourced({ groupThreshold: 2, minutesPerPoint: 45 }),
    }
    expect(told(adopt(parameters), ...begun)).toEqual([
      ['ParameterMalformed', 'ParameterMalformed', 'LoosensRule', 'RuleIsFixed'],
      false,
    ])
    const permitting = {
      quorum: { value: 0, source },
      declaration: { value: 'none', source, permission: 'free' },
      minutesPerPoint: { value: 45, source, range: { least: 40, most: 50 } },
    }
    expect(told(dispense(permitting), ...begun)).toEqual([
      ['ParameterMalformed', 'PermissionMalformed', 'PermissionMalformed', 'PermissionLoosened', 'RuleIsFixed'],
      false,
    ])
  })

  test('of a pack, where what is missing is told too', () => {
    const { quorum: _, ...all } = wholePack({
      sessionMinutesMin: { value: -1, source, permission: 'fixed' },
      dayCap: { value: 'cut', source },
      window: { value: 'rolling-12-months', source, permission: 'fixed' },
      plannedWithin: { value: { months: 3 }, source, permission: 'fixed' },
    })
    expect(told(publish(all))).toEqual([
      ['ParameterMalformed', 'ParameterMissing', 'ParameterMissing', 'RulesContradict'],
      false,
    ])
    expect(told(publish({ ...all, window: { value: 'rolling', source, permission: 'fixed' } }))).toEqual([
      ['ParameterMalformed', 'ParameterMalformed', 'ParameterMissing', 'ParameterMissing'],
      false,
    ])
    const both = wholePack({
      window: { value: 'rolling-12-months', source, permission: 'fixed' },
      plannedWithin: { value: { months: 3 }, source, permission: 'fixed' },
      rounding: { value: { mode: 'floor', per: 'window', unit: 1 }, source, permission: 'fixed' },
    })
    expect(told(publish(both))).toEqual([['RulesContradict', 'RulesContradict'], false])
    expect(told(publish(7))).toEqual([['ParameterMalformed'], false])
  })

  test('but for what it could contradict', () => {
    const rounding = { value: { mode: 'floor', per: 'window', unit: 1 }, source, permission: 'free' }
    const rounded = [published.pack(pack('2024-01-01', { rounding }))]
    const rolling = sourced({ window: 'rolling-12-months' })
    const parameters = { ...rolling, quorum: { value: 0, source } }
    expect(told(adopt(parameters), ...rounded)[0]).toContain('RulesContradict')
    const mended = { ...parameters, rounding: { value: { mode: 'floor', per: 'sesion', unit: 1 }, source } }
    expect(told(adopt(mended), ...rounded)[0]).not.toContain('RulesContradict')
  })
})

test('what cannot be read was not published', () => {
  expect(told(adopt({ quorum: 0 }), published.pack(first))).toEqual([['ParameterMalformed'], false])
  expect(told(asking.pack(first), published.pack(first))).toEqual([[], true])
})
