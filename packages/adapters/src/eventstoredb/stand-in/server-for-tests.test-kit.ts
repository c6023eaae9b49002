// server-for-tests.test-kit.ts: the server that tests of the adapter speak to: a real EventStoreDB where one is named, else a stand-in

import { type StandIn, standIn } from './stand-in.test-kit.ts'

/** A server that is as good as empty to whoever uses stream names of their own. */
export interface ServerForTests {
  readonly url: string
  /** Absent where the server is real: then nothing can be made to go wrong. */
  readonly standIn: StandIn | undefined
  readonly close: () => Promise<void>
}

/** The connection string of a real server, from `EVENTSTOREDB_URL`. */
export const realServer: string | undefined = process.env.EVENTSTOREDB_URL || undefined

/** What a test's title says it speaks to. */
export const serverName = realServer === undefined ? 'the stand-in' : 'a real server'

export const serverForTests = async (): Promise<ServerForTests> => {
  if (realServer !== undefined) return { url: realServer, standIn: undefined, close: async () => {} }
  const server = await standIn()
  return { url: server.url(), standIn: server, close: server.close }
}
