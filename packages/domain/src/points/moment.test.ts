// moment.test.ts: moments as people speak of them

import { describe, expect, test } from 'vitest'
import { instant } from '../testing/index.ts'
import { oslo, zone } from '../values/legal-date.ts'
import { languages, notationOf } from './language.ts'
import { clockIn, momentIn } from './moment.ts'

const asKnown = (at: string) => languages.map((language) => notationOf[language].asKnown(momentIn(oslo, instant(at))))

describe('a moment', () => {
  test('at midnight is the end of the day before, as a date without a time means', () => {
    expect(asKnown('2024-12-31T23:00:00.000Z')).toEqual([
      'as known at the end of 2024-12-31',
      'slik det var kjent ved utgangen av 31.12.2024',
    ])
    expect(momentIn(zone('UTC'), instant('2024-12-31T23:00:00.000Z'))).toEqual({
      date: '2024-12-31',
      time: '23:00:00.000',
      offset: '+00:00',
    })
  })

  test('at any other time is read off the clock, to the millisecond and with the offset', () => {
    expect(asKnown('2024-07-01T10:00:00.001Z')).toEqual([
      'as known at 2024-07-01T12:00:00.001+02:00',
      'slik det var kjent 01.07.2024 kl. 12:00:00,001 +02:00',
    ])
    expect(asKnown('2024-10-27T00:30:00.000Z')).not.toEqual(asKnown('2024-10-27T01:30:00.000Z'))
  })

  test('when something was recorded is a time of the clock, also at midnight', () => {
    expect(clockIn(oslo, instant('2024-12-31T23:00:00.000Z'))).toEqual({
      date: '2025-01-01',
      time: '00:00:00.000',
      offset: '+01:00',
    })
  })

  test('at the ends of time is still said', () => {
    expect(asKnown('9999-12-31T23:59:59.999Z')[0]).toBe('as known at 9999-12-31T00:59:59.999+01:00')
    expect(asKnown('0000-01-01T00:00:00.000Z')[0]).toMatch(/^as known at 0001-01-01T00:/)
  })
})
