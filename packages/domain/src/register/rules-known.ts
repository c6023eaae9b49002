// rules-known.ts: the rules that answers follow, out of what was published by the moment asked for

import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { FactInForce } from '../kernel/correction.ts'
import { position, streamName } from '../kernel/event.ts'
import type { EventStore, StoreFailure } from '../kernel/event-store.ts'
import type { ProjectionStore } from '../kernel/projection-store.ts'
import { factsKnown, type Question } from '../projections/as-known.ts'
import { hospitalDirectory, hospitalsOfDepartments } from '../projections/hospital-directory.ts'
import { publishedRules } from '../projections/published-rules.ts'
import { byOnePack, type RulesInForce, type RulesUnknown, rulesInForce, rulesUnknown } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { RulesEvent } from '../rules/rules-events.ts'
import type { Scheme } from '../rules/scheme.ts'
import { lackingIn } from './operating.ts'
import type { Rows } from './rows.ts'

/** What was published, and the rules that follow from it. */
export interface RulesKnown {
  /** What stands of all that was published and known by then, in the order in which it became known; also what takes effect later. */
  readonly published: (
    question: Pick<Question, 'asKnownAt'>,
  ) => TaskEither<StoreFailure | RulesUnknown, ReadonlyArray<FactInForce<RulesEvent>>>
  /** The rules by which answers are given: those published and known by then, or the one pack that the register was opened with. */
  readonly rulesInForce: (
    question: Pick<Question, 'asKnownAt'>,
  ) => TaskEither<StoreFailure | RulesUnknown, RulesInForce>
}

/** Reads the rules of a scheme. `only` is followed instead of all that was published, by who asks what if. */
export const rulesKnownIn = (
  events: EventStore,
  store: ProjectionStore,
  rows: Rows,
  { id, founding }: Scheme,
  only: RulePack | null,
): RulesKnown => {
  const published: RulesKnown['published'] =
    ({ asKnownAt }) =>
    async () => {
      const history = await rows.get(publishedRules, id)()
      if (isLeft(history)) return history
      const unread = await unreadable(events, store, id, asKnownAt)
      return isLeft(unread) ? unread : right(factsKnown(history.right ?? [], { asKnownAt }))
    }
  return {
    published,
    rulesInForce: (question) => async () => {
      if (only !== null) return right(byOnePack(only))
      const facts = await published(question)()
      if (isLeft(facts)) return facts
      if (!facts.right.some(isOfHospital)) return rulesInForce(facts.right, founding, () => null)
      const hospitals = await rows.all(hospitalDirectory)()
      return isLeft(hospitals)
        ? hospitals
        : rulesInForce(facts.right, founding, hospitalsOfDepartments(hospitals.right, question))
    },
  }
}

const isOfHospital = ({ event }: FactInForce<RulesEvent>): boolean =>
  event.type === 'LocalAdaptationAdopted' && event.data.scope.layer === 'hospital'

/** Points without a pack that was published would be a guess: where one cannot be read, that is the answer. */
const unreadable = async (
  events: EventStore,
  store: ProjectionStore,
  scheme: Scheme['id'],
  asKnownAt: Question['asKnownAt'],
): Promise<Either<StoreFailure | RulesUnknown, void>> => {
  const lacking = await lackingIn(store, publishedRules.name)
  if (isLeft(lacking)) return lacking
  for (const one of lacking.right) {
    if (one.stream !== streamName('rules', scheme)) continue
    for await (const page of events.readAll({ after: position(one.position - 1), until: one.position })) {
      if (isLeft(page)) return page
      for (const { id, type, knownSince } of page.right.events) {
        const found = `a ${type} that cannot be read (${one.reason})`
        if (knownSince <= asKnownAt) return left(rulesUnknown(id, found, 'one that this release can read'))
      }
    }
  }
  return right(undefined)
}
