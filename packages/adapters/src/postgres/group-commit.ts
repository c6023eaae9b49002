// group-commit.ts: while a batch is on its way the next one gathers, and each in it gets its own answer

/** Work that comes one by one and is done in batches. */
export interface Gathering<Item, Answer> {
  readonly add: (item: Item) => Promise<Answer>
  /** Until all that was added has its answer. */
  readonly idle: () => Promise<void>
}

export interface Batches<Item, Answer> {
  /** An answer to each, in order. Never rejects. */
  readonly run: (batch: ReadonlyArray<Item>) => Promise<ReadonlyArray<Answer>>
  readonly weightOf: (item: Item) => number
  /** No batch weighs more, unless a single item does. */
  readonly heaviest: number
  readonly unanswered: Answer
}

/** Gathers: at any time one batch is on its way, and all that comes meanwhile goes into the next. */
export const gathering = <Item, Answer>({
  run,
  weightOf,
  heaviest,
  unanswered,
}: Batches<Item, Answer>): Gathering<Item, Answer> => {
  let waiting: { readonly item: Item; readonly weight: number; readonly answer: (answer: Answer) => void }[] = []
  let working: Promise<void> | null = null

  const takeBatch = () => {
    let weight = 0
    let count = 0
    for (const one of waiting) {
      weight += one.weight
      if (count > 0 && weight > heaviest) break
      count += 1
    }
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    return batch
  }

  const work = async (): Promise<void> => {
    // What the same turn of the event loop adds goes along.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = takeBatch()
      const answers = await run(batch.map(({ item }) => item))
      for (const [index, { answer }] of batch.entries()) answer(answers[index] ?? unanswered)
    }
    working = null
  }

  return {
    add: (item) =>
      new Promise((answer) => {
        waiting.push({ item, weight: weightOf(item), answer })
        working ??= work()
      }),
    idle: async () => {
      while (working !== null) await working
    },
  }
}
