"""Pages and letters in HTML. Pages run no script and ask nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from bot.chat.speech import Speech
from bot.chat.text import phrase
from bot.pages import Pages
from bot.pages.feeds.agenda import Agenda
from bot.pages.feeds.article import Article
from bot.pages.feeds.words import flat

_FOLDER = Path(__file__).parent / "templates"

_LABELS = (
    "calendar",
    "empty_calendar",
    "empty_recaps",
    "follow",
    "letter",
    "mail",
    "now",
    "pages",
    "paste",
    "read_page",
    "recaps",
    "secret",
    "shapes",
    "skip",
    "subscribe",
    "text",
)
"""What templates say that names nothing; `labels` finds it in the catalogue."""

_SHUT = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"

_SAVED = f"{_SHUT}; style-src 'unsafe-inline'"
"""For what is saved as a file, and says so itself."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around it.

    Attributes:
        direction: ``ltr`` or ``rtl``.

        labels: As `labels` returns them.

        up: The way to where the pages lie, ``""`` or ``"../"``; None where there is
            nowhere to go.

        page: Which of them it is, ``calendar`` or ``recaps``; empty for neither.
    """

    language: str
    direction: str
    labels: Mapping[str, str]
    up: str | None = None
    page: str = ""


def labels(speech: Speech) -> Mapping[str, str]:
    """Return what pages say that names nothing, as ``speech`` says it."""
    return {
        name: speech.plain(phrase(f"feeds.{name.replace('_', '-')}"))
        for name in _LABELS
    }


class Html:
    """Draws each page as a whole."""

    def __init__(self) -> None:
        self._pages = Pages(_FOLDER)
        style = (_FOLDER / "style.css").read_text(encoding="utf-8")
        self._style = Markup(style)  # noqa: S704  our own file
        digest = hashlib.sha256(style.encode()).digest()
        told = base64.b64encode(digest).decode()
        ends = "frame-ancestors 'none'"
        self.policy = f"{_SHUT}; style-src 'sha256-{told}'; {ends}"
        self.mail_policy = f"{_SHUT}; style-src 'unsafe-inline'; {ends}"

    def calendar(self, frame: Frame, agenda: Agenda, zone: str, address: str) -> str:
        """Return the page of what is coming.

        Args:
            frame: What stands around it.
            agenda: What is shown.
            zone: In which clocks times are told, in words.
            address: Of the same for calendar programs.
        """
        scheme, _, rest = address.partition("://")
        subscribe = f"webcal://{rest}" if scheme in {"http", "https"} else address
        told = {"agenda": agenda, "zone": zone, "address": address}
        return self._page("calendar.html", frame, **told, subscribe=subscribe)

    def recaps(self, frame: Frame, articles: Sequence[Article]) -> str:
        """Return the page that lists recaps."""
        return self._page("recaps.html", frame, articles=articles)

    def recap(self, frame: Frame, article: Article) -> str:
        """Return the page of one recap."""
        title = flat(article.title)
        return self._page("recap.html", frame, article=article, title=title)

    def letter(self, frame: Frame, article: Article, address: str) -> str:
        """Return a recap as HTML for e-mail.

        Args:
            frame: What stands around it.
            article: What is told.
            address: Of its page; empty where it names none.
        """
        title = flat(article.title)
        told = {"article": article, "title": title, "address": address}
        return self._page("mail.html", frame, **told)

    def notice(self, frame: Frame, title: str, text: str) -> str:
        """Return a page that says one thing."""
        return self._page("notice.html", frame, title=title, text=text)

    def kept(
        self, frame: Frame, title: str, lead: Sequence[str], sections: Sequence[object]
    ) -> str:
        """Return a page of what is kept about somebody, which they save as a file.

        Args:
            frame: What stands around it.
            title: What it is.
            lead: What is to be known of it.
            sections: Each a `bot.pages.kept.Section`.
        """
        told = {"title": title, "lead": lead, "sections": sections}
        return self._page("kept.html", frame, **told, policy=_SAVED)

    def body(self, article: Article) -> str:
        """Return a recap without a page around it, for feed readers."""
        return self._pages.render("body.html", {"article": article}).strip()

    def _page(self, template: str, frame: Frame, **told: object) -> str:
        given = {"frame": frame, "labels": frame.labels, "style": self._style, **told}
        return self._pages.render(template, given).lstrip()
