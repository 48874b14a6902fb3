-- Challenges: what is asked, who takes part, what they did, and how it ended.

-- What a community sets itself to do. What each asks for is in its terms.
CREATE TABLE challenges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  folded TEXT NOT NULL,      -- the title, as it is told apart from others
  state TEXT NOT NULL DEFAULT 'draft'
    CHECK (state IN ('draft', 'open', 'running', 'review', 'final', 'called-off')),
  terms INTEGER NOT NULL CHECK (terms >= 1),  -- the version that holds
  opens_at INTEGER,          -- when a draft opens by itself; NULL: by hand
  opened_at INTEGER,
  closes_at INTEGER,         -- when its last day is over for everybody, as known so far
  ended_at INTEGER,          -- when it was, or when it was called off
  opening INTEGER,           -- calendar entries: when it opens by itself,
  beginning INTEGER,         -- the first midnight of its first day,
  starting INTEGER,          -- the first prompt,
  prompting INTEGER,         -- each day's prompt,
  ending INTEGER,            -- and the end
  reason INTEGER,            -- words of who called it off
  CHECK (state = 'draft' OR opens_at IS NULL),
  CHECK ((state IN ('open', 'running')) = (closes_at IS NOT NULL)),
  CHECK ((state IN ('review', 'final', 'called-off')) = (ended_at IS NOT NULL)),
  CHECK (state IN ('draft', 'called-off') OR opened_at IS NOT NULL),
  CHECK (state <> 'draft' OR opened_at IS NULL),
  CHECK (state = 'called-off' OR reason IS NULL)
) STRICT;
CREATE UNIQUE INDEX challenges_named ON challenges (community, folded)
  WHERE state NOT IN ('final', 'called-off');
CREATE INDEX challenges_of ON challenges (community, state, id);
CREATE TRIGGER challenges_stay_1 BEFORE DELETE ON challenges
  BEGIN SELECT RAISE(ABORT, 'challenges are never deleted'); END;
CREATE TRIGGER challenges_stay_2 BEFORE UPDATE OF state ON challenges
  WHEN NOT ((OLD.state = 'draft' AND NEW.state IN ('open', 'called-off'))
    OR (OLD.state = 'open' AND NEW.state IN ('running', 'called-off'))
    OR (OLD.state = 'running' AND NEW.state IN ('review', 'called-off'))
    OR (OLD.state = 'review' AND NEW.state = 'final'))
  BEGIN SELECT RAISE(ABORT, 'a challenge never goes back'); END;

-- Each edit is a version of its own. They are never changed, and deleted only with all
-- that a community chose, once it has sent Laurel away.
CREATE TABLE challenge_terms (
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  community INTEGER NOT NULL REFERENCES communities (id),
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  starts_on TEXT NOT NULL,   -- a date, in each entrant's own zone
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 92),
  prompt_at TEXT NOT NULL,   -- a time on the community's clocks
  prompts TEXT NOT NULL,     -- JSON: one for each day, or fewer
  place TEXT NOT NULL,       -- the platform's id of the channel
  thread INTEGER NOT NULL CHECK (thread IN (0, 1)),
  per_day INTEGER NOT NULL CHECK (per_day BETWEEN 0 AND 1000),
  streak_every INTEGER NOT NULL CHECK (streak_every BETWEEN 0 AND 92),
  streak_bonus INTEGER NOT NULL CHECK (streak_bonus BETWEEN 0 AND 1000),
  cap INTEGER CHECK (cap BETWEEN 1 AND 1000000),  -- NULL: no limit
  judged INTEGER NOT NULL CHECK (judged BETWEEN 0 AND 1000),
  grace_days INTEGER NOT NULL CHECK (grace_days BETWEEN 0 AND 7),
  catch_up INTEGER NOT NULL CHECK (catch_up IN (0, 1)),
  proof TEXT NOT NULL
    CHECK (proof IN ('none', 'welcome', 'text', 'link', 'image', 'file')),
  review TEXT NOT NULL CHECK (review IN ('none', 'sample', 'all')),
  sample_percent INTEGER NOT NULL CHECK (sample_percent BETWEEN 1 AND 100),
  teams INTEGER NOT NULL CHECK (teams IN (0, 1)),
  team_min INTEGER NOT NULL CHECK (team_min BETWEEN 1 AND 50),
  team_max INTEGER NOT NULL CHECK (team_max BETWEEN team_min AND 50),
  remind_at TEXT,            -- a time on the entrant's clocks; NULL: never
  reward TEXT NOT NULL,      -- what whoever finishes is promised; empty: nothing
  editor INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (challenge, number)  -- two edits cannot follow the same
) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_terms_of_editor ON challenge_terms (community, editor);
CREATE TRIGGER challenge_terms_stay_1 BEFORE UPDATE ON challenge_terms
  BEGIN SELECT RAISE(ABORT, 'terms are never changed'); END;
