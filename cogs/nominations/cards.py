"""What nominations look like to those who make them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.clip import clip
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
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.awards import Award, Criterion, Standard
from bot.domain.nominations import Nomination
from bot.domain.refs import MemberRef
from cogs.nominations.drafting import Sheet
from cogs.nominations.mine import Listed, Mine
from cogs.nominations.service import Receipt

MAX_SHOWN_CHARS = 600
"""Of somebody's words, where what else there is has to fit beside them."""

MAX_BESIDE_CHARS = 300
"""Of words that stand beside others, which are to take their place."""

MAX_SHOWN_LINK_CHARS = 60
MAX_BOX_CHARS = 56
"""Of a criterion, beside which stands whether it takes a link: Slack shows 75."""


def sheet(shown: Sheet) -> Message:
    """Return what is drafted, to be ticked, changed, sent or dropped."""
    draft, name = shown.draft, shown.id
    send = "send-anew" if draft.candidacy is not None else "send"
    buttons = (
        _button(send, Action("nominations.send", (name,)), Tone.MAIN),
        _button("reword", Action("nominations.reword", (name,))),
        _button("drop", Action("nominations.drop", (name,))),
    )
    nodes: list[Node] = [_drafted(shown)]
    if shown.standing is not None:
        nodes.append(_standing(shown.standing))
    if shown.standard.criteria:
        nodes.append(_criteria(shown.standard, draft.met))
    return say(*nodes, Buttons(buttons))


def receipt(done: Receipt) -> Message:
    """Return the private word that a nominator gets, with the ways back."""
    key = "nominations.amended" if done.anew else "nominations.made"
    body = [phrase(key, member=somebody(done.nominee), award=_name(done.award))]
    if done.closes_at is not None:
        body.append(phrase("nominations.made-until", until=When(done.closes_at)))
    body.append(phrase("nominations.made-left", count=done.left))
    return say(Card(body=tuple(body)), Buttons(_ways(done.candidacy)))


def confirm(standing: Receipt) -> Message:
    """Ask whether a nomination is to be taken back."""
    nominee, award = somebody(standing.nominee), _name(standing.award)
    card = Card(
        title=phrase("nominations.confirm", member=nominee, award=award),
        body=(phrase("nominations.confirm-what"),),
    )
    number = standing.candidacy
    buttons = (
        _button(
            "withdraw-now", Action("nominations.withdraw-now", (number,)), Tone.WARNING
        ),
        _button("keep", Action("nominations.keep", (number,))),
    )
    return say(card, Buttons(buttons))


def withdrawn(done: Receipt) -> Message:
    """Return that a nomination is taken back."""
    nominee, award = somebody(done.nominee), _name(done.award)
    return _sentence(phrase("nominations.withdrawn", member=nominee, award=award))


def listed(found: Listed) -> Message:
    """Return what somebody nominated others for, and what is open."""
    body = []
    if not found.mine:
        body.append(phrase("nominations.none"))
    if found.open:
        names = tuple(map(_award, found.open))
        body.append(phrase("nominations.open-now", awards=names, count=len(names)))
    elif not found.mine:
        body.append(phrase("nominations.none-open"))
    card = Card(
        title=phrase("nominations.list"),
        body=tuple(body),
        facts=tuple(_line(number, each) for number, each in enumerate(found.mine, 1)),
    )
    nodes: list[Node] = [card]
    if found.mine:
        options = (_option(number, each) for number, each in enumerate(found.mine, 1))
        nodes.append(Select(phrase("nominations.look"), tuple(options)))
    if found.open:
        begin = _button("begin", Action("nominations.begin"), Tone.MAIN)
        nodes.append(Buttons((begin,)))
    return say(*nodes)


def one(mine: Mine) -> Message:
    """Return what somebody said of another, and what became of it."""
    said = mine.said
    title = phrase(
        "nominations.one", member=somebody(mine.nominee), award=_name(mine.award)
    )
    card = Card(
        title=title,
        body=tuple(_words(said.words, said.links)),
        facts=(Fact(phrase("nominations.state"), _state(mine)),),
    )
    nodes: list[Node] = [card]
    if mine.standard.criteria:
        nodes.append(_criteria(mine.standard, said.met))
    if mine.changeable:
        nodes.append(Buttons(_ways(mine.candidacy.id)))
    return say(*nodes)


