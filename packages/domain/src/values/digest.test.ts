// digest.test.ts: which text is a digest

import { expect, test } from 'vitest'
import { Digest } from './digest.ts'

const hex = '0123456789abcdef'.repeat(4)

test('a digest is `sha256:` and 64 lower-case hexadecimal digits, and nothing before or after', () => {
  expect(Digest.is(`sha256:${hex}`)).toBe(true)
  const others = [
    '',
    hex,
    `sha256:${hex.slice(1)}`,
    `sha256:${hex}0`,
    `sha256:${hex.toUpperCase()}`,
    `sha256:g${hex.slice(1)}`,
    `sha512:${hex}`,
    ` sha256:${hex}`,
    `sha256:${hex}\n`,
    7,
    null,
  ]
  expect(others.filter(Digest.is)).toEqual([])
})
