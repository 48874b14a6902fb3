"""What members type into challenges, and what `laurel check` says of the counting."""

from __future__ import annotations

from io import StringIO

import pytest

from bot.chat.message import Action
from bot.check import check as look
from bot.config import Settings
from bot.config.settings import DatabaseSettings
from bot.domain.challenges import Proof
from bot.domain.words import clean
from cogs.checkins.finding import MAX_WORDS_CHARS
from cogs.checkins.teaming import MAX_NAME_CHARS
from tests.cogs import checking
from tests.cogs.checking import all_of, check, join, opened
from tests.harness import Community
from tests.hostile import Hostile, some

TRIED = some(60)


async def test_hostile_team_names_are_shown_as_they_are(home: Community) -> None:
    """To who makes one, and to whoever could join it; or refused beside the name."""
    songs = await opened(home, teams=True)
    await join(home, "Zoe", songs)
    make = Action("checkins.make-team", (songs.id,))
    made = 0
    for number, each in enumerate(TRIED):
        who = f"Member {number}"
        await join(home, who, songs)
        said = await home.do(home.call(who), make, {"name": each.text})
        name = clean(each.text)
        if said.refused:
            assert "name" == said.at, said.text
            assert len(name) > MAX_NAME_CHARS or _is_taken(said.reason), said.text
            continue
        made += 1
        assert f"You are in {name}, so far by yourself." in said.text

    offered = await home.type("Zoe", "challenge team")
    assert made >= 20
    assert 24 == offered.text.count("· 1 of 10")


def _is_taken(reason: str) -> bool:
    return reason in {
        "checkins.refused-team-name",
        "common.answer-blank",
        "common.answer-short",
    }


@pytest.mark.parametrize("each", some(20), ids=lambda each: each.family)
async def test_hostile_words_are_kept_as_they_are(
    home: Community, each: Hostile
) -> None:
    """Cleaned of what cannot be seen, and never more than may be."""
    songs = await opened(home, proof=Proof.TEXT)
    await join(home, "Ana", songs)
    form = await check(home, "Ana", songs)

    said = await home.fill_in("Ana", form, words=each.text)

    kept = [made.words for made in await all_of(home, "Ana", songs)]
    words = clean(each.text, multiline=True)
    if said.refused:
        assert "words" == said.at
        assert [] == kept
    else:
        assert [words] == kept
        assert len(words) <= MAX_WORDS_CHARS


async def test_check_finds_points_that_nobody_earned(home: Community) -> None:
    """It agrees with a recount, or says for how many it does not."""
    songs = await opened(home)
    await join(home, "Ana", songs)
    await check(home, "Ana", songs)
    well, ill = StringIO(), StringIO()
    settings = Settings(database=DatabaseSettings(home.database.path))

    look(settings, well)
    await home.database.write(
        lambda tx: tx.run("UPDATE challenge_scores SET points = points + 1")
    )
    look(settings, ill)

    assert "ok     challenges: agree with a recount" in well.getvalue()
    assert "mend   challenges: are wrong for 1 members" in ill.getvalue()
    assert 1 == await checking.drift(home)
