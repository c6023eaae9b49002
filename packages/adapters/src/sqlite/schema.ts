// schema.ts: the tables of a register's file, as steps from one version of the file to the next

import type { FileKind } from './database.ts'

/** A change of these statements is a new step: files made by an earlier release have run the ones before. */
const firstVersion = `
CREATE TABLE events (
  position    INTEGER PRIMARY KEY CHECK (position BETWEEN 1 AND 9007199254740991),
  id          TEXT    NOT NULL UNIQUE,
  stream      TEXT    NOT NULL,
  revision    INTEGER NOT NULL,
  type        TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  data        TEXT    NOT NULL,
  recorded_at TEXT    NOT NULL,
  known_since TEXT    NOT NULL CHECK (known_since <= recorded_at),
  actor_id    TEXT    NOT NULL,
  actor_role  TEXT    NOT NULL,
  causation   TEXT    NOT NULL,
  correlation TEXT    NOT NULL,
  UNIQUE (stream, revision)
) STRICT;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- These run before the conflict handling of INSERT OR REPLACE, which would delete the old row without a word.
CREATE TRIGGER events_go_to_the_end BEFORE INSERT ON events
WHEN NEW.position IS NULL OR NEW.position <= (SELECT coalesce(max(position), 0) FROM events)
BEGIN SELECT RAISE(ABORT, 'an event goes behind the last one'); END;

CREATE TRIGGER events_have_their_own_id BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an event with this id is stored already'); END;

CREATE TRIGGER events_follow_in_their_stream BEFORE INSERT ON events
WHEN NEW.revision IS NOT (SELECT coalesce(max(revision), -1) + 1 FROM events WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ABORT, 'an event gets the next revision of its stream'); END;

CREATE TRIGGER events_do_not_go_back_in_time BEFORE INSERT ON events
WHEN NEW.recorded_at < (SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'an event is not recorded before the one in front of it'); END;

CREATE TABLE checkpoints (
  name     TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE rows (
  name    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  key     TEXT    NOT NULL,
  row     TEXT    NOT NULL,
  PRIMARY KEY (name, version, key)
) STRICT, WITHOUT ROWID;
`

/**
 * Rows stand under the build of their projection, one of which serves, and each build has a quarantine of its own. The tables have
 * other names than before, so that a process of the release before, which knows nothing of builds, fails instead of writing beside them.
 */
const withBuilds = `
CREATE TABLE builds (
  name       TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  build      INTEGER NOT NULL,
  checkpoint INTEGER NOT NULL,
  serves     INTEGER NOT NULL DEFAULT 0 CHECK (serves IN (0, 1)),
  PRIMARY KEY (name, version, build)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_build_serves ON builds (name) WHERE serves = 1;

CREATE TABLE build_rows (
  name    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  build   INTEGER NOT NULL,
  key     TEXT    NOT NULL,
  row     TEXT    NOT NULL,
  PRIMARY KEY (name, version, build, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE build_quarantine (
  name     TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  build    INTEGER NOT NULL,
  position INTEGER NOT NULL,
  entry    TEXT    NOT NULL,
  PRIMARY KEY (name, version, build, position)
) STRICT, WITHOUT ROWID;

-- Of each projection the newest version serves; rows of older ones were never dropped, and are now.
INSERT INTO builds (name, version, build, checkpoint, serves)
SELECT name, max(version), 0, position, 1 FROM checkpoints WHERE name <> 'quarantine' GROUP BY name;

INSERT INTO build_rows (name, version, build, key, row)
SELECT name, version, 0, key, row FROM rows JOIN builds USING (name, version);

-- There was one quarantine for all: whatever had come past an entry lacks its event.
INSERT INTO build_quarantine (name, version, build, position, entry)
SELECT builds.name, builds.version, 0, CAST(rows.key AS INTEGER), rows.row
FROM rows JOIN builds ON CAST(rows.key AS INTEGER) <= builds.checkpoint
WHERE rows.name = 'quarantine';

DROP TABLE rows;
DROP TABLE checkpoints;
`

/** Who appends does not take the log back in time. But a copy keeps the times of its source, where several may have appended by clocks of their own. */
const withTimesAsCopied = 'DROP TRIGGER events_do_not_go_back_in_time;'

/** A register: the log and the rows of its projections. */
export const registerFile: FileKind = {
  name: 'register',
  mode: 0o666,
  application: 0x536d4772,
  steps: [firstVersion, withBuilds, withTimesAsCopied],
}
