// published.ts: what was published of the rules: at which level, for whom and until when, and how people call it

import {
  type FactInForce,
  instantOf,
  type Layer,
  type LegalDate,
  type Register,
  type RulesEvent,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'
import type { Whom } from './whom.ts'

/** Something that was published, with what the register knows of it. */
export type Published = FactInForce<RulesEvent>

/** All that stands, also what is known only later, as from sheets that run ahead of today. */
export const everPublished = (register: Register) =>
  register.published({ asKnownAt: instantOf(Number.POSITIVE_INFINITY) })()

/** For whom it was published. */
export const whomOf = (event: RulesEvent): Whom => {
  switch (event.type) {
    case 'RulePackPublished':
      return { layer: 'national' }
    case 'LocalAdaptationAdopted':
      return event.data.scope
    case 'DispensationGranted':
      return { layer: 'dispensation', doctor: event.data.doctor }
  }
}

/** The first day on which it no longer holds, as it says itself; null: none is said. */
export const untilOf = (event: RulesEvent): LegalDate | null =>
  event.type === 'RulePackPublished' ? null : event.data.until

/** How people call those for whom something is published; null: nobody in particular. */
export type Called = (whom: Whom) => string | null

/** What groups, hospitals and doctors are called for whom these are. A doctor has a number here, and no name. */
export const calledIn = async (register: Register, all: ReadonlyArray<Whom>): Promise<Either<Failure, Called>> => {
  const labels = await register.labels()
  if (isLeft(labels)) return labels
  const known = await register.hospitals(register.question())()
  if (isLeft(known)) return known
  const people = await register.people(all.flatMap((whom) => (whom.layer === 'dispensation' ? [whom.doctor] : [])))()
  if (isLeft(people)) return people
  return right((whom) => {
    switch (whom.layer) {
      case 'national':
        return null
      case 'region':
        return whom.municipalities.join(', ')
      case 'hospital':
        return known.right.hospitals.find(({ hospital }) => hospital === whom.hospital)?.name ?? whom.hospital
      case 'group':
        return labels.right.group(whom.group)
      case 'dispensation': {
        const hpr = people.right.get(whom.doctor)?.hpr
        return hpr?._tag === 'Known' ? `HPR ${hpr.text}` : whom.doctor
      }
    }
  })
}

/** What was published, by its name and for whom; what has no name, by for whom alone. */
export const whatOf = (event: RulesEvent, called: Called): string => {
  const whom = called(whomOf(event))
  if (event.type === 'DispensationGranted') return whom ?? ''
  return whom === null ? event.data.name : `${event.data.name} (${whom})`
}

/** At which level something is published and for whom, for programs. */
export interface PublishedFor {
  readonly layer: Layer
  /** Ids and numbers, and under `called` what people say; null: the whole country. */
  readonly for: (Omit<Whom, 'layer'> & { readonly called: string | null }) | null
}

export const publishedFor = (whom: Whom, called: Called): PublishedFor => {
  const { layer, ...ids } = whom
  return { layer, for: layer === 'national' ? null : { ...ids, called: called(whom) } }
}
