// shared-names.test.ts: two groups that were given one name are both kept, and what is imported goes to the first

import { uuidOf } from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { asked, broughtIn, folderWith, imported, smallYear } from './sheets.test-kit.ts'

test('a second group under the name of another takes nothing from it', async () => {
  const on = await broughtIn(smallYear)
  const { register } = on
  const actor = { id: 'an app', role: 'coordinator' }
  const second = uuidOf('shared names', 'G1')
  const data = { group: second, name: 'Second', municipality: null, on: '2024-01-01' }
  const reference = { source: 'contact-point', id: 'G1' }
  rightOf(await register.execute({ type: 'RegisterGroup', data: { ...data, reference } }, { actor })())

  const folder = folderWith({ ...smallYear, members: [...smallYear.members, 'G1,104,2024-06-01,'] })
  expect(await imported(on, folder)).toMatchObject({ events: 1, rejections: [] })
  const entries = rightOf(await register.groupRegister(asked('2024-12-31', '2025-06-01'))())
  expect(entries.map(({ label, name, members }) => [label, name, members.length])).toEqual([
    ['G1', 'Second', 0],
    ['G1', 'Sandviken', 3],
    ['G2', 'Fana', 2],
  ])
  expect(rightOf(await register.named('group', reference)())?.id).not.toBe(second)
})
