// text.ts: which text every store keeps to the letter

import { Text } from '@smagruppe/domain'

/**
 * UTF-8 has no lone surrogates. U+0000 PostgreSQL does not take, and Node before 24 reads SQLite's text only up to it; JSON text
 * writes it as an escape, so events lose nothing by this.
 */
export const isStorable = (text: string): boolean => Text.is(text) && !text.includes('\0')
