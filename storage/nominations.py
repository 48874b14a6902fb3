"""What members nominate others for, and the one place where that is settled.

What was said is never changed: amending ends it and adds what stands now. Candidacies
are read in `storage.candidacies`, settled in `storage.settling`; both are had here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import Nomination, State
from storage import audit, words
from storage.audit import Entry
from storage.candidacies import (
    CLAIMS,
    UNDECIDED,
    Terms,
    about_member,
    again,
    by_member,
    get,
    left,
    of_member,
    of_nominee,
    of_round,
    waiting,
)
from storage.database import Transaction, Value
from storage.instants import to_ms
from storage.settling import (
    LAUREL,
    NOBODY,
    By,
    Change,
    ask,
    reopen,
    seats_left,
    settle,
    take_back,
    tell,
)

__all__ = [
    "CLAIMS",
    "LAUREL",
    "NOBODY",
    "UNDECIDED",
    "By",
    "Said",
    "Terms",
    "about_member",
    "add",
    "again",
    "amend",
    "ask",
    "by_member",
    "get",
    "left",
    "of_member",
    "of_nominee",
    "of_round",
    "reopen",
    "seats_left",
    "settle",
    "take_back",
    "waiting",
    "withdraw",
]

_STAND = """
INSERT INTO candidacies
  (community, award, round, nominee, standard, state, seats, opened_at)
VALUES (:community, :award, :round, :nominee, :standard, 'open', :seats, :at)
ON CONFLICT (round, nominee) DO UPDATE SET
  opened_at = CASE candidacies.state WHEN 'open' THEN candidacies.opened_at
                                     ELSE excluded.opened_at END,
  state = 'open', decided_at = NULL
WHERE candidacies.state IN ('open', 'asked', 'withdrawn')
RETURNING id
"""

# The lowest place that the member has free in the round; no row where there is none.
_ADD = """
INSERT INTO nominations (
  community, candidacy, round, nominator, operation, place, places, words, links, met,
  standard, made_at, said_at)
SELECT :community, :candidacy, :round, :nominator, :operation, free.place, :places,
  :words, :links, :met, :standard, :at, :at
FROM (
  SELECT 1 AS place
  UNION ALL
  SELECT place + 1 FROM nominations
  WHERE round = :round AND nominator = :nominator AND ended_at IS NULL
) AS free
WHERE free.place <= :places AND NOT EXISTS (
  SELECT 1 FROM nominations AS n
  WHERE n.round = :round AND n.nominator = :nominator AND n.ended_at IS NULL
    AND n.place = free.place)
ORDER BY free.place LIMIT 1
RETURNING id
"""

_REPLACE = """
INSERT INTO nominations (
  community, candidacy, round, nominator, operation, place, places, words, links, met,
  standard, made_at, said_at)
SELECT community, candidacy, round, nominator, :operation, place, places,
  :words, :links, :met, standard, made_at, :at
FROM nominations WHERE id = :id
"""

_END = """
UPDATE nominations SET ended_at = :at
WHERE candidacy = :candidacy AND nominator = :nominator AND ended_at IS NULL
  AND EXISTS (SELECT 1 FROM candidacies AS c
              WHERE c.id = :candidacy AND c.community = :community
                AND c.state IN ('open', 'asked'))
