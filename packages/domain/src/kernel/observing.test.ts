// observing.test.ts: what an operator is told, and that a hook which throws changes nothing

import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { inMemoryRows } from '../testing/index.ts'
import { catchUp } from './catch-up.ts'
import { noStream } from './event-store.ts'
import { type Observe, observed } from './observing.ts'
import { rebuild } from './rebuild.ts'
import { follower } from './replay.ts'
import { filled, forgotten, say, stream, task, words } from './talk.test-kit.ts'

/** Hooks that write down what they are told. */
const listening = () => {
  const told: unknown[] = []
  const telling = (hook: string) => (what: object) => {
    told.push({ hook, ...what })
  }
  const observe: Observe = {
    appended: telling('appended'),
    conflict: telling('conflict'),
    caughtUp: telling('caughtUp'),
    quarantined: telling('quarantined'),
    switched: telling('switched'),
    threw: (error, hook) => told.push({ hook: 'threw', error: String(error), of: hook }),
  }
  return { told, observe }
}

const onlyWords = { followers: [follower(words())] }

describe('an operator is told', () => {
  test('of appends and conflicts', async () => {
    const { told, observe } = listening()
    const log = await filled('a')
    const store = observed(log, observe)
    await say({ ...log, append: store.append }, 'b')
    const [again] = log.log
    if (again === undefined) throw new Error('the log has an event')
    const id = '00000000-0000-5000-8000-000000000000'
    const refused = await store.append(stream, noStream, [
      { ...again, id: again.id.replace(/^.{36}$/, id) as typeof again.id },
    ])()
    expect(isLeft(refused)).toBe(true)
    expect(told).toEqual([
      { hook: 'appended', stream, events: 1, position: 2 },
      { hook: 'conflict', _tag: 'WrongExpectedRevision', stream, expected: noStream, actual: 1 },
    ])
  })

  test('of nothing where nobody listens', async () => {
    const log = await filled('a')
    expect(observed(log, undefined)).toBe(log)
  })

  test('of what was caught up with and how far behind it was, of what was set aside, and of new rows', async () => {
    const { told, observe } = listening()
    const rows = inMemoryRows()
    const log = await filled('a', '!b', 'c')
    await catchUp(task(log, rows, { ...onlyWords, observe }))()
    const quarantined = {
      hook: 'quarantined',
      projection: 'words',
      position: 2,
      stream,
      type: 'Said',
      version: 2,
      reason: 'version 2 of Said is not known here',
    }
    expect(told.splice(0)).toEqual([
      quarantined,
      { hook: 'switched', name: 'words', version: 1, build: 0, checkpoint: 3 },
      { hook: 'caughtUp', through: 3, events: 3, lag: 0 },
    ])
    await say(log, 'd')
    await catchUp(task(log, rows, { ...onlyWords, observe }))()
    await catchUp(task(log, rows, { ...onlyWords, observe }))()
    expect(told.splice(0)).toEqual([
      { hook: 'caughtUp', through: 4, events: 1, lag: 1 },
      { hook: 'caughtUp', through: 4, events: 0, lag: 0 },
    ])
    await rebuild(task(log, rows, { ...onlyWords, observe }))()
    expect(told).toEqual([
      quarantined,
      { hook: 'switched', name: 'words', version: 1, build: 1, checkpoint: 4 },
      { hook: 'caughtUp', through: 4, events: 4, lag: 0 },
    ])
  })

  test('of a lag only where answers come from: not of rows that are built beside', async () => {
    const { told, observe } = listening()
    const rows = inMemoryRows()
    const log = await filled('a', 'b')
    await catchUp(task(log, rows, { followers: [follower(words(1)), follower(forgotten)] }))()
    await say(log, 'c')
    await catchUp(task(log, rows, { followers: [follower(words(2)), follower(forgotten)], observe }))()
    expect(told.at(-1)).toEqual({ hook: 'caughtUp', through: 3, events: 3, lag: 1 })
    await say(log, 'd')
    await catchUp(task(log, rows, { followers: [follower(words(3))], observe }))()
    expect(told.at(-1)).toEqual({ hook: 'caughtUp', through: 4, events: 4, lag: 0 })
  })
})

describe('a hook that throws', () => {
  const broken = (): never => {
    throw new Error('broken')
  }
  const all = { appended: broken, conflict: broken, caughtUp: broken, quarantined: broken, switched: broken }

  test('changes nothing, and is told of', async () => {
    const { told, observe } = listening()
    const rows = inMemoryRows()
    const log = await filled('!a')
    const observing = { ...all, threw: observe.threw ?? broken }
    await say({ ...log, append: observed(log, observing).append }, 'b')
    expect(await catchUp(task(log, rows, { ...onlyWords, observe: observing, onPage: broken }))()).toMatchObject({
      right: { through: 2 },
    })
    expect(told).toEqual(
      ['append', 'quarantined', 'onPage', 'switched', 'caughtUp'].map((of) => ({
        hook: 'threw',
        error: 'Error: broken',
        of,
      })),
    )
  })

  test('later, being async after all, is told of too', async () => {
    const { told, observe } = listening()
    const rows = inMemoryRows()
    const caughtUp = async () => broken()
    await catchUp(task(await filled('a'), rows, { ...onlyWords, observe: { ...observe, caughtUp } }))()
    await Promise.resolve()
    expect(told).toContainEqual({ hook: 'threw', error: 'Error: broken', of: 'caughtUp' })
  })

  test('is left at that where nobody is told, or the telling throws as well', async () => {
    const log = await filled('a')
    for (const observe of [all, { ...all, threw: broken }, { ...all, threw: async () => broken() }])
      expect(await catchUp(task(log, inMemoryRows(), { observe }))()).toMatchObject({ right: { through: 1 } })
  })
})
