"""What is typed after a slash command's name is taken apart as far as it goes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack import line
from bot.adapters.slack.line import Wanted
from bot.adapters.slack.people import Known
from bot.domain.errors import RuleError
from tests.adapters.slack.sent import (
    ANA,
    BO,
    CHIDI,
    CRAFT,
    DAN,
    HOME,
    LAUREL,
    SHOUTOUT,
    TABLE,
    asked,
    command,
    known,
    person,
)
from tests.hostile import some

GIVE = TABLE.routes["shoutouts.shoutout"]
DOCS = "for the docs"


def given_by(text: str) -> tuple[Any, ...]:
    """Return whom, why, which value, and what was left of a shoutout."""
    found = asked(command(f"/shoutout {text}"))
    assert SHOUTOUT == found.action
    answers = found.answers or {}
    people = answers.get("to", ())
    assert isinstance(people, tuple)
    to = tuple(each.ref.id for each in people)
    return to, answers.get("why"), answers.get("value"), found.rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<@{BO}|bo> {DOCS}", ((BO,), DOCS, None, "")),
        (f"<@{BO}> {DOCS} #craft", ((BO,), DOCS, "7", "")),
        (f"<@{BO}> {DOCS} #Customer First.", ((BO,), DOCS, "8", "")),
        (f"<@{BO}> {DOCS} #cust", ((BO,), DOCS, "8", "")),
        (f"<@{BO}> {DOCS} #cut &amp; paste", ((BO,), DOCS, "9", "")),
        (f"<@{BO}> #craft {DOCS}", ((BO,), DOCS, "7", "")),
        (f"<@{BO}> {DOCS} <#{CRAFT}|craft>", ((BO,), DOCS, "7", "")),
        (f"<@{BO}> {DOCS} <#{CRAFT}|>", ((BO,), DOCS, "7", "")),
        (f"<@{BO}>, <@{CHIDI}|c> and <@{DAN}> {DOCS}",
         ((BO, CHIDI, DAN), DOCS, None, "")),
        (f"<@{BO}><@{CHIDI}> &amp; <@{BO}>: {DOCS}", ((BO, CHIDI), DOCS, None, "")),
        (f"<@{BO}> y <@{CHIDI}>\n{DOCS}", ((BO, CHIDI), DOCS, None, "")),
        (f'<@{BO}> "{DOCS}" #craft', ((BO,), DOCS, "7", "")),
        (f"<@{BO}> “{DOCS}”", ((BO,), DOCS, None, "")),
        (f"<@{BO}> «{DOCS}»", ((BO,), DOCS, None, "")),
        (f"<@{BO}> „{DOCS}“", ((BO,), DOCS, None, "")),
        (f"<@{BO}> “yes” to all", ((BO,), "“yes” to all", None, "")),
        (f"<@{LAUREL}> thanks", ((LAUREL,), "thanks", None, "")),
    ],
)  # fmt: skip
def test_a_whole_line_is_understood(text: str, expected: tuple[Any, ...]) -> None:
    """People, then words, then a value behind its sign; quoted or not."""
    assert expected == given_by(text)
    assert asked(command(f"/shoutout {text}")).clear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"@ana souza {DOCS}", ((ANA,), DOCS, None, "")),
        (f"@Chidi.Eze {DOCS}", ((CHIDI,), DOCS, None, "")),
        (f"@chi {DOCS}", ((CHIDI,), DOCS, None, "")),
        (f"@bo and @dan, {DOCS} & more", ((BO, DAN), f"{DOCS} & more", None, "")),
        (f"@bob {DOCS}", ((), DOCS, None, "@bob")),
        (f"@bob, @bo {DOCS}", ((BO,), DOCS, None, "@bob")),
    ],
)  # fmt: skip
def test_names_that_slack_left_alone_are_known(
    text: str, expected: tuple[Any, ...]
) -> None:
    """An older manifest does not escape; a name that is one person's is theirs."""
    assert expected == given_by(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ((), None, None, "")),
        ("   ", ((), None, None, "")),
        (DOCS, ((), DOCS, None, "")),
        (f"<@{BO}>", ((BO,), None, None, "")),
        (f"<@{BO}> #craft", ((BO,), None, "7", "")),
        ("<@U0NOBODY|ghost> " + DOCS, ((), DOCS, None, "@ghost")),
        ("<!subteam^S0MENTORS|@mentors> " + DOCS, ((), DOCS, None, "@mentors")),
        ("<!subteam^S0MENTORS> " + DOCS, ((), DOCS, None, "@S0MENTORS")),
        ("<!here|here> <!channel> " + DOCS, ((), DOCS, None, "@here @channel")),
    ],
)  # fmt: skip
def test_what_is_missing_or_out_of_place_is_told(
    text: str, expected: tuple[Any, ...]
) -> None:
    """The form opens with what was understood, and a note of what was not."""
    assert expected == given_by(text)
    found = asked(command(f"/shoutout {text}"))
    assert not found.clear
    answered = [each for each in ("to", "why") if each not in (found.answers or {})]
    assert tuple(answered) == found.missing


