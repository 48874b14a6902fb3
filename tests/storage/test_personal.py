"""What is kept about a member is claimed, handed over and erased, table by table."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.chat import wire
from bot.chat.text import phrase
from bot.domain.awards import Standard
from bot.domain.people import Role
from bot.domain.recap import Period, Span, Totals
from bot.domain.recurrence import Rule
from bot.domain.refs import MemberRef
from bot.fairness.desk import ReportDesk
from bot.takeout import TakeoutDesk
from storage import (
    acts,
    addresses,
    audit,
    awards,
    calendar,
    communities,
    exports,
    fairness,
    file,
    installations,
    members,
    personal,
    recap_drafts,
    series,
    shoutouts,
    templates,
    uploads,
    words,
)
from storage.boards import recount
from storage.claims import AnyClaim, Claim, Delete, Impersonal, Keep, Rewrite
from storage.database import Transaction
from storage.installations import Installation
from storage.personal import CLAIMS, Subject
from storage.recap_drafts import Contents, Part
from tests.faults import down
from tests.harness import COMMUNITY, Community, community
from tests.storage import (
    checked,
    judged,
    nominated,
    placed,
    pointed,
    reviewed,
    seated,
)

NAME = "Zuzana Quillfeather"
PLATFORM_ID = "U0PERSONAL1"
HER_WORDS = "Ben carried the piano up five floors for all of us."
TO_HER = "She stayed until the last chair was stacked away."
IN_PRIVATE = "Between us: the speech would have failed without her."
HER_DRAFT = "Cleo found the leak before any of us had noticed it."
DRAFT_TO_HER = "I never told her how much the lantern walk meant."
HER_REGRET = "I had mixed up two people"
WHY_TAKEN = "Quillfeather asked for it to go"
SEALED = b"a token, as far as anybody can read it"
WAITING = "The pond is clear again, and it was all her doing."
HER_TEMPLATE = "Week by week, the choir grows, and the soup with it."
HER_INTRO = "What a week it was, and how little of it I slept."
NEEDLES = (
    NAME, PLATFORM_ID, HER_WORDS, TO_HER, IN_PRIVATE, HER_DRAFT, DRAFT_TO_HER,
    HER_REGRET, WHY_TAKEN, WAITING, HER_TEMPLATE, HER_INTRO, *nominated.NEEDLES,
    *pointed.NEEDLES, *reviewed.NEEDLES, *checked.NEEDLES, *judged.NEEDLES,
    *placed.NEEDLES,
)  # fmt: skip

TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
"""


def tables_of(tx: Transaction) -> list[str]:
    return sorted(row["name"] for row in tx.all(TABLES))


def complaints(tx: Transaction, claims: Sequence[AnyClaim] = CLAIMS) -> list[str]:
    """Return what the claims leave open, each with what to do about it."""
    claimed = [claim.table for claim in claims]
    tables = [
        f"{table} is claimed {claimed.count(table)} times: add one Claim or Impersonal "
        "to CLAIMS of the storage module that keeps it, and that module to "
        "storage.personal.CLAIMS"
        for table in tables_of(tx)
        if claimed.count(table) != 1
    ]
    columns = [
        f"{claim.table}.{column} is text: name it in the claim's texts, where it never "
        "holds identities or words, or have erasure delete or blank it"
        for claim in claims
        for column in _open_texts(tx, claim)
    ]
    return tables + columns


def _open_texts(tx: Transaction, claim: AnyClaim) -> Iterator[str]:
    """Yield the columns of text that stay and that nobody has thought of."""
    rule = claim if isinstance(claim, Impersonal) else claim.erasure
    if isinstance(rule, Delete):
        return
    changes = rule.changes if isinstance(rule, Rewrite) else ""
    for row in tx.all("SELECT * FROM pragma_table_info(:name)", name=claim.table):
        column = row["name"]
        is_text = row["type"] not in {"INTEGER", "REAL"}
        is_blanked = re.search(rf"\b{column} = NULL", changes)
        if is_text and column not in rule.texts and not is_blanked:
            yield column


def residue(tx: Transaction, needles: Sequence[str] = NEEDLES) -> list[str]:
    """Return every column of every row in which something personal is left."""
    return [
        f"{table}.{column}: {needle}"
        for table in tables_of(tx)
        for row in tx.all(f"SELECT * FROM {table}")  # noqa: S608
        for column in row.keys()  # noqa: SIM118  a row iterates over its values
        for needle in needles
        if _holds(row[column], needle)
    ]


def leftover(tx: Transaction, subject: Subject) -> list[str]:
    """Return the tables that were to lose the member's rows and have some."""
    return [
        claim.table
        for claim in CLAIMS
        if isinstance(claim, Claim) and not isinstance(claim.erasure, Keep)
        if _count(tx, claim.table, claim.erasure.where or claim.mine, subject)
    ]


