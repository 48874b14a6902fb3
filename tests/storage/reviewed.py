"""What one member leaves where nominations are decided, for what is told about them."""

from __future__ import annotations

from bot.domain.nominations import State
from storage import appeals, decisions, members, reviewers
from storage.answers import Reply
from storage.appeals import Answer
from storage.database import Transaction
from storage.decisions import Ruling
from storage.nominations import about_member, by_member
from storage.personal import Subject
from tests.harness import Community

HER_REASON = "The ferry was rowed by three, and only one of them is named."
OF_HER = "Quillfeather was away that week, so it cannot have been her."
FOR_HER = "Zuzana came back on the Tuesday, ask anybody at the pier."
TO_BEN = "She says so herself, and the pier has it in its book."
HER_APPEAL = "I rowed the last boat, and the book of the pier knows it."
TO_HER = "The book was wet, and nobody can read that page of it."

NEEDLES = (HER_REASON, OF_HER, FOR_HER, TO_BEN, HER_APPEAL, TO_HER)


def put_up(tx: Transaction, home: Community, subject: Subject) -> None:
    """Have her decide about one, and be decided about, with appeals of two."""
    here, at, her = subject.community, subject.at, subject.member.key
    mo, ben = (
        members.meet(tx, here, home.person(name), at).key for name in ("Mo", "Ben")
    )
    (of_her,) = about_member(tx, here, her)
    theirs = next(c for c in by_member(tx, here, her) if c.nominee != her)
    decisions.add(tx, here, Ruling(theirs.id, State.ASKED, her, HER_REASON), at)
    reviewers.take(tx, here, theirs.id, her, at)
    reviewers.take(tx, here, of_her.id, ben, at)
    reviewers.recuse(tx, here, of_her.id, her, at)
    declined = Ruling(of_her.id, State.DECLINED, mo, OF_HER)
    made = decisions.add(tx, here, declined, at)
    for member, said, back in ((her, HER_APPEAL, TO_HER), (ben, FOR_HER, TO_BEN)):
        raised = appeals.add(tx, here, made.id, member, (said, at))
        assert raised is not None
        appeals.answer(tx, here, raised.id, Reply(Answer.STANDS, mo, back), at)
