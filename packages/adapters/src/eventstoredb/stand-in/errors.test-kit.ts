// errors.test-kit.ts: the failures of a call as EventStoreDB words them, status and trailing metadata (a test fixture, not a product)

import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { Expected } from './deciding.test-kit.ts'
import { none } from './log.test-kit.ts'

/** A node of a cluster. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

const failure = (code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError => {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value)
  return Object.assign(new Error(details), { code, details, metadata })
}

/** The numbers that stand for expectations where the server writes them out. */
export const expectedNumber = (expected: Expected): bigint =>
  expected === 'any' ? -2n : expected === 'no_stream' ? none : expected === 'stream_exists' ? -4n : expected

export const accessDenied = (): ServiceError =>
  failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })

export const unauthenticated = (): ServiceError => failure(status.UNAUTHENTICATED, 'Unauthenticated')

/** What a server that runs and takes nothing says to a call of its own: it has only just started, has too much to do, elects a leader, or stops. */
const unreadyBy = {
  'Server Is Not Ready': status.UNAVAILABLE,
  'Server Is Too Busy': status.UNAVAILABLE,
  'No leader info available in response': status.UNKNOWN,
  'Leader info available': status.NOT_FOUND,
  'Exception was thrown by handler.': status.UNKNOWN,
  'Operation timed out: PrepareTimeout': status.ABORTED,
  'Bandwidth exhausted or memory limit exceeded': status.RESOURCE_EXHAUSTED,
  'Received RST_STREAM with code 2': status.INTERNAL,
  'Unexpected ReadAllResult: Error': status.UNKNOWN,
} as const satisfies Readonly<Record<string, status>>

export type Unready = keyof typeof unreadyBy

export const unready = (why: Unready): ServiceError =>
  why === 'Leader info available' ? notLeader({ address: '127.0.0.1', port: 1 }) : failure(unreadyBy[why], why)

export const notLeader = ({ address, port }: Endpoint): ServiceError =>
  failure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': address,
    'leader-endpoint-port': String(port),
  })

export const streamDeleted = (stream: string): ServiceError =>
  failure(status.FAILED_PRECONDITION, `Event stream '${encodeURI(stream)}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': encodeURI(stream),
  })

export const wrongExpectedVersion = (stream: string, expected: Expected, actual: bigint): ServiceError => {
  const number = expectedNumber(expected)
  return failure(
    status.FAILED_PRECONDITION,
    `Failed due to WrongExpectedVersion. Stream: ${encodeURI(stream)}, Expected version: ${number}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': encodeURI(stream),
      'expected-version': String(number),
      'actual-version': String(actual),
    },
  )
}

export const tooLarge = (max: number): ServiceError =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${max} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(max),
  })

export const timedOut = (): ServiceError => failure(status.ABORTED, 'Operation timed out: PrepareTimeout')

/** What comes of an exception that no handler of the server turns into an answer. */
export const thrown = (message: string): ServiceError =>
  failure(status.UNKNOWN, `Exception was thrown by handler. ${message}`)
