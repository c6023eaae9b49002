// node.test-kit.ts: what the services of the stand-in share while it lives (a test fixture, not a product)

import type { Metadata, ServiceError } from '@grpc/grpc-js'
import type { Deciding } from './deciding.test-kit.ts'
import { notLeader, unauthenticated, unready } from './errors.test-kit.ts'
import type { Faults } from './faults.test-kit.ts'
import type { Log } from './log.test-kit.ts'

/** A request as the stand-in saw it. */
export interface Seen {
  readonly method: 'append' | 'batch append' | 'read' | 'subscribe' | 'delete' | 'tombstone'
  /** Absent for `$all`. */
  readonly stream?: string
  /** How many events were to be appended. */
  readonly events?: number
}

export interface Node {
  readonly log: Log
  readonly deciding: Deciding
  readonly faults: Faults
  /** Passwords by user; absent where nobody is asked who they are. */
  readonly users: Readonly<Record<string, string>> | undefined
  readonly see: (request: Seen) => void
  /** Breaks all connections, or ends the server as a kill does. */
  readonly end: (how: 'drop' | 'die') => void
}

/** Who asks: `nobody` gave no credentials. */
export type Caller = 'known' | 'nobody' | 'wrong'

export const callerOf = ({ users }: Node, metadata: Metadata): Caller => {
  if (users === undefined) return 'known'
  const [header] = metadata.get('authorization')
  if (header === undefined) return 'nobody'
  const [user = '', password] = Buffer.from(String(header).replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':')
  return users[user] !== undefined && users[user] === password ? 'known' : 'wrong'
}

/** Why a call is refused whatever it asks. */
export const refusalOf = (node: Node, caller: Caller): ServiceError | undefined => {
  if (caller === 'wrong') return unauthenticated()
  const why = node.faults.unready()
  if (why !== undefined) return unready(why)
  const leader = node.faults.leader()
  return leader === undefined ? undefined : notLeader(leader)
}
