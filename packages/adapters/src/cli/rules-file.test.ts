// rules-file.test.ts: a question answered by the rules in a file, and files that cannot be used

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultPack } from '@smagruppe/domain'
import { left, right } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { rulesIn } from './rules-file.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-rules-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const file = (text: string): string => {
  const path = join(folder(), 'rules.json')
  writeFileSync(path, text)
  return path
}

test('without a file no rules are said, and those that were published are followed', async () => {
  expect(await rulesIn(undefined)).toEqual(right(undefined))
})

test('a file says what differs, with or without a byte order mark', async () => {
  for (const mark of ['', '\ufeff']) {
    const rules = await rulesIn(file(`${mark}{ "parameters": { "quorum": 3 } }`))
    expect(rules).toMatchObject({ right: { quorum: { value: 3 }, mandatory: defaultPack.mandatory } })
  }
})

test('what cannot be used is told with the file and all that is wrong', async () => {
  const nowhere = join(folder(), 'nowhere.json')
  expect(await rulesIn(nowhere)).toMatchObject({
    left: { message: `the rules in ${nowhere} cannot be read: there is no such file` },
  })
  const there = folder()
  expect(await rulesIn(there)).toEqual(
    left({ message: `the rules in ${there} cannot be read: it is a folder, name a file in it` }),
  )
  const torn = file('{ "parameters": ')
  expect(await rulesIn(torn)).toMatchObject({
    left: { message: expect.stringContaining(`the rules in ${torn} are no JSON`) },
  })
  const wrong = file('{ "parameters": { "quorum": 0, "windw": "group-year" } }')
  expect(await rulesIn(wrong)).toEqual(
    left({
      message: [
        `the rules in ${wrong} cannot be used:`,
        `  parameters.windw: found a name that is not known, expected ${Object.keys(defaultPack)
          .filter((name) => name !== 'name' && name !== 'zone')
          .join(', ')}`,
        '  parameters.quorum: found 0, expected a whole number from 1 to 1000',
      ].join('\n'),
    }),
  )
  const list = file('[]')
  expect(await rulesIn(list)).toEqual(
    left({ message: `the rules in ${list} cannot be used:\n  the whole: found a list, expected an object` }),
  )
})
