"""Sentences that are put together without Fluent say what Fluent says."""

from __future__ import annotations

import pytest

from bot.chat.catalogue import Language
from bot.chat.text import Phrase, Quote
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
