// build-functions.ts: the functions by which rows of projections come in and are switched to, one caller at a time for each name
// A step of the schema: once it was released it never changes, and what shall be otherwise is a further step (migrating.ts).

import { atReadCommitted, byIndex } from './append-function.ts'

/** The lock is held until the commit is visible; each statement behind it sees all that was committed before. */
const inTurn = (schema: string): string => `${atReadCommitted('rows are kept')}
  PERFORM pg_advisory_xact_lock(hashtextextended('smagruppe rows ${schema} ' || of_name, 0));
  SELECT b.version, b.build, b.checkpoint INTO serving_version, serving_build, serving_at
    FROM ${schema}.builds b WHERE b.name = of_name AND b.serves;
  IF (of_build, of_version) < (serving_build, serving_version) THEN
    outcome := 'Superseded';
    RETURN NEXT;
    RETURN;
  END IF;`

const answer = 'RETURNS TABLE (outcome text, serving_version integer, serving_build integer, stands_at bigint)'
const settings = `LANGUAGE plpgsql SECURITY DEFINER ${byIndex}`

/** Each answers with what it did: `Done`, or `Moved` and where the checkpoint stands, or `Superseded` and by what. */
export const buildFunctions = (schema: string): string => `
CREATE FUNCTION ${schema}.commit_rows(
  of_name text, of_version integer, of_build integer, moves_from bigint, moves_to bigint,
  gone text[], keys text[], texts text[], taken_back bigint[], positions bigint[], entries text[]
) ${answer} ${settings} AS $$
DECLARE
  serving_at bigint;
BEGIN
  ${inTurn(schema)}
  SELECT b.checkpoint INTO stands_at FROM ${schema}.builds b
    WHERE (b.name, b.version, b.build) = (of_name, of_version, of_build);
  stands_at := coalesce(stands_at, 0);
  IF stands_at <> moves_from THEN
    outcome := 'Moved';
    RETURN NEXT;
    RETURN;
  END IF;

  INSERT INTO ${schema}.builds AS b (name, version, build, checkpoint) VALUES (of_name, of_version, of_build, moves_to)
    ON CONFLICT (name, version, build) DO UPDATE SET checkpoint = excluded.checkpoint;
  DELETE FROM ${schema}.build_rows r
    WHERE (r.name, r.version, r.build) = (of_name, of_version, of_build) AND r.key = ANY (gone);
  INSERT INTO ${schema}.build_rows (name, version, build, key, row)
    SELECT of_name, of_version, of_build, fresh.key, fresh.row FROM unnest(keys, texts) AS fresh (key, row)
    ON CONFLICT (name, version, build, key) DO UPDATE SET row = excluded.row;
  DELETE FROM ${schema}.build_quarantine q
    WHERE (q.name, q.version, q.build) = (of_name, of_version, of_build) AND q.position = ANY (taken_back);
  INSERT INTO ${schema}.build_quarantine (name, version, build, position, entry)
    SELECT of_name, of_version, of_build, fresh.at, fresh.entry FROM unnest(positions, entries) AS fresh (at, entry)
    ON CONFLICT (name, version, build, position) DO UPDATE SET entry = excluded.entry;
  outcome := 'Done';
  RETURN NEXT;
END $$;

CREATE FUNCTION ${schema}.serve_build(
  of_name text, of_version integer, of_build integer, seen_version integer, seen_build integer, seen_at bigint
) ${answer} ${settings} AS $$
DECLARE
  serving_at bigint;
BEGIN
  ${inTurn(schema)}
  stands_at := coalesce(serving_at, 0);
  outcome := 'Done';
  IF (of_build, of_version) = (serving_build, serving_version) THEN
    RETURN NEXT;
    RETURN;
  END IF;
  IF (serving_version, serving_build, serving_at) IS DISTINCT FROM (seen_version, seen_build, seen_at) THEN
    outcome := 'Moved';
    RETURN NEXT;
    RETURN;
  END IF;

  INSERT INTO ${schema}.builds (name, version, build, checkpoint) VALUES (of_name, of_version, of_build, 0)
    ON CONFLICT DO NOTHING;
  UPDATE ${schema}.builds b SET serves = false WHERE b.name = of_name AND b.serves;
  UPDATE ${schema}.builds b SET serves = true WHERE (b.name, b.version, b.build) = (of_name, of_version, of_build);
  DELETE FROM ${schema}.build_rows r WHERE r.name = of_name AND (r.build, r.version) < (of_build, of_version);
  DELETE FROM ${schema}.build_quarantine q WHERE q.name = of_name AND (q.build, q.version) < (of_build, of_version);
  DELETE FROM ${schema}.builds b WHERE b.name = of_name AND (b.build, b.version) < (of_build, of_version);
  RETURN NEXT;
END $$;

REVOKE ALL ON FUNCTION ${schema}.commit_rows FROM PUBLIC;
REVOKE ALL ON FUNCTION ${schema}.serve_build FROM PUBLIC;
`
