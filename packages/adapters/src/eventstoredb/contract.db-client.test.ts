import { describe, test } from 'vitest'
import { eventStoreCases, subscriptionCases } from '../contract/index.ts'
import { fullSize } from '../stores/batches.test-kit.ts'
import { eventStoreBy } from './contract.test-kit.ts'
import { realServer, serverName } from './stand-in/server-for-tests.test-kit.ts'

// One client a file, for both in one process break each other.
describe(`db-client on ${serverName}`, () => {
  for (const { name, run } of [...eventStoreCases, ...subscriptionCases])
    test(name, () => run(eventStoreBy('db-client')))
})

const breaking = { seed: 3, ...(fullSize ? { oneAppendIn: 8, oneEventIn: 150 } : { oneAppendIn: 16, oneEventIn: 600 }) }
const broken = fullSize ? [...eventStoreCases, ...subscriptionCases] : subscriptionCases
// On a busy machine an append that breaks ten times takes longer than anybody should wait.
const patient = { timeoutMs: 60_000 }

// A real server breaks nothing by chance.
if (realServer === undefined)
  describe('db-client on a stand-in whose connections break by chance', () => {
    for (const { name, run } of broken) test(name, () => run(eventStoreBy('db-client', patient, breaking)))
  })
