// serve.test.ts: the example served over HTTP: commands, refusals, questions, its end

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { commandIdOf, doctorId, type Instant, instantOf, uuidOf } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { demoUsers, serve } from './serve.ts'

const newFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'web-app-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'register.db')
}

const idOf = (name: string): string => uuidOf('web app test', name)
const group = idOf('Sandviken')
const doctor = doctorId(idOf('a doctor'))

/** What a client says over HTTP, and what it hears. */
const clientOf = (url: string, token = 'coordinator-token') => {
  const headers = { Authorization: `Bearer ${token}` }
  const heard = async (response: Response) => ({ status: response.status, body: await response.json() })
  const post = async (body: string, wish: string) =>
    heard(
      await fetch(`${url}/commands`, {
        method: 'POST',
        body,
        headers: { ...headers, 'Idempotency-Key': commandIdOf('web app test', wish) },
      }),
    )
  return {
    post,
    ask: (type: string, data: object, wish: string = type) => post(JSON.stringify({ type, data }), wish),
    get: async (path: string) => heard(await fetch(url + path, { headers })),
  }
}

const serving = async (clock?: () => Instant) => {
  const { url, close } = await serve(newFile(), 0, demoUsers, clock === undefined ? {} : { clock })
  onTestFinished(close)
  return { url, client: clientOf(url), authority: clientOf(url, 'authority-token') }
}

const sandviken = { group, name: 'Sandviken', municipality: '4601', on: '2024-01-10', reference: null }

test('a command is JSON, and asking again with the same key is asking once', async () => {
  const { client } = await serving()

  const first = await client.ask('RegisterGroup', sandviken)
  const again = await client.ask('RegisterGroup', sandviken)

  expect(first).toMatchObject({ status: 200, body: { stream: `group-${group}`, revision: 0, repeated: false } })
  expect(again).toEqual({ status: 200, body: { ...first.body, repeated: true } })
})

test('what the domain refuses is a conflict, with the refusal and its fields', async () => {
  const { client } = await serving()
  await client.ask('RegisterGroup', sandviken)
  await client.ask('RegisterDoctor', { doctor, name: 'Kari Nordmann', municipality: null })

  expect(await client.ask('DeclareIndustryFree', { group, by: doctor, on: '2024-02-01' })).toEqual({
    status: 409,
    body: { _tag: 'Refused', refusal: { _tag: 'NotAMember', doctor, on: '2024-02-01' } },
  })
  expect(await client.ask('OpenPeriod', { doctor, anchor: '2024-01-01' })).toEqual({
    status: 403,
    body: { _tag: 'Refused', refusal: { _tag: 'NotForThisActor', role: 'coordinator', needed: 'authority' } },
  })
})

test('what is no command is a bad request, and says where', async () => {
  const { url, client } = await serving()

  expect(await client.ask('RegisterGroup', { ...sandviken, municipality: '460' })).toEqual({
    status: 400,
    body: {
      _tag: 'CommandMalformed',
      found: "data.municipality: found '460', expected a municipality number, 4 digits, or null",
    },
  })
  expect(await client.post('{', 'half')).toEqual({ status: 400, body: { _tag: 'NotJson' } })
  expect((await client.post(`"${'x'.repeat(70_000)}"`, 'large')).status).toBe(413)
  expect((await client.get('/groups?effectiveThrough=yesterday')).status).toBe(400)
  expect((await client.get('/doctors/kari/points')).status).toBe(400)
  expect((await clientOf(url, 'a stolen token').get('/groups')).status).toBe(401)
  const keyless = await fetch(`${url}/commands`, {
    method: 'POST',
    body: '{}',
    headers: { Authorization: 'Bearer coordinator-token' },
  })
  expect(keyless.status).toBe(400)
})

const held = (date: string) => ({
  session: idOf(date),
  starts: `${date}T15:00:00.000Z`,
  ends: `${date}T18:00:00.000Z`,
  zone: 'Europe/Oslo',
  place: 'practice',
  department: null,
  hosts: [],
  groups: [group],
  topics: [],
  attendance: ['a doctor', 'another'].map((name) => ({
    group,
    doctor: idOf(name),
    role: 'member',
    presence: { kind: 'whole' },
  })),
  reference: { source: 'test', id: date },
  request: null,
})

test('points are answered as of a date and as known at a moment', async () => {
  let now = Date.parse('2024-12-01T12:00:00.000Z')
  const { client, authority } = await serving(() => instantOf(now))
  await client.ask('RegisterGroup', sandviken)
  await client.ask('AddMember', { group, doctor, on: '2024-01-10' }, 'first')
  await client.ask('AddMember', { group, doctor: idOf('another'), on: '2024-01-10' }, 'second')
  await client.ask('DeclareIndustryFree', { group, by: doctor, on: '2024-01-10' })
  await client.ask('RegisterDoctor', { doctor, name: 'Kari Nordmann', municipality: null })
  await authority.ask('OpenPeriod', { doctor, anchor: '2024-01-01' })
  for (const date of ['2024-02-06', '2024-04-09']) await client.ask('ReportSessionHeld', held(date), date)
  const before = instantOf(now)
  now = Date.parse('2025-01-20T12:00:00.000Z')
  await client.ask('ReportSessionHeld', held('2024-11-05'), 'late')

  const yearEnd = `/doctors/${doctor}/points?effectiveThrough=2024-12-31`
  const asKnownNow = await client.get(yearEnd)
  expect(asKnownNow.body).toMatchObject({ points: '9.00', countedMinutes: 540, asKnownAt: '2025-01-20T12:00:00.000Z' })
  expect((await client.get(`${yearEnd}&asKnownAt=${before}`)).body).toMatchObject({ points: '0.00', asKnownAt: before })
  expect(asKnownNow.body.explanation.join('\n')).not.toContain('Nordmann')
  expect((await client.get('/groups?effectiveThrough=2024-01-09')).body.groups).toEqual([])
  expect((await client.get('/groups')).body.groups).toMatchObject([{ name: 'Sandviken', warning: 'UNDER_3' }])
})

test('of twenty clients who register one group at once one does, and the others are told', async () => {
  const { url } = await serving()
  const names = Array.from({ length: 20 }, (_, i) => `Sandviken ${i}`)

  const answers = await Promise.all(
    names.map((name) => clientOf(url).ask('RegisterGroup', { ...sandviken, name }, name)),
  )

  const statuses = answers.map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 409)])
  const registered = names[statuses.indexOf(200)]
  expect((await clientOf(url).get('/groups')).body.groups).toMatchObject([{ name: registered }])
})

test('told to end, the process closes its register, and what it answered is there', async () => {
  const file = newFile()
  const program = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), file, '0'])
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
  const url = String((await lines.next()).value).replace(`${file} on `, '')
  const { status } = await clientOf(url).ask('RegisterGroup', sandviken)
  const ended = once(program, 'exit')

  program.kill('SIGTERM')

  expect([status, (await lines.next()).value, (await ended)[0]]).toEqual([200, 'closed', 0])
  const reopened = await serve(file, 0, demoUsers)
  onTestFinished(reopened.close)
  expect((await clientOf(reopened.url).ask('RegisterGroup', sandviken)).body.repeated).toBe(true)
})

test('a file that is no register is not served', async () => {
  const program = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), import.meta.filename, '0'])
  expect((await once(program, 'exit'))[0]).toBe(1)
})
