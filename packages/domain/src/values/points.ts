// points.ts: points as exact fractions, divided only to be shown

/** A number of points, `numerator / denominator`. Both are whole; the denominator is positive. */
export interface Points {
  readonly numerator: number
  readonly denominator: number
}

export const noPoints: Points = { numerator: 0, denominator: 1 }

/** A whole number of points. */
export const wholePoints = (points: number): Points => ({ numerator: points, denominator: 1 })

/** The points of whole minutes at that rate. */
export const pointsOf = (minutes: number, minutesPerPoint: number): Points => reduced(minutes, minutesPerPoint)

/** The greatest multiple of a unit that is not more, or the nearest one, a half going up. */
export const inUnits = (points: Points, mode: 'floor' | 'half-up', unit: Points): Points => {
  // Units that fit: points / unit, as a fraction of whole numbers.
  const over = points.numerator * unit.denominator
  const under = points.denominator * unit.numerator
  const units = mode === 'floor' ? Math.floor(over / under) : Math.floor((2 * over + under) / (2 * under))
  return reduced(units * unit.numerator, unit.denominator)
}

export const plus = (one: Points, other: Points): Points =>
  reduced(one.numerator * other.denominator + other.numerator * one.denominator, one.denominator * other.denominator)

export const minus = (one: Points, other: Points): Points =>
  plus(one, { numerator: -other.numerator, denominator: other.denominator })

/** Negative where `one` is less, 0 where they are equal, positive where `one` is more. */
export const compare = (one: Points, other: Points): number =>
  one.numerator * other.denominator - other.numerator * one.denominator

export const least = (one: Points, other: Points): Points => (compare(one, other) <= 0 ? one : other)

export const most = (one: Points, other: Points): Points => (compare(one, other) >= 0 ? one : other)

/** As people read it: two decimals, a half rounded away from zero (`8.33`, `20.00`). */
export const shownPoints = ({ numerator, denominator }: Points): string => {
  const hundredths = Math.floor((Math.abs(numerator) * 200 + denominator) / (2 * denominator))
  const sign = numerator < 0 && hundredths > 0 ? '-' : ''
  return `${sign}${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

const reduced = (numerator: number, denominator: number): Points => {
  const divisor = greatestCommonDivisor(Math.abs(numerator), denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? Math.max(one, 1) : greatestCommonDivisor(other, one % other)
