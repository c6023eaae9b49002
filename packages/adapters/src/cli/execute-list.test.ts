// execute-list.test.ts: smagruppe execute --list has every command the register takes, and docs/recording.md is that list

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leftOf } from '../contract/case.ts'
import { registerOn } from '../csv/sheets.test-kit.ts'
import { namesInLines } from './execute-names.ts'
import { printed, smagruppe, tooLong } from './smagruppe.test-kit.ts'

test('every command that the register knows is in the list, and no other', async () => {
  const { commands } = JSON.parse(await printed('execute', '--list', '--json'))
  const { register } = registerOn()
  const actor = { id: 'somebody', role: 'coordinator' }
  const refused = leftOf(await register.execute({ type: 'none of them' }, { actor })())
  const known = 'found' in refused ? refused.found.replace(/^.* expected one of /, '').split(', ') : []
  expect(known.length).toBeGreaterThan(50)
  expect(Object.keys(commands)).toEqual(known)
  const empty = Object.entries(commands).filter(([, data]) => Object.keys(Object(data)).length === 0)
  expect(empty).toEqual([])
})

test('each field says what it can be', async () => {
  const { commands } = JSON.parse(await printed('execute', '--list', '--json'))
  expect(commands.ExtendPeriod).toEqual({
    doctor: '<the id of a doctor>',
    period: '<a date like 2024-12-31>',
    on: '<a date like 2024-12-31>',
    by: '{ months: <a whole number of months from 1 to 600> } | { to: <a date like 2024-12-31> }',
    ground: '"parental-leave" | "leave" | "military-service" | "public-office" | "other"',
  })
  const all = Object.values(commands).flatMap((data) => Object.values(Object(data)).map(String))
  const names = /\b(?!UTC|HPR|U\b|T14)[A-Z]/
  expect(all.filter((one) => !/^(?:an object|text|number|[<{"[])/.test(one) || names.test(one))).toEqual([])
  expect(commands.PlanSession).toMatchObject({
    starts: '<a whole minute in UTC like 2024-12-31T14:30:00.000Z>',
    groups: '[<the id of a group>, …] (different groups, 1 to 100)',
    department: '<the id of a department> | null',
  })
  expect(commands.GrantDispensation).toMatchObject({ parameters: 'an object', digest: '<a digest> | left out' })
})

test('a name can stand wherever such an id belongs, and nowhere else', async () => {
  const { commands } = JSON.parse(await printed('execute', '--list', '--json'))
  const fieldsOf = (id: string): ReadonlyArray<string> => {
    const fields = JSON.stringify(Object.values(commands)).matchAll(
      new RegExp(`(\\w+)\\W{1,4}(?=<the id of a ${id}>)`, 'g'),
    )
    return [...new Set([...fields].map(([, field = '']) => field))].sort()
  }
  const kinds = Object.entries(namesInLines(registerOn().register, 'a source'))
  expect(Object.fromEntries(kinds.map(([kind, { fields }]) => [kind, [...fields].sort()]))).toEqual({
    hpr: fieldsOf('doctor'),
    group: fieldsOf('group'),
    session: fieldsOf('session'),
    request: fieldsOf('session'),
    department: fieldsOf('department'),
    hospital: fieldsOf('hospital'),
  })
})

test('docs/recording.md shows the list as it is printed, and it fits a screen', async () => {
  const list = await printed('execute', '--list')
  const page = readFileSync(new URL('../../../../docs/recording.md', import.meta.url), 'utf8')
  const [, shown] = page.split('## Every command')[1]?.match(/```text\n([\s\S]*?)```/) ?? []
  expect(shown).toBe(`${list.trimEnd()}\n`)
  expect(tooLong(list)).toEqual([])
})

test('the list wants no register and no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-list-'))
  const store = join(folder, 'nowhere.db')
  expect(await smagruppe('execute', '--list', '--store', store)).toMatchObject({ code: 0, err: '' })
  rmSync(folder, { recursive: true })
})
