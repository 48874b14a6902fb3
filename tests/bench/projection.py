"""How many messages a second become what a platform takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

from bot.adapters.discord.message import draw as draw_for_discord
from bot.adapters.discord.people import DISCORD
from bot.adapters.slack.message import draw as draw_for_slack
from bot.chat.catalogue import Catalogue
from bot.chat.message import Button, Buttons, Card, Message
from bot.chat.speech import Reader, Speech
from bot.chat.text import Phrase
from bot.domain.community import About, Member, Privacy
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from bot.domain.shoutouts import Given, Receipt, Shoutout
from bot.features import load_words
from cogs.shoutouts import cards
from tests.bench.figure import Figure, in_ms, middle, per_s
from tests.bench.size import Size

LEAST_PER_S = 5_000

_NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
_UTC = ZoneInfo("UTC")
_GUILD = CommunityRef(DISCORD, "81384788765712384")
_WALL = ChannelRef(_GUILD, "155101607195836416")
_PEOPLE = 50

Draw = Callable[[Message, Speech, int], object]
"""Returns what a platform takes of the message with that number."""


async def discord(_folder: Path, size: Size) -> list[Figure]:
    """Posts and private answers of shoutouts for Discord, each of them another."""
    return [_measured("Discord", _for_discord, size)]


async def slack(_folder: Path, size: Size) -> list[Figure]:
    """The same for Slack, with the text that says everything."""
    return [_measured("Slack", _for_slack, size)]


def _measured(platform: str, draw: Draw, size: Size) -> Figure:
    catalogue = load_words()
    given = list(_messages(size.shoutouts))
    drawn: list[float] = []
    spoken: list[float] = []
    for _ in range(size.rounds):
        drawn.append(_busy(partial(_draw, draw, catalogue, given)))
        spoken.append(_busy(partial(_speak, catalogue, given)))
    count, took = len(given), middle(drawn)
    return Figure(
        f"{platform} payload projection, messages a second on one core",
        count / took,
        f"{in_ms(took / count)} each; {took / middle(spoken):.1f} times as long as "
        f"only to put their words together, {per_s(count, middle(spoken))}",
        least=LEAST_PER_S,
        unit="/s",
    )


def _for_discord(message: Message, speech: Speech, number: int) -> object:
    drawn = draw_for_discord(message, speech, delivery_id=str(number))
    return drawn.body["components"]


def _for_slack(message: Message, speech: Speech, number: int) -> object:
    # In turns a post and a private answer, which nobody looks for.
    id_ = None if number % 2 else str(number)
    drawn = draw_for_slack(message, speech, delivery_id=id_, private=id_ is None)
    return drawn.body["blocks"]


def _busy(work: Callable[[], None]) -> float:
    """Return how long one core was busy, in seconds, whatever else the machine does."""
    since = process_time()
    work()
    return process_time() - since


def _draw(draw: Draw, catalogue: Catalogue, given: Sequence[Message]) -> None:
    """Draw each for a reader of its own, as the courier and the desk do."""
    for number, message in enumerate(given):
        assert draw(message, _speech(catalogue, number), number)


def _speak(catalogue: Catalogue, given: Sequence[Message]) -> None:
    for number, message in enumerate(given):
        speech = _speech(catalogue, number)
        for spoken in _phrases(message):
            assert speech.parts(spoken)


def _speech(catalogue: Catalogue, number: int) -> Speech:
    tag = "es" if number % 2 else "en"
    return Speech(catalogue, Reader(tag, _UTC, _NOON), lambda ref: f"Member {ref.id}")


def _phrases(message: Message) -> Iterator[Phrase]:
    for node in message.nodes:
        match node:
            case Card(title=title, body=body, facts=facts, footer=footer):
                yield from filter(None, (title, *body, footer))
                for fact in facts:
                    yield fact.label
                    yield fact.value
            case Buttons(items=items):
                yield from (item.label for item in items if isinstance(item, Button))
            case _:
                pass


def _messages(count: int) -> Iterator[Message]:
    """Yield posts and answers in turns, of one to three receivers."""
    people = [_member(number) for number in range(_PEOPLE)]
    for number in range(count):
        first = number % (_PEOPLE - 4)
        receivers = tuple(people[first + 1 : first + 2 + number % 3])
        reason = f"You stayed late to mend *build* no. {number} at 22:{number % 60:02}."
        shoutout = Shoutout(
            people[first], receivers, reason, value=1, private=False, given_at=_NOON
        )
        given = Given(number, shoutout, "Kindness", receivers[:1])
        if number % 2:
            undo_until = _NOON + timedelta(minutes=10)
            yield cards.receipt(Receipt(given, _WALL, 2, _NOON, undo_until))
        else:
            yield cards.announcement(given)


def _member(number: int) -> Member:
    return Member(
        key=number,
        ref=MemberRef(_GUILD, str(80_351_110_224_678_912 + number)),
        name=f"Member {number}",
        role=Role.MEMBER,
        bot=False,
        here=True,
        locale="en",
        zone=_UTC,
        own_zone=False,
        next_zone=None,
        privacy=Privacy(),
        previews=False,
        per_day=5,
        about=About("Letterpress cards, made to order") if number % 5 == 0 else About(),
    )
