"""What seasons look like to whoever asks, and to moderators."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Node,
    Option,
    Select,
    say,
)
from bot.chat.text import Day, Phrase, Quote, phrase
from cogs.seasons import posts
from cogs.seasons.service import Begun, Ended, Overview, Planned
from storage.boards.periods import Season

MAX_FACTS = 8


def begun(done: Begun) -> Message:
    """Return that a season begins, now or some day."""
    name, first = Quote(done.name), Day(done.starts_on)
    which = "started" if done.season is not None else "planned"
    body = [phrase(f"seasons.{which}.body", first=first)]
    if done.ended is not None:
        body.append(phrase("seasons.ended-before", name=Quote(done.ended.name)))
    if not done.told:
        body.append(phrase("seasons.untold"))
    return say(Card(title=phrase(f"seasons.{which}", name=name), body=tuple(body)))


def ended(done: Ended) -> Message:
    """Return that the last date of a season is known."""
    season = done.season
    assert season.ends_on is not None  # noqa: S101  it was just set
    which = "over" if done.over else "ends"
    body = [phrase(f"seasons.{which}.body", last=Day(season.ends_on))]
    if not done.told:
        body.append(phrase("seasons.untold"))
    title = phrase(f"seasons.{which}", name=Quote(season.name))
    return say(Card(title=title, body=tuple(body)))


def called_off(gone: Planned) -> Message:
    """Return that a season does not begin after all."""
    return say(Card(title=phrase("seasons.called-off", name=Quote(gone.name))))


def overview(seen: Overview) -> Message:
    """Return every season, and the way to the board of each."""
    if not (seen.listed or seen.planned):
        which = "desk" if seen.desk else "member"
        words = phrase(f"seasons.none-{which}")
        return say(Card(title=phrase("seasons.overview"), body=(words,)))
    facts = [
        *(_coming(each) for each in seen.planned),
        *(_fact(each) for each in seen.listed),
    ]
    more = len(facts) - MAX_FACTS
    card = Card(
        title=phrase("seasons.overview"),
        facts=tuple(facts[:MAX_FACTS]),
        footer=phrase("seasons.more", count=more) if more > 0 else None,
    )
    nodes: list[Node] = [card]
    if seen.listed:
        nodes.append(_choice(seen.listed))
    if seen.desk and seen.planned:
        nodes.append(_calling_off(seen.planned))
    return say(*nodes)


def one_line(season: Season) -> Phrase:
    """Return a season's name and dates."""
    name, first = Quote(season.name), Day(season.starts_on)
    if season.ends_on is None:
        return phrase("seasons.open-option", name=name, first=first)
    return phrase("seasons.option", name=name, first=first, last=Day(season.ends_on))


def _fact(season: Season) -> Fact:
    name = phrase("seasons.name", name=Quote(season.name))
    return Fact(name, posts.dates(season))


def _coming(planned: Planned) -> Fact:
    value = phrase("seasons.begins", first=Day(planned.starts_on))
    return Fact(phrase("seasons.name", name=Quote(planned.name)), value)


def _choice(listed: Sequence[Season]) -> Select:
    options = (
        Option(one_line(season), posts.open_board(season))
        for season in islice(listed, MAX_OPTIONS)
    )
    return Select(phrase("seasons.choose"), tuple(options))


def _calling_off(planned: Sequence[Planned]) -> Buttons:
    first = planned[0]
    label = phrase("seasons.call-off-it", name=Quote(first.name))
    action = Action("seasons.call-off", (first.entry,))
    return Buttons((Button(label, action),))
