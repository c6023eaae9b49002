// group-commit.ts: while a batch is on its way the next one gathers, and each in it gets its own answer

/** Work that comes one by one and is done in batches. */
export interface Gathering<Item, Answer> {
  /** Never rejects. */
  readonly add: (item: Item) => Promise<Answer>
  /** Until all that was added has its answer. */
  readonly idle: () => Promise<void>
}

/** One of a batch, on its way. */
export interface Underway<Item, Answer> {
  readonly item: Item
  /** Only the first answer counts. */
  readonly answer: (answer: Answer) => void
  readonly isAnswered: () => boolean
}

export interface Batches<Item, Answer> {
  /** Answers each as soon as its answer is known. */
  readonly run: (batch: ReadonlyArray<Underway<Item, Answer>>) => Promise<void>
  /** What those get that `run` left without an answer, since it threw or forgot them. */
  readonly failed: (error: unknown) => Answer
  readonly weightOf: (item: Item) => number
  /** No batch weighs more, unless a single item does. */
  readonly heaviest: number
  /** So long after it was added an item is `overdue`, wherever it is by then. */
  readonly timeoutMs: number
  readonly overdue: () => Answer
}

interface Waiting<Item, Answer> extends Underway<Item, Answer> {
  readonly weight: number
}

/** Gathers: at any time one batch is on its way, and all that comes meanwhile goes into the next. */
export const gathering = <Item, Answer>({
  run,
  failed,
  weightOf,
  heaviest,
  timeoutMs,
  overdue,
}: Batches<Item, Answer>): Gathering<Item, Answer> => {
  const unanswered = new Set<Promise<Answer>>()
  let waiting: Waiting<Item, Answer>[] = []
  let working = false

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

  const runOne = async (batch: ReadonlyArray<Waiting<Item, Answer>>): Promise<void> => {
    let error: unknown = new Error('no answer was given')
    try {
      await run(batch)
    } catch (thrown) {
      error = thrown
    }
    for (const one of batch) if (!one.isAnswered()) one.answer(failed(error))
  }

  const work = async (): Promise<void> => {
    // What the same turn of the event loop adds goes along.
    await Promise.resolve()
    try {
      while (waiting.length > 0) await runOne(takeBatch())
    } finally {
      working = false
    }
  }

  const enqueue = (item: Item, resolve: (answer: Answer) => void): void => {
    let answered = false
    const one = {
      item,
      weight: weightOf(item),
      isAnswered: () => answered,
      answer: (answer: Answer) => {
        answered = true
        clearTimeout(timer)
        resolve(answer)
      },
    }
    const timer = setTimeout(() => {
      waiting = waiting.filter((other) => other !== one)
      one.answer(overdue())
    }, timeoutMs)
    waiting.push(one)
    if (working) return
    working = true
    void work()
  }

  return {
    add: (item) => {
      const answer = new Promise<Answer>((resolve) => enqueue(item, resolve))
      unanswered.add(answer)
      return answer.finally(() => unanswered.delete(answer))
    },
    idle: async () => {
      while (unanswered.size > 0) await Promise.all(unanswered)
    },
  }
}
