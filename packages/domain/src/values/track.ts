// track.ts: what a doctor's points are used for

import * as t from 'io-ts'

/** What points are used for. Each minute is used in one track: that of its day. */
export const tracks = ['resertification', 'specialist-training'] as const

/** Reads a track. */
export const Track = t.union([t.literal('resertification'), t.literal('specialist-training')])
export type Track = t.TypeOf<typeof Track>
