// index.ts: a register whose log is on EventStoreDB or KurrentDB, by `@kurrent/kurrentdb-client` or `@eventstore/db-client`

export type { Checked, Finding } from '../stores/checking.ts'
export type { OpenedRegister } from '../stores/opened-register.ts'
export type { ClientName } from './client.ts'
export { openEventStoreDbToExtend } from './copying.ts'
export { type EventStoreDbLog, type EventStoreDbOptions, openEventStoreDb } from './event-store.ts'
export { checkEventStoreDb, type EventStoreDbCheckOptions } from './integrity.ts'
export {
  type EventStoreDbRegisterOptions,
  type OpenedEventStoreDbRegister,
  openEventStoreDbRegister,
  type RowsBeside,
} from './opening.ts'
