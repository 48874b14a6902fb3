"""What is kept about a member as files: for programs, and for them to read."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from bot.chat.message import File
from bot.chat.responses import Call
from bot.chat.speech import Reader
from bot.pages.kept import KeptPage
from cogs.privacy import service
from cogs.privacy.service import Everything
from storage.offline import look_into

VERSION = 1

MAX_BYTES = 8_000_000
"""Most that is handed over as it is; every platform takes that, and beyond it is packed
into one archive."""


def drawn(path: Path, call: Call, page: KeptPage) -> tuple[File, ...]:
    """Return the files for the actor. It takes a while, and belongs on a thread.

    Reads the file by itself, so that nobody else waits for it.
    """
    with look_into(path) as tx:
        kept = service.everything(tx, call)
    reader = Reader(call.locale, kept.zone, call.at)
    files = (
        File("laurel-data.json", "application/json", _json(kept, call)),
        File(
            "laurel-data.html",
            "text/html",
            page.draw(kept.tables, kept.name or "", reader),
        ),
    )
    return (
        files if sum(len(f.content) for f in files) <= MAX_BYTES else (_packed(files),)
    )


def _json(kept: Everything, call: Call) -> bytes:
    document = {
        "version": VERSION,
        "exported_at": call.at.isoformat(),
        "member": kept.name,
        "tables": kept.tables,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _packed(files: tuple[File, ...]) -> File:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in files:
            archive.writestr(
                zipfile.ZipInfo(each.name), each.content, zipfile.ZIP_DEFLATED
            )
    return File("laurel-data.zip", "application/zip", packed.getvalue())
