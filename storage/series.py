"""A series out of recaps: who was asked to be in it, and what they said.

Somebody is in it with their consent alone. The number is given when all who are in it
said yes and the recap is posted, whichever comes last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.community import Community
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction

_ASK = """
INSERT INTO recap_series (recap, member, shoutout) VALUES (:recap, :member, :shoutout)
"""

_ANSWER = """
UPDATE recap_series SET answer = :answer
WHERE recap = :recap AND member = :member AND answer <> :answer
"""

_OF = "SELECT * FROM recap_series WHERE recap = :recap ORDER BY member"

_NUMBER = """
UPDATE recaps SET series = (
  SELECT coalesce(max(others.series), 0) + 1 FROM recaps AS others
  WHERE others.community = :community AND others.period = recaps.period
) + (
  SELECT count(*) FROM recaps_lost AS lost
  WHERE lost.community = :community AND lost.at > coalesce((
    SELECT max(others.posted_at) FROM recaps AS others
    WHERE others.community = :community AND others.period = recaps.period
      AND others.series IS NOT NULL), 0))
WHERE id = :recap AND state = 'posted' AND series IS NULL
"""

CLAIMS = (
    Claim(
        "recap_series",
        "member = :member",
        Keep("the series is numbered, and shows nobody who is erased", ("answer",)),
        {"member": Shown.MEMBER},
    ),
)


class Answer(StrEnum):
    """What somebody said who was asked."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Pick:
    """What a moderator would like to have in the series.

    Attributes:
        answers: Of those who are in it, by their keys.
    """

    shoutout: int
    answers: Mapping[int, Answer]

    @property
    def answer(self) -> Answer:
        """What they said together: yes if all did, no if one did."""
        said = set(self.answers.values())
        if Answer.NO in said:
            return Answer.NO
        return Answer.YES if said == {Answer.YES} else Answer.OPEN


def ask(tx: Transaction, recap: int, shoutout: int, members: Collection[int]) -> None:
    """Note that ``members`` are asked, of whom nobody was before for this recap."""
    for member in members:
        tx.run(_ASK, recap=recap, member=member, shoutout=shoutout)


def answer(tx: Transaction, recap: int, member: int, said: Answer) -> None:
    """Note what somebody says; the last word holds."""
    tx.run(_ANSWER, recap=recap, member=member, answer=said)


def picked(tx: Transaction, recap: int) -> Pick | None:
    """Return what was picked out of a recap; None for nothing."""
    rows = tx.all(_OF, recap=recap)
    if not rows:
        return None
    answers = {row["member"]: Answer(row["answer"]) for row in rows}
    return Pick(rows[0]["shoutout"], answers)


def number(tx: Transaction, community: Community, recap: int) -> None:
    """Give a recap that is posted the next number of its series, once."""
    tx.run(_NUMBER, recap=recap, community=community.id)
