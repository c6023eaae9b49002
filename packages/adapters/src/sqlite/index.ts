// index.ts: a register in a SQLite file and its vault in another, by Node's own SQLite

export type { OpenedRegister } from '../stores/opened-register.ts'
export { openSqliteRegister, type SqliteRegisterOptions, vaultBeside } from './opening.ts'
export { openSqlite, type SqliteOptions, type SqliteRegister } from './register.ts'
export { openSqliteVault, type SqliteVault, type SqliteVaultOptions } from './vault.ts'
