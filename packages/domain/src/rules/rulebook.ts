// rulebook.ts: all that was published of a scheme's rules, and what may be published beside it

import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import { authority, localAuthority } from '../values/actor-role.ts'
import { type GroupsPlace, inOrder, type Rulebook, whatFallsApart } from './beside.ts'
import { problem } from './changes.ts'
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
  (asked: RulesCommand, context: Context, places: ReadonlyArray<GroupsPlace>) =>
  (rulebook: Rulebook): Decision<RulesEvent, RulesRefusal> => {
    const { refusals, event, isPublished } = scrutinise(asked, context, places, rulebook)
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
 * `places`: where the group is that an adaptation is for, in the order of the dates, as far as that is known; by it the group's region binds it.
 */
export const rulebookKnowing = (
  places: ReadonlyArray<GroupsPlace>,
): Decider<Rulebook, RulesCommand, RulesEvent, RulesRefusal> => ({
  initial: { packs: [], adaptations: [], dispensations: [] },
  decide: (asked, context) => decide(asked, context, places),
  evolve,
  mayCorrect,
})

/** The same where it is not known where any group is. */
export const rulebook = rulebookKnowing([])
