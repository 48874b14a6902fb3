"""Check-ins that wait for moderators, as tests put them up."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.fields import Upload
from bot.chat.message import Action
from bot.domain.challenges import Challenge, Proof, Review, Scoring, State
from bot.domain.people import Role
from storage.challenges.checkins import CheckIn
from tests.cogs.checking import all_of, join, met, opened
from tests.harness import Community, Post, Reply

CHANNEL = "moderators"
MODERATORS = ("Mo", "Max", "Mia")
DID = "I sang on the stairs, and the neighbours joined in."
WHY = "The song is from last year, so it is not today's."
BUT = "It was sung today: the radio in the back says the date."


async def reviewed(
    home: Community, state: State = State.RUNNING, **asked: object
) -> Challenge:
    """Have moderators with a channel, and a challenge whose check-ins they look at."""
    await met(home, *(home.person(name, Role.MODERATOR) for name in MODERATORS))
    await home.settings(moderators=home.channel(CHANNEL))
    terms = {
        "review": Review.ALL,
        "proof": Proof.WELCOME,
        "scoring": Scoring(10, judged=5),
        **asked,
    }
    return await opened(home, state, **terms)


async def checked_in(
    home: Community, who: str, challenge: Challenge, **given: object
) -> CheckIn:
    """Have somebody take part and check in for today."""
    await join(home, who, challenge)
    answers = {"words": DID, **given}
    done = await home.type(who, "checkin", which=str(challenge.id), **answers)
    assert not done.refused, done.text
    return (await all_of(home, who, challenge))[-1]


async def crowd(home: Community, challenge: Challenge, count: int) -> None:
    """Have many check in, one after the other."""
    for number in range(count):
        await checked_in(home, f"Singer {number}", challenge)


def cards(home: Community) -> list[Post]:
    """Return what stands in the moderators' channel, oldest first."""
    return list(home.standing(home.channel(CHANNEL)))


def card(home: Community) -> Post:
    """Return the only card there."""
    (only,) = cards(home)
    return only


def as_seen(home: Community) -> Post:
    """Return the only card as it is now, for whoever presses it later."""
    return replace(card(home))


async def refused(
    home: Community, who: str, on: Post | Reply, reason: str = WHY
) -> Reply:
    """Have ``who`` say that it does not count."""
    form = await home.press(who, on, "Do not count it")
    return await home.fill_in(who, form, reason=reason)


async def answered(home: Community, who: str, words: str = BUT) -> Reply:
    """Have ``who`` answer what they were told last."""
    note = home.standing(home.person(who).ref)[-1]
    form = await home.press(who, note, "Answer")
    return await home.fill_in(who, form, words=words)


async def files_kept(home: Community) -> int:
    """Return how many files are kept."""
    found = await home.database.read(
        lambda tx: tx.one("SELECT count(*) AS n FROM proofs")
    )
    return int(found["n"]) if found else 0


async def show_file(home: Community, who: str, checkin: CheckIn) -> Reply:
    """Have ``who`` ask for the file of a check-in."""
    return await home.do(home.call(who), Action("judging.file", (checkin.id,)), None)


def upload(content: bytes, name: str = "song.png") -> Upload:
    """Return a file as a platform hands it over, which believes its name."""
    return Upload(name, "image/png", content)


async def state_of(home: Community, who: str, challenge: Challenge) -> list[str]:
    """Return what became of all that somebody checked in with."""
    return [str(each.state) for each in await all_of(home, who, challenge)]
