// index.ts: the clock and the randomness of the machine, for an app that runs on Node

import { randomUUID } from 'node:crypto'
import { type Instant, instantOf } from '@smagruppe/domain'

/** Tells the time. A store never lets the time it records go back, whatever a clock says. */
export type Clock = () => Instant

/** The machine's own clock. */
export const systemClock: Clock = () => instantOf(Date.now())

/** Gives lower-case UUID text that nobody has had before. */
export type Ids = () => string

/** UUIDs of version 4, from the system's source of randomness. */
export const randomIds: Ids = () => randomUUID()
