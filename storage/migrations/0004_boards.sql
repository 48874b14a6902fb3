-- Boards: what counts, when it counted, and what it comes to.

-- Boards (begin)

-- Ranges of dates that a community counts by. They never overlap.
CREATE TABLE seasons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  name TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,              -- the last date of it; NULL while nobody knows
  first_day INTEGER NOT NULL, -- starts_on, since 1970-01-01, as credits have it
  UNIQUE (community, name),
  UNIQUE (community, starts_on),
  CHECK (ends_on >= starts_on)
) STRICT;
CREATE UNIQUE INDEX seasons_open ON seasons (community) WHERE ends_on IS NULL;
CREATE TRIGGER seasons_stay BEFORE UPDATE ON seasons
  WHEN OLD.ends_on IS NOT NULL OR NEW.ends_on IS NULL OR NEW.id <> OLD.id
    OR NEW.community <> OLD.community OR NEW.name <> OLD.name
    OR NEW.starts_on <> OLD.starts_on OR NEW.first_day <> OLD.first_day
  BEGIN SELECT RAISE(ABORT, 'a season is ended once, and otherwise never changed'); END;

-- Points that nobody gave here: brought from elsewhere, or set right by moderators. To
-- reverse is a row of its own.
CREATE TABLE points (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  member INTEGER NOT NULL,
  giver INTEGER,             -- NULL: nobody is known
  amount INTEGER NOT NULL CHECK (amount <> 0),  -- whole points
  received_on TEXT NOT NULL, -- on the community's clocks
  source TEXT NOT NULL CHECK (source IN ('imported', 'adjusted')),
  ref TEXT NOT NULL,         -- what makes them these and no others: never identities
  turn INTEGER NOT NULL,     -- 0, 1, ...: how often the same was reversed before
  batch INTEGER,             -- what they came with; NULL: nothing
  value INTEGER REFERENCES community_values (id),
  channel TEXT,              -- the platform's id; NULL: none is known
  words INTEGER,             -- why, of a moderator's own; NULL: nobody said
  added_by INTEGER,          -- NULL: nobody did
  added_at INTEGER NOT NULL,
  UNIQUE (community, source, ref, turn),
  CHECK (source = 'adjusted' OR amount > 0)
) STRICT;
CREATE INDEX points_of_batch ON points (community, batch) WHERE batch IS NOT NULL;
CREATE INDEX points_of_member ON points (member);
CREATE INDEX points_of_giver ON points (giver) WHERE giver IS NOT NULL;
CREATE INDEX points_of_adder ON points (added_by)
  WHERE added_by IS NOT NULL AND source = 'adjusted';

