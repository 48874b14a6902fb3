"""Every field and every node of the chat vocabulary, each at least once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Annotated

from bot.chat import fields
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    File,
    Line,
    LinkButton,
    Message,
    Option,
    Picture,
    Select,
    Tone,
    say,
)
from bot.chat.responses import Ask, Call, Refuse, Replace, Response, Say
from bot.chat.routes import action, command, lookup
from bot.chat.text import Day, Phrase, Quote, Style, Value, When, phrase
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, RoleRef

_TEAS = ("assam", "chamomile", "genmaicha", "mate", "oolong", "rooibos", "sencha")

_EXTRAS = {"mate": ("honey", "mint", "smoke"), "assam": ("milk", "sugar")}


class VocabularyCog:
    """Asks everything that can be asked and says everything that can be said."""

    @command("vocabulary people")
    async def who(
        self,
        call: Call,
        person: Annotated[Person, fields.Person()],
        people: Annotated[tuple[Person, ...] | None, fields.People()] = None,
        channel: Annotated[ChannelRef | None, fields.Channel()] = None,
        role: Annotated[RoleRef | None, fields.Role()] = None,
    ) -> Response:
        """Ask for people and places, and say them back."""
        return _said(
            person=person.ref,
            people=tuple(each.ref for each in people or ()) or None,
            channel=channel,
            role=role,
        )

    @command("vocabulary words")
    async def words(
        self,
        call: Call,
        short: Annotated[str, fields.Text(min_chars=3, max_chars=60)],
        long: Annotated[str, fields.Text(max_chars=500, multiline=True)],
        amount: Annotated[int | None, fields.Integer(minimum=1, maximum=10)] = None,
        file: Annotated[fields.Upload | None, fields.FileUpload()] = None,
    ) -> Response:
        """Ask for words, a number and a file, and say them back."""
        return _said(
            short=Quote(short),
            long=Quote(long),
            amount=amount,
            file=Quote(file.name) if file else None,
        )

    @command("vocabulary choices")
    async def choices(
        self,
        call: Call,
        choice: Annotated[str, fields.Choice(options=("kindness", "craft"))],
        tea: Annotated[str, fields.Choice(lookup="vocabulary-teas")],
        checks: Annotated[
            tuple[str, ...] | None, fields.Checks(options=("warm", "iced", "sweet"))
        ] = None,
        agreed: Annotated[bool | None, fields.YesNo()] = None,
    ) -> Response:
        """Ask for choices, and say them back."""
        return _said(
            choice=Quote(choice),
            tea=Quote(tea),
            checks=tuple(map(Quote, checks)) if checks else None,
            agreed=None if agreed is None else Quote("yes" if agreed else "no"),
        )

    @command("vocabulary times")
    async def times(
        self,
        call: Call,
        on: Annotated[date, fields.Date()],
        at: Annotated[time, fields.Time()],
        length: Annotated[timedelta, fields.Duration(max_minutes=60 * 24 * 7)],
    ) -> Response:
        """Ask for a date, a time and a length of time, and say them back."""
        return _said(
            on=Day(on),
            at=Quote(at.isoformat("minutes")),
            length=length // timedelta(minutes=1),
        )

    @command("vocabulary nodes")
    async def nodes(self, call: Call) -> Response:
        """Say everything that can be said, in private."""
        return Say(everything(call, yours=True))

    @command("vocabulary aloud", private=False)
    async def aloud(self, call: Call) -> Response:
        """Say everything that can be said, to the room."""
        return Say(everything(call, yours=False))

    @command("vocabulary guarded", role=Role.ADMIN)
    async def guarded(self, call: Call) -> Response:
        """Answer admins alone."""
        return Say(_card("guarded"))

    @lookup("vocabulary-teas")
    async def teas(self, call: Call, typed: str) -> Sequence[fields.Suggestion]:
        """Find teas by what is typed."""
        return [
            fields.Suggestion(tea, Quote(tea.title()))
            for tea in _TEAS
            if typed.casefold() in tea
        ]

    @action()
    async def redraw(self, call: Call, times: int) -> Response:
        """Redraw the private message whose button was pressed."""
        return Replace(
            say(
                Card(title=phrase("vocabulary.redrawn", times=times)),
                Buttons((_button("again", Action("vocabulary.redraw", (times + 1,))),)),
            )
        )

    @action()
    async def correct(
        self,
        call: Call,
        of: str,
        words: Annotated[str, fields.Text(max_chars=80)],
    ) -> Response:
        """Take words from a form that a button opened, and refuse some of them."""
        if words.casefold() == "no":
            return Refuse(phrase("vocabulary.refused", words=Quote(words)), at="words")
        return _said(short=Quote(words), tea=Quote(of))

    @action()
    async def serve(
        self,
        call: Call,
        tea: str,
        words: Annotated[str, fields.Text(max_chars=80)],
        extras: Annotated[
            tuple[str, ...] | None, fields.Checks(lookup="vocabulary-extras")
        ] = None,
    ) -> Response:
        """Ask what goes with a tea, in boxes that depend on which, and say it back."""
        checks = tuple(map(Quote, extras)) if extras else None
        return _said(tea=Quote(tea), short=Quote(words), checks=checks)

    @lookup("vocabulary-extras")
    async def extras(self, call: Call, tea: str) -> Sequence[fields.Suggestion]:
        """Find what goes with a tea; with some, nothing does."""
        return [fields.Suggestion(x, Quote(x.title())) for x in _EXTRAS.get(tea, ())]

    @action()
    async def prefilled(self, call: Call) -> Response:
        """Open a form with an answer in it already."""
        return Ask(
            Action("vocabulary.correct", ("oolong",)),
            {"words": "Nobody says no"},
        )

    @action()
    async def refill(self, call: Call) -> Response:
        """Open the form of a command, with answers of several kinds in it."""
        return Ask(
            Action("vocabulary.choices"),
            {"choice": "craft", "tea": "sencha", "checks": ("iced",), "agreed": True},
        )

    @action(on_message=True)
    async def quoted(self, call: Call) -> Response:
        """Say back the message that this was chosen on."""
        if call.target is None:
            return Refuse(phrase("vocabulary.refused", words=Quote("")))
        target = call.target
        return _said(person=target.author.ref, long=Quote(target.text))


def everything(call: Call, *, yours: bool) -> Message:
    """Return a message of every node, every part and every tone.

    ``yours`` marks the reader's own place, as only private lists may.
    """
    return say(
        _titled(call),
        _ranked(call, yours=yours),
        Card(
            picture=Picture("sample", phrase("vocabulary.alt")),
            tone=Tone.MAIN,
        ),
        _pressed(),
        Select(
            phrase("vocabulary.pick"),
            (
                Option(
                    phrase("vocabulary.redraw-it"), Action("vocabulary.redraw", (1,))
                ),
                Option(
                    phrase("vocabulary.prefilled-it"), Action("vocabulary.prefilled")
                ),
            ),
        ),
        File("teas.csv", "text/csv", "\n".join(_TEAS).encode()),
        mentions=(call.actor.ref,),
    )


def _titled(call: Call) -> Card:
    """Return a card of words, of every kind of value."""
    return Card(
        title=phrase("vocabulary.title", person=call.actor.ref),
        body=(
            phrase(
                "vocabulary.body",
                when=When(call.at),
                soon=When(call.at + timedelta(hours=5), Style.RELATIVE),
                channel=call.channel,
            ),
            phrase("vocabulary.words", words=Quote("三人とも本当に助かりました 🙏")),
        ),
        facts=(
            Fact(phrase("vocabulary.day"), _value(day=Day(call.at.date()))),
            Fact(phrase("vocabulary.count"), _value(count=7)),
        ),
        footer=phrase("vocabulary.footer"),
        tone=Tone.JOY,
    )


def _ranked(call: Call, *, yours: bool) -> Card:
    """Return a ranked list with a tie."""
    return Card(
        title=phrase("vocabulary.ranks"),
        lines=(
            Line(1, phrase("vocabulary.name", words=Quote("Amina")), 38),
            Line(2, phrase("vocabulary.name", words=Quote("Łukasz")), 34),
            Line(2, phrase("vocabulary.name", words=Quote("نور")), 34),
            Line(8, phrase("vocabulary.person", person=call.actor.ref), 16, yours),
        ),
    )


def _pressed() -> Buttons:
    """Return a button of every tone, one of which leads nowhere any more."""
    return Buttons(
        (
            _button("redraw-it", Action("vocabulary.redraw", (1,)), Tone.MAIN),
            _button("correct-it", Action("vocabulary.correct", ("sencha",))),
            _button("prefilled-it", Action("vocabulary.prefilled"), Tone.JOY),
            _button("unknown-it", Action("vocabulary.gone"), Tone.WARNING),
            LinkButton(phrase("vocabulary.link"), "https://example.org/"),
        )
    )


def _said(**answers: Value | None) -> Say:
    """Say answers back, one fact for each that was given."""
    facts = tuple(
        Fact(phrase(f"vocabulary.said-{name}"), _value(**{_kind(name): answer}))
        for name, answer in answers.items()
        if answer is not None
    )
    return Say(say(Card(title=phrase("vocabulary.answers"), facts=facts)))


def _kind(name: str) -> str:
    return {"amount": "count", "length": "minutes"}.get(name, "words")


def _value(**values: Value) -> Phrase:
    ((name, value),) = values.items()
    return Phrase(f"vocabulary.value-{name}", {name: value})


def _card(name: str) -> Message:
    return say(Card(body=(phrase(f"vocabulary.{name}-body"),)))


def _button(name: str, does: Action, tone: Tone = Tone.PLAIN) -> Button:
    return Button(phrase(f"vocabulary.{name}"), does, tone)
