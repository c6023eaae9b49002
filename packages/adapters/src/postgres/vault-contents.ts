// vault-contents.ts: all that a vault in PostgreSQL keeps, read and written as a whole

import type { VaultFailure } from '@smagruppe/domain'
import { isLeft, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { becoming, type Claim, type Contents, type OpenContents, type PersonsKey } from '../vault/contents.ts'
import { ofVault } from '../vault/of-vault.ts'
import { readingKeys } from '../vault/stored-keys.ts'
import type { PostgresPool, Session } from './database.ts'
import { damaged, failureOf } from './failures.ts'
import { usualSchemas } from './location.ts'
import { openSchema, placeOf, type SchemaOptions } from './register.ts'
import { vaultSchema } from './vault.ts'

const { bytesOf, personsKey, claimOf } = readingKeys(damaged)

/** Opens the vault in that database to be copied, and makes an unused one where there is none. For the failures see `openPostgres`. */
export const openPostgresVaultContents =
  (urlOrPool: string | PostgresPool, options: SchemaOptions = {}): TaskEither<VaultFailure, OpenContents> =>
  async () => {
    const opened = await openSchema(urlOrPool, options, vaultSchema, usualSchemas.vault)
    if (isLeft(opened)) return ofVault(opened)
    const { database, schema } = opened.right
    const place = await placeOf(database, schema)
    if (isLeft(place)) {
      await database.close()
      return ofVault(place)
    }
    const all = everything(schema)
    return right({
      place: place.right,
      contents: async () => {
        const found = await database.query(all)
        if (isLeft(found)) return ofVault(found)
        const read = tryCatch(
          () => contentsIn(found.right),
          (error) => failureOf(error, database.place),
        )
        if (isLeft(read) || read.right === null) return isLeft(read) ? ofVault(read) : right(null)
        const kept = read.right
        return right({ open: () => kept })
      },
      become: (wanted) => async () => {
        const became = await database.transaction(async ({ query }) => {
          const standing = contentsIn(await query(all))
          return right(await become(query, schema, standing, wanted.open()))
        })
        if (isLeft(became)) return ofVault(became)
        return became.right === 'became' ? right(undefined) : left(notThisOne(database.place))
      },
      close: async () => ofVault(await database.close()),
    })
  }

/** In one statement, so that keys and claims are those of one moment. */
const everything = (schema: string): string => `
  SELECT what, id, bytes, more FROM (
    SELECT 'secret' AS what, '' AS id, bytes, NULL AS more FROM ${schema}.secret
    UNION ALL SELECT 'key', person::text, key, destroyed_at FROM ${schema}.keys
    UNION ALL SELECT 'claim', digest, NULL, doctor::text FROM ${schema}.claims
  ) kept ORDER BY what, id COLLATE "C"`

type Row = Readonly<Record<string, unknown>>

/** Null where nothing was kept yet, not even the secret. */
const contentsIn = (rows: ReadonlyArray<Row>): Contents | null => {
  const of = (what: string): ReadonlyArray<Row> => rows.filter((row) => row.what === what)
  const [secret] = of('secret')
  if (secret === undefined) return null
  return {
    secret: bytesOf(secret.bytes),
    keys: of('key').map(keyIn),
    claims: of('claim').map(claimIn),
  }
}

const keyIn = ({ id, bytes, more }: Row): PersonsKey => personsKey(id, bytes, more)

const claimIn = ({ id, more }: Row): Claim => claimOf(id, more)

const become = async (
  query: Session['query'],
  schema: string,
  standing: Contents | null,
  wanted: Contents,
): Promise<'became' | 'is another'> => {
  const changes = becoming(standing, wanted)
  if (changes === null) return 'is another'
  const secret = Buffer.from(wanted.secret)
  if (standing === null) await query(`INSERT INTO ${schema}.secret (one, bytes) VALUES (1, $1)`, [secret])
  else if (!secret.equals(standing.secret)) await query(`UPDATE ${schema}.secret SET bytes = $1`, [secret])
  await query(
    `INSERT INTO ${schema}.keys (person, key, destroyed_at) SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::text[])`,
    [
      changes.keep.map(({ person }) => person),
      changes.keep.map(({ key }) => (key === null ? null : Buffer.from(key))),
      changes.keep.map(({ destroyedAt }) => destroyedAt),
    ],
  )
  await query(
    `UPDATE ${schema}.keys k SET key = NULL, destroyed_at = gone.at
     FROM unnest($1::uuid[], $2::text[]) AS gone (person, at) WHERE k.person = gone.person`,
    [changes.destroy.map(({ person }) => person), changes.destroy.map(({ destroyedAt }) => destroyedAt)],
  )
  await query(`DELETE FROM ${schema}.claims`)
  await query(`INSERT INTO ${schema}.claims (digest, doctor) SELECT * FROM unnest($1::text[], $2::uuid[])`, [
    wanted.claims.map(({ digest }) => digest),
    wanted.claims.map(({ doctor }) => doctor),
  ])
  return 'became'
}

const notThisOne = (place: string): VaultFailure => ({
  _tag: 'VaultFailure',
  reason: 'Foreign',
  message: `${place} keeps keys or claims that the vault to be copied does not: name another schema, or a new one to be made`,
  retry: false,
})
