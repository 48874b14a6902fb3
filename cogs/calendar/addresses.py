"""The calendar outside chat: its secret addresses, as those see them who hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.message import Action, Button, Buttons, Card, LinkButton, Message, say
from bot.chat.responses import Call
from bot.chat.text import Quote, phrase
from bot.domain.people import Role
from storage import addresses, audit, communities, members
from storage.addresses import CALENDAR_FILE
from storage.database import Transaction

Link = Callable[[str], str]
"""Returns the address on the web of a path of ours."""

MINE, OURS = "mine", "ours"
"""A member's own address, and the one that is for everybody in a community."""


@dataclass(frozen=True, slots=True)
class Owned:
    """The paths of one address.

    Attributes:
        whose: `MINE` or `OURS`.

        both: Whether its reader may see the other one, too.
    """

    whose: str
    page: str
    file: str
    both: bool


def show(tx: Transaction, call: Call, whose: str) -> Owned:
    """Return an address, made the first time."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    found = addresses.mint(tx, community, member if whose == MINE else None, call.at)
    return Owned(
        whose=whose,
        page=addresses.path_of(found),
        file=addresses.path_of(found, CALENDAR_FILE),
        both=call.actor.role >= Role.MODERATOR,
    )


def renew(tx: Transaction, call: Call, whose: str) -> Owned:
    """Return another address; the one before leads nowhere from now on."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    addresses.revoke(tx, community, member if whose == MINE else None, call.at)
    if whose == OURS:
        about = f"communities:{community.id}"
        revoked = audit.Entry(member.key, "calendar.renew", about)
        audit.add(tx, community, revoked, call.at)
    return show(tx, call, whose)


def card(owned: Owned, link: Link, *, renewed: bool = False) -> Message:
    """Return an address, what it is for, and the ways to open and to renew it."""
    mine = owned.whose == MINE
    body = [phrase("calendar.address-renewed")] if renewed else []
    body.append(phrase(f"calendar.address-{owned.whose}"))
    body.append(phrase("calendar.address-file", address=Quote(link(owned.file))))
    renew = Action("calendar.renew") if mine else Action("calendar.renew-ours")
    buttons: list[Button | LinkButton] = [
        LinkButton(phrase("calendar.address-page"), link(owned.page)),
        Button(phrase("calendar.address-renew"), renew),
    ]
    if owned.both:
        other = Action("calendar.ours") if mine else Action("calendar.own")
        label = phrase(f"calendar.address-see-{OURS if mine else MINE}")
        buttons.append(Button(label, other))
    shown = Card(
        title=phrase("calendar.address"),
        body=tuple(body),
        footer=phrase(f"calendar.address-{owned.whose}-footer"),
    )
    return say(shown, Buttons(tuple(buttons)))
