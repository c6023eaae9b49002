// digest.ts: the name that published rules go by: the digest of what they say

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import * as t from 'io-ts'

/** Tells the type apart; no value has it when the program runs. */
export interface DigestBrand {
  readonly Digest: unique symbol
}

/** SHA-256 of the canonical JSON (RFC 8785) of what it names, as `sha256:` and 64 hexadecimal digits. */
export type Digest = t.Branded<string, DigestBrand>

const isDigest = (text: string): text is Digest => /^sha256:[0-9a-f]{64}$/.test(text)

/** Reads a digest: `sha256:` and 64 lower-case hexadecimal digits. */
export const Digest = t.brand(t.string, isDigest, 'Digest')

/** JSON written in the one way of RFC 8785, so that what says the same is the same text. */
export const canonical = (json: unknown): string => canonicalize(json) ?? 'null'

/** The digest of a JSON value, however its fields are ordered. */
export const digestOf = (json: unknown): Digest => {
  const digest = `sha256:${bytesToHex(sha256(utf8ToBytes(canonical(json))))}`
  if (!isDigest(digest)) throw new RangeError(`not a digest: ${digest}`)
  return digest
}
