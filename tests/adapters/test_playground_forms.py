"""Commands, buttons and forms of the playground: what is asked, taken and refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest
from aiohttp import FormData

from bot.chat.fields import Suggestion
from bot.chat.message import Card, say
from bot.chat.news import News
from bot.chat.responses import Call, Refuse, Response, Say
from bot.chat.table import build_table
from bot.chat.text import phrase
from bot.domain.people import Person
from tests.adapters.browser import Shown, Tab, browser
from tests.adapters.stage import Stage, stage
from tests.samples.vocabulary.cog import VocabularyCog


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as opened:
        yield opened


@pytest.fixture
async def ana(played: Stage) -> AsyncIterator[Tab]:
    async with browser(played) as client:
        yield Tab(client, "ana")


class Recorder:
    """A dispatcher that remembers what it was called with, and says one thing."""

    def __init__(self, answer: Response) -> None:
        self.calls: list[tuple[str, Call, Mapping[str, object] | None]] = []
        self._answer = answer

    async def __call__(
        self,
        route: str,
        call: Call,
        args: Sequence[str],
        answers: Mapping[str, object] | None,
    ) -> Response:
        self.calls.append((route, call, answers))
        return self._answer

    async def suggest(
        self, lookup: str, call: Call, typed: str
    ) -> Sequence[Suggestion]:
        return ()

    async def hear(self, news: News) -> None:
        raise AssertionError(f"nobody told {news}")


@pytest.fixture
async def recorder(played: Stage) -> Recorder:
    recorder = Recorder(Say(say(Card(body=(phrase("vocabulary.footer"),)))))
    await played.playground.start(build_table([VocabularyCog()]), recorder)
    return recorder


def errors(form: Shown | None) -> dict[str, str]:
    """Return what a form says beside its fields, by field."""
    assert form is not None
    found = [e for e in form.all("p", class_="error") if "id" in e.attributes]
    return {e.attributes["id"].rpartition("-")[2]: e.text for e in found}


def inputs(form: Shown) -> dict[str, str]:
    """Return the kind of each input, by name."""
    kinds = {}
    for element in form.elements:
        name = element.attributes.get("name", "")
        if name and not name.startswith("laurel."):
            kinds[name] = element.attributes.get("type", element.tag)
    return kinds


async def begun(tab: Tab, command: str) -> Shown:
    response = await tab.client.get(tab.path(f"begin?command={command}"))
    return Shown((await response.json())["form"])


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            "/vocabulary people",
            {
                "person.typed": "text",
                "people.typed": "text",
                "channel.typed": "text",
                "role": "select",
            },
        ),
        (
            "/vocabulary words",
            {"short": "text", "long": "textarea", "amount": "number", "file": "file"},
        ),
        (
            "/vocabulary choices",
            {
                "choice": "select",
                "tea.typed": "text",
                "checks": "checkbox",
                "agreed": "radio",
            },
        ),
        ("/vocabulary times", {"on": "date", "at": "time", "length": "text"}),
    ],
)
async def test_every_field_has_its_input(
    ana: Tab, command: str, expected: dict[str, str]
) -> None:
    """Each kind of question is asked with the input that fits it, and is labelled."""
    form = await begun(ana, command)
    assert expected == inputs(form)
    labelled = {e.attributes["for"] for e in form.all("label") if "for" in e.attributes}
    for element in form.elements:
        name = element.attributes.get("name", "")
        if name in expected and element.attributes.get("type") not in {
            "checkbox",
            "radio",
        }:
            assert element.attributes["id"] in labelled


async def test_a_command_typed_whole_runs(ana: Tab) -> None:
    """What answers all that is needed asks nothing more."""
    assert await ana.say("/vocabulary people @Bo @Ana Souza and @Mika #general") is None
    said = (await ana.posts())[-1]
    assert "Person @Bo" in said
    assert "People @Ana Souza and @Mika" in said
    assert "Channel #general" in said


async def test_a_command_typed_in_part_asks_the_rest(ana: Tab) -> None:
    """What was typed stands in the form already, and nothing was done."""
    form = await ana.say('/vocabulary words "well done"')
    assert form is not None
    assert "well done" == form.one("input", name="short").attributes["value"]
    assert {} == errors(form)
    assert [] == await ana.posts()


async def test_words_without_a_place_are_said(ana: Tab) -> None:
    """Words that no field takes are not dropped in silence."""
    form = await ana.say("/vocabulary people @Bo and then some")
    assert form is not None
    assert "and then some" in form.one("p", role="alert").text
    assert "bo" == form.one("input", name="person").attributes["value"]


async def test_unknown_commands_are_answered(ana: Tab) -> None:
    """A slash that leads nowhere says so, in private; so does one for other roles."""
    for typed in ("/nothing", "/vocabulary guarded", "/vocabulary", "/"):
        await ana.say(typed)
        assert "There is no such command here" in (await ana.posts())[-1]
    assert [] == await Tab(ana.client, "bo").posts()


async def test_all_errors_stand_beside_their_fields(ana: Tab) -> None:
    """A form that comes back keeps what was typed and says what is wrong with each."""
    form = await begun(ana, "/vocabulary words")
    again = await ana.fill(form, short="x", long="  \u2800 ", amount="11")
    assert {"short", "long", "amount"} == set(errors(again))
    assert again is not None
    assert "x" == again.one("input", name="short").attributes["value"]
    assert "11" == again.one("input", name="amount").attributes["value"]
    fixed = await ana.fill(again, short="three", long="enough", amount="10")
    assert fixed is None
    assert "Number 10" in (await ana.posts())[-1]


async def test_a_refusal_stands_beside_its_field(ana: Tab) -> None:
    """A rule that names a field is told there, while the form is open."""
    form = await ana.press("1:vocabulary.correct:sencha")
    assert form is not None
    again = await ana.fill(form, words="no")
    assert {"words": "“no” is the one thing that cannot be said here."} == errors(again)
    assert again is not None
    assert await ana.fill(again, words="yes") is None
    assert "Short yes Tea sencha" in (await ana.posts())[-1]


async def test_a_form_can_open_prefilled(ana: Tab) -> None:
    """A draft stands in the form as its answers would."""
    form = await ana.press("1:vocabulary.prefilled")
    assert form is not None
    assert "Nobody says no" == form.one("input", name="words").attributes["value"]


async def test_a_prefilled_choice_is_shown_in_words(ana: Tab) -> None:
    """What a lookup found before stands under its label, and is sent as its value."""
    form = await ana.press("1:vocabulary.refill")
    assert form is not None
    assert "Sencha" == form.one("input", name="tea.typed").attributes["value"]
    assert "sencha" == form.one("input", name="tea").attributes["value"]
    chosen = [
        e.attributes["value"]
        for e in form.elements
        if {"checked", "selected"} & set(e.attributes)
    ]
    assert ["craft", "iced", "yes"] == chosen


async def test_boxes_are_looked_up_by_what_a_button_carries(ana: Tab) -> None:
    """They stand in the form, stay ticked when it is refused, and are taken."""
    form = await ana.press("1:vocabulary.serve:mate")
    assert form is not None
    assert {"words": "text", "extras": "checkbox"} == inputs(form)
    again = await ana.fill(form, words="", extras=("mint", "smoke"))

    assert {"words"} == set(errors(again))
    assert again is not None
    ticked = [e for e in again.elements if "checked" in e.attributes]
    assert ["mint", "smoke"] == [each.attributes["value"] for each in ticked]
    assert await ana.fill(again, words="Hot", extras=("mint", "smoke")) is None
    assert "mint and smoke" in (await ana.posts())[-1]


async def test_where_no_boxes_are_found_none_are_asked(ana: Tab) -> None:
    """The rest of the form is as it is."""
    form = await ana.press("1:vocabulary.serve:sencha")
    assert form is not None
    assert {"words": "text"} == inputs(form)


async def test_a_button_without_questions_acts(ana: Tab) -> None:
    """A press redraws the private message it stands on, in place."""
    await ana.say("/vocabulary nodes")
    number = await ana.last()
    assert await ana.press("1:vocabulary.redraw:1", pressed=number) is None
    assert ["Redrawn once Redraw again"] == await ana.posts()
    assert number == await ana.last()


async def test_a_public_message_is_not_redrawn(ana: Tab) -> None:
    """What the room sees stays; the answer stands beside it, in private."""
    await ana.say("/vocabulary aloud")
    await ana.press("1:vocabulary.redraw:1", pressed=await ana.last())
    assert 2 == len(await ana.posts())
    assert 1 == len(await Tab(ana.client, "bo").posts())


async def test_nobody_redraws_anothers_message(ana: Tab) -> None:
    """A press that names a private message of somebody else leaves it as it is."""
    await ana.say("/vocabulary nodes")
    bo = Tab(ana.client, "bo")
    await bo.press("1:vocabulary.redraw:1", pressed=await ana.last())
    assert "Everything for" in (await ana.posts())[0]


@pytest.mark.parametrize(
    "wire",
    ["", "junk", "0:vocabulary.redraw:1", "1:vocabulary.gone", "1:vocabulary.redraw",
     "1:vocabulary.redraw:x", "1:vocabulary.redraw:1:2", "1:" + "x" * 200,
     "1:vocabulary.redraw:" + "9" * 60],
)  # fmt: skip
async def test_forged_and_old_buttons_are_answered(ana: Tab, wire: str) -> None:
    """A button that nobody drew does nothing, and says so kindly."""
    assert await ana.press(wire) is None
    assert "This button is from another time" in (await ana.posts())[-1]
    form = await ana.send("submit", {"laurel.action": wire, "words": "x"})
    assert 200 == form.status


async def test_a_forged_form_is_refused_by_role(ana: Tab) -> None:
    """Sending the form of a command that is not one's own changes nothing."""
    await ana.press("1:vocabulary.guarded")
    assert "This is for admins" in (await ana.posts())[-1]


