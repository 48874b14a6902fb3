"""What the rules look like: short cards, and the way to earlier versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat import standards
from bot.chat.clip import clip
from bot.chat.limits import MAX_FACTS, MAX_OPTIONS
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Node,
    Option,
    Select,
    say,
)
from bot.chat.text import Phrase, Quote, Style, When, phrase
from bot.domain.awards import Award, AwardState, Decider, Standard
from bot.domain.community import Settings
from cogs.rules import differences, words
from cogs.rules.service import LATEST, Rules, Shown, ShownLimits
from storage.rulebook import LimitsVersion
from storage.standards import Version

MAX_LINE_NAME_CHARS = 40

MAX_NAMED_ROLES = 5
"""Of more, only how much they may give is told: a message holds so much."""


def rules(shown: Rules) -> Message:
    """Return how shoutouts go, which awards there are, and where to read on."""
    holds = shown.limits[0]
    is_short = len(shown.settings.allowance_by_role) <= MAX_NAMED_ROLES
    roles = words.own_allowances(shown.settings) if is_short else None
    head = Card(
        title=phrase("rules.title"),
        body=(phrase("rules.intro"),),
        facts=(*words.limits(holds.limits, roles), words.counting()),
        footer=_since(holds.number, holds),
    )
    nodes: list[Node] = [head, _awards(shown.awards), _waiting(shown.settings)]
    if options := tuple(_ways(shown))[:MAX_OPTIONS]:
        nodes.append(Select(phrase("rules.read-on"), options))
    return say(*nodes)


def award(shown: Shown) -> Message:
    """Return one version of what an award asks for."""
    version = shown.told.version
    standard = version.standard
    facts = (
        *standards.about(standard),
        *standards.eligible(standard),
        *standards.deciding(standard),
        *standards.announced(standard, shown.told.moment),
        *_drawing(standard),
    )
    footer = _since(standard.number, version)
    cards = [
        Card(
            title=phrase("rules.award", name=Quote(version.name)),
            body=tuple(_standing(shown)),
            facts=facts,
            footer=None if standard.criteria else footer,
        )
    ]
    if standard.criteria:
        items = tuple(standards.criteria(standard))
        title = phrase("awards.fact-items")
        cards.append(Card(title=title, facts=items, footer=footer))
    nodes: list[Node] = [*cards]
    options = tuple(_versions(shown.award, shown.all, standard.number))
    if options:
        nodes.append(Select(phrase("rules.other-version"), options))
    nodes.append(Buttons((*_to_changes(shown), _back())))
    return say(*nodes)


def changes(shown: Shown) -> Message:
    """Return what is different between a version and the one it is compared with."""
    number = shown.told.number
    facts: tuple[Fact, ...] = ()
    if shown.other is not None:
        before, now = shown.told, shown.other
        if shown.is_latest:
            before, now = now, before
        facts = tuple(differences.between(before, now))
    to_version = Action("rules.award", (shown.award.id, number))
    back = Button(phrase("rules.to-version", number=number), to_version)
    card = _difference(facts, number, is_latest=shown.is_latest)
    return say(card, Buttons((back, _back())))


def limits(shown: ShownLimits) -> Message:
    """Return one version of how much can be given."""
    held = shown.shown
    card = Card(
        title=phrase("rules.shoutouts"),
        facts=tuple(words.limits(held.limits)),
        footer=_since(held.number, held),
    )
    nodes: list[Node] = [card]
    if shown.other is not None:
        before, now = held.limits, shown.other.limits
        if shown.is_latest:
            before, now = now, before
        changed = tuple(differences.of_limits(before, now))
        nodes.append(_difference(changed, held.number, is_latest=shown.is_latest))
    options = tuple(
        Option(_numbered(each.number, each), Action("rules.limits", (each.number,)))
        for each in shown.all
        if each.number != held.number
    )
    if options:
        nodes.append(Select(phrase("rules.other-version"), options))
    nodes.append(Buttons((_back(),)))
    return say(*nodes)


def _drawing(standard: Standard) -> Iterator[Fact]:
    """Yield how the committee comes about, where one decides."""
    if standard.decider is Decider.COMMITTEE:
        turns = phrase("committees.rule-turns")
        yield Fact(phrase("rules.committee"), turns)


def _awards(found: Sequence[Award]) -> Card:
    body = () if found else (phrase("rules.no-awards"),)
    left = len(found) - MAX_FACTS
    return Card(
        title=phrase("rules.awards"),
        body=body,
        facts=tuple(map(_one, found[:MAX_FACTS])),
        footer=phrase("rules.more-awards", count=left) if left > 0 else None,
    )


def _waiting(settings: Settings) -> Card:
    """Return what becomes of what nobody decides about."""
    days = {"remind": settings.remind_after_d, "escalate": settings.escalate_after_d}
    return Card(
        facts=(Fact(phrase("rules.waiting"), phrase("rules.waiting-of", **days)),)
    )


def _one(award: Award) -> Fact:
    return Fact(phrase("awards.quoted", words=Quote(award.name)), _state(award))


def _state(award: Award) -> Phrase:
    if award.state is AwardState.REMOVED:
        return phrase("rules.removed")
    if award.state is AwardState.OPEN:
        if award.round is None or award.round.closes_at is None:
            return phrase("rules.open")
        return phrase("rules.open-until", at=When(award.round.closes_at))
    if award.opens_at is not None:
        return phrase("rules.opens", at=When(award.opens_at))
    return phrase("rules.closed")


def _ways(shown: Rules) -> Iterator[Option]:
    for each in shown.awards:
        name = Quote(clip(each.name, MAX_LINE_NAME_CHARS))
        action = Action("rules.award", (each.id, LATEST))
        yield Option(phrase("rules.of-award", name=name), action)
    if len(shown.limits) > 1:
        action = Action("rules.limits", (LATEST,))
        yield Option(phrase("rules.of-shoutouts"), action)


def _standing(shown: Shown) -> Iterator[Phrase]:
    """Yield whether it can be won now, and by which version the round goes."""
    number, latest = shown.told.number, shown.award.standard.number
    yield _state(shown.award)
    judged = shown.open.standard if shown.open else None
    if number == judged != latest:
        yield phrase("rules.this-round", number=latest)
    elif number == latest and judged not in {None, latest}:
        yield phrase("rules.next-round", number=judged or 0)
    elif number not in {latest, judged}:
        yield phrase("rules.earlier", number=latest)


def _to_changes(shown: Shown) -> Iterator[Button]:
    if shown.other is not None:
        number = shown.told.number
        label = phrase(_different(is_latest=shown.is_latest), number=number)
        yield Button(label, Action("rules.changes", (shown.award.id, number)))


def _difference(facts: tuple[Fact, ...], number: int, *, is_latest: bool) -> Card:
    title = phrase(_different(is_latest=is_latest), number=number)
    body = () if facts else (phrase("rules.nothing-different"),)
    return Card(title=title, body=body, facts=facts)


def _different(*, is_latest: bool) -> str:
    return "rules.what-changed" if is_latest else "rules.what-is-different"


def _versions(award: Award, found: Sequence[Version], shown: int) -> Iterator[Option]:
    for each in found:
        number = each.standard.number
        if number != shown:
            action = Action("rules.award", (award.id, number))
            yield Option(_numbered(number, each), action)


def _since(number: int, version: Version | LimitsVersion) -> Phrase:
    return phrase("rules.since", number=number, on=When(version.at, Style.DATE))


def _numbered(number: int, version: Version | LimitsVersion) -> Phrase:
    return phrase("rules.numbered", number=number, on=When(version.at, Style.DATE))


def _back() -> Button:
    return Button(phrase("rules.back"), Action("rules.back"))
