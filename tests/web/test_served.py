"""Where pages are served: beside the playground, and where the outside has a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import serve
from bot.config import DISCORD, Settings
from bot.config.settings import Secret, WebSettings
from bot.demo.run import COMMUNITY
from storage import addresses, communities
from storage.addresses import path_of
from storage.database import Transaction
from tests.harness import START, community, words
from tests.stories.playground import town


async def test_the_playground_serves_pages_as_well(tmp_path: Path) -> None:
    """With their own policy, and links to the playground itself."""
    async with town(tmp_path) as played:

        def mint(tx: Transaction) -> str:
            here = communities.get(tx, COMMUNITY)
            return path_of(addresses.mint(tx, here, None, START))

        path = await played.laurel.database.write(mint)
        async with played.web.get(path) as got:
            page = await got.text()
        async with played.web.get("/feeds/x") as lost:
            nothing = await lost.text()

    assert 200 == got.status
    assert f"{played.url.rstrip('/')}{path}.ics" in page
    assert "style-src 'sha256-" in got.headers["Content-Security-Policy"]
    assert "private, no-cache" == got.headers["Cache-Control"]
    assert "no-referrer" == got.headers["Referrer-Policy"]
    assert 404 == lost.status
    assert "There is nothing here" in nothing


@pytest.mark.parametrize(
    ("public", "expected"),
    [("none", []), ("https://laurel.example/at/", ["/feeds/{path}"])],
)
async def test_pages_need_a_name_outside(
    tmp_path: Path, public: str, expected: list[str]
) -> None:
    """Nobody is served what nobody can be given the address of."""
    settings = Settings(
        web=WebSettings(port=0, public=public), secrets={DISCORD: Secret("token")}
    )
    async with community(tmp_path / "laurel.sqlite3") as home:
        hall = serve._Hall(settings, home.database, words(), home.clock)
        _, routes = await serve._opened(hall)

    paths = [path for route in routes if (path := getattr(route, "path", ""))]
    assert expected == [each.replace(":.*", "") for each in paths]
