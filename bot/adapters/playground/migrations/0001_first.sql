-- The platform's own memory, as Discord and Slack have theirs. Nothing of Laurel's is
-- kept here: a crash can fall between the two files, as it can between two companies.
-- Instants are milliseconds since 1970 in UTC.

CREATE TABLE people (
  community TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3),
  bot INTEGER NOT NULL CHECK (bot IN (0, 1)),
  here INTEGER NOT NULL CHECK (here IN (0, 1)),
  locale TEXT,
  zone TEXT NOT NULL,
  joined_at INTEGER,
  bio TEXT NOT NULL,
  PRIMARY KEY (community, id)
) STRICT;

CREATE TABLE groups (
  community TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (community, id)
) STRICT;

CREATE TABLE group_people (
  community TEXT NOT NULL,
  group_id TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (community, group_id, person),
  FOREIGN KEY (community, group_id) REFERENCES groups (community, id),
  FOREIGN KEY (community, person) REFERENCES people (community, id)
) STRICT;

CREATE TABLE rooms (
  community TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  topic TEXT NOT NULL,
  least_role INTEGER NOT NULL CHECK (least_role BETWEEN 1 AND 3),
  position INTEGER NOT NULL,
  member TEXT,  -- whose direct messages with Laurel these are; NULL: a channel
  PRIMARY KEY (community, id)
) STRICT;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community TEXT NOT NULL,
  room TEXT NOT NULL,
  author TEXT NOT NULL,
  body TEXT NOT NULL,  -- the neutral message in its wire form
  locale TEXT,         -- the language Laurel posted it in; NULL: the reader's
  delivery_id TEXT,    -- who sends twice is not stopped, as little as elsewhere
  at INTEGER NOT NULL,
  edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1)),
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  visible_to TEXT,     -- NULL: everybody in the room
  under INTEGER REFERENCES messages (id),  -- in whose thread; NULL: in the room itself
  closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),  -- its own thread
  revision INTEGER NOT NULL,
  FOREIGN KEY (community, room) REFERENCES rooms (community, id)
) STRICT;

CREATE TABLE pictures (
  message INTEGER NOT NULL REFERENCES messages (id),
  node INTEGER NOT NULL,  -- where its card stands among the message's nodes
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  png BLOB NOT NULL,
  PRIMARY KEY (message, node)
) STRICT;

CREATE INDEX messages_by_delivery ON messages (delivery_id)
  WHERE delivery_id IS NOT NULL;
CREATE INDEX messages_under ON messages (under) WHERE under IS NOT NULL;
CREATE INDEX messages_by_room ON messages (community, room, id);
CREATE INDEX messages_by_revision ON messages (community, room, revision);

CREATE TABLE reads (
  community TEXT NOT NULL,
  member TEXT NOT NULL,
  room TEXT NOT NULL,
  through INTEGER NOT NULL,  -- id of the last message that was seen
  PRIMARY KEY (community, member, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL,        -- raised by every change of a message
  clock_offset_ms INTEGER NOT NULL,
  read_before INTEGER NOT NULL      -- messages up to here are history to everybody
) STRICT;

INSERT INTO state (id, revision, clock_offset_ms, read_before) VALUES (1, 0, 0, 0);
