// batch-appends.ts: what both clients get wrong of the one call that their appends share, put right from outside

import { Duplex } from 'node:stream'

/** Hears of an append call that broke. */
export type Broken = (error: unknown) => void

/**
 * Their appends go over one call, whose writes wait for each other while the network is slower than they come. What waits when the
 * connection drops is rejected where nobody listens, which ends the process. Told that there is always room, none waits.
 */
export const withRoom = (client: object): void => changing(client, (make, calls) => roomy(make(calls)))

/**
 * As `withRoom`, for the client whose calls, whichever client makes them, share one table of promises: when one breaks it rejects what
 * all others wait for and empties the table, and an answer that comes for what is not there any more is an error outside any call. So
 * the call's own breaking is told to `broken` alone, and such an answer is nothing.
 */
export const apart = (client: object, broken: Broken): void =>
  changing(client, (make, calls) => {
    const batchAppend = (...given: ReadonlyArray<unknown>): unknown => {
      const start: unknown = Reflect.get(calls, 'batchAppend')
      const call: unknown = typeof start === 'function' ? Reflect.apply(start, calls, given) : null
      if (!(call instanceof Duplex)) return call
      const on = call.on.bind(call)
      const listening = (event: string, heard: (...said: unknown[]) => void): Duplex => {
        if (event === 'error') return call
        return event === 'data' ? on(event, unlessThrown(heard)) : on(event, heard)
      }
      Object.defineProperty(call, 'on', { value: listening, configurable: true })
      return call
    }
    const call = make({ batchAppend })
    if (!(call instanceof Duplex)) return call
    Reflect.deleteProperty(call, 'on')
    call.on('error', broken)
    return roomy(call)
  })

type Make = (calls: object) => unknown

/** Has the call for appends made by `change`; all others are made as ever. */
const changing = (client: object, change: (make: Make, calls: object) => unknown): void => {
  const create: unknown = Reflect.get(client, 'GRPCStreamCreator')
  if (typeof create !== 'function') throw new Error('this client makes its calls otherwise than those that are known')
  const creating = (service: unknown, name: unknown, make: unknown, cache: unknown): unknown => {
    const isOfAppends = name === 'appendToStream' && typeof make === 'function'
    return create(service, name, isOfAppends ? (calls: object) => change((made) => make(made), calls) : make, cache)
  }
  Object.defineProperty(client, 'GRPCStreamCreator', { value: creating })
}

const roomy = (call: unknown): unknown => {
  if (!(call instanceof Duplex)) return call
  const write = call.write.bind(call)
  const writing = (message: unknown): boolean => {
    write(message)
    return true
  }
  Object.defineProperty(call, 'write', { value: writing })
  return call
}

const unlessThrown =
  (heard: (...said: unknown[]) => void) =>
  (...said: unknown[]): void => {
    try {
      heard(...said)
    } catch {
      // Whoever waited for this answer was told that the connection is lost, and asks again.
    }
  }
