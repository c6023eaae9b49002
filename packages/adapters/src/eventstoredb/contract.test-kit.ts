// contract.test-kit.ts: a log on EventStoreDB as the contract asks for it: empty, opened twice, and its connections broken

import { randomUUID } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { type EventStore, headOf, type Instant, type PageResult, type Position, position } from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { rightOf } from '../contract/case.ts'
import type { EventStoreSubject, Opened } from '../contract/index.ts'
import { systemClock } from '../node/index.ts'
import type { ClientName } from './client.ts'
import { type EventStoreDbOptions, openEventStoreDb, usualMaxAppendBytes } from './event-store.ts'
import type { Breaking } from './stand-in/faults.test-kit.ts'
import { realServer } from './stand-in/server-for-tests.test-kit.ts'
import { standIn } from './stand-in/stand-in.test-kit.ts'

/** Logs that are reached by that client: on a stand-in of their own, which may break connections by chance, or by a name of their own on a real server. */
export const eventStoreBy = (
  client: ClientName,
  options: Omit<EventStoreDbOptions, 'clock'> = {},
  breaking?: Breaking,
): EventStoreSubject => ({
  capabilities: {
    maxAppendBytes: usualMaxAppendBytes,
    idempotency: 'exactRevisionOnly',
    monotoneRecordedAt: false,
    onceClosed: 'refuses',
  },
  open: async (clock) => {
    const server = realServer === undefined ? await ownStandIn(breaking) : await namedOn(realServer)
    const handle = async (its: () => Instant): Promise<Opened<EventStore>> => {
      const { events, close } = rightOf(await openEventStoreDb(server.url, { ...options, client, clock: its })())
      return { it: server.asOwn(events), close: async () => void rightOf(await close()) }
    }
    const first = await handle(clock)
    return {
      it: first.it,
      close: async () => {
        await first.close()
        await server.close()
      },
      another: handle,
      interrupt: async () => server.cut(),
    }
  },
})

interface Server {
  readonly url: string
  readonly cut: () => void
  readonly close: () => Promise<void>
  /** The log as it is without what the server held before. */
  readonly asOwn: (events: EventStore) => EventStore
}

const ownStandIn = async (breaking: Breaking | undefined): Promise<Server> => {
  const server = await standIn()
  const start = position(Number(server.log.all.at(-1)?.position ?? 0n))
  const asOwn = (events: EventStore) => from(start, events)
  server.breakByChance(breaking)
  return { url: server.url(), cut: server.drop, close: server.close, asOwn }
}

/** A register of its own on a server that others use too, by way of a proxy whose connections can be cut. */
const namedOn = async (url: string): Promise<Server> => {
  const { url: proxied, cut, close } = await proxyTo(url)
  const own = `${proxied}${url.includes('?') ? '&' : '?'}register=t${randomUUID().replaceAll('-', '').slice(0, 20)}`
  return { url: own, cut, close, asOwn: await withoutWhatIsThere(url) }
}

const withoutWhatIsThere = async (url: string): Promise<Server['asOwn']> => {
  const { events, close } = rightOf(await openEventStoreDb(url, { clock: systemClock })())
  const start = rightOf(await headOf(events)())
  await close()
  return (events) => from(start, events)
}

const proxyTo = async (
  url: string,
): Promise<{ readonly url: string; readonly cut: () => void; readonly close: () => Promise<void> }> => {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer((near) => {
    const far = keep(connect(Number(port === '' ? '2113' : port), hostname))
    keep(near).pipe(far)
    far.pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const to = typeof address === 'object' && address !== null ? address.port : 0
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.replace(`${hostname}${port === '' ? '' : `:${port}`}`, `127.0.0.1:${to}`),
    cut,
    close: async () => {
      cut()
      server.close()
    },
  }
}

/** Positions are counted from where the log began, so that an empty one is at its start. */
const from = (start: Position, { append, readStream, readAll, subscribe }: EventStore): EventStore => {
  const down = (at: Position): Position => position(Math.max(0, at - start))
  const up = (at: Position): Position => position(at + start)
  async function* moved(pages: AsyncIterable<PageResult>): AsyncGenerator<PageResult, void> {
    for await (const page of pages)
      yield isLeft(page)
        ? page
        : right({
            ...page.right,
            through: down(page.right.through),
            events: page.right.events.map((event) => ({ ...event, position: down(event.position) })),
          })
  }
  return {
    append: (stream, expected, events) => async () => {
      const appended = await append(stream, expected, events)()
      return isLeft(appended) ? appended : right({ ...appended.right, position: down(appended.right.position) })
    },
    readStream: (stream, options) => moved(readStream(stream, options)),
    readAll: ({ after, until, ...options } = {}) =>
      moved(
        readAll({
          ...options,
          after: up(after ?? position(0)),
          ...(until === undefined ? {} : { until: up(until) }),
        }),
      ),
    subscribe: ({ after, ...options } = {}) => {
      const pages = subscribe({ ...options, after: up(after ?? position(0)) })
      return {
        [Symbol.asyncIterator]: () => {
          const iterator = pages[Symbol.asyncIterator]()
          return {
            next: async () => {
              const next = await iterator.next()
              if (next.done === true || isLeft(next.value)) return next
              const { through, events, ...rest } = next.value.right
              const shifted = events.map((event) => ({ ...event, position: down(event.position) }))
              return { done: false, value: right({ ...rest, through: down(through), events: shifted }) }
            },
            ...(iterator.return === undefined ? {} : { return: () => iterator.return?.() ?? Promise.reject() }),
          }
        },
      }
    },
  }
}
