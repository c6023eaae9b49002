// steps.ts: what can still be done about an attendance that counts nothing

import type { GroupId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import type { Meeting } from './meetings.ts'
import type { SessionName } from './verdict.ts'

/** Something that can still be done. */
export type Step =
  /** The group holds more counting sessions, and the doctor has more counting minutes at what it holds, no later than `by`. */
  | ({
      readonly step: 'meet'
      /** The doctor is no member any more, and has to join again to have minutes. */
      readonly joining: boolean
    } & Meeting)
  /** Somebody signs for the group, no later than `by`. */
  | { readonly step: 'sign'; readonly group: GroupId; readonly by: LegalDate }
  /** The reports of what the industry gave to the session turn out wrong, and are cleared. */
  | ({ readonly step: 'clear' } & SessionName)

/** A step that says something of what happened. */
export type Remedy = Extract<Step, { readonly step: 'sign' | 'clear' }>
/** A step that is taken by meeting. */
export type Meet = Extract<Step, { readonly step: 'meet' }>
