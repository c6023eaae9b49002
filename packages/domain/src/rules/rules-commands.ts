// rules-commands.ts: what can be asked of a scheme's rules; data that may come from outside

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { DoctorId, SchemeId } from '../values/identity.ts'
import { LegalDate, Zone } from '../values/legal-date.ts'
import { Title } from '../values/text.ts'
import { Digest } from './digest.ts'
import { Scope } from './rules-events.ts'

// Parameters are read by the decision, which says by a refusal of its own what is wrong with one.
const inScheme = {
  scheme: SchemeId,
  parameters: t.unknown,
  /** What the caller takes the digest to be; it is computed where left out, and never believed. */
  digest: t.union([Digest, t.undefined]),
}

/** The rules of the whole country, from that date on. */
export const PublishRulePack = command('PublishRulePack', { ...inScheme, name: Title, zone: Zone, from: LegalDate })
/** What a region, a hospital or a group is to have otherwise; `until` null: until it is taken back. */
export const AdoptLocalAdaptation = command('AdoptLocalAdaptation', {
  ...inScheme,
  name: Title,
  scope: Scope,
  from: LegalDate,
  until: t.union([LegalDate, t.null]),
  basis: Digest,
})
/** What one doctor is to have otherwise, until that date. */
export const GrantDispensation = command('GrantDispensation', {
  ...inScheme,
  doctor: DoctorId,
  from: LegalDate,
  until: LegalDate,
})

/** Everything that can be asked of a scheme's rules. */
export type RulesCommand =
  | t.TypeOf<typeof PublishRulePack>
  | t.TypeOf<typeof AdoptLocalAdaptation>
  | t.TypeOf<typeof GrantDispensation>

/** The codecs of the commands of a scheme's rules, by type: untrusted JSON is read by them. */
export const rulesCommands: Commands<RulesCommand> = { PublishRulePack, AdoptLocalAdaptation, GrantDispensation }
