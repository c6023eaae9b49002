// schema.ts: the tables of a register in PostgreSQL, and what keeps the log from being rewritten

import { appendFunction, atReadCommitted, byIndex } from './append-function.ts'
import { buildFunctions } from './build-functions.ts'
import { refusedByTrigger } from './failures.ts'
import type { SchemaKind } from './migrating.ts'

/** Text sorts by bytes, whatever the database sorts by: instants then sort as they happened, and keys by code point. */
const text = 'text COLLATE "C"'

const tables = (schema: string): string => `
CREATE TABLE ${schema}.events (
  position    bigint PRIMARY KEY CHECK (position BETWEEN 1 AND 9007199254740991),
  id          uuid    NOT NULL UNIQUE,
  stream      ${text} NOT NULL,
  revision    bigint  NOT NULL CHECK (revision BETWEEN 0 AND 9007199254740991),
  type        ${text} NOT NULL,
  version     integer NOT NULL,
  data        ${text} NOT NULL,
  recorded_at ${text} NOT NULL CHECK (length(recorded_at) = 24),
  known_since ${text} NOT NULL CHECK (length(known_since) = 24 AND known_since <= recorded_at),
  actor_id    ${text} NOT NULL,
  actor_role  ${text} NOT NULL,
  causation   uuid    NOT NULL,
  correlation uuid    NOT NULL,
  UNIQUE (stream, revision)
);

CREATE TABLE ${schema}.builds (
  name       ${text} NOT NULL,
  version    integer NOT NULL,
  build      integer NOT NULL,
  checkpoint bigint  NOT NULL,
  serves     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (name, version, build)
);

CREATE UNIQUE INDEX one_build_serves ON ${schema}.builds (name) WHERE serves;

CREATE TABLE ${schema}.build_rows (
  name    ${text} NOT NULL,
  version integer NOT NULL,
  build   integer NOT NULL,
  key     ${text} NOT NULL,
  row     ${text} NOT NULL,
  PRIMARY KEY (name, version, build, key)
);

CREATE TABLE ${schema}.build_quarantine (
  name     ${text} NOT NULL,
  version  integer NOT NULL,
  build    integer NOT NULL,
  position bigint  NOT NULL,
  entry    ${text} NOT NULL,
  PRIMARY KEY (name, version, build, position)
);
`

/** Triggers that fire ALWAYS fire under \`session_replication_role = replica\` too. */
const guards = (schema: string): string => `
CREATE FUNCTION ${schema}.refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what stands in % is never changed and never deleted (%)', TG_TABLE_NAME, TG_OP
    USING ERRCODE = '${refusedByTrigger}';
END $$;

CREATE TRIGGER events_are_never_rewritten BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.events
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_to_rewrite();
ALTER TABLE ${schema}.events ENABLE ALWAYS TRIGGER events_are_never_rewritten;

-- Looks at all rows of a statement at once: a look for each would cost more than the writing.
CREATE FUNCTION ${schema}.refuse_out_of_order() RETURNS trigger LANGUAGE plpgsql ${byIndex} AS $$
DECLARE
  first_position bigint;
  some_skip boolean;
BEGIN
  SELECT min(position) INTO first_position FROM fresh;
  IF first_position IS NULL THEN RETURN NULL; END IF;
  IF (SELECT count(*) FROM ${schema}.events WHERE position >= first_position) <> (SELECT count(*) FROM fresh) THEN
    RAISE EXCEPTION 'an event goes behind the last one' USING ERRCODE = '${refusedByTrigger}';
  END IF;
  SELECT bool_or(skips) INTO some_skip FROM (
    SELECT revision - 1 <> coalesce(
             lag(revision) OVER (PARTITION BY stream ORDER BY position),
             (SELECT max(e.revision) FROM ${schema}.events e WHERE e.stream = fresh.stream AND e.position < first_position),
             -1
           ) AS skips
    FROM fresh
  ) placed;
  IF some_skip THEN
    RAISE EXCEPTION 'an event gets the next revision of its stream' USING ERRCODE = '${refusedByTrigger}';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER events_go_to_the_end AFTER INSERT ON ${schema}.events
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_out_of_order();
ALTER TABLE ${schema}.events ENABLE ALWAYS TRIGGER events_go_to_the_end;

-- Whoever inserts by hand waits for those who append, as they wait for each other, and then sees all that they stored.
CREATE FUNCTION ${schema}.take_turns() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ${atReadCommitted('an event goes in')}
  PERFORM pg_advisory_xact_lock(hashtextextended('smagruppe log ${schema}', 0));
  RETURN NULL;
END $$;

CREATE TRIGGER events_are_inserted_in_turn BEFORE INSERT ON ${schema}.events
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.take_turns();
ALTER TABLE ${schema}.events ENABLE ALWAYS TRIGGER events_are_inserted_in_turn;
`

const firstVersion = (schema: string): string =>
  tables(schema) + guards(schema) + appendFunction(schema) + buildFunctions(schema)

/** A register: the log and the rows of its projections. */
export const registerSchema: SchemaKind = { name: 'register', steps: [firstVersion] }

/** The channel on which appends say that they have stored something. */
export const channelOf = (schema: string): string => `smagruppe_${schema}`
