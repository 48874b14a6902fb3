"""Draws what somebody asks of an address: one page, in one of its shapes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.chat.catalogue import Catalogue
from bot.chat.speech import Reader, Speech
from bot.chat.text import phrase
from bot.domain.recap import Recap
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from bot.pages.feeds.article import Article, Writer
from bot.pages.feeds.html import Frame, Html, labels
from bot.pages.feeds.ical import ical
from bot.pages.feeds.letter import Letter, eml
from bot.pages.feeds.markdown import markdown
from bot.pages.feeds.plain import plain
from bot.pages.feeds.syndication import Feed, json_feed, rss
from bot.pages.feeds.words import flat
from bot.web.asking import Ask, Read
from bot.web.dates import Dates
from storage.addresses import CALENDAR_FILE, RECAPS
from storage.published import Programme, Times, Told

MAX_FEED_ITEMS = 20

_STILL = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""What a browser may do with what is no page."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is sent.

    Attributes:
        kind: Its media type.

        policy: What a browser may do with it.

        charset: None for what says so itself.
    """

    body: bytes
    kind: str
    policy: str = _STILL
    charset: str | None = "utf-8"


class Draughtsman:
    """Draws every page, in the language and the zone of whose address it is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._html = Html()
        self._notices: dict[tuple[str, str], Drawn] = {}

    def draw(self, ask: Ask, read: Read) -> Drawn | None:
        """Return what is sent; None where there is no such thing."""
        speech = self._speech(ask)
        match read.found:
            case Programme() as programme:
                calendar = Dates(ask, speech).calendar(programme, read.ids)
                return Drawn(ical(calendar), "text/calendar")
            case Times() as times:
                return self._agenda(ask, speech, times)
            case Told() as told:
                writer = Writer(speech, self._direction(speech), told.names)
                coming = [(each.moment.name, each.at) for each in told.coming]
                articles = [
                    writer.article(each, _urn(ask, read, each), each.posted_at, coming)
                    for each in told.recaps
                    if each.posted_at
                ]
                if ask.wish.number:
                    return self._recap(ask, articles[0]) if articles else None
                return self._recaps(ask, speech, articles)

    def notice(self, name: str, tag: str) -> Drawn:
        """Return a page that says ``feeds.<name>`` in the language nearest to tag."""
        key = name, self._catalogue.choose(tag)
        if key not in self._notices:
            self._notices[key] = self._noticed(*key)
        return self._notices[key]

    def _noticed(self, name: str, tag: str) -> Drawn:
        reader = Reader(tag, ZoneInfo("UTC"), datetime.min.replace(tzinfo=UTC))
        speech = Speech(self._catalogue, reader, _nobody)
        title, said = (phrase(f"feeds.{key}") for key in (f"{name}-title", name))
        html = self._html.notice(
            self._frame(speech), speech.plain(title), speech.plain(said)
        )
        return self._page(html)

    def _agenda(self, ask: Ask, speech: Speech, times: Times) -> Drawn:
        dates = Dates(ask, speech)
        return self._page(
            self._html.calendar(
                self._frame(speech, "", "calendar"),
                dates.agenda(times),
                dates.zone(),
                ask.link(CALENDAR_FILE),
            )
        )

    def _recaps(self, ask: Ask, speech: Speech, articles: list[Article]) -> Drawn:
        page = ask.wish.page
        if page == RECAPS:
            frame = self._frame(speech, "", "recaps")
            return self._page(self._html.recaps(frame, articles))
        feed = Feed(
            title=speech.plain(phrase("feeds.recaps")),
            about=speech.plain(phrase("feeds.about-recaps")),
            language=speech.reader.locale,
            home=ask.link(RECAPS),
            own=ask.link(page),
            articles=articles[:MAX_FEED_ITEMS],
        )
        if page.endswith(".rss"):
            return Drawn(rss(feed, self._html.body), "application/rss+xml")
        return Drawn(json_feed(feed, self._html.body), "application/feed+json")

    def _recap(self, ask: Ask, article: Article) -> Drawn:
        speech = self._speech(ask)
        # A letter is passed on, and a member's own address is for nobody else.
        ours = ask.address.member is None
        address = ask.link(f"{RECAPS}/{article.number}") if ours else ""
        match ask.wish.page:
            case ".md":
                return Drawn(markdown(article).encode(), "text/markdown")
            case ".txt":
                return Drawn(plain(article, address).encode(), "text/plain")
            case ".mail.html":
                letter = self._html.letter(self._frame(speech), article, address)
                return Drawn(letter.encode(), "text/html", self._html.mail_policy)
            case ".eml":
                letter = self._html.letter(self._frame(speech), article, address)
                file = eml(_letter(article, plain(article, address), letter))
                return Drawn(file, "message/rfc822", charset=None)
            case _:
                frame = self._frame(speech, "../", "recaps")
                return self._page(self._html.recap(frame, article))

    def _page(self, html: str) -> Drawn:
        return Drawn(html.encode(), "text/html", self._html.policy)

    def _frame(self, speech: Speech, up: str | None = None, page: str = "") -> Frame:
        tag = speech.reader.locale
        return Frame(tag, self._direction(speech), labels(speech), up, page)

    def _speech(self, ask: Ask) -> Speech:
        settings, member = ask.address.community.settings, ask.address.member
        here = self._catalogue.choose(settings.locale)
        tag = self._catalogue.choose(member.locale, here) if member else here
        zone = member.zone if member else settings.zone
        return Speech(self._catalogue, Reader(tag, zone, ask.now), _nobody)

    def _direction(self, speech: Speech) -> str:
        babel = self._catalogue.languages[speech.reader.locale].babel
        return "rtl" if babel.text_direction == "rtl" else "ltr"


def _letter(article: Article, text: str, html: str) -> Letter:
    title, written_at = flat(article.title), article.posted_at
    return Letter(article.id, title, written_at, article.language, text, html)


def _urn(ask: Ask, read: Read, recap: Recap) -> str:
    return read.ids.urn(f"recaps:{ask.address.community.id}:{recap.number}")


def _nobody(_ref: MemberRef | ChannelRef | RoleRef) -> str:
    """Return no name: pages are given names, and look up none."""
    return ""
