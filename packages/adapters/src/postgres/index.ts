// index.ts: a register in a PostgreSQL database and its vault in another, by `pg`

export type { Checked, Finding } from '../stores/checking.ts'
export type { OpenedRegister } from '../stores/opened-register.ts'
export type { Alone, Work } from './alone.ts'
export { openPostgresSource, openPostgresTarget, openPostgresToExtend, type PostgresCopyOptions } from './copying.ts'
export type { PostgresClient, PostgresPool, Statement } from './database.ts'
export { type GrantsTo, postgresGrants, postgresVaultGrants } from './grants.ts'
export { checkPostgres, checkPostgresVault, type PostgresCheckOptions } from './integrity.ts'
export type { Migrations } from './migrating.ts'
export { type OpenedPostgresRegister, openPostgresRegister, type PostgresRegisterOptions } from './opening.ts'
export {
  openPostgres,
  type PostgresDurability,
  type PostgresOptions,
  type PostgresRegister,
  type SchemaOptions,
} from './register.ts'
export { openPostgresVault, type PostgresVault, type PostgresVaultOptions } from './vault.ts'
export { openPostgresVaultContents } from './vault-contents.ts'
