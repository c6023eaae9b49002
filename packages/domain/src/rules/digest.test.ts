// digest.test.ts: the digest of what rules say

import { expect, test } from 'vitest'
import { canonical } from '../kernel/canonical.ts'
import { Digest, digestOf } from './digest.ts'

test('JSON is written in the one way of RFC 8785', () => {
  // The example of its section 3.2.2, without the control characters.
  const json = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    literals: [null, true, false],
  }
  expect(canonical(json)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}')
  expect(canonical(undefined)).toBe('null')
})

test('the order of fields changes nothing, anything else does', () => {
  const digest = digestOf({ a: 1, b: { c: [1, 2], d: 'å' } })
  expect(digest).toBe(digestOf({ b: { d: 'å', c: [1, 2] }, a: 1 }))
  expect(digest).not.toBe(digestOf({ a: 1, b: { c: [2, 1], d: 'å' } }))
})

test('it is SHA-256 of those bytes in UTF-8', () => {
  expect(digestOf('')).toBe('sha256:12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126')
  expect(digestOf('æ')).toBe('sha256:3c120eabecfe3e1518631eaeaa7349eac6bb3b881cd4c63616674f56587bf2c8')
})

test('another text is none', () => {
  const digest = digestOf(1)
  expect([digest, digest.toUpperCase(), digest.slice(7), `${digest}0`, 7].map(Digest.is)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})
