// proxy.test-kit.ts: a network between client and server that a test can cut, or let fall silent

import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { urlWith } from './postgres.test-kit.ts'

export interface Proxy {
  /** The URL of the server by way of the proxy. */
  readonly url: string
  /** Breaks all connections; new ones are taken. */
  readonly cut: () => void
  /** From now on what the server says is held back, as by a network that lost its way; `speak` ends it. */
  readonly fallSilent: () => void
  readonly speak: () => void
  /** How many connections were made so far. */
  readonly connections: () => number
}

/** A proxy in front of the server at that URL; ends with the test. */
export const newProxy = async (url: string): Promise<Proxy> => {
  const port = Number(new URL(url).port)
  const sockets = new Set<Socket>()
  let connections = 0
  let silent = false
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer((client) => {
    connections += 1
    keep(client)
    const upstream = keep(connect(port, '127.0.0.1'))
    client.on('data', (bytes) => upstream.write(bytes))
    upstream.on('data', (bytes) => {
      if (!silent) client.write(bytes)
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    cut()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port')
  return {
    url: urlWith({ port: address.port }, url),
    cut,
    fallSilent: () => {
      silent = true
    },
    speak: () => {
      silent = false
    },
    connections: () => connections,
  }
}
