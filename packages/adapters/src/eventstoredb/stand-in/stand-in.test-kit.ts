// stand-in.test-kit.ts: a stand-in for EventStoreDB that speaks real gRPC over loopback: a fixture for tests, not a product

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { constants, type ServerHttp2Stream } from 'node:http2'
import { createServer, type Server as Listener, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ConnectionInjector, Server, ServerCredentials } from '@grpc/grpc-js'
import { newCertificate } from '../../stores/certificates.test-kit.ts'
import { append, batchAppend, endForGood, softDelete } from './appends.test-kit.ts'
import { newDeciding } from './deciding.test-kit.ts'
import { GossipService, ServerFeaturesService, StreamsService } from './definitions.test-kit.ts'
import type { Endpoint, Unready } from './errors.test-kit.ts'
import { type Breaking, type FailingReads, type LostAnswer, newFaults } from './faults.test-kit.ts'
import { type Log, newLog } from './log.test-kit.ts'
import type { Node, Seen } from './node.test-kit.ts'
import { read } from './reads.test-kit.ts'
import { featuresServer, gossipServer } from './surroundings.test-kit.ts'

export interface Making {
  /** With TLS, who may do anything, by password; anybody else nothing. Without: plain text, and nobody is asked. */
  readonly users?: Readonly<Record<string, string>>
  /** The log of another stand-in, as nodes of one cluster have the same. */
  readonly log?: Log
}

export interface Stopping {
  /** For how long calls get no answer before they fail; a real server takes some seconds. */
  readonly milliseconds: number
  /** What becomes of appends that came meanwhile: not stored unless said otherwise. */
  readonly held?: 'stored' | 'not stored'
}

export interface StandIn {
  /** A connection string; more parameters, and for TLS a user, may be given. */
  readonly url: (more?: { readonly user?: string; readonly parameters?: Readonly<Record<string, string>> }) => string
  readonly endpoint: Endpoint
  /** The file of the authority behind its certificate; with TLS only. */
  readonly authorityFile: string | undefined
  readonly log: Log
  /** All that was asked so far. */
  readonly seen: ReadonlyArray<Seen>
  /** How many connections there are now. */
  readonly connections: () => number

