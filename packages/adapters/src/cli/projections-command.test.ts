// projections-command.test.ts: smagruppe projections: how read models stand, rebuilding them, trying the quarantine again

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promised, uuidOf } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteRegister } from '../sqlite/index.ts'
import { smagruppe, smagruppeOn, tooLong } from './smagruppe.test-kit.ts'

const topic = (name: string) => ({ type: 'NameTopic', data: { topic: uuidOf('topic', name), name } })

/** A register of these topics, whose read models were brought up to date before the last one. */
const registerOf = async (...names: ReadonlyArray<string>): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const store = join(folder, 'register.db')
  const { register, close } = await promised(openSqliteRegister(store))
  const asking = { actor: { id: 'desk', role: 'coordinator' } }
  for (const [i, name] of names.entries()) {
    if (i === names.length - 1) await promised(register.refresh)
    await promised(register.execute(topic(name), asking))
  }
  await promised(close)
  return store
}

/** Makes the last event one of a later release: the triggers are for others. */
const spoilLast = (store: string, set: string): void => {
  const database = new DatabaseSync(store)
  const trigger = "SELECT sql FROM sqlite_schema WHERE name = 'events_are_never_changed'"
  const { sql } = database.prepare(trigger).get() ?? {}
  database.exec('DROP TRIGGER events_are_never_changed')
  database.exec(`UPDATE events SET ${set} WHERE position = (SELECT max(position) FROM events)`)
  database.exec(String(sql))
  database.close()
}

const parsed = (text: string): Record<string, unknown> => JSON.parse(text)

test('status tells how each read model stands, and changes nothing', async () => {
  const store = await registerOf('Asthma', 'Sleep')
  const expected = `projection         version kind       rows    position behind lacks
doctor-evidence          1 bitemporal serving        1      1     0
doctor-merges            1 bitemporal serving        1      1     0
group-evidence           1 bitemporal serving        1      1     0
group-register           1 bitemporal serving        1      1     0
hospital-directory       1 bitemporal serving        1      1     0
planned-sessions         2 bitemporal serving        1      1     0
published-rules          1 bitemporal serving        1      1     0
references               1 current    serving        1      1     0
session-evidence         1 bitemporal serving        1      1     0
statements               1 bitemporal serving        1      1     0
topic-log                1 bitemporal serving        1      1     0
topics                   1 bitemporal serving        1      1     0

Every event could be read.
`
  for (const words of [['projections'], ['projections', 'status']])
    expect(await smagruppe(...words, '--store', store)).toEqual({ code: 0, out: expected, err: '' })
})

test('status as JSON has all that is known', async () => {
  const store = await registerOf('Asthma')
  const { code, out } = await smagruppe('projections', '--store', store, '--json')
  expect(code).toBe(0)
  const { projections, quarantined } = parsed(out)
  expect(quarantined).toEqual([])
  expect(projections).toContainEqual({
    name: 'topics',
    version: 1,
    build: 0,
    state: 'serving',
    follows: 1,
    kind: 'bitemporal',
    checkpoint: 0,
    lag: 1,
    quarantined: 0,
  })
})

test('status shows rows of another release and of what nobody follows', async () => {
  const store = await registerOf('Asthma')
  const database = new DatabaseSync(store)
  database.exec(`UPDATE builds SET version = 2 WHERE name = 'topics'; INSERT INTO builds VALUES ('portal', 1, 0, 0, 1)`)
  database.close()
  const { out } = await smagruppe('projections', '--store', store)
  expect(out).toMatch(/^portal +1 not followed +serving +0 +1 +0$/m)
  expect(out).toMatch(/^topics +2 bitemporal +serving, here 1 +0 +1 +0$/m)
  expect(tooLong(out)).toEqual([])
  const { code, err } = await smagruppe('register', '--store', store)
  expect(code).toBe(1)
  expect(err).toContain(
    'the rows of topics 1 were replaced by those of version 2: use the release that knows version 2',
  )
})

