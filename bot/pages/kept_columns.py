"""What of each table a member can read, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "you": ("members", "installations"),
    "thanks": ("shoutouts", "retractions"),
    "points": (
        "allowances",
        "points",
        "point_reversals",
        "totals",
    ),
    "nominations": (
        "award_standards",
        "nominations",
        "candidacies",
        "decisions",
        "reviewers",
        "review_recusals",
        "appeals",
        "appeal_answers",
    ),
    "committees": ("committees", "committee_seats", "recusals", "votes"),
    "challenges": (
        "challenge_terms",
        "challenge_entrants",
        "challenge_teams",
        "checkins",
        "proofs",
        "verdicts",
        "judging_desks",
        "challenge_scores",
        "challenge_places",
        "challenge_disputes",
        "challenge_dispute_answers",
        "reminders",
    ),
    "recaps": (
        "recaps",
        "recap_highlights",
        "recap_newcomers",
        "recap_left_out",
        "recap_series",
        "templates",
    ),
    "messages": ("outbox", "outbox_names", "uploads", "drafts"),
    "calendar": ("calendar_entries", "addresses", "fairness_asked", "exports"),
    "words": ("words",),
    "log": ("activity", "audit"),
}
"""Which tables stand under which heading; each stands under one."""

WITHIN = ("shoutout_receivers", "credits")
"""Tables that are told with others, or derived from them."""

LABELS: Mapping[str, str] = {
    "about": "about",
    "action": "what",
    "actor": "by",
    "added_at": "when",
    "added_by": "by",
    "amount": "points",
    "answer": "answer",
    "asked_at": "when",
    "asked_by": "by",
    "at": "when",
    "author": "by",
    "best": "streak",
    "body": "said",
    "cap": "of",
    "cast_at": "when",
    "choice": "choice",
    "criteria": "about",
    "day": "day",
    "days": "days",
    "decided_at": "when",
    "decider": "by",
    "edited_at": "when",
    "editor": "by",
    "ended_at": "ended",
    "expires_at": "until",
    "given_at": "when",
    "giver": "from",
    "installed_at": "when",
    "intro": "said",
    "intro_by": "by",
    "joined_at": "joined",
    "kind": "what",
    "left_at": "left",
    "level": "level",
    "link": "link",
    "links": "link",
    "locale": "language",
    "made_at": "when",
    "maker": "by",
    "media_type": "what",
    "member": "member",
    "met_at": "met",
    "name": "name",
    "nominator": "by",
    "nominee": "for",
    "opened_at": "when",
    "period": "what",
    "platform_id": "id",
    "posted_at": "when",
    "prompts": "said",
    "queued_at": "when",
    "rank": "rank",
    "reached_at": "when",
    "reason": "reason",
    "receiver": "to",
    "received_on": "day",
    "reversed_by": "by",
    "settled_at": "settled",
    "size": "bytes",
    "source": "how",
    "spent": "spent",
    "starts": "when",
    "starts_on": "day",
    "state": "state",
    "streak": "streak",
    "subject": "for",
    "times": "times",
    "title": "name",
    "voter": "by",
    "way": "how",
    "word": "said",
    "word_by": "by",
    "words": "said",
    "zone": "zone",
}
"""What columns are called; those that are not here are in the JSON alone."""

WORDS = {"words", "reason", "links", "link", "intro", "word", "name"}
"""Columns in which a number is that of somebody's words."""

UNREADABLE = {
    ("activity", "source"),
    ("award_standards", "decider"),
    ("challenge_teams", "size"),
    ("committees", "size"),
    ("totals", "day"),
}
"""Columns that are called as others are, and are something else."""

THOUSANDTHS = ("totals", "amount")
"""A column of thousandths."""