def test_people_among_the_words_are_only_likely() -> None:
    """They stand in the form, for the member to say; the words keep their names."""
    found = asked(command(f"/shoutout hats off to all who helped <@{BO}|bo> today"))
    assert {"to": (person(BO),), "why": "hats off to all who helped @Bo today"} == (
        found.answers
    )
    assert frozenset({"to"}) == found.guessed
    assert ((), "") == (found.missing, found.rest)
    assert not found.clear


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fixing #342 #", "fixing #342 #"),
        ("the #craft of it", "the #craft of it"),
        ("x #nothing", "x #nothing"),
        ("x #cu", "x #cu"),
        ("x <#C0CLUB|craft-club>", "x #craft-club"),
        (f"x <#{CRAFT}|craft> y <@{DAN}|d>", "x #craft y @Dan"),
        ("1 &lt; 2 &amp;amp; <https://a.example/?a=1&amp;b|a.example>",
         "1 < 2 &amp; a.example (https://a.example/?a=1&b)"),
        ("see <https://a.example/b> <https://a.example|a.example>",
         "see https://a.example/b a.example"),
        ("ask <mailto:a@b.example|a@b.example>", "ask a@b.example"),
        ("at <!date^1772798400^{time}|noon UTC> <!everyone>", "at noon UTC @everyone"),
        ("&lt;@U0ANA&gt; and &lt;!channel&gt;", "<@U0ANA> and <!channel>"),
        ("<odd> <> <|> <!>", "<odd> <> <|> <!>"),
    ],
)  # fmt: skip
def test_words_are_as_their_writer_read_them(text: str, said: str) -> None:
    """Nothing of Slack's own spelling is left, and nothing is undone twice."""
    assert ((BO,), said, None, "") == given_by(f"<@{BO}> {text}")


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("vocabulary people", {}, ""),
        (f"vocabulary people <@{BO}> <@{ANA}> <#C0WALL|wall> <!subteam^S0M|@mentors>",
         {"person": BO, "people": (ANA,), "channel": "C0WALL", "role": "S0M"}, ""),
        (f"vocabulary people <@{BO}> #general", {"person": BO, "channel": "C0GENERAL"},
         ""),
        ("vocabulary choices craft sencha yes",
         {"choice": "craft", "tea": "sencha", "agreed": True}, ""),
        ("vocabulary choices #Oficio #ma Sí",
         {"choice": "craft", "tea": "mate", "agreed": True}, ""),
        ("vocabulary choices nothing", {}, "nothing"),
        ("vocabulary times tomorrow", {}, "tomorrow"),
    ],
)  # fmt: skip
def test_each_kind_of_field_takes_what_fits(
    text: str, expected: dict[str, object], rest: str
) -> None:
    """In the order of the questions, in the member's language or in Laurel's first."""
    group, _, line_ = text.partition(" ")
    found = asked(command(f"/{group} {line_}"))
    said = {name: bare(answer) for name, answer in (found.answers or {}).items()}
    assert (expected, rest) == (said, found.rest)


def bare(answer: Any) -> object:
    """Return the ids in an answer."""
    if isinstance(answer, tuple):
        return tuple(map(bare, answer))
    ref = getattr(answer, "ref", answer)
    return getattr(ref, "id", ref)


