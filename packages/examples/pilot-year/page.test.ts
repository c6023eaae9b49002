/// <reference lib="dom" />
// page.test.ts: a doctor's page of the pilot year: the files that were looked through, what a browser makes of it, and what becomes of it on paper

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importFolder } from '@smagruppe/adapters/csv'
import { explanationPage } from '@smagruppe/adapters/html'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import {
  type DoctorId,
  endOf,
  explained,
  explainedForecast,
  explainedProgramme,
  instantOf,
  type Language,
  languages,
  legalDate,
  type Names,
  openRegister,
  oslo,
  promised,
  uuidOf,
} from '@smagruppe/domain'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { browser } from '../browser/chromium.test-kit.ts'
import { here } from './demo.test-kit.ts'

/** A register of the sheets on a clock that stands still, with the same ids every time. */
const imported = async () => {
  const now = () => instantOf(Date.parse('2026-01-01T12:00:00Z'))
  let made = 0
  const register = openRegister({
    events: memoryEventStore({ clock: now }),
    rows: memoryProjectionStore(),
    vault: memoryVault(),
    now,
    newId: () => {
      made += 1
      return uuidOf('the pilot year on a page', String(made))
    },
  })
  await promised(importFolder(register, join(here, 'data')))
  return register
}

/** The page of a doctor of whose sessions one had too few members. */
const pageIn = async (register: Awaited<ReturnType<typeof imported>>, language: Language): Promise<string> => {
  const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: endOf(oslo, legalDate('2024-12-31')) }
  const everyone = await promised(register.everyonesPoints(question))
  const people = await promised(register.people(everyone.map(({ doctor }) => doctor)))
  const called = (id: DoctorId, what: 'name' | 'hpr'): string => {
    const revealed = people.get(id)?.[what]
    return revealed?._tag === 'Known' ? revealed.text : ''
  }
  const points = everyone.find(({ doctor }) => called(doctor, 'hpr') === '7759442')
  if (points === undefined) throw new Error('the doctor is not there')
  const { group } = await promised(register.labels)
  const names: Names = { doctor: (id) => `${called(id, 'name')} (HPR ${called(id, 'hpr')})`, group }
  const rules = await promised(register.rulesInForce(question))
  const nearest = await promised(register.nearestChanges(points.doctor, question))
  const programme = await promised(register.programme(points.doctor, question))
  const forecast = await promised(register.forecast(points.doctor, question))
  if (forecast === null) throw new Error('the period goes on')
  const judging = await promised(register.judgingRules(points.doctor, question))
  return explanationPage(explained(points, rules, names, language, nearest, judging), {
    programme: explainedProgramme(programme, rules, names, language),
    forecast: explainedForecast(forecast, rules, names, language),
  })
}

/** The page in each language. */
const pages = async (): Promise<Readonly<Record<Language, string>>> => {
  const register = await imported()
  return { en: await pageIn(register, 'en'), nb: await pageIn(register, 'nb') }
}

test('a doctor’s page is the file that was looked through, in both languages', async () => {
  const made = await pages()
  for (const language of languages) await expect(made[language]).toMatchFileSnapshot(`expected/page.${language}.html`)
})

/** The page as a window as wide as A4 between its margins shows it. */
const opened = async (launched: Browser, html: string, bypassCSP = false): Promise<Page> => {
  const page = await (await launched.newContext({ bypassCSP, viewport: { width: 680, height: 900 } })).newPage()
  await page.setContent(html)
  return page
}

const factsSeen = (page: Page): Promise<ReadonlyArray<boolean>> =>
  page.locator('.facts li').evaluateAll((all) => all.map((one) => one.checkVisibility()))

test('in a browser it loads nothing, axe finds nothing wrong, and on A4 nothing is cut off and every fact is open', async () => {
  const launched = await browser()
  // The one with the longer words.
  const html = readFileSync(join(here, 'expected/page.nb.html'), 'utf8')
  const page = await opened(launched, html)
  const told: string[] = []
  page.on('console', (message) => told.push(message.text()))
  page.on('request', (request) => told.push(request.url()))
  await page.setContent(html)
  expect(told).toEqual([])

  expect(new Set(await factsSeen(page))).toEqual(new Set([false]))
  await page.emulateMedia({ media: 'print' })
  const beyond = await page
    .locator('body *')
    .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right > 680).map((one) => one.outerHTML))
  expect(beyond).toEqual([])
  expect(new Set(await factsSeen(page))).toEqual(new Set([true]))
  const margins = await page.evaluate(() =>
    [...(document.styleSheets[0]?.cssRules ?? [])]
      .filter((rule) => rule instanceof CSSPageRule)
      .flatMap(({ cssText }) => [...cssText.matchAll(/content: ([^;]*);/g)].map(([, content]) => content)),
  )
  expect(margins).toEqual([`"${await page.title()}"`, '"Side " counter(page) " av " counter(pages)', 'none'])
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
  expect(new Set(sizes.map(([, wide, high]) => `${Math.round(Number(wide))} × ${Math.round(Number(high))}`))).toEqual(
    new Set(['595 × 842']),
  )

  const looked = await opened(launched, html, true)
  await looked.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '')
  })
  await looked.evaluate(axe.source)
  const { violations, passes } = await looked.evaluate<axe.AxeResults>('axe.run()')
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  const passed = passes.map(({ id }) => id)
  for (const rule of ['color-contrast', 'heading-order', 'html-has-lang', 'svg-img-alt', 'td-headers-attr'])
    expect(passed).toContain(rule)
})
