// personal.test.ts: names and numbers of people stay in the vault, whatever the sheets say of them

import type { ProjectionStore } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import { memoryProjectionStore } from '../memory/index.ts'
import {
  answersOf,
  asked,
  broughtIn,
  contentOf,
  folderWith,
  imported,
  logOf,
  registerOn,
  type Sheets,
  smallYear,
} from './sheets.test-kit.ts'

/** Long numbers, that nothing else looks like. */
const numbers: Readonly<Record<string, string>> = {
  101: '710000101',
  102: '710000102',
  103: '710000103',
  104: '710000104',
  201: '710000201',
}
const names = ['Kari', 'Hanne', 'Nordmann', 'Hansen', 'Ola Nordmann', 'Per Hansen', 'Liv Hansen', 'Hanne Lege']

const renumbered = (rows: ReadonlyArray<string>, begins: string): ReadonlyArray<string> =>
  rows.map((row) => row.replaceAll(/\b(101|102|103|104|201)\b/g, (hpr) => (numbers[hpr] ?? '').replace(/^7/, begins)))

const yearOf = (begins: string): Sheets =>
  Object.fromEntries(Object.entries(smallYear).map(([sheet, rows]) => [sheet, renumbered(rows, begins)]))

/** Rows that remember all that was ever kept. */
const rememberingRows = (): { readonly rows: ProjectionStore; readonly kept: string[] } => {
  const rows = memoryProjectionStore()
  const kept: string[] = []
  return {
    kept,
    rows: {
      ...rows,
      commit: (projection, changes, checkpoint) => {
        kept.push(JSON.stringify([projection, changes]))
        return rows.commit(projection, changes, checkpoint)
      },
    },
  }
}

describe('outside the vault', () => {
  test('no event and no row holds a name or a number', async () => {
    const { rows, kept } = rememberingRows()
    const on = registerOn({ rows })
    await imported(on, folderWith(yearOf('7')))
    await answersOf(on, asked('2024-12-31'))
    expect(kept.join('').length).toBeGreaterThan(10_000)
    const stored = [...(await logOf(on)).map((event) => JSON.stringify(event)), ...kept].join('\n')
    for (const personal of [...Object.values(numbers), ...names]) {
      expect(stored.includes(personal), `${personal} in the clear`).toBe(false)
      expect(stored.includes(Buffer.from(personal).toString('base64url')), `${personal} in base64`).toBe(false)
    }
  })

  test('nothing is made of a name or a number: with other ones everything stored is the same but the sealed text', async () => {
    const storedWith = async (sheets: Sheets) => {
      const on = registerOn()
      await imported(on, folderWith(sheets))
      return (await logOf(on)).map((event) => ({
        ...event,
        data: event.data.replaceAll(/"box":"[^"]*"/g, '"box"'),
        correlation: '',
      }))
    }
    const others = yearOf('8')
    const renamed = {
      ...others,
      doctors: [...(others.doctors ?? [])].map((row) => String(row).replaceAll(/Kari|Ola|Nordmann/g, 'Jan')),
    }
    expect(await storedWith(renamed)).toEqual(await storedWith(yearOf('7')))
  })

  test('no id is made of a person: another register gives the same people other ids, and other wishes', async () => {
    const one = await broughtIn(smallYear)
    const other = await broughtIn(smallYear, registerOn({ ids: 'b' }))
    expect(await contentOf(other)).toEqual(await contentOf(one))
    const aboutPeople = async (on: typeof one) =>
      (await logOf(on)).filter(
        ({ stream, type }) => stream.startsWith('doctor-') || type.startsWith('Member') || type.startsWith('Industry'),
      )
    const ids = new Set(
      (await aboutPeople(one)).flatMap(({ id, causation, type }) =>
        type.startsWith('IndustryC') ? [] : [id, causation],
      ),
    )
    for (const { id, causation } of await aboutPeople(other))
      expect([ids.has(id), ids.has(causation)]).toEqual([false, false])
  })
})

test('what people are called is found again through the vault', async () => {
  const { points, groups } = await answersOf(await broughtIn(yearOf('7')), asked('2024-12-31'))
  expect(points.map((line) => line.split(' ')[0])).toEqual(['710000101', '710000102', '710000103', '710000104'])
  expect(groups[0]).toContain('710000101')
})
