-- Instants are milliseconds since 1970 in UTC, booleans 0 and 1, JSON is text.
-- Facts name members by a random key and never by the platform's id: dropping the
-- member's row and the words they wrote is all that erasure needs.

CREATE TABLE instance (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  token TEXT NOT NULL, -- makes delivery ids differ between two installations
  epoch INTEGER NOT NULL DEFAULT 0  -- how often a backup was put back: whatever is sent
                                    -- after that is not what was sent before it
) STRICT;

INSERT INTO instance (id, token) VALUES (1, lower(hex(randomblob(16))));

CREATE TABLE communities (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  locale TEXT NOT NULL,
  zone TEXT NOT NULL,
  wall TEXT,        -- the platform's channel id; NULL: where the command was given
  moderators TEXT,  -- the platform's channel id; NULL: nobody is told
  allowance_per_day INTEGER NOT NULL CHECK (allowance_per_day BETWEEN 1 AND 100),
  pair_cooldown_h INTEGER NOT NULL CHECK (pair_cooldown_h BETWEEN 0 AND 720),
  undo_minutes INTEGER NOT NULL CHECK (undo_minutes BETWEEN 0 AND 1440),
  reason_min_chars INTEGER NOT NULL CHECK (reason_min_chars BETWEEN 1 AND 500),
  reason_max_chars INTEGER NOT NULL CHECK (reason_max_chars BETWEEN 1 AND 500),
  allowance_by_role TEXT NOT NULL,  -- JSON: the platform's role id to 1 to 100
  quiet_since INTEGER CHECK (quiet_since BETWEEN 0 AND 1439),  -- minutes of the day;
  quiet_until INTEGER CHECK (quiet_until BETWEEN 0 AND 1439),  -- NULL: no quiet hours
  recaps TEXT NOT NULL CHECK (recaps IN ('off', 'weekly', 'both')),
  recaps_weekday INTEGER NOT NULL CHECK (recaps_weekday BETWEEN 0 AND 6),  -- 0: Monday
  recaps_at INTEGER NOT NULL CHECK (recaps_at BETWEEN 0 AND 1439),  -- minutes of the day
  remind_after_d INTEGER NOT NULL CHECK (remind_after_d BETWEEN 1 AND 30),
  escalate_after_d INTEGER NOT NULL CHECK (escalate_after_d BETWEEN 2 AND 60),
  met_at INTEGER NOT NULL,
  left_at INTEGER,  -- when Laurel was sent away; NULL: it is there
  UNIQUE (platform, platform_id),
  CHECK ((quiet_since IS NULL) = (quiet_until IS NULL)),
  CHECK (quiet_since <> quiet_until),
  CHECK (remind_after_d < escalate_after_d)
) STRICT;
CREATE INDEX communities_left ON communities (left_at) WHERE left_at IS NOT NULL;

-- Where Laurel was installed by more than one workspace. Tokens are sealed.
CREATE TABLE installations (
  platform TEXT NOT NULL,
  place TEXT NOT NULL,  -- the platform's id of a workspace, or of an organisation
  organisation INTEGER NOT NULL,  -- which of the two it is
  name TEXT NOT NULL,
  bot TEXT NOT NULL,    -- the member that Laurel is there
  installer TEXT,       -- the platform's member id; NULL once erased
  scopes TEXT NOT NULL, -- with spaces between
  key TEXT NOT NULL,    -- which key opens the token
  token BLOB NOT NULL,
  installed_at INTEGER NOT NULL,
  PRIMARY KEY (platform, place)
) STRICT, WITHOUT ROWID;

