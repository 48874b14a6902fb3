"""Secret addresses: who gets in, what they get, and what nobody is told."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.recurrence import Rule
from bot.web import shelf
from storage import communities, departures, personal
from storage.addresses import SECRET_CHARS, path_of
from storage.database import Transaction
from storage.personal import Subject
from tests.web.site import PUBLIC, Site, noon

PAGES = ("calendar", "calendar.ics", "recaps", "recaps.rss", "recaps.json")
UTC_ZONE = ZoneInfo("UTC")

EVERYWHERE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", [None, "Ana"])
async def test_whoever_has_the_address_gets_in(
    site: Site, page: str, who: str | None
) -> None:
    """Nobody else keeps what they get, and nothing in it reaches for the outside."""
    got, text = await site.get(path_of(await site.address(who), page))

    assert 200 == got.status
    assert text
    assert "private, no-cache" == got.headers["Cache-Control"]
    assert EVERYWHERE.items() <= dict(got.headers).items()
    policy = got.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_the_same_address_is_shown_again(site: Site) -> None:
    """It is made once, and is another one for everybody else."""
    ours = await site.address()
    assert ours == await site.address()
    assert SECRET_CHARS == len(ours.secret)
    others = {(await site.address(who)).secret for who in ("Ana", "Ben", "Mo", None)}
    assert 4 == len(others)
    assert ours.secret not in repr(ours)


async def test_a_secret_is_not_in_the_file(site: Site) -> None:
    """The table alone does not open the pages."""
    secret = (await site.address("Ana")).secret
    proof = base64.urlsafe_b64decode(secret)[8:]
    rows = await site.home.database.read(
        lambda tx: [tuple(row) for row in tx.all("SELECT * FROM addresses")]
    )

    assert 1 == len(rows)
    assert secret not in repr(rows)
    assert repr(proof) not in repr(rows)
    assert 128 <= len(proof) * 8


async def test_a_revoked_address_leads_nowhere(site: Site) -> None:
    """Only that one does; the next one is another, and works."""
    old, bens = await site.address("Ana"), await site.address("Ben")
    assert await site.revoke("Ana")
    new = await site.address("Ana")

    assert 404 == (await site.get(path_of(old)))[0].status
    assert 200 == (await site.get(path_of(new)))[0].status
    assert 200 == (await site.get(path_of(bens)))[0].status
    assert not await site.revoke()


async def test_what_leads_nowhere_is_told_in_the_same_words(site: Site) -> None:
    """Forged, revoked, mistyped, and without such a page: nobody learns which."""
    old = await site.address("Ana")
    await site.revoke("Ana")
    stands = await site.address()
    forged = stands.secret[:-1] + ("A" if stands.secret[-1] != "A" else "B")
    paths = [
        path_of(old),
        path_of(stands, "recaps/1"),
        path_of(stands, "recaps/1.md"),
        path_of(stands, "nonsense"),
        path_of(stands, "recaps/0"),
        path_of(stands, "recaps/99999999999999999999"),
        path_of(stands, "calendar/"),
        path_of(stands, "../healthz"),
        path_of(stands, "calendar.ics%00"),
        f"/feeds/{forged}/calendar",
        f"/feeds/{'A' * SECRET_CHARS}/calendar.ics",
        f"/feeds/{'_' * SECRET_CHARS}/calendar.ics",
        f"/feeds/{'é' * SECRET_CHARS}/calendar",
        f"/feeds/%ff%fe{'A' * (SECRET_CHARS - 2)}/calendar",
        f"/feeds/{stands.secret}",
        f"/feeds/{stands.secret}/",
        "/feeds/",
        "/feeds/" + "x" * 4_000 + "/calendar",
    ]
    told = {}
    for path in paths:
        got, text = await site.get(path)
        told[path] = (got.status, text, _sorted(got.headers))

    (once,) = set(told.values())
    assert 404 == once[0]
    assert "There is nothing here" in once[1]
    assert "ETag" not in dict(once[2])
    assert ("Cache-Control", "no-store") in once[2]


def _sorted(headers: object) -> tuple[tuple[str, str], ...]:
    kept = dict(headers)  # type: ignore[call-overload]
    return tuple(sorted((k, v) for k, v in kept.items() if k != "Date"))


async def test_what_leads_nowhere_is_told_in_ones_own_language(site: Site) -> None:
    """The only thing that is known of who asks."""
    _, text = await site.get("/feeds/x/calendar", Accept_Language="es-MX,en;q=0.5")
    assert "Aquí no hay nada" in text
    assert '<html lang="es" dir="ltr">' in text


async def test_a_path_that_is_huge_is_refused(site: Site) -> None:
    """Before anybody looks at it."""
    got, _ = await site.get("/feeds/" + "x" * 9_000)
    assert 400 == got.status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_there_is_nothing_to_change(site: Site, method: str) -> None:
    """And whether the address stands is not told either."""
    stands, forged = path_of(await site.address()), "/feeds/x/calendar"
    answers = [await site.get(path, method) for path in (stands, forged)]

    assert [405, 405] == [got.status for got, _ in answers]
    assert ["GET, HEAD"] * 2 == [got.headers["Allow"] for got, _ in answers]
    assert 1 == len({text for _, text in answers})


@pytest.mark.parametrize("page", PAGES)
async def test_a_head_is_a_get_without_its_body(site: Site, page: str) -> None:
    """Calendar programs ask so before they fetch."""
    path = path_of(await site.address(), page)
    whole, text = await site.get(path)
    head, nothing = await site.get(path, "HEAD")

    assert 200 == head.status
    assert "" == nothing
    assert str(len(text.encode())) == head.headers["Content-Length"]
    assert whole.headers["ETag"] == head.headers["ETag"]


@pytest.mark.parametrize("page", PAGES)
async def test_what_somebody_has_is_not_sent_again(site: Site, page: str) -> None:
    """However they say what they have; anything else is sent."""
    path = path_of(await site.address(), page)
    etag = (await site.get(path))[0].headers["ETag"]

    for has in (etag, f"W/{etag}", f'"other", {etag}', f'"a,b",W/"c" , {etag}', "*"):
        got, text = await site.get(path, If_None_Match=has)
        assert (304, "") == (got.status, text), has
        assert etag == got.headers["ETag"]
        assert "private, no-cache" == got.headers["Cache-Control"]
    for has in ('"other"', "", etag.strip('"'), f"{etag[:-1]}0", '"', ",,,", "W/"):
        got, text = await site.get(path, If_None_Match=has)
        assert 200 == got.status, has
        assert text


async def test_what_changed_is_sent_again(site: Site) -> None:
    """At once, and nothing else has another tag for it."""
    path = path_of(await site.address(), "calendar.ics")
    before = (await site.get(path))[0].headers["ETag"]
    await site.address("Ana")
    assert before == (await site.get(path))[0].headers["ETag"]

    await site.plan("Soup", Rule(noon("2026-03-09"), UTC_ZONE))
    got, text = await site.get(path, If_None_Match=before)
    assert 200 == got.status
    assert "SUMMARY:Soup" in text
    assert before != got.headers["ETag"]


async def test_an_address_goes_with_its_member(site: Site) -> None:
    """While they are away it leads nowhere, and for good once they are erased."""
    path = path_of(await site.address("Ana"))
    assert 200 == (await site.get(path))[0].status

    site.home.person("Ana", here=False)
    await site.home.database.write(lambda tx: site.member(tx, "Ana"))
    assert 404 == (await site.get(path))[0].status

    site.home.person("Ana", here=True)
    await site.home.database.write(lambda tx: site.member(tx, "Ana"))
    assert 200 == (await site.get(path))[0].status

    def erase(tx: Transaction) -> None:
        member = site.member(tx, "Ana")
        home = communities.get(tx, site.home.ref)
        personal.erase(tx, Subject(home, member, site.home.clock()))

    await site.home.database.write(erase)
    assert 404 == (await site.get(path))[0].status
    left = await site.home.database.read(lambda tx: tx.all("SELECT * FROM addresses"))
    assert [] == left


async def test_an_address_goes_with_its_community(site: Site) -> None:
    """While Laurel is not there it leads nowhere, and after thirty days it is gone."""
    paths = [path_of(await site.address(who)) for who in (None, "Ana")]
    at = site.home.clock()
    await site.home.database.write(departures.leave, site.home.ref, at)
    assert [404, 404] == [(await site.get(path))[0].status for path in paths]

    later = at + departures.KEPT_FOR + timedelta(seconds=1)
    while await site.home.database.write(departures.forget, later):
        pass
    left = await site.home.database.read(lambda tx: tx.all("SELECT * FROM addresses"))
    assert [] == left


async def test_addresses_name_the_outside(site: Site) -> None:
    """Whatever name somebody reached the port by."""
    path = path_of(await site.address(), "calendar")
    for host in ("laurel.example", "evil.example", "[::1]:80"):
        _, text = await site.get(path, Host=host)
        assert f"{PUBLIC}{path}.ics" in text
        assert "webcal://laurel.example/at/feeds/" in text
        assert "evil" not in text


async def test_one_address_is_not_drawn_without_end(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there already is still handed out, and others notice nothing."""
    monkeypatch.setattr(shelf, "MAX_PER_MINUTE", 3)
    ours, anas = await site.address(), await site.address("Ana")
    await site.home.laurel.settle()
    for page in ("calendar", "recaps", "recaps.rss"):
        assert 200 == (await site.get(path_of(ours, page)))[0].status

    got, text = await site.get(path_of(ours, "recaps.json"))
    assert 429 == got.status
    assert "60" == got.headers["Retry-After"]
    assert "One moment, please" in text
    assert 200 == (await site.get(path_of(ours, "recaps")))[0].status
    assert 200 == (await site.get(path_of(anas, "recaps")))[0].status
    site.home.clock.move(minutes=1)
    assert 200 == (await site.get(path_of(ours, "recaps.json")))[0].status


async def test_a_page_is_true_for_a_minute_at_most(site: Site) -> None:
    """What has begun is on now, without anybody having changed anything."""
    await site.plan("Soup", Rule(datetime.fromisoformat("2026-03-06T15:30"), UTC_ZONE))
    assert "On now" not in await site.read("calendar")
    await site.home.wait(minutes=31)
    assert "On now" in await site.read("calendar")
