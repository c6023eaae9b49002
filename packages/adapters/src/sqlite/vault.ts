// vault.ts: keys of persons in a SQLite file of their own, apart from the events

import type { DatabaseSync } from 'node:sqlite'
import type { DoctorId, StoreFailure, Vault, VaultFailure } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
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
import { busyTimeoutMsByDefault, type FileKind, type OpenDatabase, openDatabase, type Waiting } from './database.ts'
import { damaged, failureOf } from './failures.ts'
import { type Connection, connectionTo } from './group-commit.ts'

const { bytesOf, personKey, holderIn } = readingKeys(damaged)

/** What may be set otherwise for a vault's file. */
export interface SqliteVaultOptions extends Waiting {
  /** Where keys come from; Web Crypto where left out. */
  readonly randomBytes?: RandomBytes
}

/** An open vault. */
export interface SqliteVault extends Vault {
  /** Writes what is waiting and closes the file; after that every call gives `Closed`. Closing again does nothing. */
  readonly close: TaskEither<VaultFailure, void>
}

/** A key of null was destroyed. Its row stays, so that the person never gets another. */
const firstVersion = `
CREATE TABLE secret (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  bytes BLOB    NOT NULL CHECK (length(bytes) = ${keyLength})
) STRICT;

CREATE TABLE keys (
  person       TEXT PRIMARY KEY,
  key          BLOB CHECK (length(key) = ${keyLength}),
  destroyed_at TEXT,
  CHECK ((key IS NULL) = (destroyed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER keys_are_made_once BEFORE INSERT ON keys
WHEN EXISTS (SELECT 1 FROM keys WHERE person = NEW.person)
BEGIN SELECT RAISE(ABORT, 'this person has or had a key already'); END;

CREATE TRIGGER keys_only_ever_go BEFORE UPDATE ON keys
WHEN OLD.key IS NULL OR NEW.key IS NOT NULL OR NEW.person <> OLD.person
BEGIN SELECT RAISE(ABORT, 'a key is destroyed once, and never changed otherwise'); END;

CREATE TRIGGER keys_leave_a_trace BEFORE DELETE ON keys
BEGIN SELECT RAISE(ABORT, 'that a person had a key is never deleted'); END;

CREATE TABLE claims (
  digest TEXT PRIMARY KEY,
  doctor TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`

/** A vault: keys of persons and who claims which number. */
export const vaultFile: FileKind = { name: 'vault', mode: 0o600, application: 0x536d5661, steps: [firstVersion] }

/**
 * Opens the vault in that file, and makes it where there is none, readable for its owner alone. Several processes may have it open.
 * Whoever has this file and the register's can read what is personal: keep and back them up apart.
 *
 * Gives `Foreign` for a file that is not a vault (and leaves it as it is), and otherwise what `openSqlite` gives, then and later.
 */
export const openSqliteVault =
  (
    path: string,
    { busyTimeoutMs = busyTimeoutMsByDefault, randomBytes = webRandomBytes }: SqliteVaultOptions = {},
  ): TaskEither<VaultFailure, SqliteVault> =>
  () =>
    openVaultFile(path, busyTimeoutMs, async ({ database, connection }) => {
      const keyring = await keyringOf(database, connection, randomBytes)
      if (isLeft(keyring)) return keyring
      return right({
        ...vaultOver(keyring.right, randomBytes),
        close: async () => ofVault(await connection.close()),
      })
    })

/** Opens a vault's file for what is made of it; closes it again where that fails. */
export const openVaultFile = async <A>(
  path: string,
  busyTimeoutMs: number,
  make: (file: OpenDatabase & { readonly connection: Connection }) => Promise<Either<VaultFailure, A>>,
): Promise<Either<VaultFailure, A>> => {
  const opened = await openDatabase(path, vaultFile, busyTimeoutMs)
  if (isLeft(opened)) return ofVault(opened)
  const { database } = opened.right
  try {
    // A destroyed key is to be overwritten in the file, not only unlinked.
    database.exec('PRAGMA secure_delete = ON')
    const connection = connectionTo(opened.right, path)
    const made = await make({ ...opened.right, connection })
    if (isLeft(made)) await connection.close()
    return made
  } catch (error) {
    database.close()
    return ofVault(left(failureOf(error, path)))
  }
}

const keyringOf = async (
  database: DatabaseSync,
  connection: Connection,
  randomBytes: RandomBytes,
): Promise<Either<VaultFailure, Keyring>> => {
  const theSecret = database.prepare('SELECT bytes FROM secret')
  const keepSecret = database.prepare('INSERT INTO secret (one, bytes) VALUES (1, ?)')
  const key = database.prepare('SELECT key FROM keys WHERE person = ?')
  const keep = database.prepare('INSERT INTO keys (person, key) VALUES (?, ?)')
  const holder = database.prepare('SELECT doctor FROM claims WHERE digest = ?')
  const claim = database.prepare('INSERT INTO claims (digest, doctor) VALUES (?, ?)')
  const release = database.prepare('DELETE FROM claims WHERE digest = ? AND doctor = ?')

  const keyOf = (person: DoctorId): PersonKey | null => {
    const found = key.get(person)
    return found === undefined ? null : personKey(found.key)
  }
  const holderOf = (digest: string): DoctorId | null => {
    const found = holder.get(digest)
    return found === undefined ? null : holderIn(found.doctor)
  }

  const secret = await connection.write((): Either<StoreFailure, Uint8Array> => {
    const found = theSecret.get()
    if (found !== undefined) return right(bytesOf(found.bytes))
    const fresh = randomBytes(keyLength)
    keepSecret.run(fresh)
    return right(fresh)
  })()
  if (isLeft(secret)) return ofVault(secret)

  return right({
    secret: secret.right,
    keyOf: (person) => async () => ofVault(connection.read(() => keyOf(person))),
    keepKey: (person, fresh) => async () =>
      ofVault(
        await connection.write((): Either<StoreFailure, PersonKey> => {
          const standing = keyOf(person)
          if (standing !== null) return right(standing)
          keep.run(person, fresh)
          return right({ _tag: 'Kept', bytes: fresh })
        })(),
      ),
    holderOf: (digest) => async () => ofVault(connection.read(() => holderOf(digest))),
    claim: (digest, doctor) => async () =>
      ofVault(
        await connection.write((): Either<StoreFailure, DoctorId> => {
          const standing = holderOf(digest)
          if (standing === null) claim.run(digest, doctor)
          return right(standing ?? doctor)
        })(),
      ),
    release: (digest, doctor) => async () =>
      ofVault(
        await connection.write((): Either<StoreFailure, void> => {
          release.run(digest, doctor)
          return right(undefined)
        })(),
      ),
  })
}
