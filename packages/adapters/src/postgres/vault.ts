// vault.ts: keys of persons in a PostgreSQL schema of their own, better in a database of their own, apart from the events

import type { DoctorId, StoreFailure, Vault, VaultFailure } from '@smagruppe/domain'
import { type Either, isLeft, right, tryCatch } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { ofVault } from '../vault/of-vault.ts'
import {
  type Keyring,
  keyLength,
  type PersonKey,
  type RandomBytes,
  vaultOver,
  webRandomBytes,
} from '../vault/sealing.ts'
import { readingKeys } from '../vault/stored-keys.ts'
import type { Database, PostgresPool } from './database.ts'
import { damaged, failureOf, refusedByTrigger } from './failures.ts'
import { usualSchemas } from './location.ts'
import type { SchemaKind } from './migrating.ts'
import { openSchema, type SchemaOptions } from './register.ts'

const { bytesOf, personKey, holderIn } = readingKeys(damaged)

export interface PostgresVaultOptions extends SchemaOptions {
  /** Where keys come from; Web Crypto where left out. */
  readonly randomBytes?: RandomBytes
}

/** An open vault. */
export interface PostgresVault extends Vault {
  /** Ends the connections; after that every call gives `Closed`. A pool that was handed in stays open. */
  readonly close: TaskEither<VaultFailure, void>
}

/** A key of null was destroyed. Its row stays, so that the person never gets another. */
const firstVersion = (schema: string): string => `
CREATE TABLE ${schema}.secret (
  one   integer PRIMARY KEY CHECK (one = 1),
  bytes bytea   NOT NULL CHECK (length(bytes) = ${keyLength})
);

CREATE TABLE ${schema}.keys (
  person       uuid PRIMARY KEY,
  key          bytea CHECK (length(key) = ${keyLength}),
  destroyed_at text,
  CHECK ((key IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE TABLE ${schema}.claims (
  digest text COLLATE "C" PRIMARY KEY,
  doctor uuid NOT NULL
);

CREATE FUNCTION ${schema}.refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what stands in % is never deleted or changed (%)', TG_TABLE_NAME, TG_OP USING ERRCODE = '${refusedByTrigger}';
END $$;

CREATE FUNCTION ${schema}.refuse_another_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.key IS NULL OR NEW.key IS NOT NULL OR NEW.person <> OLD.person THEN
    RAISE EXCEPTION 'a key is destroyed once, and never changed otherwise' USING ERRCODE = '${refusedByTrigger}';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keys_leave_a_trace BEFORE DELETE OR TRUNCATE ON ${schema}.keys
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_to_rewrite();
CREATE TRIGGER keys_only_ever_go BEFORE UPDATE ON ${schema}.keys
  FOR EACH ROW EXECUTE FUNCTION ${schema}.refuse_another_key();
-- A vault that has not been used may become another's copy.
CREATE FUNCTION ${schema}.refuse_another_secret() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM ${schema}.keys) OR EXISTS (SELECT FROM ${schema}.claims) THEN
    RAISE EXCEPTION 'a secret that was used is never changed' USING ERRCODE = '${refusedByTrigger}';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER the_secret_stays BEFORE DELETE OR TRUNCATE ON ${schema}.secret
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_to_rewrite();
CREATE TRIGGER the_secret_stays_the_same BEFORE UPDATE ON ${schema}.secret
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_another_secret();
ALTER TABLE ${schema}.keys ENABLE ALWAYS TRIGGER keys_leave_a_trace;
ALTER TABLE ${schema}.keys ENABLE ALWAYS TRIGGER keys_only_ever_go;
ALTER TABLE ${schema}.secret ENABLE ALWAYS TRIGGER the_secret_stays;
ALTER TABLE ${schema}.secret ENABLE ALWAYS TRIGGER the_secret_stays_the_same;
`

/** A vault: keys of persons and who claims which number. */
export const vaultSchema: SchemaKind = { name: 'vault', steps: [firstVersion] }

/**
 * Opens the vault in that database, given by a URL or a pool of `pg`, and makes it where there is none. Whoever can read this schema
 * and the register's can read what is personal: keep it in another database, with other rights and other backups.
 *
 * For the failures see `openPostgres`.
 */
