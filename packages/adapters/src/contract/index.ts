// index.ts: the conformance kit: what each port promises, as cases that any test runner can drive, to prove one's own adapter

export type { EventStoreCapabilities } from './capabilities.ts'
export type { ContractCase, Opened } from './case.ts'
export { eventStoreCases, subscriptionCases } from './event-store.ts'
export { projectionStoreCases } from './projection-store.ts'
export type { ProjectionStoreSubject } from './row-samples.ts'
export type { EventStoreSubject, OpenedEventStore } from './samples.ts'
export { type VaultSubject, vaultCases } from './vault.ts'
