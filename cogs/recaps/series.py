"""A highlight goes into the series, if those who are in it agree: units of work."""

from __future__ import annotations

from bot.chat import wire
from bot.chat.message import Action, Button, Buttons, Card, Message, Tone, say
from bot.chat.responses import Call
from bot.chat.text import Quote, phrase
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.recap import Period
from cogs.recaps import posting
from cogs.recaps.changes import seen
from storage import audit, communities, members, outbox, recaps, series, shoutouts
from storage.database import Transaction
from storage.outbox import Parcel
from storage.series import Answer
from storage.shoutouts import Kept


def ask_key(recap: int, member: int) -> str:
    """Return the outbox's name for the question to somebody."""
    return f"recaps:series:{recap}:{member}"


def pick(tx: Transaction, call: Call, recap: int, version: int, shoutout: int) -> None:
    """Ask those whom a highlight is for whether they would be in the series.

    Raises:
        RuleError: If it is no draft any more, was changed meanwhile, or somebody was
            asked for it already, or does not want to be written to.
    """
    community = communities.get(tx, call.community)
    moderator = members.meet(tx, community, call.actor, call.at)
    kept = seen(tx, community, recap, version)
    told = shoutouts.get(tx, community, shoutout)
    if told is None or shoutout not in recaps.highlights_of(tx, kept):
        raise RuleError("recaps.refused-changed")
    if series.picked(tx, recap) is not None:
        raise RuleError("recaps.refused-asked")
    people = _people(tx, community, told, call)
    series.ask(tx, recap, shoutout, [each.key for each in people])
    for each in people:
        body = wire.encode(_question(recap, kept.period, told.reason or ""))
        key = ask_key(recap, each.key)
        parcel = Parcel(each.ref, key, body, (told.giver, each.key), call.id)
        outbox.put(tx, community, parcel, call.at)
    posting.redraw(tx, community, kept, call.at)
    entry = audit.Entry(moderator.key, "recaps.ask", f"recaps:{recap}")
    audit.add(tx, community, entry, call.at)


def answer(tx: Transaction, call: Call, recap: int, said: Answer) -> None:
    """Take what somebody says who was asked, also when it is posted already.

    Raises:
        RuleError: If they were not asked, or the recap is no more.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    kept = recaps.by_id(tx, community, recap)
    picked = series.picked(tx, recap)
    if kept is None or picked is None or member.key not in picked.answers:
        raise RuleError("common.unknown-button")
    series.answer(tx, recap, member.key, said)
    told = say(Card(body=(phrase(f"recaps.series-{said}"),)))
    key = ask_key(recap, member.key)
    outbox.edit(tx, community, key, wire.encode(told), call.at)
    posting.redraw(tx, community, kept, call.at)


def _people(
    tx: Transaction, community: Community, told: Kept, call: Call
) -> list[Member]:
    found = (
        members.by_key(tx, community, key, call.at) for key in told.public_receivers
    )
    people = [each for each in found if each]
    for each in people:
        if not each.privacy.takes_dms:
            raise RuleError("recaps.refused-ask", member=each.ref)
    return people


def _question(recap: int, period: Period, reason: str) -> Message:
    card = Card(
        title=phrase(f"recaps.series-ask-{period}"),
        body=(
            phrase("recaps.quoted", reason=Quote(reason)),
            phrase("recaps.series-consent"),
        ),
        tone=Tone.JOY,
    )
    buttons = (
        Button(phrase("recaps.agree"), Action("recaps.agree", (recap,)), Tone.MAIN),
        Button(phrase("recaps.decline"), Action("recaps.decline", (recap,))),
    )
    return say(card, Buttons(buttons))
