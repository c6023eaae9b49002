// scheme.ts: whose rules a register follows

import { uuidOf } from '../kernel/event.ts'
import { SchemeId } from '../values/identity.ts'
import { defaultPack } from './default-pack.ts'
import type { RulePack } from './rule-pack.ts'

/** A scheme: the stream that its rules are published on, and the pack that holds until the first of them takes effect. */
export interface Scheme {
  readonly id: SchemeId
  readonly founding: RulePack
}

/** A scheme by a name of one's own: the same name, the same id. Throws a RangeError where that is no id, which cannot be. */
export const schemeNamed = (name: string, founding: RulePack): Scheme => {
  const id = uuidOf('smagruppe scheme', name)
  if (!SchemeId.is(id)) throw new RangeError(`not a lower-case UUID: ${id}`)
  return { id, founding }
}

/** Small-group work of general practitioners in Norway, founded with the default pack. */
export const norway: Scheme = schemeNamed('Norway, small-group work in general practice', defaultPack)