CREATE TRIGGER challenge_terms_stay_2 BEFORE DELETE ON challenge_terms
  WHEN EXISTS (
    SELECT 1 FROM communities WHERE id = OLD.community AND left_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'terms are never deleted'); END;


-- Check-ins (begin)

-- Teams of a challenge. One that nobody is in any more is over, and its name is free.
CREATE TABLE challenge_teams (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  name INTEGER NOT NULL,     -- words of who made it
  folded TEXT,               -- what names that look alike share; NULL: erased
  maker INTEGER NOT NULL,
  size INTEGER NOT NULL CHECK (size BETWEEN 0 AND most),
  most INTEGER NOT NULL CHECK (most >= 1),
  made_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX challenge_teams_named ON challenge_teams (challenge, folded)
  WHERE size > 0;
CREATE INDEX challenge_teams_of ON challenge_teams (maker);

-- Who takes part. Who leaves keeps what they did, and finds it again on coming back.
CREATE TABLE challenge_entrants (
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  member INTEGER NOT NULL,
  community INTEGER NOT NULL REFERENCES communities (id),
  team INTEGER REFERENCES challenge_teams (id),  -- NULL: alone
  joined_at INTEGER NOT NULL,
  left_at INTEGER,           -- NULL: takes part
  PRIMARY KEY (challenge, member),
  CHECK (left_at IS NULL OR team IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_entrants_of ON challenge_entrants (member);
CREATE INDEX challenge_entrants_in ON challenge_entrants (team) WHERE team IS NOT NULL;

-- What was done on which day. Nobody has a day twice, whatever they press it with.
CREATE TABLE checkins (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  member INTEGER NOT NULL,
  day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 92),
  state TEXT NOT NULL CHECK (state IN ('counted', 'waiting', 'refused', 'taken-back')),
  words INTEGER,
  link INTEGER,              -- words as well
  file INTEGER,              -- a proof, while it is kept
  judged INTEGER NOT NULL DEFAULT 0 CHECK (judged >= 0),
  at INTEGER NOT NULL,       -- when it was received
  late INTEGER NOT NULL CHECK (late IN (0, 1)),  -- 1: its day was over by then
  operation TEXT NOT NULL,   -- the call's id: the same action delivered twice is one
  settled_at INTEGER,        -- when somebody looked at it, or it was taken back
  UNIQUE (community, operation),
  CHECK (state <> 'waiting' OR settled_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX checkins_standing ON checkins (challenge, member, day)
  WHERE state IN ('counted', 'waiting');
CREATE INDEX checkins_waiting ON checkins (community, id) WHERE state = 'waiting';
CREATE INDEX checkins_of ON checkins (member, challenge, day);
CREATE TRIGGER checkins_stay_1 BEFORE UPDATE ON checkins
  WHEN OLD.state = 'taken-back' OR NEW.id <> OLD.id
    -- What its member answers to a refusal has it looked at again.
    OR (OLD.state = 'refused' AND NEW.state NOT IN ('refused', 'waiting'))
    OR NEW.community <> OLD.community OR NEW.challenge <> OLD.challenge
    OR NEW.member <> OLD.member OR NEW.day <> OLD.day OR NEW.at <> OLD.at
    OR NEW.words IS NOT OLD.words OR NEW.link IS NOT OLD.link
    OR NEW.file IS NOT OLD.file OR NEW.late <> OLD.late
    OR NEW.operation <> OLD.operation
    OR (OLD.state = 'counted' AND NEW.state = 'waiting')
  BEGIN SELECT RAISE(ABORT, 'what somebody checked in with is never changed'); END;
CREATE TRIGGER checkins_stay_2 BEFORE DELETE ON checkins
  BEGIN SELECT RAISE(ABORT, 'check-ins are never deleted'); END;

-- What each entrant's days count for. Derived, in the very unit that changes them.
CREATE TABLE challenge_scores (
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  member INTEGER NOT NULL,
  community INTEGER NOT NULL REFERENCES communities (id),
  points INTEGER NOT NULL,
  days INTEGER NOT NULL CHECK (days >= 1),
  streak INTEGER NOT NULL,
  best INTEGER NOT NULL,
  finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
  reached_at INTEGER NOT NULL,  -- when what brought the last point was received
  PRIMARY KEY (challenge, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_scores_board
  ON challenge_scores (challenge, points DESC, reached_at, member);
CREATE INDEX challenge_scores_of ON challenge_scores (member);

-- Check-ins (end)

-- Standings (begin)

-- How a challenge ended. Each correction is a result of its own, and none is changed:
-- the digest of each, over all of its places, stands in the audit.
CREATE TABLE challenge_results (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  revision INTEGER NOT NULL CHECK (revision >= 1),  -- the highest holds
  terms INTEGER NOT NULL,    -- the version that the points were counted by
  at INTEGER NOT NULL,
  dispute INTEGER REFERENCES challenge_disputes (id),  -- what it answers; NULL: none
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  UNIQUE (challenge, revision)
) STRICT;
CREATE UNIQUE INDEX challenge_results_answer ON challenge_results (dispute)
  WHERE dispute IS NOT NULL;

-- Everybody who took part, also who is not to be shown: that is asked when it is read.
CREATE TABLE challenge_places (
  result INTEGER NOT NULL REFERENCES challenge_results (id),
  rank INTEGER NOT NULL CHECK (rank >= 1),
  member INTEGER NOT NULL,
  team INTEGER REFERENCES challenge_teams (id),  -- NULL: alone
  points INTEGER NOT NULL CHECK (points >= 0),
  days INTEGER NOT NULL CHECK (days >= 0),
  best INTEGER NOT NULL CHECK (best >= 0),       -- days in a row
  finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
  newcomer INTEGER NOT NULL CHECK (newcomer IN (0, 1)),  -- 1: their first challenge
  reached_at INTEGER NOT NULL,                   -- settles ties
  PRIMARY KEY (result, rank),
  UNIQUE (result, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_places_of ON challenge_places (member);

-- What somebody says against their own place, and what they were answered.
CREATE TABLE challenge_disputes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  member INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 3),
  words INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  UNIQUE (challenge, member, number)
) STRICT;
CREATE INDEX challenge_disputes_of ON challenge_disputes (member);

CREATE TABLE challenge_dispute_answers (
  dispute INTEGER PRIMARY KEY REFERENCES challenge_disputes (id),
  community INTEGER NOT NULL REFERENCES communities (id),
  answer TEXT NOT NULL CHECK (answer IN ('stands', 'corrected')),
  decider INTEGER NOT NULL,
  reason INTEGER NOT NULL,   -- words
  part INTEGER NOT NULL CHECK (part BETWEEN 0 AND 4),  -- the decider's own, in it
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX challenge_dispute_answers_of ON challenge_dispute_answers (decider);

CREATE TRIGGER challenge_results_stay_1 BEFORE UPDATE ON challenge_results
  BEGIN SELECT RAISE(ABORT, 'results are never changed'); END;
CREATE TRIGGER challenge_results_stay_2 BEFORE DELETE ON challenge_results
  BEGIN SELECT RAISE(ABORT, 'results are never deleted'); END;
CREATE TRIGGER challenge_places_stay_1 BEFORE UPDATE ON challenge_places
  BEGIN SELECT RAISE(ABORT, 'places are never changed'); END;
CREATE TRIGGER challenge_places_stay_2 BEFORE DELETE ON challenge_places
  BEGIN SELECT RAISE(ABORT, 'places are never deleted'); END;
CREATE TRIGGER challenge_disputes_stay_1 BEFORE UPDATE ON challenge_disputes
  BEGIN SELECT RAISE(ABORT, 'disputes are never changed'); END;
CREATE TRIGGER challenge_disputes_stay_2 BEFORE DELETE ON challenge_disputes
  BEGIN SELECT RAISE(ABORT, 'disputes are never deleted'); END;
CREATE TRIGGER challenge_answers_stay_1 BEFORE UPDATE ON challenge_dispute_answers
  BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
CREATE TRIGGER challenge_answers_stay_2 BEFORE DELETE ON challenge_dispute_answers
  BEGIN SELECT RAISE(ABORT, 'answers are never deleted'); END;

-- Which messages with a board do not show what is so, and when they are edited.
CREATE TABLE challenge_boards (
  community INTEGER NOT NULL REFERENCES communities (id),
  key TEXT NOT NULL,         -- of the message in the outbox
  due_at INTEGER NOT NULL,
  PRIMARY KEY (community, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_boards_due ON challenge_boards (due_at);

-- Standings (end)

-- Evidence (begin)

-- Files that members handed in with a check-in. Nobody but their member and those who
-- review are handed them; they go with their member, or 30 days after the challenge.
CREATE TABLE proofs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  member INTEGER NOT NULL,
  name TEXT NOT NULL,        -- ends as the type does
  media_type TEXT NOT NULL,  -- what the bytes were found to be
  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 5000000),
  at INTEGER NOT NULL,
  content BLOB NOT NULL,
  CHECK (length(content) = size)
) STRICT;
CREATE INDEX proofs_held ON proofs (community, size);
CREATE INDEX proofs_of ON proofs (member);

-- What moderators made of each check-in that waited, and what its member answered, in
-- order. None is ever changed; the last one holds.
CREATE TABLE verdicts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  checkin INTEGER NOT NULL REFERENCES checkins (id),
  state TEXT NOT NULL CHECK (state IN ('counted', 'refused', 'waiting')),
  judged INTEGER NOT NULL CHECK (judged >= 0),
  member INTEGER NOT NULL,   -- who decided; of 'waiting', who answered
  words INTEGER,             -- why
  part INTEGER NOT NULL CHECK (part BETWEEN 0 AND 4),  -- the decider's own, in it
  at INTEGER NOT NULL,
  CHECK (state = 'counted' OR judged = 0),
  CHECK (state = 'counted' OR words IS NOT NULL)
) STRICT;
CREATE INDEX verdicts_of ON verdicts (checkin, id);
CREATE INDEX verdicts_by ON verdicts (member);
CREATE INDEX verdicts_parted ON verdicts (checkin) WHERE part > 0;
CREATE UNIQUE INDEX verdicts_answered ON verdicts (checkin) WHERE state = 'waiting';
CREATE TRIGGER verdicts_stay_1 BEFORE UPDATE ON verdicts
  BEGIN SELECT RAISE(ABORT, 'verdicts are never changed'); END;
CREATE TRIGGER verdicts_stay_2 BEFORE DELETE ON verdicts
  BEGIN SELECT RAISE(ABORT, 'verdicts are never deleted'); END;

CREATE INDEX checkins_waiting_in ON checkins (challenge, id) WHERE state = 'waiting';

-- Where so many wait that one card leads to all of them.
CREATE TABLE judging_queues (
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  number INTEGER NOT NULL,
  community INTEGER NOT NULL REFERENCES communities (id),
  shown INTEGER NOT NULL,    -- about how many its card says
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,         -- NULL: some still wait
  PRIMARY KEY (challenge, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX judging_queues_open ON judging_queues (challenge)
  WHERE closed_at IS NULL;

-- What lies before each moderator who goes through them, so that no two get the same.
CREATE TABLE judging_desks (
  challenge INTEGER NOT NULL REFERENCES challenges (id),
  member INTEGER NOT NULL,
  community INTEGER NOT NULL REFERENCES communities (id),
  checkin INTEGER NOT NULL REFERENCES checkins (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (challenge, member)
) STRICT, WITHOUT ROWID;

-- On which of their own days members were reminded: once at most on each.
CREATE TABLE reminders (
  member INTEGER NOT NULL,
  day TEXT NOT NULL,         -- a date in the member's own zone
  community INTEGER NOT NULL REFERENCES communities (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (member, day)
) STRICT, WITHOUT ROWID;

-- Evidence (end)
