// digest.ts: the name that published rules go by: the digest of what they say

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import { Digest } from '../values/digest.ts'

export { Digest }

/** JSON written in the one way of RFC 8785, so that what says the same is the same text. */
export const canonical = (json: unknown): string => canonicalize(json) ?? 'null'

/** The digest of a JSON value, however its fields are ordered. */
export const digestOf = (json: unknown): Digest => {
  const digest = `sha256:${bytesToHex(sha256(utf8ToBytes(canonical(json))))}`
  if (!Digest.is(digest)) throw new RangeError(`not a digest: ${digest}`)
  return digest
}
