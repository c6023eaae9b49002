// least-number.ts: the least number that is enough, found by halving

/** The least number up to that one which is enough; what is enough stays so with more. */
export const leastNumber = (most: number, isEnough: (some: number) => boolean): number => {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle + 1
  }
  return high
}
