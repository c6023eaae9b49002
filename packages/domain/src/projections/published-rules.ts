// published-rules.ts: all that was published of a scheme's rules, so that a past answer follows the rules known then

import type { Projection } from '../kernel/projection.ts'
import { type RulesEvent, rulesEvents } from '../rules/rules-events.ts'
import { type History, streamHistory } from './history.ts'

/** National packs, local adaptations and dispensations of each scheme, with what was taken back. Key: the scheme's id. */
export const publishedRules: Projection<RulesEvent, History<RulesEvent>> = streamHistory(
  'published-rules',
  1,
  rulesEvents,
)