def over(award: Award, nominee: MemberRef | None) -> Message:
    """Return what a nominator is told where somebody cannot be chosen any more."""
    if nominee is None:
        return _sentence(phrase("nominations.over-gone", award=_name(award)))
    named = phrase("nominations.over", member=nominee, award=_name(award))
    return _sentence(named)


def box(criterion: Criterion) -> Phrase:
    """Return what an award asks for as one of the boxes of a form."""
    text = Quote(clip(criterion.text, MAX_BOX_CHARS))
    return phrase("nominations.box", text=text, evidence=criterion.evidence)


def note(key: str) -> Message:
    """Return one plain sentence."""
    return _sentence(phrase(key))


def somebody(nominee: MemberRef | None) -> MemberRef | Phrase:
    """Return a nominee, or what stands for one who is erased."""
    return phrase("nominations.somebody") if nominee is None else nominee


def _drafted(shown: Sheet) -> Card:
    draft = shown.draft
    most = MAX_SHOWN_CHARS if shown.standing is None else MAX_BESIDE_CHARS
    body = [*_words(draft.why, draft.links, most)]
    if shown.standing is not None:
        body.insert(
            0, phrase("nominations.sheet-again", at=When(shown.standing.made_at))
        )
    return Card(
        title=phrase(
            "nominations.sheet", member=draft.who.ref, award=_name(shown.award)
        ),
        body=tuple(body),
        footer=phrase("nominations.sheet-footer"),
    )


def _standing(said: Nomination) -> Card:
    body = _words(said.words, said.links, MAX_BESIDE_CHARS)
    return Card(title=phrase("nominations.stands"), body=tuple(body))


def _words(
    words: str | None, links: tuple[str, ...], most: int = MAX_SHOWN_CHARS
) -> Iterator[Phrase]:
    if words is None:
        yield phrase("nominations.words-gone")
    else:
        yield phrase("nominations.quoted", words=Quote(clip(words, most)))
    if links:
        shown = tuple(Quote(clip(link, MAX_SHOWN_LINK_CHARS)) for link in links)
        yield phrase("nominations.evidence", links=shown, count=len(links))


def _criteria(standard: Standard, met: tuple[int, ...]) -> Card:
    facts = (
        Fact(
            phrase("nominations.criterion-label", number=number, ticked=int(at in met)),
            phrase(
                "nominations.criterion",
                text=Quote(criterion.text),
                evidence=criterion.evidence,
            ),
        )
        for number, (at, criterion) in enumerate(enumerate(standard.criteria), 1)
    )
    return Card(title=phrase("nominations.criteria"), facts=tuple(facts))


def _ways(candidacy: int) -> tuple[Button, ...]:
    return (
        _button("change", Action("nominations.change", (candidacy,))),
        _button("withdraw", Action("nominations.withdraw", (candidacy,))),
    )


def _line(number: int, mine: Mine) -> Fact:
    at = When(mine.said.made_at)
    who = somebody(mine.nominee)
    said = phrase("nominations.line-of", member=who, state=_state(mine), at=at)
    return Fact(_numbered(number, mine), said)


def _option(number: int, mine: Mine) -> Option:
    action = Action("nominations.look", (mine.candidacy.id,))
    return Option(_numbered(number, mine), action)


def _numbered(number: int, mine: Mine) -> Phrase:
    # Short, as options are: whom it is for stands beside the number above.
    return phrase("nominations.line", number=number, award=_name(mine.award))


def _state(mine: Mine) -> Phrase:
    return phrase(f"nominations.state-{mine.state}")


def _award(award: Award) -> Phrase:
    return phrase("nominations.award-name", award=_name(award))


def _name(award: Award) -> Quote:
    return Quote(award.name)


def _button(label: str, action: Action, tone: Tone = Tone.PLAIN) -> Button:
    return Button(phrase(f"nominations.button-{label}"), action, tone)


def _sentence(words: Phrase) -> Message:
    return say(Card(body=(words,)))
