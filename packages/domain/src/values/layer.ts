// layer.ts: the levels at which rules are set

import * as t from 'io-ts'

/** Reads a level at which a rule is set. */
export const Layer = t.keyof({ national: null, region: null, hospital: null, group: null, dispensation: null })
/** The levels at which a rule is set, each within what those before it leave open. */
export type Layer = t.TypeOf<typeof Layer>

/** All of them, from the national one down. */
export const layers: ReadonlyArray<Layer> = Object.keys(Layer.keys).filter(Layer.is)
