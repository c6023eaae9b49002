// index.ts: a register in a PostgreSQL database and its vault in another, by `pg`

export type { OpenedRegister } from '../stores/opened-register.ts'
export type { Alone, Work } from './alone.ts'
export type { PostgresClient, PostgresPool, Statement } from './database.ts'
export { type GrantsTo, postgresGrants, postgresVaultGrants } from './grants.ts'
export type { Migrations } from './migrating.ts'
export { openPostgresRegister, type PostgresRegisterOptions } from './opening.ts'
export { openPostgres, type PostgresOptions, type PostgresRegister, type SchemaOptions } from './register.ts'
export { openPostgresVault, type PostgresVault, type PostgresVaultOptions } from './vault.ts'
