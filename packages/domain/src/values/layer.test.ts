// layer.test.ts: the levels at which rules are set

import { expect, test } from 'vitest'
import { Layer, layers } from './layer.ts'

test('stand in the order in which each binds the next', () => {
  expect(layers).toEqual(['national', 'region', 'hospital', 'group', 'dispensation'])
  expect([Layer.is('region'), Layer.is('county')]).toEqual([true, false])
})
