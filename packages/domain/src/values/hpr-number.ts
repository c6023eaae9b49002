// hpr-number.ts: the number that the health personnel register gives; a claim about a person, never a key

import { none, type Option, some } from 'fp-ts/lib/Option.js'
import * as t from 'io-ts'
import { toldAs } from '../kernel/in-words.ts'

/** Tells the type apart; no value has it when the program runs. */
export interface HprNumberBrand {
  readonly HprNumber: unique symbol
}

/** An HPR number in its compared form: 1 to 9 digits, the first of them not 0. There is no check digit. */
export type HprNumber = t.Branded<string, HprNumberBrand>
/** Reads a number in its compared form; `parseHprNumber` takes leading zeros too. */
export const HprNumber = toldAs(
  'an HPR number, 1 to 9 digits and no 0 before them',
  t.brand(t.string, (text): text is HprNumber => /^[1-9]\d{0,8}$/.test(text), 'HprNumber'),
)

/** An HPR number as people write it: `007654321` is `7654321`. None unless 1 to 9 digits are written, or for zero. */
export const parseHprNumber = (written: string): Option<HprNumber> => {
  if (!/^\d{1,9}$/.test(written)) return none
  const stripped = written.replace(/^0+/, '')
  return HprNumber.is(stripped) ? some(stripped) : none
}
