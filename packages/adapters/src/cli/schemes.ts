// schemes.ts: whose rules a command goes by

import { denmark, norway, type Scheme } from '@smagruppe/domain'
import { Option } from 'commander'

/** The schemes that the command knows. */
export type SchemeName = 'norway' | 'denmark'

/** Each with the rules that it was founded with. */
export const schemeCalled: Readonly<Record<SchemeName, Scheme>> = { norway, denmark }

export const schemeOption = (): Option =>
  new Option('--scheme <country>', 'whose rules: those published there, or that its scheme was founded with')
    .choices(Object.keys(schemeCalled))
    .default('norway')
