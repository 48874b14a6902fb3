"""What moderators see of words: what is in force, what is wrong, what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.clip import clip
from bot.chat.limits import MAX_PARAGRAPHS
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
from bot.chat.refusals import sentence
from bot.chat.text import Phrase, Quote, Style, When, phrase
from bot.pages.findings import Finding
from bot.pages.guarded import MAX_OUTPUT_CHARS
from bot.pages.spec import TemplateSpec
from bot.pages.variables import Record, Variable
from cogs.templates.previews import Look, Page, Shown
from cogs.templates.service import Draft, Overtaken, Standing

_LINE_CHARS = 80
_LINES_CHARS = 500


def overview(standings: Sequence[Standing]) -> Message:
    """Return what can be put into other words, and what is in force of it."""
    card = Card(
        title=phrase("templates.overview"),
        body=(phrase("templates.overview.intro"),),
        facts=tuple(Fact(phrase(s.spec.title), _state(s)) for s in standings),
        footer=phrase("templates.overview.language", language=_tongue(standings[0])),
    )
    options = tuple(
        Option(phrase(s.spec.title), Action("templates.begin", (s.spec.name,)))
        for s in standings
    )
    return say(card, Select(phrase("templates.choose"), options))


def drafted(spec: TemplateSpec, draft: Draft, shown: Shown, number: int) -> Message:
    """Return what a draft would come to, to be saved, changed or dropped."""
    title = phrase("templates.draft", which=phrase(spec.title))
    buttons = Buttons((_save(draft), _again(draft, "templates.change"), _drop(draft)))
    turns = [
        Button(phrase(key), Action("templates.page", (draft.id, to)))
        for key, to in _turns(shown, number)
    ]
    first = Card(title=title, body=_about(shown, number), footer=_page(shown, number))
    return say(first, *_cards(shown.page(number)), *_row(turns), buttons)


def findings(spec: TemplateSpec, draft: Draft, found: Sequence[Finding]) -> Message:
    """Return what is wrong with a draft, all of it at once, and the way back."""
    told = tuple(sentence(each.error()) for each in found)
    title = phrase("templates.findings", which=phrase(spec.title), count=len(found))
    first = Card(title=title, body=told[:MAX_PARAGRAPHS], tone=Tone.WARNING)
    more = told[MAX_PARAGRAPHS:]
    second = (Card(body=more, tone=Tone.WARNING),) if more else ()
    lines = Card(
        body=(phrase("templates.findings.lines", lines=_lines(draft.source, found)),),
        footer=phrase("templates.findings.kept"),
    )
    again = _again(draft, "templates.again", Tone.MAIN)
    return say(first, *second, lines, Buttons((again, _drop(draft))))


def looked(look: Look, number: int) -> Message:
    """Return what is said now, with the last real ones."""
    spec, shown = look.standing.spec, look.shown
    about = (_state(look.standing), *_about(shown, number))
    broken = tuple(sentence(each.error()) for each in look.findings[:1])
    if broken:
        about = (phrase("templates.unused"), *broken, *about)
    turns = [
        Button(phrase(key), Action("templates.look", (spec.name, to)))
        for key, to in _turns(shown, number)
    ]
    first = Card(
        title=phrase(spec.title),
        body=about[:MAX_PARAGRAPHS],
        footer=_page(shown, number),
        tone=Tone.WARNING if broken else Tone.PLAIN,
    )
    edit = Button(phrase("templates.change"), Action("templates.begin", (spec.name,)))
    return say(first, *_cards(shown.page(number)), *_row(turns), Buttons((edit,)))


def asked(standing: Standing, laurels: Shown) -> Message:
    """Return what Laurel would say again, and which words can be had again."""
    spec, own = standing.spec, standing.source is not None
    key = "templates.asked" if own else "templates.laurels"
    first = Card(
        title=phrase(spec.title),
        body=(_state(standing), phrase(key), *_about(laurels, 0)),
    )
    earlier = [
        Option(
            phrase(
                "templates.version",
                number=each.number,
                day=When(each.at, Style.DATE),
            ),
            Action("templates.earlier", (spec.name, each.number)),
        )
        for each in standing.earlier
    ]
    nodes: list[Node] = [first, *_cards(laurels.page(0))]
    if earlier:
        nodes.append(Select(phrase("templates.bring-back"), tuple(earlier)))
    if own:
        act = Action("templates.restore", (spec.name, standing.version))
        nodes.append(Buttons((Button(phrase("templates.restore"), act, Tone.MAIN),)))
    return say(*nodes)


def overtaken(late: Overtaken, draft: Draft | None = None) -> Message:
    """Return who was faster; ``draft`` is what was not saved, if anything was."""
    now = late.now
    if now.by is not None and now.at is not None:
        told = phrase("templates.overtaken-by", member=now.by, when=When(now.at))
    else:
        told = phrase("templates.overtaken")
    if draft is None:
        look = Action("templates.look", (now.spec.name, 0))
        theirs = Button(phrase("templates.see-theirs"), look, Tone.MAIN)
        return say(Card(body=(told,), tone=Tone.WARNING), Buttons((theirs,)))
    kept = phrase("templates.overtaken.kept")
    mine = Button(phrase("templates.mine"), Action("templates.go-on", (draft.id,)))
    buttons = Buttons((mine, _drop(draft)))
    return say(Card(body=(told, kept), tone=Tone.WARNING), buttons)


def saved(standing: Standing) -> Message:
    """Return what is in force now."""
    key = "templates.saved" if standing.source is not None else "templates.restored"
    card = Card(
        title=phrase(standing.spec.title),
        body=(phrase(key), phrase("templates.saved.back")),
    )
    return say(card)


def dropped() -> Message:
    """Return that nothing was changed."""
    return say(Card(body=(phrase("templates.dropped"),)))


def _tongue(standing: Standing) -> Phrase:
    return phrase("templates.language-name", tag=standing.locale)


def _state(standing: Standing) -> Phrase:
    names = Quote(", ".join(_named(standing.spec)))
    if standing.source is None:
        return phrase("templates.state-laurels", names=names)
    if standing.by is None or standing.at is None:
        return phrase("templates.state-own", names=names)
    at = When(standing.at)
    return phrase("templates.state-by", names=names, member=standing.by, when=at)


def _named(spec: TemplateSpec) -> Iterator[str]:
    """Yield what a template may name, with the parts of what has some."""
    for name, kind in spec.variables.items():
        yield f"{name} ({', '.join(_parts(kind))})" if _parts(kind) else name


def _parts(kind: Variable) -> Sequence[str]:
    return [f".{part}" for part in kind.parts] if isinstance(kind, Record) else ()


def _about(shown: Shown, number: int) -> tuple[Phrase, ...]:
    if not shown.count:
        return (phrase("templates.made-up"),)
    told = phrase("templates.shown", count=shown.count)
    if not shown.page(number).cut:
        return (told,)
    return (told, phrase("templates.cut", most=MAX_OUTPUT_CHARS))


def _page(shown: Shown, number: int) -> Phrase | None:
    pages = len(shown.pages)
    if pages == 1:
        return None
    return phrase("templates.page-of", page=min(number + 1, pages), pages=pages)


def _turns(shown: Shown, number: int) -> Iterator[tuple[str, int]]:
    at = min(number, len(shown.pages) - 1)
    if at:
        yield "templates.newer", at - 1
    if at + 1 < len(shown.pages):
        yield "templates.older", at + 1


def _row(buttons: Sequence[Button]) -> tuple[Buttons, ...]:
    return (Buttons(tuple(buttons)),) if buttons else ()


def _cards(page: Page) -> Iterator[Card]:
    for passage in page.passages:
        yield Card(body=passage.paragraphs(), tone=Tone.JOY)


def _lines(source: str, found: Sequence[Finding]) -> Quote:
    """Return the lines that something is wrong with, each behind its number."""
    lines = source.split("\n")
    numbers = sorted({each.line for each in found if each.line <= len(lines)})
    shown = [f"{n}: {clip(lines[n - 1], _LINE_CHARS)}" for n in numbers]
    return Quote(clip("\n".join(shown), _LINES_CHARS))


def _save(draft: Draft) -> Button:
    save = Action("templates.save", (draft.id,))
    return Button(phrase("templates.save"), save, Tone.MAIN)


def _again(draft: Draft, key: str, tone: Tone = Tone.PLAIN) -> Button:
    return Button(phrase(key), Action("templates.again", (draft.id,)), tone)


def _drop(draft: Draft) -> Button:
    return Button(phrase("templates.drop"), Action("templates.drop", (draft.id,)))
