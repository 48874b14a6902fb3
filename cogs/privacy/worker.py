"""The process that makes what a member asked for: asked once, and gone after that."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.chat.catalogue import Catalogue
from bot.pages.kept import KeptPage
from cogs.privacy import files
from storage.exports import Asked


def ask(locales: Path, path: Path, asked: Asked, at: datetime) -> bytes:
    """Return the question: what the file at ``path`` holds, in words of ``locales``."""
    told = [str(locales), str(path), asdict(asked), at.isoformat()]
    return json.dumps(told).encode()


def answer(question: bytes) -> bytes:
    """Return the archive."""
    locales, path, asked, at = json.loads(question)
    page = KeptPage(Catalogue.load(Path(locales)))
    return files.made(Path(path), Asked(**asked), page, datetime.fromisoformat(at))


if __name__ == "__main__":
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
