// speaker.test-kit.ts: what tests of the stand-in say to it, whichever of the two clients carries it

import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { Expected } from './deciding.test-kit.ts'
import { type Making, type StandIn, standIn } from './stand-in.test-kit.ts'

/** A subscription to `$all`: what it heard, and what ended it. */
export interface Hearing {
  readonly heard: ReadonlyArray<string>
  readonly ended: Promise<unknown>
}

/** A client that is connected. Reads give `type@revision`. */
export interface Speaker {
  readonly append: (stream: string, expected: Expected, ...ids: ReadonlyArray<string>) => Promise<bigint>
  /** Gives its own credentials, and so goes by another call of the service. */
  readonly appendAs: (user: string, password: string, stream: string) => Promise<bigint>
  readonly link: (stream: string, to: string) => Promise<bigint>
  readonly readStream: (stream: string, links?: 'resolved') => Promise<ReadonlyArray<string>>
  readonly readAll: () => Promise<ReadonlyArray<string>>
  readonly subscribe: () => Hearing
  readonly dispose: () => Promise<void>
}

/** How one of the clients words what is not worded the same by both. */
export interface Client {
  readonly connect: (url: string) => Speaker
  /** What a call fails with when a server ends in order. */
  readonly reset: Failure
  /** What a read fails with, of which the successor keeps no code. */
  readonly readFailure: (failure: Failure) => Failure
}

/** What tells one failure from another. */
export interface Failure {
  readonly error: string
  readonly type?: string
  readonly code?: number
}

export const failure = (thrown: unknown): Failure => {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  const type = 'type' in thrown && typeof thrown.type === 'string' ? { type: thrown.type } : {}
  const code = 'code' in thrown && typeof thrown.code === 'number' ? { code: thrown.code } : {}
  return { error: thrown.constructor.name, ...type, ...code }
}

/** What a call came to: its value, or its failure. */
export const outcome = <Value>(call: Promise<Value>): Promise<Value | Failure> => call.catch(failure)

export const id = (): string => randomUUID()

/** A stand-in and a client that speaks to it; both end with the test. */
export const speaking = async (
  client: Client,
  making?: Making,
): Promise<{ readonly server: StandIn; readonly speaker: Speaker }> => {
  const server = await standIn(making)
  const speaker = client.connect(server.url())
  onTestFinished(async () => {
    await speaker.dispose()
    await server.close()
  })
  return { server, speaker }
}
