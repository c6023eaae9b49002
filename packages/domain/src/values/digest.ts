// digest.ts: the name that goes by what it names

import * as t from 'io-ts'
import { toldAs } from '../kernel/in-words.ts'

/** Tells the type apart; no value has it when the program runs. */
export interface DigestBrand {
  readonly Digest: unique symbol
}

/** SHA-256 of the canonical JSON (RFC 8785) of what it names, as `sha256:` and 64 hexadecimal digits. */
export type Digest = t.Branded<string, DigestBrand>

const isDigest = (text: string): text is Digest => /^sha256:[0-9a-f]{64}$/.test(text)

/** Reads a digest: `sha256:` and 64 lower-case hexadecimal digits. */
export const Digest = toldAs("a digest, 'sha256:' and 64 hexadecimal digits", t.brand(t.string, isDigest, 'Digest'))
