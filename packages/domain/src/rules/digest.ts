// digest.ts: the name that published rules go by: the digest of what they say

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonical } from '../kernel/canonical.ts'
import { checked } from '../kernel/checked.ts'
import { Digest } from '../values/digest.ts'

export { Digest }

/** The digest of a JSON value, however its fields are ordered. */
export const digestOf = (json: unknown): Digest =>
  checked(Digest, `sha256:${bytesToHex(sha256(utf8ToBytes(canonical(json))))}`)
