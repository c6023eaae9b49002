// execute.postgres.test.ts: smagruppe execute on a server gives what it gives in a file

import { expect, test } from 'vitest'
import { newDatabase } from '../postgres/postgres.test-kit.ts'
import { course, fileOf, plan } from './execute.test-kit.ts'
import { importedBy, smagruppe } from './smagruppe.test-kit.ts'

test('the same report in a file and on a server, and again nothing is added', async () => {
  const [{ folder, store }, url] = [await importedBy(), await newDatabase()]
  expect(await smagruppe('copy', store, url)).toMatchObject({ code: 0, err: '' })
  const file = fileOf(folder, course(1), plan(2), 'nonsense', course(3, '999'))
  const executed = (at: string) => smagruppe('execute', file, '--json', '--store', at)
  const first = await executed(url)
  expect(first).toMatchObject({ code: 1, err: expect.stringContaining('2 of 4 lines') })
  expect(first).toEqual(await executed(store))
  const again = await executed(url)
  expect(again).toEqual(await executed(store))
  const outcomes = (out: string) => JSON.parse(out).lines.map(({ outcome }: { readonly outcome: string }) => outcome)
  expect(outcomes(first.out)).toEqual(['done', 'done', 'rejected', 'rejected'])
  expect(outcomes(again.out)).toEqual(['done-before', 'done-before', 'rejected', 'rejected'])
})
