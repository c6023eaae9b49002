// publishing.test-kit.ts: who asks for what to be published in tests, and what was published before

import { as, doctorNamed, given, groupNamed } from '../testing/index.ts'
import { adaptation, asking, dispensation, first, ofGroup, published, region, sourced } from './published.test-kit.ts'
import { rulebook } from './rulebook.ts'

export const authority = as('authority')
export const local = as('local-authority')
export const kari = doctorNamed('Kari')
export const bergen = region('4601')
export const g1 = ofGroup(groupNamed('G1'))
export const stricter = sourced({ groupThreshold: 4 })

/** A scheme of which nothing was published, or these events. */
export const rules = given(rulebook)
/** A scheme whose first pack was published. */
export const begun = rules(published.pack(first))

/** What asks that these parameters be published, whatever they are: as the first pack, in Bergen, and for Kari. */

export const publish = (parameters: unknown) => ({
  ...asking.pack(first),
  data: { ...asking.pack(first).data, parameters },
})
export const adopt = (parameters: unknown, scope = bergen) => ({
  ...asking.adaptation(adaptation(scope, first, {})),
  data: { ...asking.adaptation(adaptation(scope, first, {})).data, parameters },
})
export const dispense = (parameters: unknown) => ({
  ...asking.dispensation(dispensation(kari, {}, '2024-03-01', '2024-09-01')),
  data: { ...asking.dispensation(dispensation(kari, {}, '2024-03-01', '2024-09-01')).data, parameters },
})
