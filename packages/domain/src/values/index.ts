// index.ts: the values that commands, events and answers are made of

export * from './actor-role.ts'
export * from './hpr-number.ts'
export * from './identity.ts'
export * from './layer.ts'
export * from './legal-date.ts'
export * from './minutes.ts'
export * from './municipality-number.ts'
export * from './organisation-number.ts'
export * from './personal.ts'
export { compare as comparePoints, type Points, pointsOf, shownPoints, wholePoints } from './points.ts'
export { compareText, Label, Text } from './text.ts'
export { Track, tracks } from './track.ts'
