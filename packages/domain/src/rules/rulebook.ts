// rulebook.ts: all that was published of a scheme's rules, and what may be published beside it

import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import { authority, localAuthority } from '../values/actor-role.ts'
import { inOrder, type KnownOfScheme, type Rulebook, whatFallsApart } from './beside.ts'
import { problem } from './changes.ts'
import { defaultPack } from './default-pack.ts'
import type { RulesCommand } from './rules-commands.ts'
import type { RulesEvent } from './rules-events.ts'
import { notForThisActor, type RulesRefusal, scrutinise } from './scrutiny.ts'

// state: what a decision needs to know, and no more

export const evolve = (rulebook: Rulebook, event: RulesEvent): Rulebook => {
  switch (event.type) {
    case 'RulePackPublished':
      return { ...rulebook, packs: inOrder([...rulebook.packs, event.data]) }
    case 'LocalAdaptationAdopted':
      return { ...rulebook, adaptations: [...rulebook.adaptations, event.data] }
    case 'DispensationGranted':
      return { ...rulebook, dispensations: [...rulebook.dispensations, event.data] }
  }
}

// decisions

export const decide =
  (asked: RulesCommand, context: Context, known: KnownOfScheme) =>
  (rulebook: Rulebook): Decision<RulesEvent, RulesRefusal> => {
    const { refusals, event, isPublished } = scrutinise(asked, context, known, rulebook)
    const [refusal] = refusals
    if (refusal !== undefined) return refuse(refusal)
    return event === null || isPublished ? nothing : accept(event)
  }

// corrections

/**
 * What was published stands as it was: nothing of it is corrected. The authority may take it back, as long as nothing rests on it, and publish
 * anew; who may adapt rules may take an adaptation back.
 */
const mayCorrect = (
  type: string,
  meant: RulesEvent | null,
  { actor }: Context,
  after: Rulebook,
): RulesRefusal | null => {
  if (meant !== null)
    return problem('RulesAreImmutable', 'fact', `a correction of ${type}`, 'a retraction, and what was meant published')
  const notAllowed = notForThisActor(actor, type === 'LocalAdaptationAdopted' ? localAuthority : authority)
  return notAllowed ?? whatFallsApart(after)
}

/**
 * The rules of a scheme as a decider: its stream is `rules-<SchemeId>`, which holds every layer, so that what may stand beside what is decided in one place.
 * By the `places` of a group that an adaptation is for its region binds it, as far as they are known.
 */
export const rulebookKnowing = (known: KnownOfScheme): Decider<Rulebook, RulesCommand, RulesEvent, RulesRefusal> => ({
  initial: { packs: [], adaptations: [], dispensations: [] },
  decide: (asked, context) => decide(asked, context, known),
  evolve,
  mayCorrect,
})

/** The same for Norway, where it is not known where any group is. */
export const rulebook = rulebookKnowing({ founding: defaultPack, places: [] })
