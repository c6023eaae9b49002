// reference.test.ts: docs/command.md lists what there is

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { smagruppe } from './smagruppe.test-kit.ts'

const page = readFileSync(new URL('../../../../docs/command.md', import.meta.url), 'utf8')
const [common = '', ...sections] = page.split(/^## (?=[a-z])/m)
const commands = [
  'import',
  'execute',
  'register',
  'topics',
  'points',
  'explain',
  'forecast',
  'programme',
  'what-if',
  'rules',
  'copy',
  'check',
  'projections',
]

/** The commands or options that a help lists. */
const listed = async (
  kind: 'Commands' | 'Options',
  ...words: ReadonlyArray<string>
): Promise<ReadonlyArray<string>> => {
  const { out } = await smagruppe(...words, '--help')
  const [, block = ''] = new RegExp(`^${kind}:\n((?:  .*\n)+)`, 'm').exec(out) ?? []
  return [...block.matchAll(/^ {2}(\S+)/gm)].map(([, name = '']) => name).filter((name) => !/^(--)?help$/.test(name))
}

test('the page has every command, and no other', async () => {
  expect(await listed('Commands')).toEqual(commands)
  expect(sections.map((section) => section.split('\n')[0])).toEqual(commands)
  for (const command of commands) expect(common).toContain(`| [\`${command}\`](#${command}) |`)
})

describe.each(commands)('%s', (command) => {
  const section = sections.find((one) => one.startsWith(`${command}\n`)) ?? ''

  test('has every option, and no other', async () => {
    const subcommands = await listed('Commands', command)
    const options = new Set(await listed('Options', command))
    for (const sub of subcommands) {
      expect(section).toContain(sub)
      for (const option of await listed('Options', command, sub)) options.add(option)
    }
    const documented = [...section.matchAll(/^\|(.*?)\|/gm)].flatMap(
      ([, cell = '']) => cell.match(/--[a-z][a-z-]*/g) ?? [],
    )
    expect([...documented].sort()).toEqual([...options].sort())
  })

  test('has the keys of its CSV file', async () => {
    const csv = (await listed('Options', command)).includes('--csv')
    expect(/`[a-z]+(,[a-z_]+)+`/.test(section)).toBe(csv)
  })
})

test('the Norwegian page has every option of a question', async () => {
  const norwegian = readFileSync(new URL('../../../../docs/norsk.md', import.meta.url), 'utf8')
  const questions = ['register', 'topics', 'points', 'explain', 'forecast', 'programme', 'what-if', 'rules show']
  const options = new Set<string>()
  for (const question of questions) {
    expect(norwegian).toContain(`smagruppe ${question.split(' ')[0]}`)
    for (const option of await listed('Options', ...question.split(' '))) options.add(option)
  }
  expect(options).toContain('--scheme')
  expect([...options].filter((option) => !new RegExp(`${option}(?![a-z-])`).test(norwegian))).toEqual([])
})

test('the page has the exit codes and the environment', async () => {
  const { out } = await smagruppe('--help')
  const codes = [...out.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code)
  expect(codes).toEqual(['0', '1', '2', '130'])
  for (const code of codes) expect(common).toContain(`\n| ${code} | `)
  for (const name of ['SMAGRUPPE_STORE', 'SMAGRUPPE_VAULT', 'SMAGRUPPE_LANG', 'LC_ALL', 'NO_COLOR', 'FORCE_COLOR'])
    expect(common).toContain(`\`${name}\``)
})
