"""Sentences that are put together without Fluent say what Fluent says."""

from __future__ import annotations

import re

import pytest

from bot.chat.catalogue import Language
from bot.chat.text import Phrase, Quote
from bot.features import declared
from tests.harness import words


@pytest.mark.parametrize("tag", sorted(words().languages))
def test_every_sentence_is_the_same_either_way(
    tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each value in its place, each space kept."""
    language = words().languages[tag]
    asked = [
        Phrase(key, {name: Quote(name) for name in names})
        for key, names in language.placeholders().items()
        if key in language._sentences
    ]
    quick = [language.format(spoken, []) for spoken in asked]
    monkeypatch.setattr(Language, "_sentences", {})
    language.__dict__.pop("_sentences")
    slow = [language.format(spoken, []) for spoken in asked]
    language.__dict__.pop("_sentences", None)

    assert len(asked) > 300
    assert slow == quick


def test_numbers_are_left_to_fluent() -> None:
    """Which writes them as each language does."""
    spoken = Phrase("privacy.erase.word", {"erase-word": "ERASE"})
    counted = Phrase("members.times", {"count": 1_200})

    assert "ERASE" in (words().languages["en"].format(spoken, []) or "")
    assert "1,200" in (words().languages["en"].format(counted, []) or "")


def test_a_missing_value_is_told() -> None:
    """A translator who names what the phrase lacks hears of it."""
    with pytest.raises(ValueError, match=r"shoutouts\.quoted"):
        words().languages["en"].format(Phrase("shoutouts.quoted"), [])


def test_every_slash_begins_a_command() -> None:
    """So a prefix, where commands need one, reaches each that is named, and no more."""
    known = {(route.command or "").split()[0] for route in declared(words()).commands}
    slashed = re.compile(r"(?<![\w}:/])/(\{ \$\w+ \}|\S*\w)")
    for language in words().languages.values():
        for name, text in language._texts.items():
            said = "\n".join(x for x in text.split("\n") if not x.startswith("#"))
            named = set(slashed.findall(said))
            assert named <= known | {"{ $name }"}, f"{language.tag}/{name}"
            changed = language.prefixed("l-")._texts[name].split("\n")
            found = "\n".join(x for x in changed if not x.startswith("#"))
            assert slashed.sub(r"/l-\1", said) == found


def test_commands_are_named_with_their_prefix() -> None:
    """The one that help lists as well; without a prefix nothing is done."""
    prefixed = words().prefixed("l-")
    (part,) = prefixed.speak(Phrase("help.command", {"name": "laurel me"}), "en")

    assert "/l-laurel me" == part.content
    assert "/l-laurel setup" in str(prefixed.speak(Phrase("setup.welcome.next"), "es"))
    assert words() is words().prefixed("")