"""

_ANSWER = """
UPDATE candidacies SET state = 'open', opened_at = :at
WHERE community = :community AND id = :candidacy AND state = 'asked'
"""

_DESERT = """
UPDATE candidacies SET state = 'withdrawn', decided_at = :at
WHERE id = :candidacy AND NOT EXISTS (
  SELECT 1 FROM nominations AS n
  WHERE n.candidacy = candidacies.id AND n.ended_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a nominator says of a nominee.

    Attributes:
        met: Places of the criteria that were ticked, from 0.

        links: Already checked by `bot.domain.evidence`.

        call: Id of the call; the same one is taken once.
    """

    nominator: Member
    nominee: Member
    words: str
    met: tuple[int, ...]
    links: tuple[str, ...]
    call: str

    @property
    def by(self) -> By:
        """Who says it, for the log."""
        return By(self.nominator.key, self.call)


def add(
    tx: Transaction, community: Community, terms: Terms, said: Said, at: datetime
) -> int:
    """Put somebody forward, and return the id of their candidacy in that round.

    Nominations of the same person merge. The same call again returns the same
    candidacy and does nothing.

    Raises:
        RuleError: If the nominator has no nomination left in the round, has one of
            this person already, or the candidacy is decided.
    """
    if (same := again(tx, community, said.call)) is not None:
        return same
    candidacy = _stand(tx, community, terms, said, at)
    standing = get(tx, community, candidacy)
    if standing and standing.by(said.nominator.key):
        raise RuleError("nominations.refused-again", "who")
    columns, digest = _kept(tx, community, said, at)
    made = tx.one(
        _ADD,
        candidacy=candidacy,
        round=terms.round.id,
        places=terms.standard.per_member,
        standard=terms.standard.number,
        **columns,
    )
    if made is None:
        most = terms.standard.per_member
        raise RuleError("nominations.refused-limit", "award", most=most)
    change = Change("made", candidacy, said.nominee.key, said.by, 1)
    _record(tx, community, change, at, digest)
    return candidacy


def amend(
    tx: Transaction, community: Community, candidacy: int, said: Said, at: datetime
) -> bool:
    """Have the nominator's words be replaced; one that was asked is open again.

    What changes nothing does nothing. Returns False where they have none that stands,
    or the candidacy is decided.
    """
    if again(tx, community, said.call) is not None:
        return True
    before = get(tx, community, candidacy)
    standing = before.by(said.nominator.key) if before else None
    if before is None or standing is None or not before.state.undecided:
        return False
    if before.state is State.OPEN and _is_same(standing, said):
        return True
    _end(tx, community, candidacy, said.by, at)
    columns, digest = _kept(tx, community, said, at)
    tx.run(_REPLACE, id=standing.id, **columns)
    tx.run(_ANSWER, community=community.id, candidacy=candidacy, at=to_ms(at))
    change = Change("amended", candidacy, before.nominee, said.by)
    _record(tx, community, change, at, digest)
    return True


def withdraw(
    tx: Transaction, community: Community, candidacy: int, by: By, at: datetime
) -> bool:
    """End the nomination of who acts; False where nothing of theirs can be ended."""
    before = get(tx, community, candidacy)
    if before is None or not _end(tx, community, candidacy, by, at):
        return False
    tx.run(_DESERT, candidacy=candidacy, at=to_ms(at))
    change = Change("withdrawn", candidacy, before.nominee, by, -1)
    _record(tx, community, change, at)
    return True


def _stand(
    tx: Transaction, community: Community, terms: Terms, said: Said, at: datetime
) -> int:
    """Return the candidacy of the nominee in the round, which waits from now on."""
    row = tx.one(
        _STAND,
        community=community.id,
        award=terms.round.award,
        round=terms.round.id,
        nominee=said.nominee.key,
        standard=terms.standard.number,
        seats=terms.standard.winners,
        at=to_ms(at),
    )
    if row is None:
        raise RuleError("nominations.refused-decided", "who", member=said.nominee.ref)
    return int(row["id"])


def _kept(
    tx: Transaction, community: Community, said: Said, at: datetime
) -> tuple[dict[str, Value], bytes]:
    """Keep what was said; return its columns, and a digest of the words."""
    author = said.nominator.key
    body, digest = words.add(tx, community, author, said.words)
    links = None
    if said.links:
        links, _ = words.add(tx, community, author, "\n".join(said.links))
    columns: dict[str, Value] = {
        "community": community.id,
        "nominator": author,
        "operation": said.call,
        "words": body,
        "links": links,
        "met": sum(1 << place for place in set(said.met)),
        "at": to_ms(at),
    }
    return columns, digest


def _is_same(standing: Nomination, said: Said) -> bool:
    told = (said.words, tuple(sorted(set(said.met))), said.links)
    return (standing.words, standing.met, standing.links) == told


def _end(
    tx: Transaction, community: Community, candidacy: int, by: By, at: datetime
) -> bool:
    """End what a member said by whom it is; False where nothing of theirs stands."""
    columns = {"community": community.id, "candidacy": candidacy, "at": to_ms(at)}
    return tx.run(_END, nominator=by.member, **columns) > 0


def _record(
    tx: Transaction,
    community: Community,
    change: Change,
    at: datetime,
    digest: bytes | None = None,
) -> None:
    tell(tx, community, change, at)
    ref = f"candidacies:{change.candidacy}"
    action = f"nominations.{change.what}"
    entry = Entry(change.by.member, action, ref, digest=digest)
    audit.add(tx, community, entry, at)
