// failures.ts: what EventStoreDB, its clients and the network say went wrong, in the words of the ports

import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { fieldOf, typeOf } from './records.ts'

type Judgement = readonly [reason: StoreFailure['reason'], retry: 'retry' | 'mend', advice: string]

const lost: Judgement = ['Unavailable', 'retry', 'the connection was lost: try again']
const noServer: Judgement = ['Unavailable', 'retry', 'no server answers there: start it, or check host and port']
const tooSlow: Judgement = ['Unavailable', 'retry', 'the server did not answer in time: try again']
const noRights: Judgement = [
  'Denied',
  'mend',
  'the server does not let this user do that: check user and password in the URL',
]
const notLeader: Judgement = [
  'Unavailable',
  'retry',
  'this node is not the leader, or there is none yet: try again, or name all nodes of the cluster',
]
const notOne: Judgement = ['Unsupported', 'mend', 'what answers there is no EventStoreDB, or too old a one']

/** By the kind that a client gives its own errors. */
const kinds: ReadonlyMap<string, Judgement> = new Map([
  ['access-denied', noRights],
  ['cancelled', lost],
  ['deadline-exceeded', tooSlow],
  ['timeout', tooSlow],
  ['not-leader', notLeader],
  ['stream-deleted', ['Damaged', 'mend', 'somebody deleted this stream; bring it back from a copy']],
  ['stream-tombstoned', ['Damaged', 'mend', 'somebody deleted this stream for good; bring it back from a copy']],
  ['unsupported', notOne],
])

/** By the codes of gRPC, from grpc.io/docs/guides/status-codes. */
const codes: ReadonlyMap<number, Judgement> = new Map([
  [1, lost],
  [4, tooSlow],
  [7, noRights],
  [8, ['Unsupported', 'mend', 'a message is larger than the server or the client takes']],
  [10, tooSlow],
  [12, notOne],
  // A stream that was reset: the server stops, or something between cut it off.
  [13, lost],
  [14, lost],
  [16, noRights],
])

/** By the words of what has no kind and no code of its own, or a code that says too little. */
const words: ReadonlyArray<readonly [RegExp, Judgement]> = [
  [
    /server is (not ready|(too )?busy)/i,
    ['Unavailable', 'retry', 'the server is only starting, or has too much to do: try again'],
  ],
  [/leader info/i, notLeader],
  // What it says of an operation that met the end of the server, as of any error of its own.
  [
    /exception was thrown by handler/i,
    ['Unavailable', 'retry', 'the server failed at it, as it does while it stops: try again'],
  ],
  [/operation (timed out|was aborted)/i, tooSlow],
  [
    /certificate|self.signed|UnknownIssuer|ERR_TLS_CERT|unable to (get|verify)/i,
    [
      'Unavailable',
      'mend',
      "the server's certificate is not trusted: name who vouches for it (tlsCAFile), or its right host",
    ],
  ],
  [
    /wrong version number|EPROTO|packet length too long|InvalidContentType|corrupt message|record overflow/i,
    ['Unavailable', 'mend', 'the server speaks without TLS: say tls=false, if that is meant'],
  ],
  [/ECONNREFUSED|connection refused/i, noServer],
  [/ENOTFOUND|name resolution|dns error|failed to lookup/i, ['Unavailable', 'mend', 'no such host: check its name']],
  [
    /failed to discover|discover/i,
    ['Unavailable', 'retry', 'no node of the cluster answers: start it, or check the hosts'],
  ],
  [/bandwidth exhausted|enhance.your.calm/i, ['Unavailable', 'retry', 'the server asks to go slower: try again']],
  [/larger than max/i, ['Unsupported', 'mend', 'a message is larger than the server or the client takes']],
  [/certificate file|no such file/i, ['Missing', 'mend', 'check the path in the URL']],
  [
    /connection|channel|socket|RST_STREAM|transport|broken pipe|ECONN|EPIPE|ETIMEDOUT|write after end|closed|GOAWAY|http2/i,
    lost,
  ],
]

/** A thrown thing as a failure of the store at that place. */
export const failureOf = (error: unknown, place: string): StoreFailure => {
  const said = firstLine(error instanceof Error ? error.message || error.name : String(error))
  const kind = typeOf(error)
  const code = fieldOf(error, 'code')
  const [reason, retry, advice] = judgementOf(kind, code, said)
  const named = [kind, typeof code === 'number' || typeof code === 'string' ? `code ${code}` : null].filter(
    (name) => name !== null,
  )
  const of = named.length === 0 ? '' : ` (${named.join(', ')})`
  const what = said === '' ? 'it failed without a word' : said
  const message = `${place}: ${what}${of}${advice === '' ? '' : `; ${advice}`}`
  return { ...storeFailure(reason, message), retry: retry === 'retry' }
}

const judgementOf = (kind: string | null, code: unknown, said: string): Judgement => {
  const unknown: Judgement = ['Unknown', 'mend', '']
  if (fieldOf(code, 'length') === undefined && kind !== null && kinds.has(kind)) return kinds.get(kind) ?? unknown
  const worded = words.find(([pattern]) => pattern.test(said))?.[1]
  const isTransport = kind === 'unavailable' || code === 14
  if (isTransport) return worded ?? lost
  if (worded !== undefined && (code === 8 || typeof code !== 'number' || !codes.has(code))) return worded
  return (typeof code === 'number' ? codes.get(code) : undefined) ?? worded ?? unknown
}

const firstLine = (text: string): string => text.split('\n')[0]?.slice(0, 500) ?? ''

/** Whether the client itself turns to another node after this, so that it is to be kept. */
export const isRedirected = (error: unknown): boolean => typeOf(error) === 'not-leader'

/** To throw where an event is not what was written. */
export class Damage extends Error {}

/** To throw where no answer came in time. */
export const noAnswer = (milliseconds: number): Error =>
  Object.assign(new Error(`no answer within ${milliseconds} ms`), { type: 'deadline-exceeded' })

export const damagedFailure = (place: string, what: string): StoreFailure =>
  storeFailure('Damaged', `${place}: ${what}`)

export const closedFailure = (place: string): StoreFailure =>
  storeFailure('Closed', `${place}: the store has been closed; open it again to use it`)
