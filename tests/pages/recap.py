"""A recap's variables, a week of them, and templates as communities write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.chat.speech import Reader, Speech
from bot.chat.text import Day, Quote, When
from bot.domain.refs import MemberRef
from bot.pages.passages import Passage
from bot.pages.variables import Context, Given, Kind, Record, Variables
from tests.harness import COMMUNITY, START, words

VARIABLES: Variables = {
    "community": Kind.VALUE,
    "thanks": Kind.COUNT,
    "people": Kind.COUNT,
    "period": Kind.WORD,
    "newcomers": Kind.LIST,
    "week": Record({"since": Kind.VALUE, "until": Kind.VALUE, "values": Kind.LIST}),
    "highlights": Record(
        {"giver": Kind.VALUE, "receivers": Kind.LIST, "reason": Kind.VALUE}, many=True
    ),
    "coming": Record({"title": Kind.VALUE, "at": Kind.VALUE}, many=True),
}


def member(name: str) -> MemberRef:
    """Return somebody called ``name``."""
    return MemberRef(COMMUNITY, name)


def highlight(giver: str, *receivers: str, reason: str) -> Mapping[str, object]:
    """Return what somebody was thanked for."""
    return {
        "giver": member(giver),
        "receivers": tuple(map(member, receivers)),
        "reason": Quote(reason),
    }


WEEK: Mapping[str, Given] = {
    "community": Quote("The Lantern Choir"),
    "thanks": 1_234,
    "people": 2,
    "period": "weekly",
    "newcomers": (member("Ana"), member("Ben"), member("Cleo")),
    "week": {
        "since": Day(date(2026, 3, 2)),
        "until": Day(date(2026, 3, 8)),
        "values": (Quote("Kindness"), Quote("Craft")),
    },
    "highlights": (
        highlight("Dai", "Elif", "Femi", reason="You carried the piano."),
        highlight("Gus", "Hana", reason="The soup was worth the walk."),
    ),
    "coming": (
        {
            "title": Quote("Soup night"),
            "at": When(datetime(2026, 3, 9, 18, tzinfo=UTC)),
        },
    ),
}

NOTHING: Mapping[str, Given] = {
    "community": None,
    "thanks": 0,
    "people": 0,
    "period": "monthly",
    "newcomers": (),
    "week": {"since": None, "until": None, "values": ()},
    "highlights": (),
    "coming": (),
}


def context(**changed: Given) -> Context:
    """Return a week, with what is different in it."""
    return Context(VARIABLES, {**WEEK, **changed})


QUIET = Context(VARIABLES, NOTHING)

ENGLISH = """\
**{{ community }}**, {{ week.since }} to {{ week.until }}
{% if period == "weekly" and thanks > 1 %}
{{ thanks }} thanks went round this week.
{% elif thanks == 1 %}
One thank you, and a good one.
{% else %}
A quiet time. Rest is part of the work.
{% endif %}

{% for each in highlights %}
• {{ each.giver }} to {{ each.receivers }}: “{{ each.reason }}”
{% else %}
No highlights, and nobody minds.
{% endfor %}

{% if newcomers %}
First time: {{ newcomers|join(" · ") }} ({{ newcomers|length }})
{% endif %}
{% for each in coming %}
Next: {{ each.title }}, {{ each.at }}
{% endfor %}
"""

SPANISH = """\
Semana de **{{ community }}**: {{ thanks }} gracias entre {{ people }} personas.
{% for cada in highlights %}
• {{ cada.giver }} a {{ cada.receivers|first }}: «{{ cada.reason }}»
{% endfor %}
{% if not newcomers or people < 3 %}¡Faltas tú!{% endif %}
{% if week.values|length >= 2 %}Se notó: {{ week.values }}.{% endif %}
"""

SHORT = "{{ thanks }} thanks, {{ newcomers|last }} among the new."

TEMPLATES = (ENGLISH, SPANISH, SHORT)


def speech(tag: str = "en") -> Speech:
    """Return how somebody is told, who knows everybody by name."""
    reader = Reader(tag, ZoneInfo("UTC"), START)
    return Speech(words(), reader, lambda ref: ref.id)


def said(passage: Passage, tag: str = "en") -> str:
    """Return what can be read, its paragraphs apart by a bar."""
    return "\n|\n".join(map(speech(tag).plain, passage.paragraphs()))
