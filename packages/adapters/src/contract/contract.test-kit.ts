// contract.test-kit.ts: for the tests of the contract itself: which cases an adapter does not hold

import type { EventStore } from '@smagruppe/domain'
import { expect } from 'vitest'
import type { ContractCase, Opened, OpenedEventStore } from './index.ts'

export const opened = <A>(it: A): Opened<A> => ({ it, close: async () => {} })

/** A log to which there is one handle. */
export const openedLog = (store: EventStore): OpenedEventStore => ({
  ...opened(store),
  another: async () => opened(store),
  interrupt: async () => {},
})

export const failuresOf = async <Subject>(
  cases: ReadonlyArray<ContractCase<Subject>>,
  subject: Subject,
): Promise<ReadonlyArray<string>> => {
  const failed: string[] = []
  for (const { name, run } of cases) {
    await run(subject).catch((error: unknown) => {
      expect(error).toBeInstanceOf(Error)
      failed.push(name)
    })
  }
  return failed
}

export const namesOf = (cases: ReadonlyArray<ContractCase<never>>): ReadonlyArray<string> =>
  cases.map(({ name }) => name)
