"""How drafts open by themselves, at a time that moderators chose: units of work."""

from __future__ import annotations

from datetime import datetime

from bot.chat import wire
from bot.chat.message import Action, Button, Buttons, Card, Message, Tone, say
from bot.chat.refusals import sentence
from bot.chat.text import Quote, phrase
from bot.domain.challenge_rules import check_opening
from bot.domain.challenges import Challenge, State
from bot.domain.community import Community
from bot.domain.errors import RuleError
from cogs.challenges import course
from storage import members, outbox
from storage.acts import Act
from storage.challenges import book
from storage.challenges import terms as versions
from storage.database import Transaction
from storage.occurrences import Occurrence
from storage.outbox import Parcel


def plan(
    tx: Transaction,
    community: Community,
    challenge: int,
    opens_at: datetime | None,
    by: Act,
) -> Challenge:
    """Have a draft open by itself, or by hand alone where ``opens_at`` is None.

    Raises:
        RuleError: If it is gone or open already, or cannot open then.
    """
    found = course.under_way(tx, community, challenge)
    if found.state is not State.DRAFT:
        raise RuleError("challenges.refused-open")
    if opens_at is not None:
        if opens_at <= by.at:
            raise RuleError("challenges.refused-opens-past", "opens_on")
        local = opens_at.astimezone(community.settings.zone)
        check_opening(found.terms, local.date())
    return book.plan(tx, community, found, opens_at, by)


def begin(tx: Transaction, occurrence: Occurrence) -> None:
    """Open a draft whose time has come, or say why it could not be opened."""
    found, community = course.planned_of(tx, occurrence), occurrence.community
    if found is None or found.opens_at != occurrence.until:
        return
    by = course.by_itself(occurrence)
    try:
        course.open_it(tx, community, found.id, by)
    except RuleError as why:
        book.plan(tx, community, found, None, by)
        _tell(tx, community, found, why, by)


def _tell(
    tx: Transaction, community: Community, challenge: Challenge, why: RuleError, by: Act
) -> None:
    """Say so where moderators are told things; without such a channel, to its maker."""
    body, key = wire.encode(_message(challenge, why)), f"challenges:unopened:{by.call}"
    channel = community.settings.moderators
    if channel is not None:
        outbox.put(tx, community, Parcel(channel, key, body, (), by.call), by.at)
        return
    version = versions.get(tx, challenge.id, challenge.terms.number)
    maker = members.by_key(tx, community, version.editor, by.at) if version else None
    if maker is not None and maker.here and maker.privacy.takes_dms:
        parcel = Parcel(maker.ref, key, body, (maker.key,), by.call)
        outbox.put(tx, community, parcel, by.at)


def _message(challenge: Challenge, why: RuleError) -> Message:
    title = phrase("challenges.unopened", title=Quote(challenge.terms.title))
    body = (sentence(why), phrase("challenges.unopened-next"))
    edit = Action("challenges.edit-it", (challenge.id,))
    way = Button(phrase("challenges.edit-it"), edit, Tone.MAIN)
    return say(Card(title=title, body=body, tone=Tone.WARNING), Buttons((way,)))
