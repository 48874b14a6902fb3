"""What shoutouts look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.clip import clip
from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, Tone, say
from bot.chat.pictures import ShoutoutCard
from bot.chat.text import Phrase, Quote, Style, When, phrase
from bot.domain.community import Member
from bot.domain.refs import MemberRef
from bot.domain.shoutouts import Given, Receipt, Shoutout
from bot.pages.own import LAURELS, OwnWords
from cogs.shoutouts.changes import Shown
from storage.shoutouts import Kept


def announcement(given: Given, own: OwnWords = LAURELS) -> Message:
    """Return the public card, which names those who may be named.

    What the community's ``own`` words speak of is not said below them again.
    """
    receivers = _refs(given.shoutout.named_in_public)
    card = Card(
        title=phrase("shoutouts.card", receivers=receivers),
        body=_said(given.shoutout, receivers, own),
        facts=tuple(_facts(given, own.named)),
        tone=Tone.JOY,
    )
    thank_too = Button(
        phrase("shoutouts.card.thank-too"), Action("shoutouts.thank-too", (given.id,))
    )
    return say(card, Buttons((thank_too,)), mentions=receivers)


def private_note(given: Given) -> Message:
    """Return what a receiver is told by direct message."""
    card = Card(
        title=phrase("shoutouts.private-note", giver=given.shoutout.giver.ref),
        body=(phrase("shoutouts.quoted", reason=Quote(given.shoutout.reason)),),
        facts=tuple(_value_fact(given)),
        footer=phrase("shoutouts.private-note.footer"),
        tone=Tone.JOY,
    )
    return say(card)


def receipt(done: Receipt) -> Message:
    """Return the private word that the giver gets, with a way back."""
    card = Card(body=tuple(_outcome(done)))
    buttons = tuple(_after(done))
    return say(card, Buttons(buttons)) if buttons else say(card)


def picture(shown: Shown) -> Message:
    """Return a shoutout as a picture, for its giver to keep or to pass on."""
    drawing = ShoutoutCard(
        title=phrase("shoutouts.picture-title"),
        receivers=shown.receivers,
        words=Quote(shown.reason),
        giver=shown.giver,
        value=Quote(shown.value) if shown.value else None,
        footer=phrase("shoutouts.picture-day", on=When(shown.given_at, Style.DATE)),
    )
    said = Quote(shown.reason)
    alt = phrase("shoutouts.picture-alt", receivers=shown.receivers, reason=said)
    card = Card(
        body=(phrase("shoutouts.picture-names"),),
        picture=drawing.picture(alt),
        tone=Tone.JOY,
    )
    return say(card)


def preview(shoutout: Shoutout, draft: str, own: OwnWords = LAURELS) -> Message:
    """Return the shoutout as it would be seen, to be posted, edited or dropped."""
    public = shoutout.named_in_public
    seen_by = "public" if public else "private"
    card = Card(
        title=phrase("shoutouts.preview"),
        body=_said(shoutout, _refs(public or shoutout.receivers), own),
        footer=phrase(f"shoutouts.preview.{seen_by}"),
    )
    buttons = (
        Button(
            phrase("shoutouts.preview.post"),
            Action("shoutouts.post", (draft,)),
            Tone.MAIN,
        ),
        Button(phrase("shoutouts.preview.edit"), Action("shoutouts.edit", (draft,))),
        Button(phrase("shoutouts.preview.drop"), Action("shoutouts.drop", (draft,))),
    )
    return say(card, Buttons(buttons))


def one_line(kept: Kept, receivers: tuple[MemberRef, ...]) -> Phrase:
    """Return a shoutout as an entry of a list."""
    reason = Quote(clip(" ".join((kept.reason or "").split()), 40))
    return phrase("shoutouts.one-line", receivers=receivers, reason=reason)


def note(key: str) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(phrase(key),)))


def _said(
    shoutout: Shoutout, receivers: tuple[MemberRef, ...], own: OwnWords
) -> tuple[Phrase, ...]:
    """Return what is said in ``own`` words, or in Laurel's."""
    if own.passage is not None:
        return own.passage.paragraphs()
    thanks = phrase(
        "shoutouts.card.body",
        giver=shoutout.giver.ref,
        receivers=receivers,
        reason=Quote(shoutout.reason),
    )
    return (thanks,)


def _after(done: Receipt) -> Iterator[Button]:
    given = done.given
    if done.undo_until > given.shoutout.given_at:
        until = When(done.undo_until, Style.TIME)
        undo = Action("shoutouts.undo", (given.id,))
        yield Button(phrase("shoutouts.given-undo", until=until), undo)
    if given.shoutout.named_in_public:
        as_picture = Action("shoutouts.picture", (given.id,))
        yield Button(phrase("shoutouts.given-picture"), as_picture)


def _outcome(done: Receipt) -> Iterator[Phrase]:
    given = done.given
    if done.again:
        yield phrase("shoutouts.given-again")
    if public := _refs(given.shoutout.named_in_public):
        yield phrase("shoutouts.given", receivers=public, wall=done.wall)
    if told := _refs(given.told):
        yield phrase("shoutouts.given-private", receivers=told)
    if untold := _refs(given.untold):
        yield phrase("shoutouts.given-quietly", receivers=untold)
    renews = When(done.renews_at)
    yield phrase("shoutouts.given-left", count=done.left, renews=renews)


def _facts(given: Given, said: frozenset[str]) -> Iterator[Fact]:
    if "value" not in said:
        yield from _value_fact(given)
    if given.first_time and "first_time" not in said:
        first = phrase("shoutouts.first-time.who", members=_refs(given.first_time))
        yield Fact(phrase("shoutouts.first-time"), first)
    for receiver in given.shoutout.named_in_public:
        if receiver.about.line:
            yield _about(receiver)


def _about(receiver: Member) -> Fact:
    about = receiver.about
    key = "shoutouts.about.linked" if about.link else "shoutouts.about.line"
    values = {"line": Quote(about.line), "link": Quote(about.link)}
    named = values if about.link else {"line": values["line"]}
    label = phrase("shoutouts.about", member=receiver.ref)
    return Fact(label, Phrase(key, named))


def _value_fact(given: Given) -> Iterator[Fact]:
    if given.value:
        label = phrase("shoutouts.value.label", value=Quote(given.value))
        yield Fact(phrase("shoutouts.value"), label)


def _refs(members: Sequence[Member]) -> tuple[MemberRef, ...]:
    return tuple(member.ref for member in members)
