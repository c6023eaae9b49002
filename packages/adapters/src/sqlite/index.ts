// index.ts: a register in a SQLite file and its vault in another, by Node's own SQLite

export type { Checked, Finding } from '../stores/checking.ts'
export type { OpenedRegister } from '../stores/opened-register.ts'
export type { RandomBytes } from '../vault/sealing.ts'
export { openSqliteSource, openSqliteTarget, openSqliteToExtend, type SqliteCopyOptions } from './copying.ts'
export type { Waiting } from './database.ts'
export type { Durability } from './durability.ts'
export { type CheckOptions, checkSqlite, checkSqliteVault } from './integrity.ts'
export { type OpenedSqliteRegister, openSqliteRegister, type SqliteRegisterOptions, vaultBeside } from './opening.ts'
export { openSqlite, type SqliteOptions, type SqliteRegister } from './register-file.ts'
export { openSqliteVault, type SqliteVault, type SqliteVaultOptions } from './vault.ts'
export { openSqliteVaultContents } from './vault-contents.ts'
