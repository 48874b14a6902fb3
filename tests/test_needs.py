"""Tests are left out only where nobody asked for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.needs import need


def test_what_is_missing_is_skipped_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a newcomer's machine a test without its tool is left out, and says why."""
    monkeypatch.setenv("LAUREL_SPECS", "/nowhere")
    monkeypatch.delenv("LAUREL_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match="needs specs: name the folder"):
        need("specs")


def test_what_is_required_fails_when_it_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where everything has to be checked, a missing tool is a failure."""
    monkeypatch.setenv("LAUREL_SPECS", "/nowhere")
    monkeypatch.setenv("LAUREL_REQUIRE", "browser,specs")
    with pytest.raises(pytest.fail.Exception, match="needs specs"):
        need("specs")


def test_what_is_there_is_handed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A test gets the place of what it needs."""
    monkeypatch.setenv("LAUREL_SPECS", str(tmp_path))
    assert tmp_path == need("specs")
