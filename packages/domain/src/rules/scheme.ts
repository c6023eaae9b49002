// scheme.ts: whose rules a register follows

import { checked } from '../kernel/checked.ts'
import { uuidOf } from '../kernel/event.ts'
import { SchemeId } from '../values/identity.ts'
import { danishPack } from './danish-pack.ts'
import { defaultPack } from './default-pack.ts'
import type { RulePack } from './rule-pack.ts'

/** A scheme: the stream that its rules are published on, and the pack that holds until the first of them takes effect. */
export interface Scheme {
  readonly id: SchemeId
  readonly founding: RulePack
}

/** A scheme by a name of one's own: the same name, the same id. */
export const schemeNamed = (name: string, founding: RulePack): Scheme => ({
  id: checked(SchemeId, uuidOf('smagruppe scheme', name)),
  founding,
})

/** Small-group work of general practitioners in Norway, founded with the default pack. */
export const norway: Scheme = schemeNamed('Norway, small-group work in general practice', defaultPack)

/** Group-based further education of general practitioners in Denmark, founded with the Danish pack. */
export const denmark: Scheme = schemeNamed('Denmark, group-based further education in general practice', danishPack)
