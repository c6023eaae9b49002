// index.ts: stores that live as long as the process; they use nothing of Node and run in a browser

export type { RandomBytes } from '../vault/sealing.ts'
export { type MemoryEventStoreOptions, memoryEventStore, memoryLogToExtend } from './event-store.ts'
export { memoryProjectionStore } from './projection-store.ts'
export { type MemoryVaultOptions, memoryVault } from './vault.ts'
