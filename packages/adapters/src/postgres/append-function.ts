// append-function.ts: the one function by which events come into the log: it decides a batch of appends as `planAppend` does
// A step of the schema: once it was released it never changes, and what shall be otherwise is a further step (migrating.ts).

import { wrongIsolation } from './failures.ts'

/**
 * Settings of functions: names mean what they meant when the function was made, and rows are looked up by index. A session keeps its
 * plans, and one that was made while the tables were empty would go through all of them for ever.
 */
export const byIndex = 'SET search_path = pg_catalog, pg_temp SET enable_seqscan = off'

/** Refuses to work on a snapshot that may be older than the lock. */
export const atReadCommitted = (what: string): string => `
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION '${what} at READ COMMITTED, not at %', upper(current_setting('transaction_isolation'))
      USING ERRCODE = '${wrongIsolation}';
  END IF;`

/**
 * Appends come as arrays, with the events of all of them in a row behind each other, and what the clock said for each. An append sees those
 * before it in its batch. Where the clock goes back the log stays at the time of its last event, unless the times are those of a log that is copied.
 *
 * The lock makes commit order the order of positions: it is held until the commit is visible, and each statement behind it sees all
 * that was committed before. At a higher isolation level than READ COMMITTED that would not be so.
 */
export const appendFunction = (schema: string): string => `
CREATE FUNCTION ${schema}.append(
  patience text, clocks text[], copied boolean,
  streams text[], expectations text[], expected_revisions bigint[], sizes integer[],
  ids uuid[], types text[], versions integer[], datas text[], known text[],
  actor_ids text[], actor_roles text[], causations uuid[], correlations uuid[]
) RETURNS TABLE (outcome text, first_revision bigint, last_revision bigint, last_position bigint, duplicate uuid)
LANGUAGE plpgsql SECURITY DEFINER ${byIndex} AS $$
DECLARE
  head bigint;
  recorded text COLLATE "C";
  actual bigint;
  as_expected boolean;
  from_event integer := 1;
  to_event integer;
  batch uuid[];
  stored boolean := false;
BEGIN
  ${atReadCommitted('an append runs')}
  PERFORM set_config('lock_timeout', patience, true);
  PERFORM pg_advisory_xact_lock(hashtextextended('smagruppe log ${schema}', 0));

  SELECT e.position, e.recorded_at INTO head, recorded FROM ${schema}.events e ORDER BY e.position DESC LIMIT 1;
  head := coalesce(head, 0);

  FOR i IN 1 .. cardinality(streams) LOOP
    to_event := from_event + sizes[i] - 1;
    batch := ids[from_event : to_event];

    duplicate := NULL;
    IF sizes[i] > 1 THEN
      SELECT b.id INTO duplicate FROM (
        SELECT id, n, row_number() OVER (PARTITION BY id ORDER BY n) AS nth FROM unnest(batch) WITH ORDINALITY u (id, n)
      ) b WHERE b.nth > 1 ORDER BY b.n LIMIT 1;
    END IF;
    outcome := CASE WHEN duplicate IS NULL THEN 'New' ELSE 'Duplicate' END;
    IF outcome = 'New' AND EXISTS (SELECT FROM ${schema}.events e WHERE e.id = ANY (batch)) THEN
      SELECT s.outcome, s.first_revision, s.last_revision, s.last_position, s.duplicate
        INTO outcome, first_revision, last_revision, last_position, duplicate
        FROM ${schema}.standing_of(streams[i], batch) s;
    END IF;

    IF outcome = 'New' THEN
      SELECT max(e.revision) INTO actual FROM ${schema}.events e WHERE e.stream = streams[i];
      as_expected := CASE expectations[i]
        WHEN 'Any' THEN true
        WHEN 'NoStream' THEN actual IS NULL
        WHEN 'StreamExists' THEN actual IS NOT NULL
        ELSE actual IS NOT DISTINCT FROM expected_revisions[i]
      END;
      IF as_expected THEN
        first_revision := coalesce(actual + 1, 0);
        recorded := CASE WHEN copied THEN clocks[i] ELSE greatest(recorded, clocks[i] COLLATE "C") END;
        last_revision := first_revision + sizes[i] - 1;
        INSERT INTO ${schema}.events
          SELECT head + n, id, streams[i], first_revision + n - 1, type, version, data,
                 recorded, least(coalesce(since COLLATE "C", recorded), recorded), actor_id, actor_role, causation, correlation
          FROM unnest(
            batch, types[from_event : to_event], versions[from_event : to_event], datas[from_event : to_event],
            known[from_event : to_event], actor_ids[from_event : to_event], actor_roles[from_event : to_event],
            causations[from_event : to_event], correlations[from_event : to_event]
          ) WITH ORDINALITY AS fresh (id, type, version, data, since, actor_id, actor_role, causation, correlation, n);
        head := head + sizes[i];
        last_position := head;
        outcome := 'Stored';
        stored := true;
      ELSE
        outcome := 'Unexpected';
        first_revision := NULL;
        last_revision := actual;
        last_position := NULL;
      END IF;
    END IF;
    RETURN NEXT;
    from_event := to_event + 1;
  END LOOP;

  IF stored THEN PERFORM pg_notify('smagruppe_${schema}', head::text); END IF;
END $$;

-- Of a batch some of which is stored already: whether all of it stands in a row, or which event stands where it should not.
CREATE FUNCTION ${schema}.standing_of(of_stream text, batch uuid[])
RETURNS TABLE (outcome text, first_revision bigint, last_revision bigint, last_position bigint, duplicate uuid)
LANGUAGE sql ${byIndex} AS $$
  WITH found AS (
    SELECT b.n, b.id, e.stream, e.revision, e.position
    FROM unnest(batch) WITH ORDINALITY b (id, n) LEFT JOIN ${schema}.events e ON e.id = b.id
  ), first AS (
    SELECT * FROM found WHERE n = 1
  ), misplaced AS (
    SELECT CASE WHEN found.revision IS NULL THEN first.id ELSE found.id END AS id
    FROM found, first
    WHERE CASE
      WHEN first.revision IS NULL THEN found.revision IS NOT NULL
      ELSE (found.stream, found.revision) IS DISTINCT FROM (of_stream, first.revision + found.n - 1)
    END
    ORDER BY found.n LIMIT 1
  )
  SELECT CASE WHEN EXISTS (SELECT FROM misplaced) THEN 'Duplicate' ELSE 'Whole' END,
         (SELECT revision FROM first), last.revision, last.position, (SELECT id FROM misplaced)
  FROM found last ORDER BY last.n DESC LIMIT 1
$$;

REVOKE ALL ON FUNCTION ${schema}.append FROM PUBLIC;
REVOKE ALL ON FUNCTION ${schema}.standing_of FROM PUBLIC;
`
