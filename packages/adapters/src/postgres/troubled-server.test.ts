// troubled-server.test.ts: a server that stops, starts, runs out of disk or memory, or finds its files damaged: each for real

import { closeSync, copyFileSync, existsSync, openSync, renameSync, statSync, symlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { any, noStream } from '@smagruppe/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openPostgres } from './index.ts'
import { collected, newRegister, rawSql } from './postgres.test-kit.ts'
import { newServer, type Server } from './server.test-kit.ts'

const ours = stream('ours')

// Making a server takes a second, on a machine that has nothing else to do.
const startingUp = 120_000

let server: Server
beforeAll(async () => {
  server = await newServer({ max_connections: 20, max_locks_per_transaction: 10 })
}, startingUp)
afterAll(() => server.remove())

const open = (schema: string) => openPostgres(server.url, { clock: systemClock, timeoutMs: 5_000, schema })()

/** The file that the server keeps the events of a register in. */
const fileOfEvents = async (schema: string): Promise<string> => {
  const { run } = await rawSql(server.url)
  const [row] = await run(
    `SELECT current_setting('data_directory') AS folder, pg_relation_filepath('${schema}.events') AS file`,
  )
  await run('CHECKPOINT')
  return join(String(row?.folder), String(row?.file))
}

/** Does something to the files of the server while it is down. */
const whileDown = async (work: () => void): Promise<void> => {
  await server.stop('fast')
  work()
  await server.start()
}

test('a server that stops, in order or not, is Unavailable until it is back, and has lost nothing', async () => {
  const { events, rows, schema } = await newRegister({ timeoutMs: 5_000 }, server.url)
  const stops = ['fast', 'immediate', 'kill'] as const
  for (const how of stops) {
    await appended(events, ours, any, event(how))
    await server.stop(how)
    const unavailable = { _tag: 'StoreFailure', reason: 'Unavailable', retry: true }
    expect(leftOf(await events.append(ours, any, [event(`${how} lost`)])())).toMatchObject(unavailable)
    expect(leftOf(await open(schema))).toMatchObject(unavailable)
    await server.start()
    expect(rightOf(await rows.checkpoint({ name: 'rows', version: 1 })())).toBe(0)
  }
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(stops)
})

test('a server that is about to stop lets nobody in, and says when to come again', async () => {
  const { client } = await rawSql(server.url)
  const stopped = server.stop('smart')
  const answer = async () => leftOf(await open('smagruppe'))
  let failed = await answer()
  while (!failed.message.includes('57P03')) {
    await sleep(5)
    failed = await answer()
  }
  expect(failed).toMatchObject({ _tag: 'StoreFailure', reason: 'Unavailable', retry: true })
  expect(failed.message).toContain('the server stops or starts')
  await client.end()
  await stopped
  await server.start()
})

// Whatever is written there is answered as by a disk without room. Linux has it; elsewhere failures.test.ts has a trigger say so.
const fullDisk = '/dev/full'

test.runIf(existsSync(fullDisk))(
  'a full disk is Full: nothing of the append is stored, and later it goes in',
  async () => {
    const { events, schema } = await newRegister({ timeoutMs: 5_000 }, server.url)
    const file = await fileOfEvents(schema)
    await whileDown(() => {
      renameSync(file, `${file}.kept`)
      symlinkSync(fullDisk, file)
    })
    const failed = leftOf(await events.append(ours, noStream, [event('first')])())
    expect(failed).toMatchObject({ _tag: 'StoreFailure', reason: 'Full', retry: false })
    expect(failed).toMatchObject({ message: expect.stringContaining('No space left on device (53100)') })
    expect(await eventsOf(events.readAll())).toEqual([])
    await whileDown(() => renameSync(`${file}.kept`, file))
    expect((await appended(events, ours, noStream, event('first'))).position).toBe(1)
  },
)

test('without memory for one more lock it is Unavailable, to be tried again: nothing is stored, and later it goes in', async () => {
  const { events } = await newRegister({ timeoutMs: 5_000 }, server.url)
  await appended(events, ours, noStream, event('first'))
  const greedy = await rawSql(server.url)
  await expect(greedy.run('SELECT pg_advisory_lock(n) FROM generate_series(1, 1000000) n')).rejects.toThrow('memory')
  const failed = leftOf(await events.append(ours, any, [event('second')])())
  expect(failed).toMatchObject({ _tag: 'StoreFailure', reason: 'Unavailable', retry: true })
  expect(failed).toMatchObject({ message: expect.stringContaining('53200') })
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['first'])
  await greedy.run('SELECT pg_advisory_unlock_all()')
  await appended(events, ours, any, event('second'))
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['first', 'second'])
})

test('a page that was written over is Damaged, and nothing is put behind it', async () => {
  const { events, schema } = await newRegister({ timeoutMs: 5_000 }, server.url)
  await appended(events, ours, noStream, event('first'))
  const file = await fileOfEvents(schema)
  expect(statSync(file).size).toBe(8192)
  await whileDown(() => {
    copyFileSync(file, `${file}.kept`)
    const opened = openSync(file, 'r+')
    writeSync(opened, Buffer.alloc(1_000, 7), 0, 1_000, 4_000)
    closeSync(opened)
  })
  const damaged = { reason: 'Damaged', retry: false, message: expect.stringContaining('XX001') }
  const pages = await collected(events.readAll())
  expect(pages.map(leftOf)).toEqual([expect.objectContaining(damaged)])
  expect(leftOf(await events.append(ours, any, [event('second')])())).toMatchObject(damaged)
  await whileDown(() => renameSync(`${file}.kept`, file))
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['first'])
})
