// index.ts: a register in a SQLite file and its vault in another, by Node's own SQLite

export type { RandomBytes } from '../vault/sealing.ts'
export { openSqliteSource, openSqliteTarget, type SqliteCopyOptions } from './copying.ts'
export type { Waiting } from './database.ts'
export type { Durability } from './durability.ts'
export { type Checked, type CheckOptions, checkSqlite, checkSqliteVault, type Finding } from './integrity.ts'
export { type OpenedRegister, openSqliteRegister, type SqliteRegisterOptions, vaultBeside } from './opening.ts'
export { openSqlite, type SqliteOptions, type SqliteRegister } from './register-file.ts'
export { openSqliteVault, type SqliteVault, type SqliteVaultOptions } from './vault.ts'
