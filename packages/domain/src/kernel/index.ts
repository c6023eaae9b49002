// index.ts: event sourcing itself, for those who write their own streams and projections

export * from './command.ts'
export * from './correction.ts'
export * from './decider.ts'
export { found } from './decoding.ts'
export * from './event.ts'
export * from './event-catalogue.ts'
export * from './event-store.ts'
export * from './handle.ts'
export * from './instant.ts'
export * from './projection.ts'
export * from './projection-store.ts'
export * from './replay.ts'
