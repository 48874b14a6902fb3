"""Who hears what of a nomination: units that follow what becomes of it.

Nominators always hear. A nominee hears of having won; of anything else only if they
know of the nomination already, so that nobody is told of a disappointment which they
would never have had.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.chat import wire
from bot.chat.message import Message
from bot.domain.community import Community, Member
from bot.domain.nominations import State
from cogs.review import announcing, notes, planned
from cogs.review.cases import Case, case_of, moderators_decide
from cogs.review.deciding import card_key, record, seats_left
from cogs.review.notes import Moment
from storage import (
    awards,
    ballots,
    communities,
    deliveries,
    members,
    nominations,
    outbox,
    reviews,
    walls,
)
from storage.activity import Activity
from storage.appeals import Appeal, Reply
from storage.database import Transaction
from storage.decisions import Ruling
from storage.outbox import Parcel

MAX_CARDS = 50
"""Cards that are put up, or drawn anew, at once; a channel is no place for more."""


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told of.

    Attributes:
        key: What no other news in the community is called.

        call: Id of the call that caused it.

        author: Key of the moderator whose words may be in it, so that they go when
            their writer does; None for nobody.
    """

    key: str
    call: str
    at: datetime
    author: int | None = None


def nominated(tx: Transaction, entry: Activity) -> None:
    """Have the card show what is new: one that is not up yet is put up."""
    case = _case(tx, entry)
    if case is None:
        return
    if reviews.begin(tx, case.community, case.id, entry.at):
        _wait_from(tx, case, entry.at)
    _wait_anew(tx, case)
    planned.plan_once(tx, case.community, entry.at)
    show(tx, case.community, case.id, entry.at)


def asked(tx: Transaction, entry: Activity) -> None:
    """Ask every nominator for more."""
    case = _case(tx, entry)
    if case is None:
        return
    show(tx, case.community, case.id, entry.at)
    if case.state is not State.ASKED:
        return  # it is something else by now, of which another entry tells
    _wait_from(tx, case, entry.at)
    for nominator in nominators(tx, case, entry.at):
        tell(tx, case, nominator, notes.asked(case), news_of(entry, case))


def decided(tx: Transaction, entry: Activity) -> None:
    """Tell what was decided, announce who won, and let the others go."""
    case = _case(tx, entry)
    if case is None:
        return
    show(tx, case.community, case.id, entry.at)
    if f"nominations.{case.state}" != entry.fact.kind:
        return  # it is something else by now, of which another entry tells
    moment = None
    if case.state is State.WON:
        moment = announcing.announce(tx, case, entry.at)
    for nominator in nominators(tx, case, entry.at):
        message = notes.to_nominator(case, moment)
        tell(tx, case, nominator, message, news_of(entry, case))
    _tell_nominee(tx, case, moment, entry)
    if case.state is State.WON:
        let_go(tx, case.community, case.candidacy.round, entry.at)
        _count_seats_anew(tx, case, entry.at)


def taken_back(tx: Transaction, entry: Activity) -> None:
    """Tell of what was taken back, announce it no more, and count the seats anew."""
    case = _case(tx, entry)
    if case is None:
        return
    show(tx, case.community, case.id, entry.at)
    announcing.withdraw(tx, case, entry.at)
    _count_seats_anew(tx, case, entry.at)
    if case.state is not State.DECLINED:
        return  # it is something else by now, of which another entry tells
    told = [*nominators(tx, case, entry.at), case.nominee]
    for member in {each.key: each for each in told}.values():
        whom = "nominee" if member.key == case.nominee.key else "nominator"
        tell(tx, case, member, notes.taken_back(case, whom), news_of(entry, case))


def handed(tx: Transaction, entry: Activity) -> None:
    """Have moderators decide what a committee left undecided."""
    community = communities.by_id(tx, entry.community)
    ballot = ballots.get(tx, community, _id(entry))
    if ballot is None:
        return
    for candidacy in nominations.of_round(tx, community, ballot.round):
        reviews.again(tx, community, candidacy.id, entry.at)
        show(tx, community, candidacy.id, entry.at)
    planned.plan(tx, community, entry.at)
    let_go(tx, community, ballot.round, entry.at)


def closed(tx: Transaction, entry: Activity) -> None:
    """Let those go for whom no seat is left, once nobody can be nominated any more."""
    community = communities.by_id(tx, entry.community)
    award = awards.get(tx, community, _id(entry))
    if award and award.round:
        let_go(tx, community, award.round.id, entry.at)


def settings(tx: Transaction, entry: Activity) -> None:
    """Put up what moderators have not seen, where they have a channel now.

    Announcements that wait for a wall which is gone follow to the new one, and
    reminders come when the settings say.
    """
    community = communities.by_id(tx, entry.community)
    walls.move(tx, community, announcing.ON_WALL, entry.at)
    planned.plan(tx, community, entry.at)
    if community.settings.moderators is None:
        return
    for candidacy in nominations.waiting(tx, community, MAX_CARDS):
        if not deliveries.is_known(tx, community, card_key(candidacy.id)):
            show(tx, community, candidacy.id, entry.at)