def _count(tx: Transaction, table: str, where: str, subject: Subject) -> int:
    found = f"SELECT count(*) AS n FROM {table} WHERE {where}"  # noqa: S608
    row = tx.one(found, **subject.values)
    return int(row["n"]) if row else 0


def _holds(value: object, needle: str) -> bool:
    if isinstance(value, bytes):
        return needle.encode() in value
    return needle in str(value)


async def the_member(home: Community) -> Subject:
    def find(tx: Transaction) -> Subject:
        here = communities.get(tx, home.ref)
        member = members.find(tx, here, home.person(NAME).ref, home.clock())
        assert member is not None
        return Subject(here, member, home.clock())

    return await home.database.read(find)


async def give(home: Community, giver: str, to: str, why: str, **more: object) -> None:
    to_them = (home.person(to),)
    done = await home.type(giver, "shoutout", to=to_them, why=why, **more)
    assert not done.refused, done.text


async def fill(home: Community) -> Subject:
    """Have one member leave something in every table, as members do."""
    ref = MemberRef(COMMUNITY, PLATFORM_ID)
    home.person(NAME, ref=ref, locale="en")
    home.person("Mo", Role.MODERATOR)
    await give(home, "Ben", NAME, TO_HER)
    await give(home, "Cleo", NAME, IN_PRIVATE, private=True)
    await give(home, NAME, "Dai", HER_WORDS)
    post = home.standing(home.channel("wall"))[-1]
    form = await home.choose(NAME, "shoutouts.retract-this", post)
    await home.fill_in(NAME, form, why=HER_REGRET)
    await give(home, NAME, "Elif", HER_WORDS)
    await give(home, "Femi", NAME, TO_HER)
    form = await home.choose(
        "Mo", "shoutouts.retract-this", home.standing(home.channel("wall"))[-1]
    )
    await home.fill_in("Mo", form, why=WHY_TAKEN)
    page = await home.type(NAME, "laurel me")
    form = await home.press(NAME, page, "Change my time zone")
    await home.fill_in(NAME, form, zone="Asia/Tokyo")
    await home.press(NAME, page, "Show me a preview")
    await give(home, NAME, "Cleo", HER_DRAFT)
    await home.press("Gus", await home.type("Gus", "laurel me"), "Show me a preview")
    await give(home, "Gus", NAME, DRAFT_TO_HER)
    home.platform.fault = down
    await give(home, "Hana", NAME, WAITING)
    return await _fill_behind_the_scenes(home)


async def _fill_behind_the_scenes(home: Community) -> Subject:
    """Keep what no command keeps."""
    await home.database.write(installations.put, installed(home))
    subject = await the_member(home)
    await home.database.write(_edit, subject)
    await home.database.write(_host, subject)
    await home.database.write(_recap, subject)
    await home.database.write(_award, subject)
    await home.database.write(_address, subject)
    await home.database.write(_picture, subject)
    await home.database.write(nominated.put_up, home, subject)
    await home.database.write(seated.put_up, subject)
    await home.database.write(reviewed.put_up, home, subject)
    await home.database.write(checked.put_up, home, subject)
    await home.database.write(placed.put_up, home, subject)
    await home.database.write(pointed.put_up, home, subject)
    await home.database.write(judged.put_up, home, subject)
    await _wait_for_a_report(home, subject)
    return subject


async def _wait_for_a_report(home: Community, subject: Subject) -> None:
    """Have her wait for a report, and for her data, that nobody makes any more."""
    for each in home.laurel.attendants:
        if isinstance(each, ReportDesk | TakeoutDesk):
            each.stop()
    here, her_key = subject.community, subject.member.key
    await home.database.write(fairness.ask, here, her_key, "call", subject.at)
    call = home.call(NAME)
    await home.database.write(exports.ask, here, subject.member, call)
    for _ in range(exports.MAX_TRIES):
        await home.database.write(exports.begin, subject.at)


def _award(tx: Transaction, subject: Subject) -> None:
    """Have her write by which rules an award is given."""
    edit = acts.Act(subject.member, "award", subject.at)
    awards.create(tx, subject.community, "Host of the year", Standard(1), edit)


def _address(tx: Transaction, subject: Subject) -> None:
    """Have her read what is coming in a calendar of her own."""
    addresses.mint(tx, subject.community, subject.member, subject.at)


def _picture(tx: Transaction, subject: Subject) -> None:
    """Have her be shown a picture, in direct messages."""
    ref = subject.member.ref
    uploads.put(tx, subject.community, ref, "D0:1.0", {b"picture": "F0PICTURE"})


