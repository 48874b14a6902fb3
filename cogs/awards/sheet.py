"""What moderators see while they write an award down: the sheet, and what was saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat import standards
from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, Tone, say
from bot.chat.sheets import Part, Sheet, SheetRoutes, draw
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.awards import AwardState, Evidence, Standard, Window
from cogs.awards.drafting import Plan
from cogs.awards.planner import Overtaken, Saved, Sketch

ROUTES = SheetRoutes("awards.change", "awards.save", "awards.drop")

WORDS, ITEMS, ELIGIBLE, ROLES = "words", "items", "eligible", "roles"
DECIDING, WINDOW, ANNOUNCING = "deciding", "window", "announcing"

ROLE_FIELDS = ("first", "second", "third", "fourth", "fifth")


def sheet(sketch: Sketch) -> Message:
    """Return what is drafted, to be changed, saved or dropped."""
    draft = sketch.draft
    which = "new" if draft.award is None else "known"
    body = [phrase(f"awards.sheet-{which}.intro")]
    if draft.is_open:
        body.append(phrase("awards.sheet-open"))
    return draw(
        Sheet(
            routes=ROUTES,
            draft=draft.id,
            title=phrase(f"awards.sheet-{which}"),
            parts=tuple(_parts(sketch)),
            changes=draft.changes,
            body=tuple(body),
        )
    )


def answers(sketch: Sketch) -> Mapping[str, Mapping[str, object]]:
    """Return what is drafted as answers to the form of each part."""
    plan = sketch.draft.plan
    standard, window = plan.standard, plan.window
    zone = sketch.community.settings.zone
    roles = zip(ROLE_FIELDS, standard.roles, strict=False)
    return {
        WORDS: {"name": plan.name, "about": standard.about or None},
        ITEMS: {
            "items": "\n".join(each.text for each in standard.criteria) or None,
            "required": _numbers(standard, Evidence.REQUIRED),
            "welcome": _numbers(standard, Evidence.WELCOME),
        },
        ELIGIBLE: {"days": standard.min_days, "rounds": standard.not_won_in},
        ROLES: dict(roles),
        DECIDING: {
            "winners": standard.winners,
            "decider": str(standard.decider),
            "quorum": standard.quorum,
            "blind": standard.blind,
            "nominations": standard.per_member,
        },
        WINDOW: {
            **_wall_times("opens", window.opens_at, zone),
            **_wall_times("closes", window.closes_at, zone),
        },
        ANNOUNCING: {"moment": str(standard.announced_in or 0)},
    }


def saved(done: Saved) -> Message:
    """Return what is in force now, and what to do next."""
    award = done.award
    name = Quote(award.name)
    title = phrase("awards.saved", count=done.changes, name=name)
    if done.is_new:
        title = phrase("awards.made", name=name)
    number = award.standard.number
    body = [phrase("awards.version", number=number)]
    look = Action("rules.look", (award.id, number))
    rules = Button(phrase("awards.read-rules"), look)
    if award.state is AwardState.OPEN and award.round is not None:
        if award.round.standard != number:
            older = award.round.standard
            body.append(phrase("awards.open-by-older", number=older))
        return say(Card(title=title, body=tuple(body)), Buttons((rules,)))
    if award.opens_at is not None:
        body.append(phrase("awards.will-open", at=When(award.opens_at)))
        return say(Card(title=title, body=tuple(body)), Buttons((rules,)))
    body.append(phrase("awards.is-closed"))
    open_it = Button(
        phrase("awards.open-it"), Action("awards.open-it", (award.id,)), Tone.MAIN
    )
    return say(Card(title=title, body=tuple(body)), Buttons((open_it, rules)))


def overtaken(late: Overtaken) -> Message:
    """Return who was faster, and a way to start anew."""
    told = phrase("awards.overtaken")
    if late.by is not None and late.at is not None:
        told = phrase("awards.overtaken-by", member=late.by, when=When(late.at))
    anew = Button(
        phrase("awards.restart"), Action("awards.restart", (late.draft,)), Tone.MAIN
    )
    return say(Card(body=(told,), tone=Tone.WARNING), Buttons((anew,)))


def _parts(sketch: Sketch) -> Iterator[Part]:
    plan = sketch.draft.plan
    standard = plan.standard
    announced = standards.announced(standard, sketch.moment)
    facts: Mapping[str, tuple[Fact, ...]] = {
        WORDS: (*_name(plan), *standards.about(standard)),
        ITEMS: tuple(standards.criteria(standard)) or (_no_items(),),
        ELIGIBLE: tuple(standards.eligible(standard)),
        ROLES: (),
        DECIDING: tuple(standards.deciding(standard)),
        WINDOW: tuple(_window(plan.window, is_open=sketch.draft.is_open)),
        ANNOUNCING: tuple(announced),
    }
    for name, shown in facts.items():
        yield Part(name, phrase(f"awards.part-{name}"), shown)


def _name(plan: Plan) -> Iterator[Fact]:
    name = phrase("awards.quoted", words=Quote(plan.name))
    yield Fact(phrase("awards.fact-name"), name)


def _no_items() -> Fact:
    return Fact(phrase("awards.fact-items"), phrase("awards.no-items"))


def _window(window: Window, *, is_open: bool) -> Iterator[Fact]:
    opens = phrase("awards.open-now")
    if not is_open:
        opens = _planned(window.opens_at, phrase("awards.opened-by-hand"))
    yield Fact(phrase("awards.fact-opens"), opens)
    closes = _planned(window.closes_at, phrase("awards.closed-by-hand"))
    yield Fact(phrase("awards.fact-closes"), closes)


def _planned(at: datetime | None, otherwise: Phrase) -> Phrase:
    return otherwise if at is None else phrase("awards.instant", at=When(at))


def _numbers(standard: Standard, evidence: Evidence) -> tuple[str, ...] | None:
    numbered = enumerate(standard.criteria, 1)
    found = tuple(str(n) for n, each in numbered if each.evidence is evidence)
    return found or None


def _wall_times(
    which: str, at: datetime | None, zone: ZoneInfo
) -> Mapping[str, object]:
    local = at.astimezone(zone) if at else None
    return {
        f"{which}_on": local.date() if local else None,
        f"{which}_at": local.time() if local else None,
    }
