"""What takes long to make for a member is made in a process beside this one."""

from __future__ import annotations

import asyncio
import sys

import pytest

from bot.apart import Apart, FailedError
from bot.features import LOCALES
from bot.pages.kept import KeptPage
from bot.takeout import COMMAND, LIMIT_S, TakeoutDesk
from cogs.privacy import files, worker
from storage import communities, exports
from storage.exports import Asked
from tests.harness import Community, words
from tests.waiting import until


async def asked(home: Community) -> Asked:
    """Have Ana be thanked, and ask for what is kept about her."""
    why = "You stayed until the very last chair was back in its place."
    done = await home.type("Ben", "shoutout", to=(home.person("Ana"),), why=why)
    assert not done.refused
    here = await home.database.read(communities.get, home.ref)
    return Asked(1, here.id, home.person("Ana").ref.id, "es", "call")


async def test_it_is_what_would_be_made_here(home: Community) -> None:
    """The same archive, byte by byte, in the language in which it was asked for."""
    ana, path, at = await asked(home), home.database.path, home.clock()
    here = files.made(path, ana, KeptPage(words()), at)
    question = worker.ask(LOCALES, path, ana, at)
    assert here == await Apart(COMMAND, LIMIT_S).ask(question)


async def test_a_process_that_fails_has_made_nothing(home: Community) -> None:
    """Nobody is handed half an archive, or an empty one."""
    ana, nowhere = await asked(home), home.database.path.with_name("nowhere")
    question = worker.ask(LOCALES, nowhere, ana, home.clock())
    with pytest.raises(FailedError):
        await Apart(COMMAND, LIMIT_S).ask(question)


async def test_nobody_waits_for_it_at_the_end(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop ends the process at once, and who waits still does at the next start."""
    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    desk = next(a for a in home.laurel.attendants if isinstance(a, TakeoutDesk))
    desk._apart = Apart((sys.executable, "-c", "import time; time.sleep(60)"), LIMIT_S)
    await asked(home)
    await home.laurel.dispatcher("privacy.export", home.call("Ana"), (), None)
    await until(lambda: desk._apart._process is not None)
    desk.stop()
    async with asyncio.timeout(10):
        await until(lambda: desk._apart._process is None)
    assert await home.database.write(exports.begin, home.clock()) is not None
