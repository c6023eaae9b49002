// code-points.ts: the order of keys that every store shares: by code point, as UTF-8 sorts, not by UTF-16 unit

/** Negative, zero or positive as `one` stands before, with or after `other` in code point order. */
export const compareByCodePoint = (one: string, other: string): number => {
  const shorter = Math.min(one.length, other.length)
  for (let i = 0; i < shorter; i += 1) {
    const a = one.charCodeAt(i)
    const b = other.charCodeAt(i)
    if (a !== b) return ranked(a) - ranked(b)
  }
  return one.length - other.length
}

/** A surrogate unit is half of a code point above all that fit in one unit. */
const ranked = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

/** The index of the first key in order that is `bound` or stands behind it. */
export const firstAtOrBehind = (sorted: ReadonlyArray<string>, bound: string): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareByCodePoint(sorted[middle] ?? '', bound) < 0) low = middle + 1
    else high = middle
  }
  return low
}

const last = 0x10ffff

/** The first text behind all that begin with `prefix`; null where nothing can stand behind them. */
export const behindPrefix = (prefix: string): string | null => {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? last)
  for (let point = points.pop(); point !== undefined; point = points.pop()) {
    if (point < last) return String.fromCodePoint(...points, point === 0xd7ff ? 0xe000 : point + 1)
  }
  return null
}
