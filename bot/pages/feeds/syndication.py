"""Recaps for feed readers: RSS 2.0 and JSON Feed 1.1, with ids that stay."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from bot.pages.feeds.article import Article
from bot.pages.feeds.plain import plain
from bot.pages.feeds.words import flat

_ATOM = "http://www.w3.org/2005/Atom"

TTL_MIN = 60
"""How long a reader may wait before it looks again."""

_NOT_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Body = Callable[[Article], str]
"""Draws an article as HTML without a page around it."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed reader is given.

    Attributes:
        home: Address of the page with the same recaps.

        own: Address of the feed itself.

        articles: The newest first.
    """

    title: str
    about: str
    language: str
    home: str
    own: str
    articles: Sequence[Article]

    def address(self, article: Article) -> str:
        """Return where the page of ``article`` is."""
        return f"{self.home}/{article.number}"


def rss(feed: Feed, body: Body) -> bytes:
    """Return ``feed`` as RSS 2.0."""
    ET.register_namespace("atom", _ATOM)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.home)
    _add(channel, "description", feed.about)
    _add(channel, "language", feed.language)
    _add(channel, "generator", "Laurel")
    _add(channel, "ttl", str(TTL_MIN))
    if feed.articles:
        _add(channel, "lastBuildDate", _rfc_822(feed.articles[0].posted_at))
    own = {"href": feed.own, "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_ATOM}}}link", own)
    for article in feed.articles:
        item = ET.SubElement(channel, "item")
        _add(item, "title", flat(article.title))
        _add(item, "link", feed.address(article))
        _add(item, "guid", article.id, isPermaLink="false")
        _add(item, "pubDate", _rfc_822(article.posted_at))
        for tag in article.tags:
            _add(item, "category", tag)
        _add(item, "description", body(article))
    told = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return bytes(told) + b"\n"


def json_feed(feed: Feed, body: Body) -> bytes:
    """Return ``feed`` as JSON Feed 1.1."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "description": feed.about,
        "language": feed.language,
        "items": [_item(feed, article, body) for article in feed.articles],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(feed: Feed, article: Article, body: Body) -> dict[str, object]:
    return {
        "id": article.id,
        "url": feed.address(article),
        "title": flat(article.title),
        "content_html": body(article),
        "content_text": plain(article),
        "date_published": article.posted_at.astimezone(UTC).isoformat(),
        "language": article.language,
        **({"tags": list(article.tags)} if article.tags else {}),
    }


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _xml_text(text)


def _xml_text(text: str) -> str:
    """Return ``text`` without what no XML may hold, however it is escaped."""
    return _NOT_XML.sub("", text)


def _rfc_822(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)
