// group-commit.test.ts: appends go to the server together, and none of them pays for another

import { setTimeout as sleep } from 'node:timers/promises'
import { any, type NewEvent, noStream } from '@smagruppe/domain'
import { expect, inject, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { maxAppendBytes } from './appending.ts'
import { gathering } from './group-commit.ts'
import { openPostgres } from './index.ts'
import { newName, newRegister, rawSql } from './postgres.test-kit.ts'

const ours = stream('ours')

const plain = {
  failed: String,
  weightOf: (item: string) => item.length,
  heaviest: 5,
  timeoutMs: 10_000,
  overdue: () => 'overdue',
}

test('what comes while a batch is on its way goes into the next, up to the heaviest', async () => {
  const batches: (readonly string[])[] = []
  const { add, idle } = gathering<string, string>({
    ...plain,
    run: async (batch) => {
      batches.push(batch.map(({ item }) => item))
      await sleep(5)
      for (const { item, answer } of batch) answer(item.toUpperCase())
    },
  })
  const first = add('a')
  await sleep(1)
  const others = ['bb', 'cc', 'dd', 'eeeeeeee', 'f'].map(add)
  expect(await Promise.all([first, ...others])).toEqual(['A', 'BB', 'CC', 'DD', 'EEEEEEEE', 'F'])
  expect(batches).toEqual([['a'], ['bb', 'cc'], ['dd'], ['eeeeeeee'], ['f']])
  await idle()
  expect(await add('g')).toBe('G')
})

test('appends of one moment go in one transaction, in the order they were asked for', async () => {
  const { events, schema } = await newRegister()
  const receipts = await Promise.all(Array.from({ length: 300 }, (_, i) => appended(events, ours, any, event(`${i}`))))
  expect(receipts.map(({ first, position }) => [first, position])).toEqual(receipts.map((_, i) => [i, i + 1]))
  const { run } = await rawSql()
  expect(await run(`SELECT count(DISTINCT xmin::text)::integer AS transactions FROM ${schema}.events`)).toEqual([
    { transactions: 1 },
  ])
})

test('an append that is refused touches no neighbour', async () => {
  const { events } = await newRegister()
  const answers = await Promise.all([
    events.append(ours, noStream, [event('first')])(),
    events.append(ours, noStream, [event('refused')])(),
    events.append(ours, any, [event('lone', { data: '\ud800' })])(),
    events.append(ours, any, [event('first'), event('other')])(),
    events.append(ours, noStream, [event('first')])(),
    events.append(ours, any, [event('second')])(),
  ])
  expect(answers.map((answer) => (answer._tag === 'Left' ? answer.left._tag : answer.right.position))).toEqual([
    1,
    'WrongExpectedRevision',
    'UnstorableText',
    'DuplicateEventId',
    1,
    2,
  ])
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['first', 'second'])
})

test('an append that breaks the whole batch fails alone', async () => {
  const { events } = await newRegister()
  const answers = await Promise.all([
    events.append(stream('one'), noStream, [event('one')])(),
    // The server has no such number, and says so before it looks at anything else.
    events.append(stream('bad'), noStream, [event('bad', { version: 1e12 })])(),
    events.append(stream('two'), noStream, [event('two')])(),
  ])
  rightOf(answers[0])
  expect(leftOf(answers[1])).toMatchObject({ _tag: 'StoreFailure', retry: false })
  rightOf(answers[2])
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['one', 'two'])
})

test('what throws fails its batch and no other, and whom it forgot is told', async () => {
  const { add, idle } = gathering<string, string>({
    ...plain,
    run: async (batch) => {
      for (const { item, answer } of batch) {
        if (item === 'bad') throw new Error('no')
        if (item !== 'lost') answer(item)
      }
    },
  })
  expect(await Promise.all(['a', 'bad', 'b'].map(add))).toEqual(['a', 'Error: no', 'Error: no'])
  expect(await Promise.all(['lost', 'c'].map(add))).toEqual(['Error: no answer was given', 'c'])
  await idle()
})

test('whoever waits behind a batch that hangs is overdue as that is, each is answered as it is known, and nothing overdue is begun', async () => {
  const begun: string[] = []
  const hanging = new AbortController()
  const { add, idle } = gathering<string, string>({
    ...plain,
    heaviest: 100,
    timeoutMs: 100,
    run: async (batch) => {
      for (const { item, answer } of batch) {
        begun.push(item)
        if (item === 'hangs') await sleep(60_000, null, { signal: hanging.signal }).catch(() => {})
        answer(item)
      }
    },
  })
  const first = ['a', 'hangs', 'b'].map(add)
  await sleep(5)
  const behind = add('behind')
  expect(await Promise.all([...first, behind])).toEqual(['a', 'overdue', 'overdue', 'overdue'])
  await idle()
  const later = add('later')
  hanging.abort()
  expect(await later).toBe('later')
  expect(begun).toEqual(['a', 'hangs', 'b', 'later'])
})

test('a clock that throws fails the appends of that moment, and nothing after them', async () => {
  let broken = false
  const clock = () => {
    if (broken) throw new Error('no time')
    return systemClock()
  }
  const register = rightOf(await openPostgres(inject('postgres'), { schema: newName('clock'), clock })())
  broken = true
  const failed = await Promise.all(['a', 'b'].map((name) => register.events.append(ours, any, [event(name)])()))
  for (const answer of failed) {
    expect(leftOf(answer)).toMatchObject({ reason: 'Unknown', message: expect.stringContaining('no time') })
  }
  broken = false
  expect((await appended(register.events, ours, noStream, event('c'))).position).toBe(1)
  rightOf(await register.close())
})

test('an append without events is refused, and nothing after it', async () => {
  const { events } = await newRegister()
  // JavaScript can ask for it.
  const none: [NewEvent] = [event('gone')]
  Array.prototype.pop.call(none)
  expect(leftOf(await events.append(ours, any, none)())).toMatchObject({ reason: 'Unsupported', retry: false })
  expect((await appended(events, ours, noStream, event('first'))).position).toBe(1)
})

test('an append that is too large is refused with its size', async () => {
  const { events } = await newRegister()
  const large = event('large', { data: JSON.stringify('x'.repeat(maxAppendBytes)) })
  const refused = leftOf(await events.append(ours, any, [large])())
  expect(refused).toMatchObject({ _tag: 'AppendTooLarge', limit: 16 * 1024 * 1024 })
})

test('just less than may be goes in within the time limit, also of quotes, and comes back the same', async () => {
  const { events } = await newRegister()
  const data = '"'.repeat(maxAppendBytes - 100)
  await appended(events, ours, noStream, event('quotes', { data }))
  const [read] = await eventsOf(events.readAll())
  expect(read?.data === data).toBe(true)
})

test('whatever text is made of, it comes back the same', async () => {
  const { events } = await newRegister()
  const pieces = ['\\', '\u0001', '{"name":"Kåre \\ \u2028 💉\t\r\n"}', '\\u0000', '{}', 'NULL', '']
  const batch = pieces.map((piece) =>
    event(`text ${piece}`, { type: `T${piece}`, data: piece.repeat(50), actor: { id: piece, role: `'${piece}` } }),
  )
  for (const one of batch) await appended(events, ours, any, one)
  const read = await eventsOf(events.readAll())
  expect(read.map(({ type, data, actor }) => ({ type, data, actor }))).toEqual(
    batch.map(({ type, data, actor }) => ({ type, data, actor })),
  )
})
