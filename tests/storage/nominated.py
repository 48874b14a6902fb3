"""What one member leaves where nominations are kept, for what is told about them."""

from __future__ import annotations

from bot.domain.awards import Standard
from bot.domain.nominations import State
from storage import awards, members, nominations
from storage.acts import Act
from storage.database import Transaction
from storage.nominations import Said, Terms
from storage.personal import Subject
from tests.harness import Community

HERS = "Ben ferried every chair across the lake before breakfast."
HER_LINK = "https://example.org/quillfeather/chairs"
OF_HER = "Whoever asked Quillfeather for a hand got two."
LINK_OF_HER = "https://example.org/hands-of-zuzana"
DECLINED = "The pier stands straight, and Zuzana says it was nothing."

NEEDLES = (HERS, HER_LINK, OF_HER, LINK_OF_HER, DECLINED)


def put_up(tx: Transaction, home: Community, subject: Subject) -> None:
    """Have her nominate somebody, be nominated, and have been for something else."""
    here, at, her = subject.community, subject.at, subject.member
    ben = members.meet(tx, here, home.person("Ben"), at)
    flag, pin = (_terms(tx, home, subject, name) for name in ("Ferry flag", "Pier pin"))
    hers = Said(her, ben, HERS, (), (HER_LINK,), "hers")
    of_her = Said(ben, her, OF_HER, (), (LINK_OF_HER,), "of her")
    declined = Said(ben, her, DECLINED, (), (), "declined")
    for said in (hers, of_her):
        nominations.add(tx, here, flag, said, at)
    candidacy = nominations.add(tx, here, pin, declined, at)
    assert nominations.settle(tx, here, candidacy, State.DECLINED, at)


def _terms(tx: Transaction, home: Community, subject: Subject, name: str) -> Terms:
    here, at = subject.community, subject.at
    edit = Act(members.meet(tx, here, home.person("Mo"), at), name, at)
    made = awards.create(tx, here, name, Standard(1), edit)
    opened = awards.open_round(tx, here, made, None, edit)
    assert opened.round is not None
    return Terms(opened.round, opened.standard)
