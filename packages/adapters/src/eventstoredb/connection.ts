// connection.ts: one client at a time, a time limit on all that is asked of it, and a new client where a connection was lost

import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { pauseBefore } from '../stores/pausing.ts'
import type { Binding, Client } from './client.ts'
import { closedFailure, Damage, damagedFailure, failureOf, isRedirected, noAnswer } from './failures.ts'

/** A client in use. */
export interface Held {
  readonly client: Client
  /** Gives it back; with what went wrong, if anything did. Says what that was. */
  readonly release: (error?: unknown) => void
}

export interface Connection {
  /** What people call this place. */
  readonly place: string
  readonly filtersReads: boolean
  /** One try, within the time for one or what is left of a turn. What was asked may have been done even where it fails. Never rejects. */
  readonly attempt: <A>(ask: (client: Client) => Promise<A>, remaining?: number) => Promise<Either<StoreFailure, A>>
  /** As many tries as a turn has time for, one of its own unless another is given: only for what may be asked twice. */
  readonly ask: <A>(ask: (client: Client) => Promise<A>, turn?: Turn) => Promise<Either<StoreFailure, A>>
  readonly hold: () => Either<StoreFailure, Held>
  readonly failureOf: (error: unknown) => StoreFailure
  /** A turn of tries: whether there is time for one more after this failure, once some of it was waited for. */
  readonly patience: () => Turn
  /** For one try, in milliseconds. */
  readonly timeForOne: number
  /** Aborts when it is closed. */
  readonly closed: AbortSignal
  /** Whoever still waits for an answer is told so at once; nobody is waited for. */
  readonly close: () => void
}

export interface Patience {
  /** Waits, ever longer, and says whether to try again. */
  readonly lasts: (failure: StoreFailure) => Promise<boolean>
}

/** One with an end that is known. */
export interface Turn extends Patience {
  /** So many milliseconds are left of it. */
  readonly left: () => number
}

// Whoever waits for one answer is not to wait on when the server is back.
const longestPause = 1_000

interface Made {
  readonly client: Client
  uses: number
  isLapsed: boolean
}

/** Connects when it is first needed. A turn of tries lasts `timeoutMs`. */
export const connectionTo = (
  binding: Binding,
  connectionString: string,
  place: string,
  timeoutMs: number,
): Connection => {
  // A client that hangs is given up in time for others to be tried.
  const timeForOne = Math.max(1, Math.ceil(timeoutMs / 3))
  const closing = new AbortController()
  const all = new Set<Made>()
  let current: Made | null = null

  const end = (made: Made): void => {
    all.delete(made)
    void made.client.dispose()
  }

  /** Whoever else uses it will find out by himself; it ends when nobody does. */
  const lapse = (made: Made): void => {
    made.isLapsed = true
    if (current === made) current = null
  }

  const failure = (error: unknown): StoreFailure => {
    if (error instanceof Damage) return damagedFailure(place, error.message)
    return closing.signal.aborted ? closedFailure(place) : failureOf(error, place)
  }

  const hold = (): Either<StoreFailure, Held> => {
    if (closing.signal.aborted) return left(closedFailure(place))
    try {
      current ??= { client: binding.connect(connectionString), uses: 0, isLapsed: false }
    } catch (error) {
      return left(unconnectable(error, place))
    }
    const made = current
    all.add(made)
    made.uses += 1
    let isHeld = true
    return right({
      client: made.client,
      release: (error) => {
        if (!isHeld) return
        isHeld = false
        made.uses -= 1
        if (error !== undefined && failureOf(error, place).retry && !isRedirected(error)) lapse(made)
        if (made.isLapsed && made.uses === 0) end(made)
      },
    })
  }

  const attempt: Connection['attempt'] = async (ask, remaining = timeForOne) => {
    const held = hold()
    if (isLeft(held)) return held
    try {
      const answer = await within(Math.min(timeForOne, remaining), closing.signal, ask(held.right.client))
      held.right.release()
      return right(answer)
    } catch (error) {
      held.right.release(error)
      return left(failure(error))
    }
  }

  const patience = (): Turn => {
    const until = Date.now() + timeoutMs
    let tries = 0
    return {
      left: () => Math.max(1, until - Date.now()),
      lasts: async ({ retry }) => {
        tries += 1
        const pause = Math.min(longestPause, pauseBefore(tries)) * (0.5 + Math.random() / 2)
        if (!retry || closing.signal.aborted || Date.now() + pause >= until) return false
        await sleep(pause, closing.signal)
        return !closing.signal.aborted
      },
    }
  }

  return {
    place,
    filtersReads: binding.filtersReads,
    attempt,
    ask: async (ask, turn = patience()) => {
      for (;;) {
        const answered = await attempt(ask, turn.left())
        if (!isLeft(answered) || !(await turn.lasts(answered.left))) return answered
      }
    },
    hold,
    failureOf: failure,
    patience,
    timeForOne,
    closed: closing.signal,
    close: () => {
      closing.abort()
      // A call ends only once its reader has taken what came, and that reader may be the one who closes.
      for (const made of all) end(made)
    },
  }
}

/** What a client says where it cannot be made may hold the URL, and so the password: nothing of it is told. */
const unconnectable = (error: unknown, place: string): StoreFailure => {
  const said = error instanceof Error ? error.message : ''
  // The one sentence of both for a file that went away since the register was opened.
  if (/^Failed to load certificate (key )?file\./.test(said))
    return storeFailure('Missing', `${place}: a file of a certificate is not there; check the paths in the URL`)
  const isOtherMake = error instanceof TypeError || said.startsWith('this client ')
  const what = isOtherMake
    ? 'the client package is of another make than those that are known: install a version that the adapter names'
    : 'the client does not understand this URL: check its hosts and options'
  return storeFailure('Unsupported', `${place}: ${what}`)
}

/** The answer, or a rejection once the time is over or it is closed. */
const within = async <A>(milliseconds: number, closing: AbortSignal, answer: Promise<A>): Promise<A> =>
  new Promise<A>((resolve, reject) => {
    const stop = (error: Error): void => {
      clearTimeout(timer)
      closing.removeEventListener('abort', closed)
      reject(error)
    }
    const closed = (): void => stop(new Error('the store has been closed'))
    const timer = setTimeout(() => stop(noAnswer(milliseconds)), milliseconds)
    closing.addEventListener('abort', closed, { once: true })
    answer.then((value) => {
      clearTimeout(timer)
      closing.removeEventListener('abort', closed)
      resolve(value)
    }, stop)
  })

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    if (signal.aborted) wake()
    else signal.addEventListener('abort', wake, { once: true })
  })
