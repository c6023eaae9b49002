// demo.postgres.test.ts: the main job on PostgreSQL: the files and the words of the one on SQLite

import { randomUUID } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { asKnownAYearLater, asOfTheYear, emptyFolder, filesIn, shell } from './demo.test-kit.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the server that was started for the tests. */
    readonly postgres: string
  }
}

/** A register of its own on the server that the tests share, which goes with it. */
const newStore = (): string => {
  const url = new URL(inject('postgres'))
  url.searchParams.set('schema', `demo_${randomUUID().replaceAll('-', '').slice(0, 12)}`)
  return url.href
}

/** What was said, but where the register and the files are. */
const said = (out: string): ReadonlyArray<string> => out.split('\n').filter((line) => !/^(Imported|Written)/.test(line))

test('the pilot year gives the same on PostgreSQL as on SQLite, again and again, and with later knowledge', async () => {
  const [folder, other] = [emptyFolder(), emptyFolder()]
  const store = newStore()
  const onServer = (words: string) => shell(`demo --store '${store}' --out out ${words}`, folder)

  const first = await onServer('')
  expect(first).toMatchObject({ code: 0 })
  expect(first.out).toContain('832 rows read, 607 events added, 5 rows rejected, 0 flagged.\n')
  expect(filesIn(`${folder}/out`)).toEqual(asOfTheYear)
  const onSqlite = await shell('demo --out out', other)
  expect(said(first.out)).toEqual(said(onSqlite.out))

  const later = await onServer('--known-at 2025-12-31')
  expect(later).toMatchObject({ code: 0 })
  expect(later.out).toContain('832 rows read, 0 events added, 5 rows rejected, 0 flagged.\n')
  expect(filesIn(`${folder}/out`)).toEqual(asKnownAYearLater)
  expect(said(later.out)).toEqual(said((await shell('demo --out out --known-at 2025-12-31', other)).out))
})
