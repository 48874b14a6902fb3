"""What members let others know of what they do."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.domain.community import About
from bot.domain.errors import RuleError

MAX_LINE_CHARS = 80
MAX_LINK_CHARS = 120


def check_about(about: About) -> About:
    """Return ``about`` with its link as an ``https`` address.

    Raises:
        RuleError: If there is a link and no line, or the link could pose as another:
            it names a user, a port, or letters that browsers write in code.
    """
    if not about.link:
        return about
    if not about.line:
        raise RuleError("members.refused-link-alone", "line")
    written = about.link if "://" in about.link else f"https://{about.link}"
    if not _is_plain(written):
        raise RuleError("members.refused-link", "link")
    return About(about.line, written)


def _is_plain(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" and port is None
    return secure and _is_host(parts.netloc) and " " not in address


def _is_host(netloc: str) -> bool:
    labels = netloc.split(".")
    return len(labels) > 1 and all(
        label.isascii() and label.replace("-", "").isalnum() for label in labels
    )
