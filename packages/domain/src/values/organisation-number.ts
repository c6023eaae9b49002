// organisation-number.ts: the number of a legal entity in the Norwegian entity register

import * as t from 'io-ts'
import { toldAs } from '../kernel/in-words.ts'

/** Tells the type apart; no value has it when the program runs. */
export interface OrganisationNumberBrand {
  readonly OrganisationNumber: unique symbol
}

/** Nine digits, the last a check digit: weights 3 2 7 6 5 4 3 2, modulo 11. A remainder of 1 cannot be, nor can `000000000`. */
export type OrganisationNumber = t.Branded<string, OrganisationNumberBrand>

const weights = [3, 2, 7, 6, 5, 4, 3, 2]

const isOrganisationNumber = (text: string): text is OrganisationNumber => {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false
  let sum = 0
  for (const [place, weight] of weights.entries()) sum += weight * Number(text[place])
  // A remainder of 1 asks for the check digit 10, which no digit is.
  return (11 - (sum % 11)) % 11 === Number(text[8])
}

/** Reads an organisation number: nine digits of which the last checks the others. */
export const OrganisationNumber = toldAs(
  'an organisation number, 9 digits of which the last checks the others',
  t.brand(t.string, isOrganisationNumber, 'OrganisationNumber'),
)
