// group-commit.test.ts: appends go to the server together, and none of them pays for another

import { any, noStream } from '@smagruppe/domain'
import { expect, inject, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import { gathering } from './group-commit.ts'
import { newRegister, rawSql } from './postgres.test-kit.ts'

const ours = stream('ours')

test('what comes while a batch is on its way goes into the next, up to the heaviest', async () => {
  const batches: (readonly string[])[] = []
  const { add, idle } = gathering<string, string>({
    run: async (batch) => {
      batches.push(batch)
      await new Promise((resolve) => setTimeout(resolve, 5))
      return batch.map((item) => item.toUpperCase())
    },
    weightOf: (item) => item.length,
    heaviest: 5,
    unanswered: '?',
  })
  const first = add('a')
  await new Promise((resolve) => setTimeout(resolve, 1))
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

test('an append that is too large is refused with its size', async () => {
  const { events } = await newRegister()
  const large = event('large', { data: JSON.stringify('x'.repeat(128 * 1024 * 1024)) })
  const refused = leftOf(await events.append(ours, any, [large])())
  expect(refused).toMatchObject({ _tag: 'AppendTooLarge', limit: 128 * 1024 * 1024 })
})

test('megabytes of quotes go in, and come back the same', async () => {
  const { events } = await newRegister({}, inject('postgres'))
  const data = JSON.stringify('"\\'.repeat(1024 * 1024))
  await appended(events, ours, any, event('large', { data }))
  const [read] = await eventsOf(events.readAll())
  expect(read?.data === data).toBe(true)
})
