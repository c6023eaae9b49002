// vault-contents.ts: all that a vault in SQLite keeps, read and written as a whole

import type { DatabaseSync } from 'node:sqlite'
import type { VaultFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { becoming, type Claim, type Contents, type OpenContents, type PersonsKey } from '../vault/contents.ts'
import { ofVault } from '../vault/of-vault.ts'
import { readingKeys } from '../vault/stored-keys.ts'
import { busyTimeoutMsByDefault, type Waiting } from './database.ts'
import { damaged } from './failures.ts'
import { openVaultFile } from './vault.ts'

const { bytesOf, personsKey, claimOf } = readingKeys(damaged)

/** Opens the vault in that file to be copied, and makes an unused one where there is none. For the failures see `openSqliteVault`. */
export const openSqliteVaultContents =
  (path: string, { busyTimeoutMs = busyTimeoutMsByDefault }: Waiting = {}): TaskEither<VaultFailure, OpenContents> =>
  () =>
    openVaultFile(path, busyTimeoutMs, async ({ database, identity, connection }) => {
      const { contents, become } = contentsIn(database)
      return right({
        place: identity ?? path,
        contents: async () => {
          // As a transaction, so that keys and claims are those of one moment.
          const found = ofVault(await connection.write((): Either<never, Contents | null> => right(contents()))())
          if (isLeft(found) || found.right === null) return isLeft(found) ? found : right(null)
          const kept = found.right
          return right({ open: () => kept })
        },
        become: (wanted) => async () => {
          const became = ofVault(await connection.write((): Either<never, boolean> => right(become(wanted.open())))())
          if (isLeft(became)) return became
          return became.right ? right(undefined) : left(notThisOne(path))
        },
        close: async () => ofVault(await connection.close()),
      })
    })

const contentsIn = (database: DatabaseSync) => {
  const secret = database.prepare('SELECT bytes FROM secret')
  const keys = database.prepare('SELECT person, key, destroyed_at FROM keys ORDER BY person')
  const claims = database.prepare('SELECT digest, doctor FROM claims ORDER BY digest')
  const keepSecret = database.prepare('INSERT OR REPLACE INTO secret (one, bytes) VALUES (1, ?)')
  const keepKey = database.prepare('INSERT INTO keys (person, key, destroyed_at) VALUES (?, ?, ?)')
  const destroyKey = database.prepare('UPDATE keys SET key = NULL, destroyed_at = ? WHERE person = ?')
  const dropClaims = database.prepare('DELETE FROM claims')
  const claim = database.prepare('INSERT INTO claims (digest, doctor) VALUES (?, ?)')

  const contents = (): Contents | null => {
    const kept = secret.get()
    if (kept === undefined) return null
    return { secret: bytesOf(kept.bytes), keys: keys.all().map(keyIn), claims: claims.all().map(claimIn) }
  }
  const become = (wanted: Contents): boolean => {
    const changes = becoming(contents(), wanted)
    if (changes === null) return false
    keepSecret.run(wanted.secret)
    for (const { person, key, destroyedAt } of changes.keep) keepKey.run(person, key, destroyedAt)
    for (const { person, destroyedAt } of changes.destroy) destroyKey.run(destroyedAt, person)
    dropClaims.run()
    for (const { digest, doctor } of wanted.claims) claim.run(digest, doctor)
    return true
  }
  return { contents, become }
}

const keyIn = (row: Record<string, unknown>): PersonsKey => personsKey(row.person, row.key, row.destroyed_at)

const claimIn = ({ digest, doctor }: Record<string, unknown>): Claim => claimOf(digest, doctor)

const notThisOne = (path: string): VaultFailure => ({
  _tag: 'VaultFailure',
  reason: 'Foreign',
  message: `${path} keeps keys or claims that the vault to be copied does not: name another file, or a new one to be made`,
  retry: false,
})
