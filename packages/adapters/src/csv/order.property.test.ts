// order.property.test.ts: in which order rows stand, and when they come, changes no answer

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDayAround, anyRows, asSheets, knownBy, shuffledRows } from './random-sheets.test-kit.ts'
import { answersOf, asked, broughtIn, folderWith, imported, logOf, registerOn } from './sheets.test-kit.ts'

/** Milliseconds; each of them imports some fifty folders. */
const patience = 60_000

const lately = asked('2024-12-31', '2025-05-31')

test('shuffling the rows of the sheets and importing twice changes no answer', { timeout: patience }, async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRows.chain((rows) => fc.tuple(fc.constant(rows), shuffledRows(rows))),
      anyDayAround,
      async ([rows, shuffled], date) => {
        const inOrder = await broughtIn(asSheets(rows))
        const other = await broughtIn(asSheets(shuffled))
        const folder = folderWith(asSheets(shuffled))
        expect(await imported(other, folder)).toEqual({ ...other.report, events: 0 })
        expect(other.report.rejections.length).toBe(inOrder.report.rejections.length)
        for (const question of [lately, asked(date), asked('2024-12-31', date)]) {
          expect(await answersOf(other, question)).toEqual(await answersOf(inOrder, question))
        }
      },
    ),
    { numRuns: 12 },
  )
})

test('an answer as known on a day is the same without the rows that were known later', {
  timeout: patience,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyDayAround, anyDayAround, async (rows, asOf, knownAt) => {
      const whole = await broughtIn(asSheets(rows))
      const cut = await broughtIn(asSheets(knownBy(rows, knownAt)))
      expect(await answersOf(cut, asked(asOf, knownAt))).toEqual(await answersOf(whole, asked(asOf, knownAt)))
    }),
    { numRuns: 25 },
  )
})

test('sheets that grow from import to import are in the end the same as the last ones alone', {
  timeout: patience,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyDayAround, anyDayAround, async (rows, first, second) => {
      const growing = registerOn()
      for (const date of [first, second].sort()) await imported(growing, folderWith(asSheets(knownBy(rows, date))))
      const report = await imported(growing, folderWith(asSheets(rows)))
      const atOnce = await broughtIn(asSheets(rows))
      expect({ ...report, events: 0 }).toEqual({ ...atOnce.report, events: 0 })
      expect((await logOf(growing)).length).toBe((await logOf(atOnce)).length)
      for (const question of [lately, asked(first), asked('2024-12-31', first)]) {
        expect(await answersOf(growing, question)).toEqual(await answersOf(atOnce, question))
      }
    }),
    { numRuns: 12 },
  )
})