test('rebuild builds what is named, or all, and says so', async () => {
  const store = await registerOf('Asthma', 'Sleep')
  expect(await smagruppe('projections', 'rebuild', 'topics', 'topic-log', '--store', store)).toEqual({
    code: 0,
    out: 'Built anew: topics, topic-log; 2 events read.\nEvery event could be read.\n',
    err: '',
  })
  const all = await smagruppe('projections', 'rebuild', '--from-nothing', '--json', '--store', store)
  expect(parsed(all.out)).toEqual({ rebuilt: [], through: 2, events: 2, quarantined: [] })
  const { projections } = parsed((await smagruppe('projections', '--json', '--store', store)).out)
  expect(projections).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'topics', build: 2, lag: 0 }),
      expect.objectContaining({ name: 'references', build: 1, lag: 0 }),
    ]),
  )
})

test('rebuild of what there is not names what there is', async () => {
  const store = await registerOf('Asthma')
  const { code, out, err } = await smagruppe('projections', 'rebuild', 'topix', '--store', store)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^smagruppe: there is no projection topix; there are group-register, topic-log, topics, /)
})

test('rebuild says how far it has come where it takes long, and can be broken off', async () => {
  const store = await registerOf('Asthma', 'Sleep')
  let now = 0
  const clock = () => {
    now += 2_000
    return now
  }
  const slow = await smagruppeOn({ clock }, 'projections', 'rebuild', 'topics', '--store', store)
  expect(slow.err).toContain('building rows anew: position 2 of 2, 2 events\n')
  const stop = new AbortController()
  stop.abort()
  const interrupted = await smagruppeOn({ interrupted: stop.signal }, 'projections', 'rebuild', '--store', store)
  expect(interrupted.code).toBe(130)
})

test('what could not be read is told, and retry takes it in when it can be', async () => {
  const store = await registerOf('Asthma', 'Sleep')
  spoilLast(store, 'version = 7')
  expect((await smagruppe('projections', 'rebuild', 'topics', '--store', store)).out).toBe(
    `Built anew: topics; 2 events read.
Answers lack these events, which could not be read. A release that can read
them takes them in by: smagruppe projections retry

position event        why
       2 TopicNamed 7 version 7 of TopicNamed is not known here
`,
  )
  expect((await smagruppe('projections', 'retry', '--store', store)).out).toMatch(
    /^Nothing more can be read\.\nAnswers lack/,
  )
  spoilLast(store, 'version = 1')
  const retried = await smagruppe('projections', 'retry', '--store', store)
  expect(retried).toMatchObject({ code: 0, err: '' })
  expect(retried.out).toMatch(/^1 more event read; built anew: .*topics.*\.\nEvery event could be read\.\n$/)
})

test('of very many events that could not be read the first are shown', async () => {
  const store = await registerOf(...Array.from({ length: 25 }, (_, i) => `Topic ${i}`))
  const database = new DatabaseSync(store)
  database.exec('DROP TRIGGER events_are_never_changed; UPDATE events SET version = 7')
  database.close()
  const { out } = await smagruppe('projections', 'rebuild', '--store', store)
  expect(out.split('\n').filter((line) => line.includes('TopicNamed 7 version 7'))).toHaveLength(20)
  expect(out).toContain('… and 5 more\n')
  expect(tooLong(out)).toEqual([])
})

test('a register that is not there is said by each part', async () => {
  for (const part of ['status', 'rebuild', 'retry'])
    expect(await smagruppe('projections', part, '--store', '/nowhere/register.db')).toMatchObject({ code: 1, out: '' })
})

test('help says what there is, in 80 columns', async () => {
  const { code, out } = await smagruppe('projections', '--help')
  expect(code).toBe(0)
  for (const part of ['status', 'rebuild', 'retry']) expect(out).toMatch(new RegExp(`^ {2}${part} `, 'm'))
  for (const part of ['status', 'rebuild', 'retry']) {
    const help = await smagruppe('projections', part, '--help')
    expect(help.out).toContain(`Usage: smagruppe projections ${part} `)
    expect(tooLong(help.out)).toEqual([])
  }
})
