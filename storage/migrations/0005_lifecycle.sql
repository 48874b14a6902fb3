-- Who was erased, as digests that tell nobody: a backup that is put back may not bring
-- them back. The same lines are kept in a file beside the database.
CREATE TABLE erasures (
  id INTEGER PRIMARY KEY,
  community INTEGER NOT NULL REFERENCES communities (id),
  digest TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER erasures_stay_1 BEFORE UPDATE ON erasures
  BEGIN SELECT RAISE(ABORT, 'erasures are never changed'); END;
CREATE TRIGGER erasures_stay_2 BEFORE DELETE ON erasures
  BEGIN SELECT RAISE(ABORT, 'erasures are never deleted'); END;

-- What is dropped for its age (storage.retention). Words are kept in the order in which
-- they were written, so a mark a day tells how old any of them is.
CREATE TABLE word_marks (
  noted_at INTEGER PRIMARY KEY,
  last INTEGER NOT NULL  -- id of the newest words of then
) STRICT;
CREATE INDEX outbox_told ON outbox (queued_at)
  WHERE kind = 'member' AND state = 'sent' AND body IS NOT NULL;

-- Recaps that may have been posted after a backup was made that was put back: their
-- numbers are never given again.
CREATE VIEW recaps_lost AS
SELECT e.community AS community, o.at AS at
FROM occurrences AS o JOIN calendar_entries AS e ON e.id = o.entry
WHERE e.kind = 'recaps.post' AND o.outcome = 'skipped' AND o.reason = 'restored';

-- What members asked to be handed of themselves where that takes long to be made. It
-- waits for a day to be fetched (storage.exports).
CREATE TABLE exports (
  id INTEGER PRIMARY KEY,
  community INTEGER NOT NULL REFERENCES communities (id),
  member INTEGER NOT NULL,
  locale TEXT NOT NULL,
  call TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  content BLOB,  -- an archive; nothing until it is made
  UNIQUE (community, member)
) STRICT;
