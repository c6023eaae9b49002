// correcting.ts: what a correction may say of a person

import * as t from 'io-ts'
import { type CorrectionCommand, type CorrectionRefusal, type Entry, factIn, nameOfFact } from '../kernel/correction.ts'
import { type Event, idOf, type Recorded } from '../kernel/event.ts'
import { DoctorId } from '../values/identity.ts'
import { Personal, personal } from '../values/personal.ts'
import { Text } from '../values/text.ts'

const ClearName = t.type({ name: t.type({ clear: Text }) })

/** A corrected name comes in clear, as `{ "clear": "…" }`, and is sealed like any other. A claimed number is retracted and claimed anew. */
export const withPersonalName = (command: CorrectionCommand): CorrectionCommand => {
  if (command.type !== 'CorrectFact' || !ClearName.is(command.data.fact)) return command
  const person = idOf(command.data.stream)
  if (!DoctorId.is(person)) return command
  const { fact } = command.data
  return { ...command, data: { ...command.data, fact: { ...fact, name: personal(person, fact.name.clear) } } }
}

/**
 * Refuses a sealed text that the same field of this record never held: it could be another person's, or one that no vault can open.
 * Null where there is none.
 */
export const whyNotSealedSo = <F extends Event>(
  command: CorrectionCommand,
  history: ReadonlyArray<Recorded<Entry<F>>>,
): CorrectionRefusal | null => {
  const target = history.find(({ id }) => id === command.data.corrects)
  if (command.type !== 'CorrectFact' || target === undefined) return null
  const type = nameOfFact(target.event)
  const held = new Set<string>()
  for (const { event } of history) {
    const fact = factIn(event)
    if (fact?.type === type) for (const { name } of sealsIn(fact.data)) held.add(name)
  }
  const foreign = sealsIn(command.data.fact).find(({ name }) => !held.has(name))
  if (foreign === undefined) return null
  const found = `${foreign.field}: found a sealed text that this record never held there, expected one that it holds`
  return { _tag: 'FactMalformed', type, found }
}

const sealsIn = (data: unknown): ReadonlyArray<{ readonly field: string; readonly name: string }> =>
  typeof data !== 'object' || data === null
    ? []
    : Object.entries(data).flatMap(([field, value]) =>
        Personal.is(value) && 'sealed' in value
          ? [{ field, name: JSON.stringify([field, value.sealed.person, value.sealed.box]) }]
          : [],
      )
