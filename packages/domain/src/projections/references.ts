// references.ts: which of our ids somebody else's name stands for

import * as t from 'io-ts'
import type { GroupEvent } from '../group/group.ts'
import type { HospitalEvent } from '../hospital/hospital.ts'
import type { Entry } from '../kernel/correction.ts'
import { idOf } from '../kernel/event.ts'
import { defineProjection, type Projection } from '../kernel/projection.ts'
import type { SessionEvent } from '../session/session-events.ts'
import type { Reference } from '../values/identity.ts'

/** What a name can stand for. A wish for a session has a name of its own. */
export type Named = 'group' | 'session' | 'request' | 'department'

/** The key under which a name is found. */
export const referenceKey = (named: Named, { source, id }: Reference): string => JSON.stringify([named, source, id])

/** Our id for a name, and the stream that it was given in. The first that took a name keeps it. */
export const Referred = t.strict({ id: t.string, stream: t.string })
export type Referred = t.TypeOf<typeof Referred>

/** Names given to groups, sessions, requests and departments. Key: see `referenceKey`. */
export const references: Projection<GroupEvent | SessionEvent | HospitalEvent, Referred> = defineProjection({
  name: 'references',
  version: 1,
  kind: 'current',
  handles: new Set(['GroupRegistered', 'SessionRequested', 'SessionHeld', 'DepartmentRegistered']),
  keys: ({ event }) => {
    const key = keyIn(event)
    return key === null ? [] : [key]
  },
  evolve: (row, { stream, event }) =>
    row ?? { id: event.type === 'DepartmentRegistered' ? event.data.department : idOf(stream), stream },
  row: Referred,
})

const keyIn = (event: Entry<GroupEvent | SessionEvent | HospitalEvent>): string | null => {
  switch (event.type) {
    case 'GroupRegistered':
      return key('group', event.data.reference)
    case 'SessionHeld':
      return key('session', event.data.reference)
    case 'SessionRequested':
      return key('request', event.data.reference)
    case 'DepartmentRegistered':
      return key('department', event.data.reference)
    default:
      return null
  }
}

const key = (named: Named, reference: Reference | null): string | null =>
  reference === null ? null : referenceKey(named, reference)
