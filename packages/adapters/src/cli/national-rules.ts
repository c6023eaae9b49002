// national-rules.ts: the rules of the whole country on a date, and by what they were published

import {
  type Digest,
  type EventId,
  type LegalDate,
  nationally,
  type RulePack,
  type RulesInForce,
} from '@smagruppe/domain'

/** A pack in force; `event` and `digest` are null for the one that the scheme was founded with. */
export interface NationalRules {
  readonly pack: RulePack
  readonly event: EventId | null
  readonly digest: Digest | null
}

export const nationalRules = (rules: RulesInForce, on: LegalDate): NationalRules => {
  const nobody = nationally(on)
  const { event = null, digest = null } = rules.layersAt(nobody)[0] ?? {}
  return { pack: rules.at(nobody), event, digest }
}
