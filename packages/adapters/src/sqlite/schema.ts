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

/** A register: the log and the rows of its projections. */
export const registerFile: FileKind = { name: 'register', mode: 0o666, application: 0x536d4772, steps: [firstVersion] }
