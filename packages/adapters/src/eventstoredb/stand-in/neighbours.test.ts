// neighbours.test.ts: how two clients in one process disturb each other when one of two servers dies, which the stand-in shows as real servers did

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StreamsService } from './definitions.test-kit.ts'

const twoClientsOf = (name: string): unknown => {
  const file = join(import.meta.dirname, 'two-clients.test-kit.ts')
  const { stdout } = spawnSync(process.execPath, [file, name], { encoding: 'utf8' })
  return JSON.parse(stdout)
}

test('6.2.1 fails appends to a healthy server when another dies, throws outside of any call, and never answers again', () => {
  expect(twoClientsOf('@eventstore/db-client')).toEqual({
    ofTheDying: 'unavailable',
    inFlight: ['unavailable'],
    stored: 32,
    later: 'not answered',
    uncaught: ['TypeError'],
  })
})

test('the successor leaves the healthy server alone', () => {
  expect(twoClientsOf('@kurrent/kurrentdb-client')).toEqual({
    ofTheDying: 'unavailable',
    inFlight: ['answered'],
    stored: 32,
    later: 'answered',
    uncaught: [],
  })
})

test('the definitions that the stand-in speaks are out of reach of the clients beside it', () => {
  expect(StreamsService.batchAppend.path).toBe('/event_store.client.streams.Streams/BatchAppend')
  expect(Object.keys(Reflect.get(globalThis, 'proto'))).toEqual(['google'])
})