-- The workspaces of an organisation that has Laurel in many of its own.
CREATE TABLE installed_through (
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  organisation TEXT NOT NULL,
  PRIMARY KEY (platform, workspace),
  FOREIGN KEY (platform, organisation)
    REFERENCES installations (platform, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Each stands for somebody on their way to the platform and back, and serves once.
CREATE TABLE oauth_states (
  digest BLOB PRIMARY KEY,  -- of the state, which whoever reads this cannot use
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_states_expiring ON oauth_states (expires_at);

CREATE TABLE community_values (
  id INTEGER PRIMARY KEY,
  community INTEGER NOT NULL REFERENCES communities (id),
  label TEXT NOT NULL,
  position INTEGER NOT NULL,
  retired_at INTEGER,
  UNIQUE (community, label)
) STRICT;

CREATE TABLE members (
  key INTEGER PRIMARY KEY,  -- random, so that it says nothing once the row is gone
  community INTEGER NOT NULL REFERENCES communities (id),
  platform_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role INTEGER NOT NULL,
  bot INTEGER NOT NULL,
  here INTEGER NOT NULL,
  locale TEXT,
  joined_at INTEGER,
  groups TEXT NOT NULL DEFAULT '',  -- the platform's role ids, with spaces between
  met_at INTEGER NOT NULL,
  zone TEXT,            -- NULL: the community's
  next_zone TEXT,
  next_zone_at INTEGER, -- when next_zone takes effect
  level TEXT NOT NULL DEFAULT 'public'
    CHECK (level IN ('public', 'channel', 'private', 'none')),
  on_boards INTEGER NOT NULL DEFAULT 1,
  takes_dms INTEGER NOT NULL DEFAULT 1,
  previews INTEGER NOT NULL DEFAULT 0,
  about TEXT NOT NULL DEFAULT '',
  link TEXT NOT NULL DEFAULT '',
  quiet_since INTEGER,  -- minutes of their own day between which nothing is sent to
  quiet_until INTEGER,  -- them that can wait; NULL: there are none such
  exported_at INTEGER,  -- when they were last handed what is kept; NULL: never
  UNIQUE (community, platform_id),
  CHECK ((quiet_since IS NULL) = (quiet_until IS NULL))
) STRICT;

-- Whoever is erased is nobody any more: what was under way about them adds nothing up.
CREATE TABLE erased_members (key INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER members_erased AFTER DELETE ON members
  BEGIN INSERT OR IGNORE INTO erased_members (key) VALUES (OLD.key); END;

-- Few are not shown, and a rank leaves them out.
CREATE INDEX members_off_boards ON members (community, key)
  WHERE NOT (on_boards = 1 AND here = 1 AND level IN ('public', 'channel'));

-- Members' own words. Facts hold the digest, which says nothing without the salt.
CREATE TABLE words (
  id INTEGER PRIMARY KEY,
  community INTEGER NOT NULL REFERENCES communities (id),
  author INTEGER NOT NULL,
  body TEXT NOT NULL,
  salt BLOB NOT NULL
) STRICT;

CREATE TABLE shoutouts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  operation TEXT NOT NULL,  -- the call's id: the same action delivered twice is one
  giver INTEGER NOT NULL,
  value INTEGER REFERENCES community_values (id),
  words INTEGER NOT NULL,
  given_at INTEGER NOT NULL,
  given_on TEXT NOT NULL,   -- the giver's own date, whose allowance it took
  channel TEXT,             -- the platform's id; NULL: in none that others read, or
                            -- the community is forgotten
  UNIQUE (community, operation)
) STRICT;
CREATE INDEX shoutouts_of_giver ON shoutouts (community, giver, given_at);
CREATE INDEX shoutouts_in_time ON shoutouts (community, given_at);

CREATE TABLE shoutout_receivers (
  shoutout INTEGER NOT NULL REFERENCES shoutouts (id),
  receiver INTEGER NOT NULL,
  community INTEGER NOT NULL,
  giver INTEGER NOT NULL,
  given_at INTEGER NOT NULL,
  public INTEGER NOT NULL,  -- 0: by direct message, counted nowhere
  position INTEGER NOT NULL DEFAULT 0,  -- the place among those named, from 0
  PRIMARY KEY (shoutout, receiver)
) STRICT, WITHOUT ROWID;
-- The cooldown asks for the last time between two people, /laurel me for the receiver.
CREATE INDEX receivers_of_pair
  ON shoutout_receivers (community, receiver, giver, given_at);

CREATE TABLE retractions (
  shoutout INTEGER PRIMARY KEY REFERENCES shoutouts (id),
  community INTEGER NOT NULL,
  operation TEXT NOT NULL,
  member INTEGER NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('undo', 'retract')),
  words INTEGER,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE allowances (
  community INTEGER NOT NULL REFERENCES communities (id),
  member INTEGER NOT NULL,
  day TEXT NOT NULL,  -- the member's own date
  spent INTEGER NOT NULL,
  cap INTEGER NOT NULL,
  PRIMARY KEY (community, member, day),
  CHECK (spent BETWEEN 0 AND cap)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  community INTEGER NOT NULL REFERENCES communities (id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor INTEGER NOT NULL,
  subject INTEGER,
  amount INTEGER NOT NULL,
  source TEXT NOT NULL,  -- the call that caused it
  ref TEXT NOT NULL      -- table:id of the fact
) STRICT;

CREATE TABLE cursors (
  follower TEXT PRIMARY KEY,
  activity INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  community INTEGER NOT NULL REFERENCES communities (id),
  id INTEGER NOT NULL,   -- the place in the community's chain, counted from 1
  at INTEGER NOT NULL,
  actor INTEGER,         -- NULL: Laurel itself
  action TEXT NOT NULL,
  ref TEXT NOT NULL,
  detail TEXT NOT NULL,  -- JSON without names or words
  digest BLOB,           -- of the words, with their salt
  previous BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (community, id)  -- two rows cannot follow the same one
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  kind TEXT NOT NULL CHECK (kind IN ('channel', 'member')),
  place TEXT NOT NULL,   -- the platform's id of the channel or member
  key TEXT NOT NULL,
  body TEXT,             -- the message on the wire; NULL once erased, and for what is
                         -- drawn when it is about to be sent
  version INTEGER NOT NULL DEFAULT 1,
  sent_version INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,  -- 1: is to be taken down
  state TEXT NOT NULL DEFAULT 'new'
    CHECK (state IN ('new', 'sending', 'sent', 'parked', 'folded', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  sending_at INTEGER,       -- when the open attempt began
  sending_version INTEGER,  -- what it shows
  tried_at INTEGER,         -- when the first attempt since the last success began
  digest INTEGER REFERENCES outbox (id),  -- the first that was folded into the digest
  part INTEGER,             -- 1, 2, ...: which message of that digest this is; NULL: it
                            -- is no such message
  message_id TEXT,
  reason TEXT,
  call TEXT NOT NULL,    -- follows it from the member's action to the platform
  queued_at INTEGER NOT NULL,
  unseen INTEGER NOT NULL DEFAULT 0,  -- how often it was sent again though nobody may
                                      -- look whether it stands already
  drawn INTEGER NOT NULL DEFAULT 0,   -- 1: never carries a body; whoever put it draws
                                      -- it without somebody who hid or is erased
  pinned INTEGER NOT NULL DEFAULT 0,  -- 1: is to stand pinned
  pin_due_at INTEGER,    -- when to pin or unpin what stands; NULL: nothing is to be done
  pin_attempts INTEGER NOT NULL DEFAULT 0,
  pin_refused INTEGER NOT NULL DEFAULT 0,  -- 1: it could not be, and that was told
  under INTEGER REFERENCES outbox (id),  -- in whose thread it goes; NULL: in the place
                                         -- itself
  thread TEXT,           -- message_id of that one, if the last attempt went there
  thread_is TEXT CHECK (thread_is IN ('open', 'gone')),  -- its own; NULL: none yet
  closes INTEGER NOT NULL DEFAULT 0,  -- 1: no message: has the thread of `under` closed
  UNIQUE (community, key),
  CHECK (closes = 0 OR under IS NOT NULL)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (community, kind, place, id)
  WHERE state IN ('new', 'sending');
CREATE INDEX outbox_of_message ON outbox (community, place, message_id)
  WHERE message_id IS NOT NULL;
CREATE INDEX outbox_in_thread ON outbox (community, thread, message_id)
  WHERE thread IS NOT NULL;
CREATE INDEX outbox_of_member ON outbox (community, place) WHERE kind = 'member';
CREATE INDEX outbox_of_digest ON outbox (digest) WHERE digest IS NOT NULL;
CREATE INDEX outbox_unseen ON outbox (community, queued_at) WHERE unseen > 0;
CREATE INDEX outbox_pinned ON outbox (community, kind, place) WHERE pinned = 1;
CREATE INDEX outbox_pins_due ON outbox (pin_due_at) WHERE pin_due_at IS NOT NULL;
CREATE INDEX outbox_parked ON outbox (community, id) WHERE state = 'parked';

-- Who is named in what is said, so that privacy reaches what waits and what stands.
CREATE TABLE outbox_names (
  member INTEGER NOT NULL,
  row INTEGER NOT NULL REFERENCES outbox (id),
  PRIMARY KEY (row, member)  -- few rows wait, and erasure can take its time
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  community INTEGER NOT NULL REFERENCES communities (id),
  owner INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_of_owner ON drafts (owner);
CREATE INDEX drafts_expiring ON drafts (expires_at);

-- What is to happen, once or again and again.
CREATE TABLE calendar_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  kind TEXT NOT NULL,        -- slice.event: whose unit does the work
  starts TEXT NOT NULL,      -- wall time
  zone TEXT NOT NULL,
  rrule TEXT NOT NULL,       -- '': once
  exceptions TEXT NOT NULL,  -- JSON: local dates
  payload TEXT,              -- on the wire; NULL once erased
  quiet TEXT NOT NULL CHECK (quiet IN ('heed', 'ignore')),
  state TEXT NOT NULL DEFAULT 'active'
    CHECK (state IN ('active', 'over', 'cancelled', 'broken')),
  covered_at INTEGER NOT NULL,  -- whatever was due until then has been dealt with
  due_at INTEGER,               -- when to ring: the next time, unless it is
  put_off INTEGER NOT NULL DEFAULT 0,  -- 1: that was before, and now it waits for quiet
                                       -- hours to end, or to be tried again
  attempts INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'active') = (due_at IS NOT NULL))
) STRICT;
CREATE INDEX calendar_due ON calendar_entries (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX calendar_of_community ON calendar_entries (community, due_at);

-- Claimed in the unit that does the work: nothing happens twice for the same date.
CREATE TABLE occurrences (
  entry INTEGER NOT NULL REFERENCES calendar_entries (id) ON DELETE CASCADE,
  day TEXT NOT NULL,         -- the local date
  slot INTEGER NOT NULL,     -- which of the rule's times of that day, from 0
  at INTEGER NOT NULL,       -- when it was due
  claimed_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'folded', 'skipped', 'parked')),
  reason TEXT,               -- why it was skipped or parked
  PRIMARY KEY (entry, day, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrences_parked ON occurrences (entry, at) WHERE outcome = 'parked';

-- Where the platform has a calendar of its own: when somebody is to look whether that
-- shows what the community's does.
CREATE TABLE mirrors (
  community INTEGER PRIMARY KEY REFERENCES communities (id),
  due_at INTEGER NOT NULL,
  changes INTEGER NOT NULL DEFAULT 0,  -- so that what changes meanwhile is seen
  attempts INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0  -- 1: moderators know that Laurel cannot show it
) STRICT;
CREATE INDEX mirrors_due ON mirrors (due_at);

CREATE TABLE mirrored (
  community INTEGER NOT NULL REFERENCES communities (id),
  entry INTEGER NOT NULL,    -- of the calendar, where it may be gone
  at INTEGER NOT NULL,       -- which of its times
  until INTEGER NOT NULL,
  version INTEGER NOT NULL,  -- of the moment, as it is shown
  state TEXT NOT NULL
    CHECK (state IN ('making', 'standing', 'leaving', 'taken_down')),
  event TEXT,                -- the platform's id
  began_at INTEGER,          -- when the platform was asked for it, while that is open
  PRIMARY KEY (community, entry, at),
  CHECK ((state IN ('standing', 'leaving')) = (event IS NOT NULL)),
  CHECK ((state = 'making') = (began_at IS NOT NULL) OR state = 'taken_down')
) STRICT, WITHOUT ROWID;

-- Words that a community wrote in place of Laurel's own. Each edit and each reset is a
-- row of its own; the highest version holds.
CREATE TABLE templates (
  community INTEGER NOT NULL REFERENCES communities (id),
  name TEXT NOT NULL,        -- what it is for
  locale TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  reset INTEGER NOT NULL,    -- 1: from here on, Laurel's own words again
  source TEXT,               -- NULL: reset, or erased with whoever wrote it
  editor INTEGER NOT NULL,
  edited_at INTEGER NOT NULL,
  PRIMARY KEY (community, name, locale, version),  -- two edits cannot follow the same
  CHECK (reset = 0 OR source IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX templates_of_editor ON templates (editor);

-- Where pages and feeds are read without signing in. The secret in an address is derived
-- from its row and the installation's token.
CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,       -- random, so that it tells nothing of others
  community INTEGER NOT NULL REFERENCES communities (id),
  member INTEGER,               -- whose; NULL: the community's
  generation INTEGER NOT NULL,  -- counted up to revoke what was handed out
  made_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX addresses_of ON addresses (community, ifnull(member, -1));

-- What was taken off the calendar lately is told to calendar programs.
CREATE INDEX activity_of_calendar ON activity (community, at)
  WHERE kind = 'calendar.changed';

-- What a community reads of a week or a month, from a draft to what was posted. It is
-- kept as ids and counts, so that privacy and erasure reach it whenever it is read.
CREATE TABLE recaps (
  -- Never given twice, also where a draft was withdrawn: messages are named for it.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  period TEXT NOT NULL CHECK (period IN ('week', 'month')),
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'posted', 'skipped')),
  version INTEGER NOT NULL DEFAULT 1,  -- what moderators saw when they act on it
  number INTEGER,              -- its place in the archive; NULL until it is posted
  planned_at INTEGER NOT NULL, -- when it is to be posted, or was to be
  since_at INTEGER NOT NULL,   -- thanks later than this are in it,
  until_at INTEGER NOT NULL,   -- up to this,
  after INTEGER NOT NULL,      -- but not what was known when the last one was posted:
  last INTEGER NOT NULL DEFAULT 0,  -- shoutouts up to this one
  since_on TEXT NOT NULL,      -- the first local date of them,
  until_on TEXT NOT NULL,      -- and the last
  intro INTEGER,               -- words of a moderator's own at the top,
  intro_by INTEGER,            -- and who wrote them
  word INTEGER,                -- words of thanks,
  word_by INTEGER,             -- and whose
  thanks INTEGER NOT NULL DEFAULT 0,
  givers INTEGER NOT NULL DEFAULT 0,
  receivers INTEGER NOT NULL DEFAULT 0,
  posted_at INTEGER,
  series INTEGER,              -- its place in the series; NULL: it is not in it
  UNIQUE (community, number),
  UNIQUE (community, period, series),
  CHECK ((state = 'posted') = (number IS NOT NULL)),
  CHECK ((state = 'posted') = (posted_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX recaps_drafted ON recaps (community, period) WHERE state = 'draft';
CREATE INDEX recaps_told ON recaps (community, period, until_at);

CREATE TABLE recap_highlights (
  recap INTEGER NOT NULL REFERENCES recaps (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  shoutout INTEGER NOT NULL REFERENCES shoutouts (id),
  PRIMARY KEY (recap, place),
  UNIQUE (recap, shoutout)
) STRICT, WITHOUT ROWID;
CREATE INDEX recap_highlights_of ON recap_highlights (shoutout);

-- Who was thanked for the first time.
CREATE TABLE recap_newcomers (
  recap INTEGER NOT NULL REFERENCES recaps (id) ON DELETE CASCADE,
  member INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (recap, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX recap_newcomers_of ON recap_newcomers (member);

CREATE TABLE recap_values (
  recap INTEGER NOT NULL REFERENCES recaps (id) ON DELETE CASCADE,
  value INTEGER NOT NULL REFERENCES community_values (id),
  count INTEGER NOT NULL,
  PRIMARY KEY (recap, value)
) STRICT, WITHOUT ROWID;

-- Who is asked to be in the series, for what, and what they say.
CREATE TABLE recap_series (
  recap INTEGER NOT NULL REFERENCES recaps (id) ON DELETE CASCADE,
  member INTEGER NOT NULL,
  shoutout INTEGER NOT NULL REFERENCES shoutouts (id),
  answer TEXT NOT NULL DEFAULT 'open' CHECK (answer IN ('open', 'yes', 'no')),
  PRIMARY KEY (recap, member)
) STRICT, WITHOUT ROWID;

-- What moderators leave out of a recap.
CREATE TABLE recap_left_out (
  recap INTEGER NOT NULL REFERENCES recaps (id) ON DELETE CASCADE,
  member INTEGER NOT NULL,    -- 0: nobody, but a shoutout
  shoutout INTEGER NOT NULL,  -- 0: none, but somebody
  PRIMARY KEY (recap, member, shoutout),
  CHECK ((member = 0) <> (shoutout = 0))
) STRICT, WITHOUT ROWID;

-- Files that a platform keeps for messages of Laurel's.
CREATE TABLE uploads (
  community INTEGER NOT NULL REFERENCES communities (id),
  place TEXT NOT NULL,       -- the channel, or the member, as in the outbox
  message_id TEXT NOT NULL,
  digest BLOB NOT NULL,      -- of what is in it
  file TEXT NOT NULL,        -- the platform's id
  PRIMARY KEY (community, place, message_id, digest)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER shoutouts_stay_1
  BEFORE UPDATE OF id, community, operation, giver, value, words, given_at, given_on
  ON shoutouts
  BEGIN SELECT RAISE(ABORT, 'shoutouts are never changed'); END;
CREATE TRIGGER shoutouts_stay_2 BEFORE DELETE ON shoutouts
  BEGIN SELECT RAISE(ABORT, 'shoutouts are never deleted'); END;
CREATE TRIGGER shoutouts_stay_3 BEFORE UPDATE OF channel ON shoutouts
  WHEN NEW.channel IS NOT NULL OR EXISTS (
    SELECT 1 FROM communities WHERE id = OLD.community AND left_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'shoutouts are never changed'); END;
CREATE TRIGGER receivers_stay_1 BEFORE UPDATE ON shoutout_receivers
  BEGIN SELECT RAISE(ABORT, 'receivers are never changed'); END;
CREATE TRIGGER receivers_stay_2 BEFORE DELETE ON shoutout_receivers
  BEGIN SELECT RAISE(ABORT, 'receivers are never deleted'); END;
CREATE TRIGGER retractions_stay_1 BEFORE UPDATE ON retractions
  BEGIN SELECT RAISE(ABORT, 'retractions are never changed'); END;
CREATE TRIGGER retractions_stay_2 BEFORE DELETE ON retractions
  BEGIN SELECT RAISE(ABORT, 'retractions are never deleted'); END;
CREATE TRIGGER activity_stays_1 BEFORE UPDATE ON activity
  BEGIN SELECT RAISE(ABORT, 'the activity log is never changed'); END;
CREATE TRIGGER activity_stays_2 BEFORE DELETE ON activity
  BEGIN SELECT RAISE(ABORT, 'the activity log is never deleted'); END;
CREATE TRIGGER audit_stays_1 BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_stays_2 BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is never deleted'); END;
