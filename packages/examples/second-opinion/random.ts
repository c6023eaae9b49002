// random.ts: dice that fall the same way for the same seed

/** One random choice after the other. */
export interface Dice {
  readonly random: () => number
  /** A whole number, both bounds included. */
  readonly int: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <A>(from: ReadonlyArray<A>) => A
  /** The same array in another order. */
  readonly shuffle: <A>(items: A[]) => A[]
}

export const diceFor = (seed: number): Dice => {
  const random = mulberry32(seed)
  for (let i = 0; i < 5; i++) random()
  const int = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  return {
    random,
    int,
    chance: (probability) => random() < probability,
    pick: <A>(from: ReadonlyArray<A>): A => {
      const found = from[Math.floor(random() * from.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
    shuffle: <A>(items: A[]): A[] => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = int(0, i)
        const a = items[i]
        const b = items[j]
        if (a === undefined || b === undefined) continue
        items[i] = b
        items[j] = a
      }
      return items
    },
  }
}

const mulberry32 = (seed: number): (() => number) => {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
