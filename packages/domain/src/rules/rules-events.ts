// rules-events.ts: how rules are published: by the authority for all, by a region, a hospital or a group for itself, and for one doctor

import * as t from 'io-ts'
import { type EventOf, emptyCatalogue, eventType } from '../kernel/event-catalogue.ts'
import { DoctorId, GroupId, HospitalId } from '../values/identity.ts'
import { LegalDate, Zone } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { Title } from '../values/text.ts'
import { ChangesCodec } from './changes.ts'
import { Digest, digestOf } from './digest.ts'

// these names and fields are what is stored

const Municipalities = t.refinement(
  t.readonlyArray(MunicipalityNumber),
  (numbers) => numbers.length > 0,
  'a list of municipality numbers, at least one',
)

/**
 * Where an adaptation holds. A region is the numbers of its municipalities, each as groups are registered under it: a renumbered one has two.
 * A hospital is where the session's department is on that date.
 */
export const Scope = t.union([
  t.strict({ layer: t.literal('region'), municipalities: Municipalities }),
  t.strict({ layer: t.literal('hospital'), hospital: HospitalId }),
  t.strict({ layer: t.literal('group'), group: GroupId }),
])
/** Where an adaptation holds. */
export type Scope = t.TypeOf<typeof Scope>

const underItsDigest = <Fields extends t.Props>(fields: Fields) => {
  const Content = t.strict({ digest: Digest, ...fields })
  return t.refinement(
    Content,
    (data) => {
      const { digest, ...content } = Content.encode(data)
      return digest === digestOf(content)
    },
    'rules under the digest of what they say',
  )
}

/** The rules of the whole country, from that date until the next pack's. It says each parameter. */
export const rulePackPublished = eventType(
  'RulePackPublished',
  underItsDigest({ name: Title, zone: Zone, from: LegalDate, parameters: ChangesCodec }),
)

/** What a region, a hospital or a group has otherwise, `from ≤ date < until`. `basis` is the pack that it was made under. */
export const localAdaptationAdopted = eventType(
  'LocalAdaptationAdopted',
  underItsDigest({
    name: Title,
    scope: Scope,
    from: LegalDate,
    until: t.union([LegalDate, t.null]),
    basis: Digest,
    parameters: ChangesCodec,
  }),
)

/** What one doctor has otherwise, `from ≤ date < until`. It always ends. Why stands in the source of each parameter, nothing of the person. */
export const dispensationGranted = eventType(
  'DispensationGranted',
  underItsDigest({ doctor: DoctorId, from: LegalDate, until: LegalDate, parameters: ChangesCodec }),
)

/** The catalogue of what is published of a scheme's rules, each in every version ever stored. */
export const rulesEvents = emptyCatalogue.with(rulePackPublished).with(localAdaptationAdopted).with(dispensationGranted)

/** Everything that can be published of a scheme's rules, in the newest version of each. */
export type RulesEvent =
  | EventOf<typeof rulePackPublished>
  | EventOf<typeof localAdaptationAdopted>
  | EventOf<typeof dispensationGranted>

/** A national pack as it was published. */
export type PublishedPack = EventOf<typeof rulePackPublished>['data']
/** A local adaptation as it was adopted. */
export type Adaptation = EventOf<typeof localAdaptationAdopted>['data']
/** A dispensation as it was granted. */
export type Dispensation = EventOf<typeof dispensationGranted>['data']
