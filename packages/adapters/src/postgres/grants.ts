// grants.ts: the SQL that gives an app's role what it needs and no more

import { usualSchemas } from './location.ts'

/** Who gets the rights, and where. */
export interface GrantsTo {
  /** The role that the app connects as. It must own nothing in the schema: an owner can switch the triggers off. */
  readonly role: string
  /** As handed to `openPostgres` or `openPostgresVault`; their own where left out. */
  readonly schema?: string
}

/**
 * The SQL that lets a role work with the register in that schema: read everything, append and keep rows by functions.
 * Run it as the owner, after the schema was made or brought up.
 */
export const postgresGrants = ({ schema = usualSchemas.register, role }: GrantsTo): string => {
  const [the, to] = [quoted(schema), quoted(role)]
  return `GRANT USAGE ON SCHEMA ${the} TO ${to};
GRANT SELECT ON ALL TABLES IN SCHEMA ${the} TO ${to};
GRANT EXECUTE ON FUNCTION ${the}.append, ${the}.commit_rows, ${the}.serve_build TO ${to};
`
}

/** The SQL that lets a role work with the vault in that schema: make keys and destroy them, claim numbers and release them. */
export const postgresVaultGrants = ({ schema = usualSchemas.vault, role }: GrantsTo): string => {
  const [the, to] = [quoted(schema), quoted(role)]
  return `GRANT USAGE ON SCHEMA ${the} TO ${to};
GRANT SELECT ON ALL TABLES IN SCHEMA ${the} TO ${to};
GRANT INSERT ON ${the}.secret, ${the}.keys, ${the}.claims TO ${to};
GRANT UPDATE (key, destroyed_at) ON ${the}.keys TO ${to};
GRANT DELETE ON ${the}.claims TO ${to};
`
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
