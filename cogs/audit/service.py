"""What was decided, looked at and handed out: units of work."""

from __future__ import annotations

from bot.chat.responses import Call
from bot.domain.errors import RuleError
from cogs.audit import publishing
from cogs.audit.cards import Overview, Part
from storage import audit, communities, members
from storage.database import Transaction

SHOWN = 8
"""Decisions on the card."""

PART_BYTES = 8_000_000
"""Most of one file: with a margin below what Discord takes of one, 10 MiB."""

# What members do for themselves is no decision, and not for admins to read; nor is who
# nominated or voted.
DECISIONS = frozenset(
    {
        "audit.export",
        "audit.publish",
        "awards.close",
        "awards.create",
        "awards.edit",
        "awards.open",
        "awards.passed",
        "awards.plan",
        "awards.remove",
        "boards.export",
        "calendar.cancel",
        "calendar.save",
        "calendar.skip",
        "committees.count",
        "committees.draw",
        "committees.drop",
        "committees.drop-ballot",
        "committees.end",
        "committees.extend",
        "committees.hand-over",
        "committees.open",
        "committees.pool",
        "committees.seat",
        "fairness.month-off",
        "fairness.month-on",
        "imports.made",
        "imports.undone",
        "mail.replay",
        "points.adjust",
        "points.take-back",
        "recaps.post",
        "recaps.skip",
        "review.asked",
        "review.declined",
        "review.recuse",
        "review.reopened",
        "review.stands",
        "review.taken-back",
        "review.won",
        "seasons.end",
        "seasons.passed",
        "seasons.plan",
        "seasons.start",
        "seasons.unplan",
        "setup.save",
        "templates.edit",
        "templates.reset",
    }
)
"""What the card tells of."""


def look(tx: Transaction, call: Call) -> Overview:
    """Return what was decided of late, and how far the chain has come."""
    community = communities.get(tx, call.community)
    done = audit.recent(tx, community, DECISIONS, SHOWN)
    people = {}
    for key in {each.actor for each in done if each.actor is not None}:
        member = members.by_key(tx, community, key, call.at)
        if member is not None:
            people[key] = member.ref
    published = audit.latest(tx, community, publishing.PUBLISHED)
    return Overview(audit.head(tx, community), done, people, published)


def note_export(tx: Transaction, call: Call, after: int) -> None:
    """Note in the audit itself that rows are handed out, from which one on.

    Raises:
        RuleError: If there is no row ``after``.
    """
    community = communities.get(tx, call.community)
    if not 0 <= after <= audit.head(tx, community).row:
        raise RuleError("common.unknown-button")
    admin = members.meet(tx, community, call.actor, call.at)
    entry = audit.Entry(admin.key, "audit.export", f"audit:{after + 1}")
    audit.add(tx, community, entry, call.at)


def export(tx: Transaction, call: Call, after: int) -> Part:
    """Return the rows behind ``after`` that fit into a file, at least one of them."""
    community = communities.get(tx, call.community)
    content, row = bytearray(), after
    for line in audit.lines(tx, community, after):
        if content and len(content) + len(line) > PART_BYTES:
            break
        content += line
        row += 1
    more = audit.head(tx, community).row - row
    return Part(bytes(content), after + 1, audit.head(tx, community, row), more)
