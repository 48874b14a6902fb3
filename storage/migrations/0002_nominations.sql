-- Awards, who is nominated for them, and how that is decided and checked.

-- What people are nominated for. What each award asks for is in its standards.
CREATE TABLE awards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  name TEXT NOT NULL,
  folded TEXT NOT NULL,       -- the name, as it is told apart from others
  state TEXT NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'removed')),
  standard INTEGER NOT NULL CHECK (standard >= 1),  -- the version that holds
  opens_at INTEGER,           -- when the next round opens by itself; NULL: by hand
  closes_at INTEGER,          -- when the next round closes by itself; NULL: by hand
  opening INTEGER,            -- the calendar entry that opens it
  closing INTEGER,            -- the calendar entry that closes the open round
  CHECK (opens_at < closes_at),
  CHECK (state = 'closed' OR (opens_at IS NULL AND closes_at IS NULL)),
  CHECK ((opens_at IS NULL) = (opening IS NULL)),
  CHECK (closing IS NULL OR state = 'open')
) STRICT;
CREATE UNIQUE INDEX awards_named ON awards (community, folded)
  WHERE state <> 'removed';

-- Each edit is a version of its own. They are never changed, and deleted only with all
-- that a community chose, once it has sent Laurel away.
CREATE TABLE award_standards (
  award INTEGER NOT NULL REFERENCES awards (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  community INTEGER NOT NULL REFERENCES communities (id),
  name TEXT NOT NULL,         -- what the award was called under it
  about TEXT NOT NULL,
  criteria TEXT NOT NULL,     -- JSON: pairs of an item and whether it takes evidence
  roles TEXT NOT NULL,        -- JSON: the platform's role ids
  min_days INTEGER NOT NULL CHECK (min_days BETWEEN 0 AND 3650),
  not_won_in INTEGER NOT NULL CHECK (not_won_in BETWEEN 0 AND 20),
  winners INTEGER NOT NULL CHECK (winners BETWEEN 1 AND 20),
  decider TEXT NOT NULL CHECK (decider IN ('moderators', 'committee')),
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  quorum INTEGER NOT NULL CHECK (quorum BETWEEN 1 AND 25),
  per_member INTEGER NOT NULL CHECK (per_member BETWEEN 1 AND 20),
  announced_in INTEGER,       -- a calendar entry; NULL: at once
  editor INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (award, number)  -- two edits cannot follow the same
) STRICT, WITHOUT ROWID;
CREATE INDEX award_standards_of_editor ON award_standards (community, editor);
CREATE TRIGGER award_standards_stay_1 BEFORE UPDATE ON award_standards
  BEGIN SELECT RAISE(ABORT, 'standards are never changed'); END;
CREATE TRIGGER award_standards_stay_2 BEFORE DELETE ON award_standards
  WHEN EXISTS (
    SELECT 1 FROM communities WHERE id = OLD.community AND left_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'standards are never deleted'); END;

CREATE TABLE award_rounds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  award INTEGER NOT NULL REFERENCES awards (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  standard INTEGER NOT NULL,  -- by which it is judged to its end
  opened_at INTEGER NOT NULL,
  closes_at INTEGER,
  closed_at INTEGER,
  UNIQUE (award, number),
  CHECK (closes_at > opened_at),
  CHECK (closed_at >= opened_at)
) STRICT;
CREATE UNIQUE INDEX award_rounds_open ON award_rounds (award) WHERE closed_at IS NULL;

-- What each change of the settings was is told to whoever asks for the rules.
CREATE INDEX audit_of_settings ON audit (community, id) WHERE action = 'setup.save';

-- Who is put forward, in which round of which award: one row, however many nominate.
CREATE TABLE candidacies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  award INTEGER NOT NULL REFERENCES awards (id),
  round INTEGER NOT NULL REFERENCES award_rounds (id),
  nominee INTEGER NOT NULL,
  standard INTEGER NOT NULL,  -- the version by which the round is judged
  state TEXT NOT NULL
    CHECK (state IN ('open', 'asked', 'won', 'lost', 'declined', 'withdrawn')),
  seats INTEGER NOT NULL,     -- how many can win in the round
  seat INTEGER,               -- which of them was won
  opened_at INTEGER NOT NULL, -- since when it waits
  decided_at INTEGER,
  UNIQUE (round, nominee),
  CHECK ((state = 'won') = (seat IS NOT NULL)),
  CHECK (seat BETWEEN 1 AND seats),
  CHECK ((state IN ('open', 'asked')) = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX candidacies_won ON candidacies (round, seat)
  WHERE seat IS NOT NULL;
CREATE INDEX candidacies_waiting ON candidacies (community, opened_at, id)
  WHERE state = 'open';
CREATE INDEX candidacies_of_nominee ON candidacies (nominee, community);

-- What each nominator said. Amending ends the row and adds another.
CREATE TABLE nominations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  candidacy INTEGER NOT NULL REFERENCES candidacies (id),
  round INTEGER NOT NULL,
  nominator INTEGER NOT NULL,
  operation TEXT NOT NULL,   -- the call's id: the same action delivered twice is one
  place INTEGER NOT NULL,    -- which of those that the member has in the round,
  places INTEGER NOT NULL,   -- of how many
  words INTEGER NOT NULL,
  links INTEGER,             -- words as well: evidence, an address on each line
  met INTEGER NOT NULL CHECK (met BETWEEN 0 AND 1023),  -- a bit for each criterion
  standard INTEGER NOT NULL, -- the version by which it was made
  made_at INTEGER NOT NULL,  -- when the first words were said,
  said_at INTEGER NOT NULL,  -- and when these
  ended_at INTEGER,          -- NULL: it stands
  UNIQUE (community, operation),
  CHECK (place BETWEEN 1 AND places)
) STRICT;
CREATE UNIQUE INDEX nominations_standing ON nominations (candidacy, nominator)
  WHERE ended_at IS NULL;
CREATE UNIQUE INDEX nominations_placed ON nominations (round, nominator, place)
  WHERE ended_at IS NULL;
CREATE INDEX nominations_of ON nominations (community, nominator, id);

CREATE TRIGGER candidacies_stay_1
  BEFORE UPDATE OF id, community, award, round, nominee, standard, seats ON candidacies
  BEGIN SELECT RAISE(ABORT, 'who is put forward for what is never changed'); END;
CREATE TRIGGER candidacies_stay_2 BEFORE DELETE ON candidacies
  BEGIN SELECT RAISE(ABORT, 'candidacies are never deleted'); END;
CREATE TRIGGER nominations_stay_1 BEFORE UPDATE ON nominations
  WHEN OLD.ended_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.words <> OLD.words
    OR NEW.candidacy <> OLD.candidacy OR NEW.nominator <> OLD.nominator
    OR NEW.links IS NOT OLD.links OR NEW.met <> OLD.met
    OR NEW.operation <> OLD.operation OR NEW.standard <> OLD.standard
    OR NEW.made_at <> OLD.made_at OR NEW.said_at <> OLD.said_at
  BEGIN SELECT RAISE(ABORT, 'what a nominator said is never changed'); END;
CREATE TRIGGER nominations_stay_2 BEFORE DELETE ON nominations
  BEGIN SELECT RAISE(ABORT, 'nominations are never deleted'); END;

-- How candidacies come to be decided. What was decided is never changed: an appeal that
-- opens one again, and what is decided then, are rows of their own.
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  candidacy INTEGER NOT NULL REFERENCES candidacies (id),
  state TEXT NOT NULL
    CHECK (state IN ('open', 'asked', 'won', 'lost', 'declined', 'withdrawn')),
  decider INTEGER,  -- NULL: a committee, or a rule
  reason INTEGER,   -- words of the decider's
  at INTEGER NOT NULL,
  CHECK (decider IS NOT NULL OR reason IS NULL)
) STRICT;
CREATE INDEX decisions_of ON decisions (candidacy, id);