async def test_a_form_sent_twice_is_one_operation(ana: Tab, recorder: Recorder) -> None:
    """Both sendings carry the same call id, and are answered once."""
    form = await begun(ana, "/vocabulary times")
    for _ in range(2):
        await ana.fill(form, on="2026-03-09", at="09:30", length="1 h")
    ids = [call.id for _, call, _ in recorder.calls]
    assert 2 == len(ids)
    assert 1 == len(set(ids))
    assert 1 == len(await ana.posts())


async def test_each_press_is_an_operation_of_its_own(
    ana: Tab, recorder: Recorder
) -> None:
    """Two presses differ; one that arrives twice is the same."""
    for named in ("press-aaaa", "press-aaaa", "press-bbbb", "", ""):
        await ana.press("1:vocabulary.prefilled", named)
    ids = [call.id for _, call, _ in recorder.calls]
    assert 4 == len(set(ids))
    assert ids[0] == ids[1]


async def test_ids_belong_to_who_sent_them(ana: Tab, recorder: Recorder) -> None:
    """Nobody can send somebody else's operation."""
    for member in ("ana", "bo"):
        await Tab(ana.client, member).press("1:vocabulary.prefilled", "same-name")
    assert 2 == len({call.id for _, call, _ in recorder.calls})


async def test_a_command_says_who_where_when(
    ana: Tab, played: Stage, recorder: Recorder
) -> None:
    """A call has the actor with role and language, the room and the moved clock."""
    await Tab(ana.client, "bo", "wall").say("/vocabulary nodes")
    ((route, call, answers),) = recorder.calls
    assert ("vocabulary.nodes", {}) == (route, answers)
    known = await played.store.directory()
    assert known.person("bo") == call.actor
    assert ("wall", "es") == (call.channel.id, call.locale)
    assert played.playground.clock.now() == call.at