  /** Breaks all connections; new ones are taken. */
  readonly drop: () => void
  readonly breakByChance: (breaking: Breaking | undefined) => void
  /** Takes connections and calls, and answers nothing until `resume`, which does all that was asked meanwhile. */
  readonly hang: () => void
  readonly resume: () => void
  readonly loseAnswer: (lost: LostAnswer) => void
  /** Refuses every call as a follower does, and names the leader; `undefined` makes it the leader again. */
  readonly follow: (leader: Endpoint | undefined) => void
  /** Subscriptions that are live read the next event as if they had been too slow for it, and catch up again. */
  readonly fallBehind: () => void
  /** Answers every request with that it takes nothing, as a server does that has just started; `undefined` ends it. */
  readonly takeNothing: (why: Unready | undefined) => void
  /** Answers reads of one kind by an error, so many of them. */
  readonly failReads: (failing: FailingReads) => void
  /** Takes every append, whatever it expects. */
  readonly expectNothing: () => void
  /** Ends in order: nothing is taken or answered any more, after the time given every call fails, then nobody listens. */
  readonly stop: (stopping: Stopping) => Promise<void>
  /** Ends as if killed. What was stored is kept. */
  readonly die: () => Promise<void>
  /** Starts it again on the same port, with all that was stored; ids it has to look up are only the recent ones'. */
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

/** How many calls a connection may have at a time, as the web server below EventStoreDB allows; further ones wait in the client. */
const callsAConnection = 100

/** One life of the server, from a start to an end. */
interface Life {
  readonly listener: Listener
  readonly injector: ConnectionInjector
  readonly grpc: Server
}

/** Whether this is what Node tells of every HTTP/2 stream of the process. */
const isStarted = (message: unknown): message is { readonly stream: ServerHttp2Stream } =>
  typeof message === 'object' && message !== null && 'stream' in message && message.stream instanceof Duplex

/** A stand-in that listens on a free port of the loopback. Whoever makes one closes it. */
export const standIn = async ({ users, log = newLog() }: Making = {}): Promise<StandIn> => {
  const certificate = users === undefined ? undefined : await newCertificate()
  const credentials =
    certificate === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          { private_key: Buffer.from(certificate.key), cert_chain: Buffer.from(certificate.chain) },
        ])
  const faults = newFaults()
  const seen: Seen[] = []
  const sockets = new Set<Socket>()
  const calls = new Set<ServerHttp2Stream>()
  let port = 0
  let life: Life | undefined

  // gRPC gives no hold on the HTTP/2 streams below it, and a server that is stopped resets them.
  const onCall = (message: unknown): void => {
    if (!isStarted(message) || message.stream.session?.socket?.localPort !== port) return
    const { stream } = message
    calls.add(stream)
    stream.on('close', () => calls.delete(stream))
  }
  subscribe('http2.server.stream.start', onCall)

  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
  }

  const start = async (): Promise<void> => {
    const node: Node = {
      log,
      deciding: newDeciding(log),
      faults,
      users,
      see: (request) => seen.push(request),
      end: (how) => {
        if (how === 'drop') drop()
        else void end()
      },
    }
    const grpc = new Server({
      'grpc.max_receive_message_length': 17 * 1024 * 1024,
      'grpc.max_concurrent_streams': callsAConnection,
    })
    grpc.addService(StreamsService, {
      read: read(node),
      append: append(node),
      batchAppend: batchAppend(node),
      delete: softDelete(node),
      tombstone: endForGood(node),
    })
    grpc.addService(ServerFeaturesService, featuresServer(node))
    grpc.addService(
      GossipService,
      gossipServer(node, () => endpoint()),
    )
    const injector = grpc.createConnectionInjector(credentials)
    const listener = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
      injector.injectConnection(socket)
    })
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject)
      listener.listen(port, '127.0.0.1', resolve)
    })
    const address = listener.address()
    if (typeof address === 'object' && address !== null) port = address.port
    life = { listener, injector, grpc }
  }

  const endpoint = (): Endpoint => ({ address: '127.0.0.1', port })

  /** Breaks what is left of a life. What was held back is forgotten with it. */
  const end = async (): Promise<void> => {
    const ending = life
    life = undefined
    faults.forget()
    if (ending === undefined) return
    const closed = new Promise<void>((resolve) => ending.listener.close(() => resolve()))
    drop()
    ending.injector.destroy()
    ending.grpc.forceShutdown()
    await closed
  }
  await start()
  return {
    url: ({ user, parameters = {} } = {}) => {
      const tls = certificate === undefined ? 'false' : 'true'
      const query = new URLSearchParams({ tls, ...parameters })
      return `esdb://${user === undefined ? '' : `${user}@`}127.0.0.1:${port}?${query}`
    },
    get endpoint() {
      return endpoint()
    },
    authorityFile: certificate?.authorityFile,
    log,
    seen,
    connections: () => sockets.size,
    drop,
    breakByChance: faults.breakByChance,
    hang: faults.hang,
    resume: faults.resume,
    loseAnswer: faults.loseAnswer,
    follow: faults.follow,
    fallBehind: faults.fallBehind,
    takeNothing: faults.takeNothing,
    failReads: faults.failReads,
    expectNothing: faults.expectNothing,
    stop: async ({ milliseconds, held = 'not stored' }) => {
      faults.hang()
      life?.listener.close()
      await sleep(milliseconds)
      for (const call of calls) call.close(constants.NGHTTP2_INTERNAL_ERROR)
      if (held === 'stored') faults.resume()
      // The resets have to leave before the connections go.
      await sleep(20)
      await end()
    },
    die: end,
    restart: async () => {
      await end()
      await start()
    },
    close: async () => {
      await end()
      unsubscribe('http2.server.stream.start', onCall)
      certificate?.remove()
    },
  }
}