export const openPostgresVault =
  (urlOrPool: string | PostgresPool, options: PostgresVaultOptions = {}): TaskEither<VaultFailure, PostgresVault> =>
  async () => {
    const opened = await openSchema(urlOrPool, options, vaultSchema, usualSchemas.vault)
    if (isLeft(opened)) return ofVault(opened)
    const { database, schema } = opened.right
    const { randomBytes = webRandomBytes } = options
    const keyring = await keyringOf(database, schema, randomBytes)
    if (isLeft(keyring)) {
      await database.close()
      return ofVault(keyring)
    }
    return right({ ...vaultOver(keyring.right, randomBytes), close: async () => ofVault(await database.close()) })
  }

type Row = Readonly<Record<string, unknown>>

const keyringOf = async (
  database: Database,
  schema: string,
  randomBytes: RandomBytes,
): Promise<Either<StoreFailure, Keyring>> => {
  const first = async <A>(text: string, values: ReadonlyArray<unknown>, shape: (row: Row | undefined) => A) => {
    const found = await database.query(text, values)
    return isLeft(found)
      ? found
      : tryCatch(
          () => shape(found.right[0]),
          (error) => failureOf(error, database.place),
        )
  }
  /** Inserts unless something stands there already, then gives what stands there: of several who race all are given the same. */
  const keptFirst = async <A>(
    insert: string,
    values: ReadonlyArray<unknown>,
    find: () => Promise<Either<StoreFailure, A | null>>,
  ): Promise<Either<StoreFailure, A>> => {
    const kept = await database.query(`INSERT INTO ${schema}.${insert} ON CONFLICT DO NOTHING`, values)
    if (isLeft(kept)) return kept
    const found = await find()
    if (isLeft(found)) return found
    return tryCatch(
      () => {
        if (found.right === null) throw damaged('what was kept is not there')
        return found.right
      },
      (error) => failureOf(error, database.place),
    )
  }

  const theSecret = () =>
    first(`SELECT bytes FROM ${schema}.secret`, [], (row) => (row === undefined ? null : bytesOf(row.bytes)))
  const keyOf = (person: DoctorId) => first(`SELECT key FROM ${schema}.keys WHERE person = $1`, [person], keyIn)
  const holderOf = (digest: string) =>
    first(`SELECT doctor FROM ${schema}.claims WHERE digest = $1`, [digest], doctorIn)

  /**
   * A claim may be given up as soon as it stands, so it is made and read in one statement. That finds nothing where somebody else has
   * claimed the number since the statement began.
   */
  const claimed = async (digest: string, doctor: DoctorId): Promise<Either<StoreFailure, DoctorId>> => {
    for (;;) {
      const holder = await first(
        `WITH kept AS (
           INSERT INTO ${schema}.claims (digest, doctor) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING doctor
         ), found AS (
           SELECT 1 AS rank, doctor FROM kept UNION ALL SELECT 2, doctor FROM ${schema}.claims WHERE digest = $1
         ) SELECT doctor FROM found ORDER BY rank LIMIT 1`,
        [digest, doctor],
        doctorIn,
      )
      if (isLeft(holder)) return holder
      if (holder.right !== null) return right(holder.right)
    }
  }

  const standing = await theSecret()
  if (isLeft(standing)) return standing
  const secret =
    standing.right === null
      ? await keptFirst('secret (one, bytes) VALUES (1, $1)', [Buffer.from(randomBytes(keyLength))], theSecret)
      : right(standing.right)
  if (isLeft(secret)) return secret

  return right({
    secret: secret.right,
    keyOf: (person) => async () => ofVault(await keyOf(person)),
    keepKey: (person, fresh) => async () =>
      ofVault(await keptFirst('keys (person, key) VALUES ($1, $2)', [person, Buffer.from(fresh)], () => keyOf(person))),
    holderOf: (digest) => async () => ofVault(await holderOf(digest)),
    claim: (digest, doctor) => async () => ofVault(await claimed(digest, doctor)),
    release: (digest, doctor) => async () =>
      ofVault(
        await first(
          `DELETE FROM ${schema}.claims WHERE digest = $1 AND doctor = $2`,
          [digest, doctor],
          () => undefined,
        ),
      ),
  })
}

const keyIn = (row: Row | undefined): PersonKey | null => (row === undefined ? null : personKey(row.key))

const doctorIn = (row: Row | undefined): DoctorId | null => (row === undefined ? null : holderIn(row.doctor))
