// watching.ts: stores that say how much was read of them, and let a key press through while they are read

import type { ProjectionStore, Vault } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** How long work may hold the event loop, in milliseconds: nobody notices that a key waits so long. */
const longest = 50

/** The same stores. `tell` hears of every reading, and the event loop gets a turn now and then. */
export const watched = (
  { rows, vault }: { readonly rows: ProjectionStore; readonly vault: Vault },
  tell: (line: string) => void,
): { readonly rows: ProjectionStore; readonly vault: Vault } => {
  let last = performance.now()
  const breathe = async (): Promise<void> => {
    if (performance.now() - last < longest) return
    await new Promise((resolve) => setImmediate(resolve))
    last = performance.now()
  }
  let read = 0
  let opened = 0
  const reading =
    <E, A extends { readonly length: number }>(task: TaskEither<E, A>): TaskEither<E, A> =>
    async () => {
      const found = await task()
      read += isLeft(found) ? 0 : found.right.length
      if (read > 0) tell(`reading: ${read} rows`)
      await breathe()
      return found
    }
  return {
    rows: {
      ...rows,
      getMany: (projection, keys) => reading(rows.getMany(projection, keys)),
      list: (projection, which) => reading(rows.list(projection, which)),
    },
    vault: {
      ...vault,
      reveal: (sealed) => async () => {
        const revealed = await vault.reveal(sealed)()
        opened += 1
        tell(`reading: ${read} rows, ${opened} names and numbers of people`)
        await breathe()
        return revealed
      },
    },
  }
}