def test_words_that_do_not_fit_stay_where_they_were_typed() -> None:
    """What is too long, or out of range, is said beside the field that holds it."""
    found = asked(command(f"/shoutout <@{BO}> {'x' * 3000}"))
    assert isinstance(found.errors["why"], RuleError)
    assert "common.answer-long" == found.errors["why"].code
    assert "x" * 3000 == found.draft["why"]

    four = asked(command(f"/shoutout <@{BO}> <@{CHIDI}> <@{DAN}>, <@{ANA}> {DOCS}"))
    assert "common.answer-people" == four.errors["to"].code
    assert tuple(map(person, (BO, CHIDI, DAN, ANA))) == four.draft["to"]
    assert DOCS == four.draft["why"]


def test_what_has_to_be_looked_up_is_told_first() -> None:
    """Mentioned people, the words behind a sign, and whether names stand there."""
    text = f"<@{BO}|b> and <@{BO}> <@{CHIDI}> for #customer first and <#{CRAFT}|>"
    assert (BO, CHIDI) == line.people_in(text)
    assert (Wanted("value", "shoutouts.values", "customer"),) == line.wanted_in(
        GIVE, text
    )
    assert (CRAFT,) == line.nameless_in(text)
    assert () == line.wanted_in(GIVE, "for the docs")
    teas = TABLE.routes["vocabulary.choices"]
    assert (Wanted("tea", "vocabulary-teas", ""),) == line.wanted_in(teas, "craft mate")
    assert () == line.wanted_in(teas, " ")

    assert line.bare_names("@ana for x")
    assert not line.bare_names(f"<@{BO}|@bo> a@b.example <!subteam^S1|@m> @ x")
    assert (ANA, BO) == line.named_in("@ana souza, @bo, @nobody", known().handles)


def test_nobody_is_known_unless_they_were_looked_up() -> None:
    """An id of another workspace, or of nobody, never becomes a person."""
    stranger = Known(HOME, handles={"bo": BO})
    for text in (f"<@{BO}|bo> x", "@bo x"):
        understood = line.read_line(GIVE, text, stranger)
        assert ({"why": ("x",)}, "@bo") == (dict(understood.words), understood.rest)


def test_a_name_that_several_share_is_asked_for() -> None:
    """It is not taken for the beginning of another name either."""
    shared = known(handles={"bo": "", "Bob": DAN})
    understood = line.read_line(GIVE, "@bo x", shared)
    assert ({"why": ("x",)}, "@bo") == (dict(understood.words), understood.rest)
    assert () == line.named_in("@bo x", shared.handles)

    longer = known(handles={"Bo": BO, "Bo Li": DAN})
    for name, whom in (("@bo li", DAN), ("@bo lin", BO)):
        understood = line.read_line(GIVE, f"{name} x", longer)
        assert (whom,) == understood.words["to"]


PIECES = st.sampled_from(
    [f"<@{BO}|bo>", f"<@{CHIDI}>", "<@U0GHOST|g>", "@bo", "@nobody", "<!here>", "<!>",
     f"<#{CRAFT}|craft>", f"<#{CRAFT}|>", "<!subteam^S0M|@m>", "#craft", "#", "@", "<",
     "&lt;", "&", ",", "and", '"', "“", "”", "«", " ", "\n", "|", "<https://x.example>",
     "2026-03-09", "9:30", "1 h", "yes", "\u202e", "\ue000"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join))
def test_no_line_breaks_the_reader(text: str) -> None:
    """Whatever is typed becomes answers, objections and a rest."""
    for route in TABLE.commands:
        found = asked(command(f"/{route.command} {text}"))
        assert route.key == found.action.route
        names = {each.name for each in route.fields}
        assert set(found.draft) | set(found.errors) <= names
        assert not set(found.missing) & set(found.draft)
        line.wanted_in(route, text)
        line.named_in(text, known().handles)


@pytest.mark.parametrize("hostile", some(120), ids=str)
def test_hostile_words_are_only_words(hostile: Any) -> None:
    """As Slack escapes them, they come out as they were typed."""
    text = hostile.text
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    assert hostile.text == line.plain(text, known())
    to, why, _, rest = given_by(f"<@{BO}> x {text}")
    assert ((BO,), "") == (to, rest)
    assert why is not None
    assert why.startswith("x")
