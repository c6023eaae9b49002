// one-stream.test.ts: rows that are written to one stream go there one after the other, however long the store takes

import { setTimeout as sleep } from 'node:timers/promises'
import type { EventStore } from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { memoryEventStore } from '../memory/index.ts'
import { broughtIn, logOf, now, registerOn, smallYear } from './sheets.test-kit.ts'

/** A store as on a server: whoever asks at the same time has looked before anybody's events are stored. */
const onServer = (): EventStore => {
  const store = memoryEventStore({ clock: () => now })
  return {
    ...store,
    append: (stream, expected, events) => async () => {
      await sleep(1)
      return store.append(stream, expected, events)()
    },
  }
}

test('all offers of one hospital go in, in the order of their sheet', async () => {
  const topics = Array.from({ length: 40 }, (_, i) => `Emne ${i}`)
  const departments = ['BARN,Barneklinikken,974557746,Haukeland', 'LKB,Laboratoriet,974557746,Haukeland']
  const offers = topics.map((topic, i) => `${i % 2 === 0 ? 'BARN' : 'LKB'},2024-01-15,2024-12-20,2,${topic}`)
  const on = await broughtIn({ ...smallYear, departments, offers }, registerOn({ events: onServer() }))
  expect(on.report.rejections).toEqual([])
  const opened = (await logOf(on)).filter(({ type }) => type === 'DepartmentOfferOpened')
  expect(opened.map(({ data }) => JSON.parse(data).topics)).toEqual(topics.map((topic) => [topic]))
})

test('all departments of one doctor go in, in the order of their sheet', async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `D${i}`)
  const departments = ids.map((id) => `${id},Avdeling ${id},974557746,Haukeland`)
  const doctors = ids.map((id) => `${id},201`)
  const sheets = { doctors: smallYear.doctors, departments, department_doctors: doctors }
  const on = await broughtIn(sheets, registerOn({ events: onServer() }))
  expect(on.report.rejections).toEqual([])
  const started = (await logOf(on)).filter(
    ({ type, data }) => type === 'RoleStarted' && JSON.parse(data).department !== null,
  )
  const found = await Promise.all(
    ids.map((id) => on.register.named('department', { source: 'contact-point', id })().then(rightOf)),
  )
  expect(started.map(({ data }) => JSON.parse(data).department)).toEqual(found.map((one) => one?.id))
})