def _recap(tx: Transaction, subject: Subject) -> None:
    """Have her be in a recap, write in it, and be left out of it for good measure."""
    here, key, at = subject.community, subject.member.key, subject.at
    span = Span(at - timedelta(days=7), at)
    kept = recap_drafts.add(tx, here, Period.WEEK, span, at)
    (mine, *_) = shoutouts.about(tx, here, key, 1)
    contents = Contents(span, Totals(1, 1, 1), [mine.id], [key], {}, mine.id)
    recap_drafts.fill(tx, here, kept, contents)
    recap_drafts.leave_out(tx, kept, member=key)
    series.ask(tx, kept.id, mine.id, [key])
    intro, _ = words.add(tx, here, key, HER_INTRO)
    recap_drafts.write(tx, kept, Part.INTRO, intro, key)


def _host(tx: Transaction, subject: Subject) -> None:
    """Have something be on the calendar that names her."""
    rule = Rule(datetime.fromisoformat("2026-05-01T18:00"), ZoneInfo("UTC"))
    body = wire.encode(phrase("mail.direct", host=subject.member.ref))
    plan = calendar.Plan("moments.hosted", rule, body)
    calendar.add(tx, subject.community, plan, subject.at)


def _edit(tx: Transaction, subject: Subject) -> None:
    """Have her write what a recap says, and somebody after her."""
    ref = templates.TemplateRef(subject.community, "recaps.weekly", "en")
    her_key, at = subject.member.key, subject.at
    templates.keep(tx, ref, templates.Edit(HER_TEMPLATE, her_key, 0, at))
    templates.keep(tx, ref, templates.Edit("This was the week.", 7, 1, at))


def installed(home: Community) -> Installation:
    """Return what is kept of her having installed Laurel there."""
    return Installation(
        platform=COMMUNITY.platform,
        place=COMMUNITY.id,
        organisation=False,
        name="Home",
        bot="U0BOT",
        installer=PLATFORM_ID,
        scopes=("commands",),
        key="abc",
        token=SEALED,
        installed_at=home.clock(),
    )


async def test_every_table_is_claimed(tmp_path: Path) -> None:
    """A table that nobody claims could be forgotten in export and erasure."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        assert [] == await home.database.read(complaints)


def test_a_forgotten_table_or_column_is_found(tmp_path: Path) -> None:
    """The complaint names what is open and says what to do."""
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    connection = file.connect(path, "rw")
    connection.execute("CREATE TABLE diaries (member INTEGER, entry TEXT) STRICT")
    connection.execute("ALTER TABLE activity ADD COLUMN remark TEXT")
    told = complaints(Transaction(connection))
    connection.close()

    assert 2 == len(told)
    assert told[0].startswith("diaries is claimed 0 times: add one Claim")
    assert told[1].startswith("activity.remark is text: name it")


async def test_a_member_can_have_something_in_every_table(tmp_path: Path) -> None:
    """What follows is only as good as this: no personal table is left out."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        subject = await fill(home)
        counts = await home.database.read(
            lambda tx: {
                claim.table: _count(tx, claim.table, claim.mine, subject)
                for claim in CLAIMS
                if isinstance(claim, Claim)
            }
        )
        assert [] == [table for table, rows in counts.items() if not rows]
        found = "\n".join(await home.database.read(residue))
        assert [] == [needle for needle in NEEDLES if needle not in found]


async def test_the_export_has_every_table_and_nobody_elses_identity(
    tmp_path: Path,
) -> None:
    """Own words, words to the member, instants in ISO, others by name alone."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        home.person("Ben", ref=MemberRef(COMMUNITY, "U0BEN"))
        home.person("Cleo", ref=MemberRef(COMMUNITY, "U0CLEO"))
        subject = await fill(home)
        page = await home.type(NAME, "laurel privacy")
        reply = await home.press(NAME, page, "Export my data")
        keys = await home.database.read(
            lambda tx: [r["key"] for r in tx.all("SELECT key FROM members")]
        )

    content = reply.file.content.decode()
    document = json.loads(content)
    personal_tables = {c.table for c in CLAIMS if isinstance(c, Claim)}
    assert personal_tables == set(document["tables"])
    assert [] == [table for table, rows in document["tables"].items() if not rows]
    for told in (HER_WORDS, TO_HER, IN_PRIVATE, HER_DRAFT, HER_REGRET, WAITING):
        assert told in content
    for hidden in ("U0BEN", "U0CLEO", WHY_TAKEN, DRAFT_TO_HER, SEALED.hex()):
        assert hidden not in content
    assert nominated.HERS in content
    assert nominated.OF_HER not in content
    for told in (reviewed.HER_REASON, reviewed.OF_HER, reviewed.TO_HER, *judged.TOLD):
        assert told in content
    for kept in (reviewed.FOR_HER, reviewed.TO_BEN, judged.IN_FILE):
        assert kept not in content
    others = [key for key in keys if key != subject.member.key]
    assert [] == [key for key in others if str(key) in content]
    (given, *_) = document["tables"]["shoutout_receivers"]
    assert ("Ben", NAME) == (given["giver"], given["receiver"])
    assert "2026-03-06T15:00:00+00:00" == given["given_at"]


async def test_erasure_leaves_nothing_anywhere(tmp_path: Path) -> None:
    """No column of any table, and no byte on disk, knows who it was."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        subject = await fill(home)
        form = await home.press(
            NAME, await home.type(NAME, "laurel privacy"), "Erase my data"
        )
        await home.fill_in(NAME, form, word="ERASE")

        assert [] == await home.database.read(residue)
        assert [] == await home.database.read(lambda tx: leftover(tx, subject))
        assert [] == on_disk(path)
    assert [] == on_disk(path)
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM")
    connection.close()
    assert [] == on_disk(path)


