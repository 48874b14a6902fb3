"""What is kept about a member as files: for programs, and for them to read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.chat.message import File
from bot.chat.speech import Reader
from bot.domain.refs import MemberRef
from bot.pages.kept import KeptPage
from cogs.privacy import service
from cogs.privacy.service import Everything
from storage import communities
from storage.exports import Asked
from storage.offline import look_into
from storage.personal import Row

VERSION = 1

MAX_BYTES = 8_000_000
"""Most that is handed over as it is; every platform takes that, and beyond it is packed
into one archive."""

MOST_AT_ONCE = 5_000
"""Most rows that a member waits for: they are made on a thread, and keep everybody for
a few tenths of a second. More is made in a process beside this one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be handed everything, in which language, and as of when."""

    member: MemberRef
    locale: str
    at: datetime


def drawn(path: Path, wanted: Wanted, page: KeptPage) -> tuple[File, ...] | None:
    """Return the files for a member; None where there is too much to wait for.

    It takes a while, and belongs on a thread. Reads the file by itself, so that nobody
    else waits for it.
    """
    with look_into(path) as tx:
        if service.rows(tx, wanted.member, wanted.at) > MOST_AT_ONCE:
            return None
        kept = service.everything(tx, wanted.member, wanted.at)
    files = _files(kept, wanted, page)
    if sum(len(each.content) for each in files) > MAX_BYTES:
        return (handed(_packed(files)),)
    return files


def made(path: Path, asked: Asked, page: KeptPage, at: datetime) -> bytes:
    """Return the same as one archive for who waits, however much it is."""
    with look_into(path) as tx:
        community = communities.by_id(tx, asked.community)
        wanted = Wanted(MemberRef(community.ref, asked.platform_id), asked.locale, at)
        kept = service.everything(tx, wanted.member, at)
    return _packed(_files(kept, wanted, page))


def handed(archive: bytes) -> File:
    """Return an archive as it is handed over."""
    return File("laurel-data.zip", "application/zip", archive)


def _files(kept: Everything, wanted: Wanted, page: KeptPage) -> tuple[File, ...]:
    reader = Reader(wanted.locale, kept.zone, wanted.at)
    drawn = page.draw(kept.tables, kept.name or "", reader)
    return (
        File("laurel-data.json", "application/json", _json(kept, wanted.at)),
        File("laurel-data.html", "text/html", drawn),
    )


def _json(kept: Everything, at: datetime) -> bytes:
    """Return a document with a line for each row: made quickly, and read as well."""
    head = {
        "version": VERSION,
        "exported_at": at.isoformat(),
        "member": kept.name,
    }
    tables = ",\n".join(
        f"  {_line(name)}: {_listed(rows)}" for name, rows in kept.tables.items()
    )
    opened = _line(head).removesuffix("}")
    return f'{opened}, "tables": {{\n{tables}\n}}}}\n'.encode()


def _listed(rows: Sequence[Row]) -> str:
    if not rows:
        return "[]"
    lines = ",\n".join(f"    {_line(row)}" for row in rows)
    return f"[\n{lines}\n  ]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _packed(files: tuple[File, ...]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in files:
            archive.writestr(
                zipfile.ZipInfo(each.name), each.content, zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()
