"""What was drawn is kept while it is true, and never without bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

import pytest

from bot.web import shelf
from bot.web.drawing import Drawn
from bot.web.shelf import MAX_AT_ONCE, AskedTooOftenError, Place, Shelf, Stamp

NOW = Stamp(1, 1)


def place(name: str, whose: str = "ours") -> Place:
    return Place(whose, name, "https://laurel.example")


@dataclass
class Drawing:
    """Counts what is drawn, and how much of it at the same time."""

    size: int = 10
    drawn: list[str] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    def of(self, name: str) -> Callable[[], Coroutine[None, None, Drawn]]:
        async def draw() -> Drawn:
            self.drawn.append(name)
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            await asyncio.sleep(0)
            self.under_way -= 1
            return Drawn(name.encode() * self.size, "text/plain")

        return draw


async def test_what_is_true_is_drawn_once() -> None:
    """Until the file changes or the minute is over, whoever asks."""
    kept, drawing = Shelf(), Drawing()
    for stamp in (NOW, NOW, Stamp(2, 1), Stamp(2, 1), Stamp(2, 2)):
        await kept.page(place("it"), stamp, drawing.of("it"))

    assert 3 == len(drawing.drawn)


async def test_many_who_ask_at_once_wait_for_one_drawing() -> None:
    """A thousand calendar programs at the full hour are one page."""
    kept, drawing = Shelf(), Drawing()
    asked = (kept.page(place("it"), NOW, drawing.of("it")) for _ in range(1_000))
    pages = await asyncio.gather(*asked)

    assert ["it"] == drawing.drawn
    assert 1 == len({id(page) for page in pages})


async def test_few_are_drawn_at_the_same_time() -> None:
    """However many different ones are asked for."""
    kept, drawing = Shelf(), Drawing()
    names = [f"page {number}" for number in range(200)]
    await asyncio.gather(*(kept.page(place(n), NOW, drawing.of(n)) for n in names))

    assert sorted(names) == sorted(drawing.drawn)
    assert MAX_AT_ONCE == drawing.most


@pytest.mark.parametrize(("limit", "most"), [("MAX_BYTES", 60), ("MAX_PAGES", 3)])
async def test_what_is_kept_has_bounds(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    """What nobody asked for in a while goes first."""
    monkeypatch.setattr(shelf, limit, most)
    kept, drawing = Shelf(), Drawing(size=20)
    for name in "abcad":
        await kept.page(place(name), NOW, drawing.of(name))
    assert [*"abcd"] == drawing.drawn
    for name in "acdb":
        await kept.page(place(name), NOW, drawing.of(name))

    assert [*"abcdb"] == drawing.drawn


async def test_one_address_has_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of drawing in a minute, and others have theirs."""
    monkeypatch.setattr(shelf, "MAX_PER_MINUTE", 2)
    kept, drawing = Shelf(), Drawing()
    for name in ("a", "b", "a"):
        await kept.page(place(name), NOW, drawing.of(name))
    with pytest.raises(AskedTooOftenError):
        await kept.page(place("c"), NOW, drawing.of("c"))
    await kept.page(place("c", "theirs"), NOW, drawing.of("c"))
    await kept.page(place("c"), Stamp(1, 2), drawing.of("c"))

    assert 4 == len(drawing.drawn)


async def test_the_same_bytes_have_the_same_tag() -> None:
    """Also where they were drawn again."""
    kept, drawing = Shelf(), Drawing()
    first = await kept.page(place("it"), NOW, drawing.of("it"))
    again = await kept.page(place("it"), Stamp(2, 1), drawing.of("it"))
    other = await kept.page(place("it"), Stamp(3, 1), drawing.of("at"))

    assert first.etag == again.etag
    assert first.etag != other.etag
