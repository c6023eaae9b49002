// serve.ts: the app on a port and a SQLite file; ends in good order when it is told to

import { once } from 'node:events'
import { type AddressInfo, isIP } from 'node:net'
import { serve as listen } from '@hono/node-server'
import { openSqliteRegister, type SqliteRegisterOptions } from '@smagruppe/adapters/sqlite'
import { type Actor, Failed, promised } from '@smagruppe/domain'
import { appOn, type LogIn } from './app.ts'

export interface Serving {
  readonly url: string
  /** Takes no more requests, answers those that are under way, and then closes the register. */
  readonly close: () => Promise<void>
}

/** Opens the register in that file and serves it on that port (0: any that is free), to this machine only. */
export const serve = async (
  file: string,
  port: number,
  logIn: LogIn,
  options: SqliteRegisterOptions = {},
): Promise<Serving> => {
  const { register, close } = await promised(openSqliteRegister(file, options))
  const server = listen({ fetch: appOn(register, logIn).fetch, port, hostname: '127.0.0.1' })
  await once(server, 'listening')
  return {
    url: urlOf(server.address()),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      await closed
      await promised(close)
    },
  }
}

const urlOf = (address: string | AddressInfo | null): string => {
  if (address === null || typeof address === 'string' || isIP(address.address) !== 4) throw new TypeError('no TCP port')
  return `http://${address.address}:${address.port}`
}

/** Two users with tokens that anybody can read here: for trying out. */
export const demoUsers: LogIn = (token) => {
  const users: ReadonlyMap<string, Actor> = new Map([
    ['coordinator-token', { id: 'user-17', role: 'coordinator' }],
    ['authority-token', { id: 'user-4', role: 'authority' }],
  ])
  return users.get(token) ?? null
}

if (import.meta.main) {
  const [file = 'register.db', port = '8080'] = process.argv.slice(2)
  try {
    const { url, close } = await serve(file, Number(port), demoUsers)
    console.log(`${file} on ${url}`)
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => void close().then(() => console.log('closed')))
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
