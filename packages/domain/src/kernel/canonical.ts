// canonical.ts: JSON written in one way, so that what says the same is the same text

import canonicalize from 'canonicalize'

/** JSON written in the one way of RFC 8785, so that what says the same is the same text. */
export const canonical = (json: unknown): string => canonicalize(json) ?? 'null'

/** Whether two values say the same as JSON, however their fields are ordered. */
export const saysTheSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)
