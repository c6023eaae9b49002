// points.test.ts: points are exact, and rounded only to be shown

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, inUnits, least, minus, most, noPoints, plus, pointsOf, shownPoints, wholePoints } from './points.ts'

describe('points are exact', () => {
  test('minutes at a rate, in lowest terms', () => {
    expect(pointsOf(500, 60)).toEqual({ numerator: 25, denominator: 3 })
    expect(pointsOf(540, 60)).toEqual({ numerator: 9, denominator: 1 })
    expect(pointsOf(0, 60)).toEqual({ numerator: 0, denominator: 1 })
    expect(pointsOf(100, 45)).toEqual({ numerator: 20, denominator: 9 })
  })

  test('sixty sixtieths are one, however they are added', () => {
    let sum = noPoints
    for (let minute = 0; minute < 60; minute += 1) sum = plus(sum, pointsOf(1, 60))
    expect(sum).toEqual(wholePoints(1))
  })

  test('adding minutes or adding points is the same', () => {
    const minutes = fc.integer({ min: 0, max: 100_000 })
    fc.assert(
      fc.property(minutes, minutes, fc.constantFrom(60, 45, 7), (one, other, rate) => {
        expect(plus(pointsOf(one, rate), pointsOf(other, rate))).toEqual(pointsOf(one + other, rate))
        expect(minus(pointsOf(one + other, rate), pointsOf(other, rate))).toEqual(pointsOf(one, rate))
        expect(Math.sign(compare(pointsOf(one, rate), pointsOf(other, rate)))).toBe(Math.sign(one - other))
      }),
    )
  })

  test('the least and the most of two', () => {
    const half = pointsOf(30, 60)
    expect([least(half, wholePoints(1)), least(wholePoints(1), half)]).toEqual([half, half])
    expect([most(half, wholePoints(1)), most(wholePoints(1), half)]).toEqual([wholePoints(1), wholePoints(1)])
    expect([least(half, half), most(half, half)]).toEqual([half, half])
    expect(compare(half, pointsOf(45, 90))).toBe(0)
  })
})

describe('points in whole units', () => {
  const half = pointsOf(30, 60)
  const one = wholePoints(1)
  test.for([
    ['floor', one, 0, '0.00'],
    ['floor', one, 59, '0.00'],
    ['floor', one, 60, '1.00'],
    ['floor', one, 119, '1.00'],
    ['floor', half, 29, '0.00'],
    ['floor', half, 30, '0.50'],
    ['floor', half, 89, '1.00'],
    ['half-up', one, 29, '0.00'],
    ['half-up', one, 30, '1.00'],
    ['half-up', one, 89, '1.00'],
    ['half-up', one, 90, '2.00'],
    ['half-up', half, 14, '0.00'],
    ['half-up', half, 15, '0.50'],
    ['half-up', half, 44, '0.50'],
    ['half-up', half, 45, '1.00'],
  ] as const)('%s to %j: %i minutes are %s', ([mode, unit, minutes, shown]) => {
    expect(shownPoints(inUnits(pointsOf(minutes, 60), mode, unit))).toBe(shown)
  })

  test('are in lowest terms', () => {
    expect(inUnits(pointsOf(61, 60), 'floor', half)).toEqual({ numerator: 1, denominator: 1 })
    expect(inUnits(pointsOf(250, 100), 'half-up', { numerator: 3, denominator: 2 })).toEqual({
      numerator: 3,
      denominator: 1,
    })
  })
})

describe('points as people read them', () => {
  test.for([
    [500, 60, '8.33'],
    [1, 60, '0.02'],
    [100, 60, '1.67'],
    [0, 60, '0.00'],
    [540, 60, '9.00'],
    [5, 1000, '0.01'],
    [4999, 1_000_000, '0.00'],
    [15, 1000, '0.02'],
    [1995, 1000, '2.00'],
    [10_800, 60, '180.00'],
  ] as const)('%i minutes at %i a point are %s, a half rounded up', ([minutes, rate, shown]) => {
    expect(shownPoints(pointsOf(minutes, rate))).toBe(shown)
  })

  test('below zero a half is rounded away from zero too, and nothing is ever minus nothing', () => {
    expect(shownPoints(minus(noPoints, pointsOf(5, 1000)))).toBe('-0.01')
    expect(shownPoints(minus(noPoints, pointsOf(4, 1000)))).toBe('0.00')
    expect(shownPoints(minus(noPoints, pointsOf(90, 60)))).toBe('-1.50')
  })

  test('is never off by more than half a hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 100 }), (minutes, rate) => {
        const twiceOff = 2 * (Number(shownPoints(pointsOf(minutes, rate)).replace('.', '')) * rate - minutes * 100)
        expect(twiceOff).toBeGreaterThan(-rate)
        expect(twiceOff).toBeLessThanOrEqual(rate)
      }),
    )
  })
})
