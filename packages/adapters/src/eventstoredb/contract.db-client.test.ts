import { describe, test } from 'vitest'
import { eventStoreCases, subscriptionCases } from '../contract/index.ts'
import { eventStoreBy } from './contract.test-kit.ts'
import { serverName } from './stand-in/server-for-tests.test-kit.ts'

// One client a file, for both in one process break each other.
describe(`db-client on ${serverName}`, () => {
  for (const { name, run } of [...eventStoreCases, ...subscriptionCases])
    test(name, () => run(eventStoreBy('db-client')))
})
