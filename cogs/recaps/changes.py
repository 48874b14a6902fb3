"""What moderators do with a draft, and what everybody reads again: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.responses import Call
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.people import Person
from bot.domain.recap import Period, one_before
from bot.domain.words import is_blank
from cogs.recaps import drafting, posting, schedule
from cogs.recaps.schedule import Planned, next_of
from cogs.recaps.telling import Told, tell
from storage import addresses, audit, communities, members, recap_drafts, recaps, words
from storage.database import Transaction
from storage.recap_drafts import Part
from storage.recaps import Kept, State

Older = int | None
"""Number of the recap before; None where there is none."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a moderator wrote in a form.

    Attributes:
        seen: Id of the words that stood there; 0 for none.

        text: None for none.
    """

    seen: int
    text: str | None


def post(tx: Transaction, call: Call, recap: int, version: int) -> int:
    """Post a draft at once and return its number.

    Raises:
        RuleError: If it is no draft any more, or was changed meanwhile.
    """
    community, moderator = _acting(tx, call)
    kept = seen(tx, community, recap, version)
    return _post(tx, community, moderator, kept, call)


def now(tx: Transaction, call: Call, period: Period) -> int:
    """Post the recap of a period at once, drafted or not, and return its number.

    One that is not drafted yet comes besides the one that is planned, which tells of
    what is given after it.

    Raises:
        RuleError: If there is no wall, or nothing to tell since the last one.
    """
    community, moderator = _acting(tx, call)
    kept = recap_drafts.drafted(tx, community, period)
    if kept is None:
        kept = drafting.draft(
            tx, community, _at_once(tx, community, period, call), call.at
        )
        if kept.span.is_empty or not kept.totals.thanks:
            raise RuleError("recaps.refused-nothing")
    return _post(tx, community, moderator, kept, call)


def preview(tx: Transaction, call: Call, period: Period) -> Told:
    """Return the recap as it would be posted at this moment; nothing is changed."""
    community, _ = _acting(tx, call)
    drafted = recap_drafts.drafted(tx, community, period)
    if drafted is not None:
        return tell(
            tx, community, posting.redraw(tx, community, drafted, call.at), call.at
        )
    planned = next_of(tx, community, period, call.at)
    if planned is None:
        planned = _at_once(tx, community, period, call)
    kept = drafting.draft(tx, community, planned, call.at)
    told = tell(tx, community, kept, call.at)
    recap_drafts.drop(tx, kept)
    return told


def skip(tx: Transaction, call: Call, recap: int, version: int) -> None:
    """Have a draft never be posted.

    Raises:
        RuleError: As for `post`.
    """
    community, moderator = _acting(tx, call)
    kept = seen(tx, community, recap, version)
    posting.skip(tx, community, kept, call.at)
    _pass_over(tx, community, moderator, kept, call)
    _record(tx, community, moderator, "recaps.skip", kept, call)


def move_up(
    tx: Transaction, call: Call, recap: int, version: int, shoutout: int
) -> None:
    """Have a highlight change places with the one before it.

    Raises:
        RuleError: As for `post`.
    """
    community, moderator = _acting(tx, call)
    kept = seen(tx, community, recap, version)
    order = list(recaps.highlights_of(tx, kept))
    if shoutout in order[1:]:
        place = order.index(shoutout)
        order[place - 1 : place + 1] = [shoutout, order[place - 1]]
        recap_drafts.order(tx, kept, order)
    _changed(tx, community, moderator, "recaps.move", kept, call)


def leave(tx: Transaction, call: Call, recap: int, version: int, shoutout: int) -> None:
    """Leave one highlight out, for another to come in its place.

    Raises:
        RuleError: As for `post`.
    """
    community, moderator = _acting(tx, call)
    kept = seen(tx, community, recap, version)
    recap_drafts.leave_out(tx, kept, shoutout=shoutout)
    _changed(tx, community, moderator, "recaps.leave-out", kept, call)


def anew(tx: Transaction, call: Call, recap: int, version: int) -> None:
    """Have the rule choose anew, with nobody left out; words stay.

    Raises:
        RuleError: As for `post`.
    """
    community, moderator = _acting(tx, call)
    kept = seen(tx, community, recap, version)
    recap_drafts.empty(tx, kept)
    _changed(tx, community, moderator, "recaps.begin-anew", kept, call)


def leave_people(
    tx: Transaction, call: Call, recap: int, people: Sequence[Person]
) -> None:
    """Name some people nowhere in a recap.

    Raises:
        RuleError: If it is no draft any more.
    """
    community, moderator = _acting(tx, call)
    kept = _draft(tx, community, recap)
    for person in people:
        member = members.meet(tx, community, person, call.at)
        recap_drafts.leave_out(tx, kept, member=member.key)
    _changed(tx, community, moderator, "recaps.leave-out", kept, call)


def write(tx: Transaction, call: Call, recap: int, part: Part, wrote: Wrote) -> None:
    """Have a part of it be in words of the actor's.

    Raises:
        RuleError: If it is no draft any more, or has other words than they saw.
    """
    community, moderator = _acting(tx, call)
    kept = _draft(tx, community, recap)
    if ((kept.intro if part is Part.INTRO else kept.word) or 0) != wrote.seen:
        raise RuleError("recaps.refused-words", "text")
    written = None
    if wrote.text is not None and not is_blank(wrote.text):
        written, _ = words.add(tx, community, moderator.key, wrote.text)
    recap_drafts.write(tx, kept, part, written, moderator.key)
    _changed(tx, community, moderator, f"recaps.write-{part}", kept, call)


def standing(
    tx: Transaction, call: Call, recap: int
) -> tuple[Kept, str | None, str | None]:
    """Return a draft, and what its two kinds of words are so far.

    Raises:
        RuleError: If it is no draft any more.
    """
    community = communities.get(tx, call.community)
    kept = _draft(tx, community, recap)
    both = (words.read(tx, each) if each else None for each in (kept.intro, kept.word))
    intro, word = both
    return kept, intro, word


def read(tx: Transaction, call: Call, number: int | None) -> tuple[Told, Older] | None:
    """Return a recap that was posted, None where there is none.

    Args:
        tx: The transaction.
        call: Of whoever reads.
        number: Which; None for the last one.
    """
    community = communities.get(tx, call.community)
    kept = recaps.posted(tx, community, number)
    if kept is None:
        return None
    before = recaps.before(tx, community, kept)
    return tell(tx, community, kept, call.at), before


def page(tx: Transaction, call: Call, number: int) -> str:
    """Return the path of a recap's page, at an address of the actor's own."""
    community, member = _acting(tx, call)
    address = addresses.mint(tx, community, member, call.at)
    return addresses.path_of(address, f"{addresses.RECAPS}/{number}")


def _acting(tx: Transaction, call: Call) -> tuple[Community, Member]:
    community = communities.get(tx, call.community)
    return community, members.meet(tx, community, call.actor, call.at)


def _draft(tx: Transaction, community: Community, recap: int) -> Kept:
    kept = recaps.by_id(tx, community, recap)
    if kept is None:
        raise RuleError("recaps.refused-withdrawn")
    if kept.state is not State.DRAFT:
        raise RuleError(f"recaps.refused-{kept.state}")
    return kept


def seen(tx: Transaction, community: Community, recap: int, version: int) -> Kept:
    """Return a draft as a moderator saw it.

    Raises:
        RuleError: If it is no draft any more, or was changed meanwhile.
    """
    kept = _draft(tx, community, recap)
    if kept.version != version:
        raise RuleError("recaps.refused-changed")
    return kept


def _at_once(
    tx: Transaction, community: Community, period: Period, call: Call
) -> Planned:
    planned = next_of(tx, community, period, call.at)
    since = one_before(period, community.settings.zone, call.at)
    if planned is not None:
        return replace(planned, at=call.at, since=min(planned.since, since))
    return Planned(period, call.at, since)


def _post(
    tx: Transaction, community: Community, moderator: Member, kept: Kept, call: Call
) -> int:
    if community.settings.wall is None:
        raise RuleError("recaps.refused-no-wall")
    posted = posting.post(tx, community, kept, call.at)
    _pass_over(tx, community, moderator, kept, call)
    _record(tx, community, moderator, "recaps.post", kept, call)
    return posted.number or 0


def _pass_over(
    tx: Transaction, community: Community, moderator: Member, kept: Kept, call: Call
) -> None:
    """Have everybody see that nothing comes at the time for which it was planned."""
    passed = schedule.pass_over(tx, community, kept.period, kept.planned_at, call.at)
    if passed is not None:
        schedule.tell(tx, community, passed.id, moderator.key, call.id, call.at)


def _changed(
    tx: Transaction,
    community: Community,
    moderator: Member,
    action: str,
    kept: Kept,
    call: Call,
) -> None:
    fresh = _draft(tx, community, kept.id)
    posting.redraw(tx, community, fresh, call.at)
    _record(tx, community, moderator, action, kept, call)


def _record(
    tx: Transaction,
    community: Community,
    moderator: Member,
    action: str,
    kept: Kept,
    call: Call,
) -> None:
    entry = audit.Entry(moderator.key, action, f"recaps:{kept.id}")
    audit.add(tx, community, entry, call.at)