-- Since when each candidacy waits for whoever reviews it, and who was told that it does.
CREATE TABLE reviews (
  candidacy INTEGER PRIMARY KEY REFERENCES candidacies (id),
  community INTEGER NOT NULL REFERENCES communities (id),
  since INTEGER NOT NULL,
  reminded_at INTEGER,   -- NULL: moderators were not reminded yet
  escalated_at INTEGER,  -- NULL: nobody stepped in for them yet
  known_at INTEGER,      -- when the nominee first heard of it; NULL: they never did
  announced_in INTEGER,  -- the entry of the calendar that its announcement waits for
  CHECK (escalated_at IS NULL OR reminded_at IS NOT NULL)
) STRICT;
CREATE INDEX reviews_announced ON reviews (community, announced_in)
  WHERE announced_in IS NOT NULL;

CREATE INDEX candidacies_undecided ON candidacies (community, id)
  WHERE decided_at IS NULL;

CREATE TABLE reviewers (
  candidacy INTEGER NOT NULL REFERENCES candidacies (id),
  member INTEGER NOT NULL,
  community INTEGER NOT NULL REFERENCES communities (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (candidacy, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_recusals (
  candidacy INTEGER NOT NULL REFERENCES candidacies (id),
  member INTEGER NOT NULL,
  community INTEGER NOT NULL REFERENCES communities (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (candidacy, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE appeals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  decision INTEGER NOT NULL REFERENCES decisions (id),
  member INTEGER NOT NULL,
  words INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  UNIQUE (decision, member)  -- once for each decision and person
) STRICT;

CREATE TABLE appeal_answers (
  appeal INTEGER PRIMARY KEY REFERENCES appeals (id),
  community INTEGER NOT NULL REFERENCES communities (id),
  answer TEXT NOT NULL CHECK (answer IN ('stands', 'reopened')),
  decider INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Who was told of an appeal that waits; the appeal itself is never changed.
CREATE TABLE appeal_reminders (
  appeal INTEGER PRIMARY KEY REFERENCES appeals (id),
  community INTEGER NOT NULL REFERENCES communities (id),
  reminded_at INTEGER NOT NULL,
  escalated_at INTEGER  -- NULL: nobody stepped in yet
) STRICT;

CREATE TRIGGER decisions_stay_1 BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decisions_stay_2 BEFORE DELETE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER recusals_stay_1 BEFORE UPDATE ON review_recusals
  BEGIN SELECT RAISE(ABORT, 'recusals are never changed'); END;
CREATE TRIGGER recusals_stay_2 BEFORE DELETE ON review_recusals
  BEGIN SELECT RAISE(ABORT, 'recusals are never deleted'); END;
CREATE TRIGGER appeals_stay_1 BEFORE UPDATE ON appeals
  BEGIN SELECT RAISE(ABORT, 'appeals are never changed'); END;
CREATE TRIGGER appeals_stay_2 BEFORE DELETE ON appeals
  BEGIN SELECT RAISE(ABORT, 'appeals are never deleted'); END;
CREATE TRIGGER answers_stay_1 BEFORE UPDATE ON appeal_answers
  BEGIN SELECT RAISE(ABORT, 'answers to appeals are never changed'); END;
CREATE TRIGGER answers_stay_2 BEFORE DELETE ON appeal_answers
  BEGIN SELECT RAISE(ABORT, 'answers to appeals are never deleted'); END;

-- Committees, drawn by lot: the pool goes on record before there is a seed.
CREATE TABLE committees (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  state TEXT NOT NULL DEFAULT 'pooled'
    CHECK (state IN ('pooled', 'serving', 'over', 'dropped')),
  seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 25),
  backups INTEGER NOT NULL CHECK (backups BETWEEN 0 AND 25),
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 366),
  pool TEXT NOT NULL,        -- the random keys of who could be drawn, by turns
  size INTEGER NOT NULL,     -- how many those are
  digest TEXT NOT NULL,      -- of the pool
  seed TEXT,                 -- NULL until the digest is published
  asked_by INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  drawn_at INTEGER,
  ends_at INTEGER,           -- when the term ends
  CHECK (size >= seats + backups),
  CHECK ((seed IS NULL) = (drawn_at IS NULL) AND (seed IS NULL) = (ends_at IS NULL)),
  CHECK ((seed IS NULL) = (state IN ('pooled', 'dropped')))
) STRICT;
CREATE INDEX committees_of ON committees (community, id);
CREATE UNIQUE INDEX committees_pooled ON committees (community)
  WHERE state = 'pooled';
CREATE UNIQUE INDEX committees_serving ON committees (community)
  WHERE state = 'serving';
CREATE TRIGGER committees_stay_1
  BEFORE UPDATE OF id, community, seats, backups, days, pool, size, digest, asked_by
  ON committees
  BEGIN SELECT RAISE(ABORT, 'what is drawn from is never changed'); END;
CREATE TRIGGER committees_stay_2 BEFORE UPDATE OF seed ON committees
  WHEN OLD.seed IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a seed is never changed'); END;
CREATE TRIGGER committees_stay_3 BEFORE DELETE ON committees
  BEGIN SELECT RAISE(ABORT, 'committees are never deleted'); END;

CREATE TABLE committee_seats (
  committee INTEGER NOT NULL REFERENCES committees (id),
  member INTEGER NOT NULL,
  place INTEGER NOT NULL,    -- in which order they were drawn, from 0
  state TEXT NOT NULL CHECK (state IN ('seated', 'backup', 'out')),
  turn INTEGER CHECK (turn >= 1),  -- the round of their turn; NULL: had no seat
  why TEXT CHECK (why IN ('stepped-down', 'left', 'hidden', 'erased')),
  at INTEGER NOT NULL,       -- since when they are that
  PRIMARY KEY (committee, member),
  UNIQUE (committee, place),
  CHECK ((state = 'out') = (why IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX committee_seats_of ON committee_seats (member);

CREATE TABLE ballots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  award INTEGER NOT NULL,
  round INTEGER NOT NULL UNIQUE,  -- nobody votes twice about one round
  committee INTEGER REFERENCES committees (id),  -- NULL while there is none
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'open', 'counted', 'handed', 'dropped')),
  extended INTEGER NOT NULL DEFAULT 0 CHECK (extended IN (0, 1)),
  made_at INTEGER NOT NULL,
  closes_at INTEGER,
  closed_at INTEGER,
  announced INTEGER NOT NULL DEFAULT 0,  -- 1: who won may be said
  CHECK (state <> 'open' OR (committee IS NOT NULL AND closes_at IS NOT NULL)),
  CHECK ((state IN ('waiting', 'open')) = (closed_at IS NULL))
) STRICT;
CREATE INDEX ballots_of ON ballots (community, id);
CREATE INDEX ballots_unclosed ON ballots (community) WHERE closed_at IS NULL;

-- Who does not vote about whom, by rule or by wish.
CREATE TABLE recusals (
  ballot INTEGER NOT NULL REFERENCES ballots (id),
  candidacy INTEGER NOT NULL,
  member INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('nominee', 'nominator', 'pair', 'team', 'wish')),
  at INTEGER NOT NULL,
  PRIMARY KEY (ballot, candidacy, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX recusals_of ON recusals (member);

CREATE TABLE votes (
  ballot INTEGER NOT NULL REFERENCES ballots (id),
  candidacy INTEGER NOT NULL,
  voter INTEGER NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('yes', 'no', 'abstain')),
  salt BLOB NOT NULL,        -- of its digest, which is all that is told of it
  cast_at INTEGER NOT NULL,
  PRIMARY KEY (ballot, candidacy, voter)  -- nobody counts twice
) STRICT, WITHOUT ROWID;
CREATE INDEX votes_of ON votes (voter);
CREATE TRIGGER votes_stay_1 BEFORE INSERT ON votes
  WHEN (SELECT state FROM ballots WHERE id = NEW.ballot) <> 'open'
  BEGIN SELECT RAISE(ABORT, 'the ballot is closed'); END;
CREATE TRIGGER votes_stay_2 BEFORE UPDATE ON votes
  WHEN (SELECT state FROM ballots WHERE id = OLD.ballot) <> 'open'
  BEGIN SELECT RAISE(ABORT, 'the ballot is closed'); END;
CREATE TRIGGER votes_stay_3 BEFORE DELETE ON votes
  WHEN (SELECT state FROM ballots WHERE id = OLD.ballot) <> 'open'
  BEGIN SELECT RAISE(ABORT, 'the ballot is closed'); END;

-- Who waits for a report on how fairly thanks are spread, until it is counted.
CREATE TABLE fairness_asked (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  community INTEGER NOT NULL REFERENCES communities (id),
  asker INTEGER,             -- NULL: the moderators' channel
  asked_at INTEGER NOT NULL,
  call TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX fairness_asked_by ON fairness_asked (community, ifnull(asker, -1));