async def test_a_message_action_has_its_target(ana: Tab, recorder: Recorder) -> None:
    """Author, words, id and link of the message travel with the call."""
    await Tab(ana.client, "bo").say("**well** <done>")
    number = await ana.last()
    await ana.press("1:vocabulary.quoted", target=number)
    (_, call, answers) = recorder.calls[-1]
    assert answers is None
    assert call.target is not None
    author: Person = call.target.author
    assert ("Bo", "**well** <done>", number) == (
        author.name,
        call.target.text,
        call.target.message_id,
    )
    assert f"http://127.0.0.1:{ana.client.port}/to/{number}" == call.target.link


async def test_a_button_for_a_command_asks_what_it_lacks(ana: Tab) -> None:
    """A command reached by a button opens its form rather than complaining."""
    form = await ana.press("1:vocabulary.times")
    assert form is not None
    assert {} == errors(form)
    assert {"on", "at", "length"} == set(inputs(form))


async def test_a_refusal_without_a_form_is_private(ana: Tab, played: Stage) -> None:
    """A no stands where its member alone sees it."""
    no = Recorder(Refuse(phrase("vocabulary.footer"), at="nothing"))
    await played.playground.start(build_table([VocabularyCog()]), no)
    await ana.say("/vocabulary aloud")
    assert ["A footer, in quiet words."] == await ana.posts()
    assert [] == await Tab(ana.client, "bo").posts()


async def test_takes_files(ana: Tab, recorder: Recorder) -> None:
    """A file comes with its own name, whatever path a browser put before it."""
    form = await begun(ana, "/vocabulary words")
    data = FormData(default_to_multipart=True, quote_fields=False)
    for hidden in form.all("input", type="hidden"):
        data.add_field(hidden.attributes["name"], hidden.attributes["value"])
    data.add_field("short", "three")
    data.add_field("long", "words")
    data.add_field("file", b"a,b", filename="../../te\u202eas.csv")
    await ana.client.post(ana.path("submit"), data=data)
    answers = recorder.calls[-1][2]
    assert answers is not None
    upload = answers["file"]
    assert ("teas.csv", b"a,b") == (upload.name, upload.content)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source=person&typed=@a", "@Ada Bright"),
        ("source=person&typed=نور", "@نور الهدى"),
        ("source=channel&typed=%23thanks", "#wall of thanks"),
        ("source=lookup:vocabulary-teas&typed=oo", "Oolong"),
        ("source=lookup:nothing&typed=", None),
        ("source=junk&typed=", None),
        ("source=person&typed=gone", None),
        ("source=channel&typed=moderators", None),
    ],
)
async def test_pickers_find(ana: Tab, query: str, expected: str | None) -> None:
    """Who left and rooms that one may not enter are not offered."""
    response = await ana.client.get(ana.path(f"suggest?{query}"))
    found = await response.json()
    assert expected == (found[0]["label"] if found else None)


async def test_too_many_words_are_kept_by_the_page(ana: Tab) -> None:
    """What is too long for a message is refused in words, and nothing is posted."""
    response = await ana.send("say", {"text": "x" * 4_001})
    assert 422 == response.status
    assert "4,000" in (await response.json())["problem"]
    assert [] == await ana.posts()
