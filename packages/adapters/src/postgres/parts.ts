// parts.ts: what a schema is made of, compared with what the steps of this release make, and who may do what with it

import type { StoreFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { Enough, type Tell } from '../stores/checking.ts'
import type { Database, Session } from './database.ts'
import { failureOf } from './failures.ts'
import { type SchemaKind, versionTable } from './migrating.ts'

/** Made of what the server's catalogue says of a namespace: `made` names the schema here and there, `set` never does. */
const partsOf = `
WITH tables AS (SELECT * FROM pg_class WHERE relnamespace = $1::oid AND relkind NOT IN ('i', 'I', 't', 'c'))
SELECT 'table ' || relname AS part, '' AS more,
       concat_ws(' ', relkind, CASE relpersistence WHEN 'u' THEN 'UNLOGGED' END,
         CASE WHEN relrowsecurity OR relforcerowsecurity THEN 'ROW LEVEL SECURITY' END,
         array_to_string(reloptions, ' ')) AS made, '' AS set
  FROM tables
UNION ALL
SELECT 'child table ' || t.relname || '.' || c.relname, '', '', ''
  FROM tables t JOIN pg_inherits h ON h.inhparent = t.oid JOIN pg_class c ON c.oid = h.inhrelid
UNION ALL
SELECT 'column ' || t.relname || '.' || a.attname, '',
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
         (SELECT collname FROM pg_collation c WHERE c.oid = a.attcollation), pg_get_expr(d.adbin, d.adrelid)), ''
  FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
UNION ALL
SELECT 'constraint ' || t.relname || '.' || k.conname, '', pg_get_constraintdef(k.oid), ''
  FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid
UNION ALL
SELECT 'index ' || i.relname, '', concat_ws(' ', pg_get_indexdef(i.oid), CASE WHEN NOT x.indisvalid THEN 'INVALID' END), ''
  FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
UNION ALL
SELECT 'trigger ' || t.relname || '.' || g.tgname, '', pg_get_triggerdef(g.oid) || ' ENABLED ' || g.tgenabled::text, ''
  FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
UNION ALL
SELECT 'rule ' || t.relname || '.' || r.rulename, '', pg_get_ruledef(r.oid), ''
  FROM tables t JOIN pg_rewrite r ON r.ev_class = t.oid
UNION ALL
SELECT 'policy ' || t.relname || '.' || p.polname, '', '', ''
  FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
UNION ALL
SELECT 'function ' || p.proname, pg_get_function_identity_arguments(p.oid),
       concat_ws(' ', l.lanname, p.prokind, p.provolatile, p.prosecdef, p.proisstrict, pg_get_function_arguments(p.oid),
         pg_get_function_result(p.oid), p.prosrc), coalesce(array_to_string(p.proconfig, ', '), '')
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = $1::oid
UNION ALL
SELECT 'type ' || typname, '', '', '' FROM pg_type
  WHERE typnamespace = $1::oid AND typtype IN ('d', 'e', 'r', 'm')
ORDER BY part, more`

const model = 'pg_temp'

interface Part {
  readonly called: string
  readonly made: string
}

type Row = Readonly<Record<string, unknown>>

/** By name and arguments. What is made in the model's schema is told as if it stood in the other. */
const partsIn = (rows: ReadonlyArray<Row>, standsFor?: string): ReadonlyMap<string, Part> =>
  new Map(
    rows.map(({ part, more, made, set }) => {
      const text = standsFor === undefined ? String(made) : String(made).replaceAll(/pg_temp(_\d+)?/g, standsFor)
      return [`${part} ${more}`, { called: String(part), made: `${text} ${set}` }]
    }),
  )

/**
 * Compares a schema with one that the steps of this release make. That one is made among the temporary tables of the session, for
 * which nobody needs rights of his own, and undone.
 */
export const overSchema = async (
  database: Database,
  schema: string,
  kind: SchemaKind,
  tell: Tell,
): Promise<Either<StoreFailure, void>> => {
  const session = await database.session()
  if (isLeft(session)) return session
  const { query, release } = session.right
  let state: 'whole' | 'broken' = 'broken'
  try {
    const found = partsIn(await query(partsOf, [await namespaceOf(query, schema)]))
    await query('BEGIN')
    for (const make of [versionTable, ...kind.steps]) await query(make(model))
    const [made] = await query('SELECT pg_my_temp_schema() AS oid')
    const expected = partsIn(await query(partsOf, [made?.oid]), schema)
    await query('ROLLBACK')
    state = 'whole'
    for (const [part, { called, made }] of expected) {
      if (!found.has(part)) tell('Schema', `the ${called} is missing`)
      else if (found.get(part)?.made !== made) tell('Schema', `the ${called} was altered`)
    }
    for (const [part, { called }] of found) if (!expected.has(part)) tell('Schema', `the ${called} is not ours`)
    return right(undefined)
  } catch (error) {
    if (error instanceof Enough) throw error
    return left(failureOf(error, database.place))
  } finally {
    release(state)
  }
}

const namespaceOf = async (query: Session['query'], schema: string): Promise<unknown> =>
  (await query('SELECT oid FROM pg_namespace WHERE nspname = $1', [schema]))[0]?.oid

/** What others than the owner may do with the tables of a kind of schema, besides reading: nothing, where a table is not named. */
export type Grantable = Readonly<Record<string, ReadonlyArray<string>>>

const grantsOf = `
SELECT c.relname AS table, a.privilege_type AS right, coalesce(r.rolname, 'PUBLIC') AS role, a.grantee = 0 AS everybody
  FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
  WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND a.grantee <> c.relowner
  ORDER BY 1, 2, 3`

const openFunctions = `
SELECT p.proname AS function FROM pg_proc p
  WHERE p.pronamespace = $1::regnamespace AND p.prosecdef
    AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)
  ORDER BY 1`

const owners = `
SELECT pg_get_userbyid(owner) AS role FROM (
  SELECT relowner AS owner FROM pg_class WHERE relnamespace = $1::regnamespace
  UNION SELECT proowner FROM pg_proc WHERE pronamespace = $1::regnamespace
) owned ORDER BY 1`

/** Looks for rights with which somebody could go round the functions, or could read what is not for everybody. */
export const overGrants = async (
  database: Database,
  schema: string,
  grantable: Grantable,
  tell: Tell,
): Promise<Either<StoreFailure, void>> => {
  const grants = await database.query(grantsOf, [schema])
  if (isLeft(grants)) return grants
  for (const { table, right, role, everybody } of grants.right) {
    if (everybody !== true && ['SELECT', ...(grantable[String(table)] ?? [])].includes(String(right))) continue
    tell('Grants', `${String(role)} has ${String(right)} on ${String(table)}: revoke it`)
  }
  const functions = await database.query(openFunctions, [schema])
  if (isLeft(functions)) return functions
  for (const { function: name } of functions.right) tell('Grants', `PUBLIC has EXECUTE on ${String(name)}: revoke it`)
  const roles = await database.query(owners, [schema])
  if (isLeft(roles)) return roles
  if (roles.right.length > 1)
    tell(
      'Grants',
      `tables and functions belong to several roles: ${roles.right.map(({ role }) => String(role)).join(', ')}`,
    )
  return right(undefined)
}
