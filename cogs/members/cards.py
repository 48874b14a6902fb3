"""What a member's own page looks like."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.clip import clip
from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, say
from bot.chat.text import Phrase, Quote, Style, When, phrase
from bot.domain.community import About
from bot.domain.quiet import QuietHours
from cogs.members.service import Mine, Thanks

MAX_QUOTED_CHARS = 300
"""Five of them fit into one message, whatever was written."""


def mine(seen: Mine) -> Message:
    """Return the private page of one member, with what they can change."""
    facts = Card(title=phrase("members.mine"), facts=tuple(_facts(seen)))
    thanks = tuple(map(_thanks, seen.thanks)) or (phrase("members.no-thanks"),)
    last = Card(title=phrase("members.last"), body=thanks)
    turned = not seen.member.previews
    buttons = (
        Button(phrase("members.change-about"), Action("members.change-about")),
        Button(phrase("members.change-zone"), Action("members.zone")),
        Button(phrase("members.change-quiet"), Action("members.change-quiet")),
        Button(
            phrase(f"members.turn-previews.{_on_off(on=turned)}"),
            Action("members.previews", (int(turned),)),
        ),
    )
    return say(facts, last, Buttons(buttons))


def _facts(seen: Mine) -> Iterator[Fact]:
    yield _counted("received", seen.tally.received)
    yield _counted("given", seen.tally.given)
    if seen.in_private:
        yield _counted("in-private", seen.in_private)
    left = phrase(
        "members.allowance.left",
        count=seen.left,
        most=seen.per_day,
        renews=When(seen.renews_at),
    )
    yield Fact(phrase("members.allowance"), left)
    yield Fact(phrase("members.own-about"), _about(seen.member.about))
    yield Fact(phrase("members.own-zone"), _zone(seen))
    yield Fact(phrase("members.own-quiet"), _quiet(seen.member.quiet))
    previews = phrase(f"members.own-previews.{_on_off(on=seen.member.previews)}")
    yield Fact(phrase("members.own-previews"), previews)


def _counted(what: str, count: int) -> Fact:
    return Fact(phrase(f"members.{what}"), phrase("members.times", count=count))


def _about(about: About) -> Phrase:
    if not about.line:
        return phrase("members.own-about.none")
    if not about.link:
        return phrase("members.own-about.line", line=Quote(about.line))
    return phrase(
        "members.own-about.linked", line=Quote(about.line), link=Quote(about.link)
    )


def _zone(seen: Mine) -> Phrase:
    zone = Quote(seen.member.zone.key)
    if seen.next_zone is not None:
        coming = seen.next_zone
        return phrase(
            "members.own-zone.changing",
            zone=zone,
            coming=Quote(coming.zone.key),
            at=When(coming.at),
        )
    whose = "own" if seen.member.own_zone else "community"
    return phrase(f"members.own-zone.{whose}", zone=zone)


def _quiet(hours: QuietHours | None) -> Phrase:
    if hours is None:
        return phrase("members.own-quiet.none")
    since, until = (Quote(f"{end:%H:%M}") for end in (hours.since, hours.until))
    return phrase("members.own-quiet.of", since=since, until=until)


def _thanks(thanks: Thanks) -> Phrase:
    on = When(thanks.at, Style.DATE)
    if thanks.giver is None:
        return phrase("members.thanks.giver-erased", on=on)
    if thanks.reason is None:
        return phrase("members.thanks.words-erased", giver=thanks.giver, on=on)
    return phrase(
        f"members.thanks.{'private' if thanks.in_private else 'public'}",
        giver=thanks.giver,
        on=on,
        reason=Quote(clip(thanks.reason, MAX_QUOTED_CHARS)),
    )


def _on_off(*, on: bool) -> str:
    return "on" if on else "off"