def on_disk(path: Path, needles: Sequence[str] = NEEDLES) -> list[str]:
    """Return what is left in the bytes of the database and the files beside it."""
    return [
        f"{each.name}: {needle}"
        for each in path.parent.glob(f"{path.name}*")
        for needle in needles
        if needle.encode() in each.read_bytes()
    ]


@pytest.mark.parametrize(
    "forgotten",
    [
        claim.table
        for claim in CLAIMS
        if isinstance(claim, Claim) and not isinstance(claim.erasure, Keep)
    ],
)
async def test_the_scan_finds_what_a_missing_claim_leaves(
    tmp_path: Path, forgotten: str
) -> None:
    """The planted defect: without its claim, something of each table stays."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        subject = await fill(home)
        fewer = [claim for claim in CLAIMS if claim.table != forgotten]
        await home.database.write(personal.erase, subject, fewer)

        left = await home.database.read(lambda tx: leftover(tx, subject))
        found = await home.database.read(residue)
        assert forgotten in {*left, *(each.partition(".")[0] for each in found)}


async def test_without_overwriting_the_bytes_would_stay(tmp_path: Path) -> None:
    """The scan of the disk can fail: a log that is not emptied still has it all."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        await home.database.write(personal.erase, await fill(home))

        assert [] == await home.database.read(residue)
        assert on_disk(path)
        await home.database.scrub()
        assert [] == on_disk(path)


async def test_what_others_gave_and_received_still_counts(tmp_path: Path) -> None:
    """Their tallies stay, the recount agrees, and the audit's chain is whole."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        subject = await fill(home)
        key = subject.member.key

        def counted(tx: Transaction) -> list[tuple[int, ...]]:
            all_but_hers = "SELECT * FROM totals WHERE member <> :key"
            return [tuple(row) for row in tx.all(all_but_hers, key=key)]

        before = await home.database.read(counted)
        await home.database.write(personal.erase, subject)

        assert before == await home.database.read(counted)
        assert 0 == await home.database.read(recount.drift)
        here = subject.community
        broken = await home.database.read(lambda tx: audit.first_broken(tx, here))
        assert broken is None


async def test_whoever_installed_laurel_is_forgotten_and_the_token_stays(
    tmp_path: Path,
) -> None:
    """For the community, or an organisation around it; elsewhere it is not hers."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        subject = await fill(home)
        around = replace(installed(home), place="E0AROUND", organisation=True)
        elsewhere = replace(installed(home), place="T0ELSEWHERE")

        def install(tx: Transaction) -> None:
            installations.put(tx, around)
            installations.put(tx, elsewhere)
            installations.join(tx, COMMUNITY.platform, "E0AROUND", [COMMUNITY.id])

        await home.database.write(install)
        await home.database.write(personal.erase, subject)
        kept = await home.database.read(installations.every, COMMUNITY.platform)

    assert {SEALED} == {each.token for each in kept}
    assert {COMMUNITY.id: None, "E0AROUND": None, "T0ELSEWHERE": PLATFORM_ID} == {
        each.place: each.installer for each in kept
    }


async def test_erasing_one_leaves_the_others_alone(tmp_path: Path) -> None:
    """Words between others, their drafts and their posts are untouched."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        await give(home, "Ines", "Joan", "You fixed the gate, and the goats stayed in.")
        await fill(home)
        home.platform.fault = lambda _request: None
        subject = await the_member(home)
        await home.database.write(personal.erase, subject)
        await home.laurel.settle()

        assert ["You fixed the gate, and the goats stayed in."] == [
            post.partition("“")[2].partition("”")[0] for post in home.posts()
        ]
        rows = await home.database.read(lambda tx: tx.all("SELECT body FROM words"))
        assert 1 == len(rows)