def show(tx: Transaction, community: Community, candidacy: int, at: datetime) -> None:
    """Have the card show what is so now; one that is not up yet is put up."""
    key, to = card_key(candidacy), community.settings.moderators
    if deliveries.is_known(tx, community, key):
        outbox.redraw(tx, community, key, at)
    elif to is not None:
        outbox.put(tx, community, Parcel(to, key, None, (), key), at)


def let_go(tx: Transaction, community: Community, round_id: int, at: datetime) -> None:
    """Have those be not chosen for whom no seat is left, once the round is closed."""
    if awards.round_of(tx, round_id).closed_at is None:
        return
    for candidacy in nominations.of_round(tx, community, round_id):
        case = case_of(tx, community, candidacy.id, at)
        if case is None or seats_left(tx, case) or not moderators_decide(tx, case):
            return
        if nominations.settle(tx, community, case.id, State.LOST, at):
            record(tx, case, Ruling(case.id, State.LOST), at)


def answered(
    tx: Transaction, case: Case, appeal: Appeal, reply: Reply, news: News
) -> None:
    """Tell whoever appealed."""
    appellant = members.by_key(tx, case.community, appeal.member, news.at)
    if appellant is not None:
        tell(tx, case, appellant, notes.answered(case, reply), news)


def reopened(
    tx: Transaction, case: Case, appealed: Collection[int], news: News
) -> None:
    """Tell those that others decide now who know of it and did not appeal."""
    review = reviews.get(tx, case.community, case.id)
    others = list(nominators(tx, case, news.at))
    if review is not None and review.known_at is not None:
        others.append(case.nominee)
    for other in others:
        if other.key not in appealed:
            tell(tx, case, other, notes.reopened(case), news)


def tell(
    tx: Transaction, case: Case, member: Member, message: Message, news: News
) -> None:
    """Write to somebody, where they let Laurel; else they find it by ``/why``."""
    may = member.privacy.takes_dms and member.here and not member.bot
    key = f"review:told:{news.key}:{member.key}"
    if may and not deliveries.is_known(tx, case.community, key):
        named = (case.nominee.key, member.key, news.author)
        names = tuple(each for each in named if each is not None)
        parcel = Parcel(member.ref, key, wire.encode(message), names, news.call)
        outbox.put(tx, case.community, parcel, news.at)


def news_of(entry: Activity, case: Case) -> News:
    """Return what an entry of the log tells of a candidacy."""
    author = case.decision.by if case.decision else None
    return News(str(entry.id), entry.fact.source, entry.at, author)


def nominators(tx: Transaction, case: Case, at: datetime) -> Iterator[Member]:
    """Yield those who stand behind it."""
    for key in case.candidacy.nominators:
        if (member := members.by_key(tx, case.community, key, at)) is not None:
            yield member


def _count_seats_anew(tx: Transaction, case: Case, at: datetime) -> None:
    """Have the cards of the others say how many can still win."""
    others = nominations.of_round(tx, case.community, case.candidacy.round)
    for candidacy in others[:MAX_CARDS]:
        show(tx, case.community, candidacy.id, at)


def _tell_nominee(
    tx: Transaction, case: Case, moment: Moment | None, entry: Activity
) -> None:
    review = reviews.get(tx, case.community, case.id)
    if case.state is State.WON:
        reviews.note_known(tx, case.community, case.id, entry.at)
    elif review is None or review.known_at is None:
        return
    message = notes.to_nominee(case, moment)
    tell(tx, case, case.nominee, message, news_of(entry, case))


def _wait_anew(tx: Transaction, case: Case) -> None:
    """Have reminders count from when it began to wait for moderators, the last time.

    That is later where its nominators answered, or somebody nominated them anew.
    """
    review = reviews.get(tx, case.community, case.id)
    opened_at = case.candidacy.opened_at
    if review is not None and case.state is State.OPEN and review.since < opened_at:
        _wait_from(tx, case, opened_at)


def _wait_from(tx: Transaction, case: Case, at: datetime) -> None:
    """Have reminders count from ``at``; there are none of what a committee decides."""
    reviews.again(tx, case.community, case.id, at)
    if not moderators_decide(tx, case):
        reviews.rest(tx, case.community, case.id, at)


def _case(tx: Transaction, entry: Activity) -> Case | None:
    community = communities.by_id(tx, entry.community)
    return case_of(tx, community, _id(entry), entry.at)


def _id(entry: Activity) -> int:
    return int(entry.fact.ref.rpartition(":")[2])