CREATE TABLE point_reversals (
  points INTEGER PRIMARY KEY REFERENCES points (id),
  community INTEGER NOT NULL,
  reversed_by INTEGER,       -- NULL: nobody did
  at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER points_stay_1 BEFORE UPDATE ON points
  BEGIN SELECT RAISE(ABORT, 'points are never changed'); END;
CREATE TRIGGER points_stay_2 BEFORE DELETE ON points
  WHEN EXISTS (
    SELECT 1 FROM communities WHERE id = OLD.community AND left_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'points are never deleted'); END;
CREATE TRIGGER point_reversals_stay_1 BEFORE UPDATE ON point_reversals
  BEGIN SELECT RAISE(ABORT, 'reversals are never changed'); END;
CREATE TRIGGER point_reversals_stay_2 BEFORE DELETE ON point_reversals
  WHEN EXISTS (
    SELECT 1 FROM communities WHERE id = OLD.community AND left_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'reversals are never deleted'); END;

-- What every entry of the activity log counts for, once. Derived from it, in its order:
-- what is given back is a row of its own, of the day on which it had counted.
CREATE TABLE credits (
  community INTEGER NOT NULL REFERENCES communities (id),
  day INTEGER NOT NULL,      -- since 1970-01-01, on the community's clocks of then
  id INTEGER NOT NULL,       -- the entry of the log
  receiver INTEGER NOT NULL,
  giver INTEGER,             -- NULL: nobody is known
  shoutout INTEGER,          -- what it is for:
  points INTEGER,            -- one of the two
  returns INTEGER,           -- the credit that it gives back; NULL: it is one itself
  value INTEGER,
  channel TEXT,              -- the platform's id
  times INTEGER NOT NULL,    -- thanks: 1, -1 where one is given back, and 0 of points
  amount INTEGER NOT NULL,   -- thousandths of a point
  PRIMARY KEY (community, day, id),
  CHECK ((shoutout IS NULL) <> (points IS NULL)),
  CHECK ((returns IS NULL) = (times = 1) OR points IS NOT NULL)
) STRICT, WITHOUT ROWID;
-- A member's key is of one community alone, and naming that as well would lead to the
-- primary key.
CREATE INDEX credits_of_giver ON credits (giver, day, receiver);
CREATE INDEX credits_of_receiver ON credits (receiver, day);
-- Nothing is given back twice.
CREATE UNIQUE INDEX credits_returned ON credits (returns) WHERE returns IS NOT NULL;
CREATE TRIGGER credits_stay_1 BEFORE UPDATE ON credits
  BEGIN SELECT RAISE(ABORT, 'credits are never changed'); END;
CREATE TRIGGER credits_stay_2 BEFORE DELETE ON credits
  WHEN EXISTS (
    SELECT 1 FROM communities WHERE id = OLD.community AND left_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'credits are never deleted'); END;

-- What each member's credits come to: in all, and in the season, month, week and day
-- that their last one is in, which is all that a board of today needs. Boards of earlier
-- periods are drawn from the credits. Derived, and recomputed by `laurel check`.
CREATE TABLE totals (
  community INTEGER NOT NULL REFERENCES communities (id),
  -- All that was given: 0, and each part of it: 1; all that was received: 2, and its
  -- parts: 3. In words it would be a seventh of the table.
  lot INTEGER NOT NULL CHECK (lot BETWEEN 0 AND 3),
  member INTEGER NOT NULL,
  part TEXT NOT NULL,        -- '': everything; 'value:1', 'channel:C1': that alone
  reached INTEGER NOT NULL,  -- by which credit: its day << 40 | its id; 0: none counts
  times INTEGER NOT NULL,    -- thanks in all, also those that count nothing
  amount INTEGER NOT NULL,   -- thousandths of a point, in all
  season INTEGER NOT NULL,
  month INTEGER NOT NULL,
  week INTEGER NOT NULL,
  day INTEGER NOT NULL,
  -- What one credit changes of a member's parts lies together, and boards of parts read
  -- more than they need.
  PRIMARY KEY (community, lot, member, part),
  CHECK ((part = '') = (lot IN (0, 2)))
) STRICT, WITHOUT ROWID;

-- Boards (end)

-- Imports: what another tool had counted, file by file. The points are in the ledger.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  tool TEXT NOT NULL,
  file BLOB NOT NULL,        -- SHA-256 of its bytes
  reads TEXT NOT NULL,       -- JSON: which column means what; no names, no words
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
  lines INTEGER NOT NULL DEFAULT 0,   -- rows of the file that were dealt with
  rows INTEGER NOT NULL DEFAULT 0,    -- of these, those that count
  points INTEGER NOT NULL DEFAULT 0,
  again INTEGER NOT NULL DEFAULT 0,   -- those that counted already
  left_out INTEGER NOT NULL DEFAULT 0,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,          -- when it was done, or taken back
  CHECK (lines = rows + again + left_out)
) STRICT;
-- An interrupted import of a file is gone on with, and no second one begun.
CREATE UNIQUE INDEX imports_running ON imports (community, file)
  WHERE state = 'running';
CREATE INDEX imports_of_community ON imports (community, id);
