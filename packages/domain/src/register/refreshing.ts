// refreshing.ts: bringing read models up to date, once for all who wait for it

/**
 * Runs the task one at a time. Whoever asks while it runs shares the next run, which begins after everybody in it had asked: so each
 * sees what was stored before it asked, and a hundred at once cost two runs.
 */
export const oneAtATime = <A>(task: () => Promise<A>): (() => Promise<A>) => {
  let running: Promise<A> | null = null
  let next: Promise<A> | null = null
  const afterwards = async (current: Promise<A>): Promise<A> => {
    // What broke the current run is told to those who wait for that one.
    await current.catch(() => undefined)
    return task()
  }
  /** At its end the next run has the place at once: whoever asks right then must not find it free. */
  const taking = (run: Promise<A>): Promise<A> =>
    run.finally(() => {
      running = next
      next = null
    })
  return () => {
    if (running === null) {
      running = taking(task())
      return running
    }
    next ??= taking(afterwards(running))
    return next
  }
}
