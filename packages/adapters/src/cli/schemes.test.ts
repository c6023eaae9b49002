// schemes.test.ts: another country's rules by the command, beside Norway's in one register

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { danishPack, defaultPack } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { importedBy, printed, smagruppe, spaced } from './smagruppe.test-kit.ts'

test('the Danish pack is published as the rules of Denmark, which change nothing in Norway', async () => {
  const { folder, store } = await importedBy()
  const rules = join(folder, 'danish.json')
  writeFileSync(rules, JSON.stringify({ name: 'DGE 2024', parameters: {} }))
  const there = ['--store', store, '--scheme', 'denmark'] as const
  const asked = ['--as-of', '2024-12-31'] as const
  const published = await printed(
    'rules',
    'publish',
    rules,
    ...there,
    '--effective',
    '2024-01-01',
    '--role',
    'authority',
  )
  expect(spaced(published)).toMatch(/^Published: DGE 2024, national, from 2024-01-01 sha256:/)

  const inForce = async (...where: ReadonlyArray<string>) =>
    JSON.parse(await printed('rules', ...where, ...asked, '--json')).inForce
  const danish = await inForce(...there)
  expect([
    danish.name,
    danish.rules.find(({ name }: { readonly name: string }) => name === 'groupThreshold').value,
  ]).toEqual(['DGE 2024', danishPack.groupThreshold.value])
  expect((await inForce('--store', store)).name).toBe(defaultPack.name)

  const pointsOf = async (...where: ReadonlyArray<string>) =>
    JSON.parse(await printed('points', ...where, ...asked, '--json')).points[0].period.to
  expect([await pointsOf('--store', store), await pointsOf(...there)]).toEqual(['2025-01-01', '2025-01-01'])
  const whatIf = await printed('what-if', rules, ...there, ...asked, '--lang', 'en')
  expect(spaced(whatIf)).toContain('What danish.json leaves out is as in force: DGE 2024, sha256:')
  expect(whatIf).toContain('The draft says what is in force.')
})

test('rules in a file leave out what their scheme was founded with, and the answer says so', async () => {
  const { folder, store } = await importedBy()
  const rules = join(folder, 'three.json')
  writeFileSync(rules, JSON.stringify({ parameters: { quorum: 3 } }))
  const ask = ['points', '--store', store, '--as-of', '2024-12-31', '--rules', rules] as const
  const [title, by] = (await printed(...ask, '--lang', 'en')).split('\n\n')[0]?.split(/\n(?=By)/) ?? []
  expect(title).toMatch(/^Points on 2024-12-31/)
  expect(spaced(by ?? '')).toBe(
    `By the rules in three.json, not those published. What it leaves out is as in: ${defaultPack.name}`,
  )
  expect(spaced(await printed(...ask, '--scheme', 'denmark', '--lang', 'nb'))).toContain(
    `Etter reglene i three.json, ikke de kunngjorte. Det den utelater, er som i: ${danishPack.name}`,
  )
  const other = { file: 'three.json', name: defaultPack.name, base: defaultPack.name }
  expect(JSON.parse(await printed(...ask, '--json')).otherRules).toEqual(other)
  expect(JSON.parse(await printed(...ask.slice(0, 5), '--json')).otherRules).toBe(undefined)
})

describe('every other answer by rules in a file says so below its title', () => {
  const by = `By the rules in three.json, not those published. What it leaves out is as in: ${defaultPack.name}`

  test.each([['register'], ['explain', '103'], ['forecast', '103'], ['programme', '103']])(
    '%s %s',
    async (...words) => {
      const { folder, store } = await importedBy()
      const rules = join(folder, 'three.json')
      writeFileSync(rules, JSON.stringify({ parameters: { quorum: 3 } }))
      const ask = [...words, '--store', store, '--as-of', '2024-12-31', '--known-at', '2024-12-31'] as const
      const title = spaced(await printed(...ask)).split('at the end of 2024-12-31 ')
      const told = spaced(await printed(...ask, '--rules', rules)).split('at the end of 2024-12-31 ')
      expect([told[0], told[1]?.startsWith(by)]).toEqual([title[0], true])
      expect(title.join()).not.toContain(by)
      const other = { file: 'three.json', name: defaultPack.name, base: defaultPack.name }
      expect(JSON.parse(await printed(...ask, '--rules', rules, '--json')).otherRules).toEqual(other)
      expect(JSON.parse(await printed(...ask, '--json')).otherRules).toBe(undefined)
    },
  )

  test('and the page', async () => {
    const { folder, store } = await importedBy()
    const rules = join(folder, 'three.json')
    writeFileSync(rules, JSON.stringify({ parameters: { quorum: 3 } }))
    const page = join(folder, 'page.html')
    await printed('explain', '103', '--store', store, '--rules', rules, '--html', page)
    expect(readFileSync(page, 'utf8').split(`<li>${by}</li>`)).toHaveLength(2)
  })
})

test('a day ends where the rules count their days', async () => {
  const { folder, store } = await importedBy()
  const rules = join(folder, 'far.json')
  writeFileSync(rules, JSON.stringify({ zone: 'America/Anchorage', parameters: {} }))
  const ask = ['points', '--store', store, '--known-at', '2024-12-31', '--json'] as const
  const known = async (...words: ReadonlyArray<string>): Promise<string> =>
    JSON.parse(await printed(...ask, ...words)).question.asKnownAt
  expect(await known()).toBe('2024-12-31T23:00:00.000Z')
  expect(await known('--scheme', 'denmark')).toBe('2024-12-31T23:00:00.000Z')
  expect(await known('--rules', rules)).toBe('2025-01-01T09:00:00.000Z')
})

test('a draft without a name is called by its file, in the language asked for', async () => {
  const { folder, store } = await importedBy()
  const draft = join(folder, 'draft.json')
  writeFileSync(draft, JSON.stringify({ parameters: { minutesPerPoint: 45 } }))
  const ask = ['what-if', draft, '--store', store, '--as-of', '2024-12-31'] as const
  const norwegian = spaced(await printed(...ask, '--lang', 'nb'))
  expect(norwegian).toContain('Hva om: reglene i draft.json, for alt som hadde skjedd')
  expect(norwegian).toContain('Det draft.json utelater, er som det gjelder: Norway')
  expect(norwegian).toContain('Kilde: ingen er oppgitt')
  expect(JSON.parse(await printed(...ask, '--json')).base).toEqual({
    name: defaultPack.name,
    event: null,
    digest: null,
  })
  const { code, err } = await smagruppe(...ask, '--scheme', 'sweden')
  expect([code, err.includes('Allowed choices are norway, denmark.')]).toEqual([2, true])
})
