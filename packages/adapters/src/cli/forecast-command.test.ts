// forecast-command.test.ts: a doctor's forecast as the command prints it

import { promised } from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { openSqliteRegister } from '../sqlite/index.ts'
import { importedBy, printed, smagruppe, tooLong } from './smagruppe.test-kit.ts'

/** A register of sheets, with one more session planned for the group G1 in October 2024. */
const withPlans = async (): Promise<string> => {
  const { store } = await importedBy()
  const { register, close } = await promised(openSqliteRegister(store))
  const groups = await promised(register.groupRegister(register.question()))
  const group = groups.find(({ label }) => label === 'G1')?.group
  const session = '00000000-0000-4000-8000-000000000001'
  const at = { starts: '2024-10-01T13:00:00.000Z', ends: '2024-10-01T14:00:00.000Z', zone: 'Europe/Oslo' }
  const data = { session, ...at, place: null, department: null, hosts: [], groups: [group], topics: [] }
  await promised(register.execute({ type: 'PlanSession', data }, { actor: { id: 'somebody', role: 'coordinator' } }))
  await close()
  return store
}

test('forecast tells what is planned, what is missing then, and until when, in both languages', async () => {
  const store = await withPlans()
  const asked = ['forecast', '0101', '--store', store, '--as-of', '2024-06-30'] as const
  const out = await printed(...asked, '--lang', 'en')
  expect(out.replace(/\s+/g, ' ')).toContain('Forecast for Kari Nordmann (HPR 101) from 2024-06-30, as known at')
  expect(out).toContain('On 2024-12-31, with everything planned attended: 0.00 points')
  expect(out).toContain('2024-10-01 with group G1: 60 minutes, 0 will count')
  expect(out.replace(/\s+/g, ' ')).toContain(
    'With group G1, 2024-01-01 through 2024-12-31: 30 more counting minutes. By 2024-12-31: can be reached with group G1, the first session held by 2024-12-31.',
  )
  expect(tooLong(out)).toEqual([])
  const norwegian = await printed(...asked, '--lang', 'nb')
  expect(norwegian).toContain('01.10.2024 med smågruppe G1: 60 minutter, 0 vil telle')
})

test('forecast --json prints the whole tree', async () => {
  const store = await withPlans()
  const tree = JSON.parse(await printed('forecast', '101', '--store', store, '--as-of', '2024-06-30', '--json'))
  expect(Object.keys(tree).sort()).toEqual(
    ['hpr', 'language', 'text', 'doctor', 'question', 'planned', 'now', 'expected', 'missing', 'lastSafeDay'].sort(),
  )
  expect(tree.lastSafeDay).toBe('2024-12-29')
  expect(tree.planned).toEqual([
    expect.objectContaining({ date: '2024-10-01', minutes: 60, counted: 0, text: expect.any(String) }),
  ])
  expect(tree.missing.map(({ what }: { readonly what: string }) => what)).toEqual(['threshold', 'mandatory'])
})

test('forecast says who has no period to forecast, and whom it does not know', async () => {
  const { store } = await importedBy()
  const before = await smagruppe('forecast', '101', '--store', store, '--as-of', '2000-01-01')
  expect(before).toEqual({
    code: 1,
    out: '',
    err: 'smagruppe: the doctor with HPR number 101 has no period on 2000-01-01 whose end is to come, so nothing can be forecast; name a day of a period with --as-of\n',
  })
  expect((await smagruppe('forecast', '999', '--store', store)).err).toContain('no doctor with HPR number 999')
})
