// judging-rules.test.ts: rules that nobody published go by what they say that points follow

import { describe, expect, test } from 'vitest'
import { danishPack } from '../rules/danish-pack.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOfValues } from './judging-rules.ts'

describe('S1-20 the digest of rules that nobody published', () => {
  test('S1-20 is the same in every release: a later rule that asks for nothing is no part of it', () => {
    expect(digestOfValues(defaultPack)).toBe('sha256:a09b7333df13ae260caf6577a9552e96fdf8697e4ea1dc1567bfd8b7077012f7')
    expect(digestOfValues(danishPack)).toBe('sha256:a8ae8c421b369c2c1a8a461cd8bf32ff16ca248708bda6e9a71681c56e78dd8c')
  })

  test('S1-20 is of values alone, whatever the name, the sources and who set them', () => {
    const source = { title: 'Another circular', address: 'https://example.org/other' }
    const retold = { ...defaultPack, name: 'Retold', quorum: { ...defaultPack.quorum, source } }
    expect(digestOfValues(retold)).toBe(digestOfValues(defaultPack))
  })

  test('S1-20 is another where a value is, and not by what only the whole programme follows', () => {
    const stricter = { ...defaultPack, quorum: { ...defaultPack.quorum, value: 7 } }
    const coursesToo = { ...defaultPack, coursePoints: { ...defaultPack.coursePoints, value: 999 } }
    expect(digestOfValues(stricter)).not.toBe(digestOfValues(defaultPack))
    expect(digestOfValues(coursesToo)).toBe(digestOfValues(defaultPack))
  })
})
