// municipality-number.ts: a municipality's number, and what became of it when the map was redrawn

import * as t from 'io-ts'
import { toldAs } from '../kernel/in-words.ts'
import { type LegalDate, LegalDate as LegalDateCodec } from './legal-date.ts'
import { compareText } from './text.ts'

/** Tells the type apart; no value has it when the program runs. */
export interface MunicipalityNumberBrand {
  readonly MunicipalityNumber: unique symbol
}

/** Four digits as text (`0301`), the first two of them the county. Valid for a time: no list of one year is the judge. */
export type MunicipalityNumber = t.Branded<string, MunicipalityNumberBrand>
/** Reads a municipality number: four digits as text. Whether there is such a municipality is not asked. */
export const MunicipalityNumber = toldAs(
  'a municipality number, 4 digits',
  t.brand(t.string, (text): text is MunicipalityNumber => /^\d{4}$/.test(text), 'MunicipalityNumber'),
)

/** A municipality that got another number, or was split: then it has several successors. */
export const Renumbering = t.readonly(
  t.strict({ from: MunicipalityNumber, to: t.readonlyArray(MunicipalityNumber), on: LegalDateCodec }),
)
export type Renumbering = t.TypeOf<typeof Renumbering>

/**
 * The number that a place has on a date. It follows renumberings; a split is not followed, since only a `GroupMoved` fact can
 * say into which part the group went.
 */
export const numberOn = (
  number: MunicipalityNumber,
  date: LegalDate,
  renumberings: ReadonlyArray<Renumbering>,
): MunicipalityNumber => {
  let current = number
  const inOrder = [...renumberings].sort((one, other) => compareText(one.on, other.on))
  for (const { from, to, on } of inOrder) {
    const [successor, ...others] = to
    if (from === current && on <= date && successor !== undefined && others.length === 0) current = successor
  }
  return current
}
