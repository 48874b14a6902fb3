"""Disks as they may be after the power went, made of what a process asked of one.

What was synced is there. Of everything else any part may be: written or not, in any
order, torn between sectors; a file may have its name, its old name or none. So much
no file system takes away, and most give more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeAlias

from tests.battery.tape import Answer, Event, Make, Move, Remove, Resize, Sync, Write

SECTOR = 512
_SHARES = (0.0, 0.1, 0.5, 0.9, 1.0)
"""Of what was not synced, how much may be there."""

_Change: TypeAlias = Write | Resize
_Naming: TypeAlias = "tuple[int, _Named]"


@dataclass
class _Kept:
    """A file, whatever it is called.

    Attributes:
        body: What is on disk in any case.

        open: What may be, each with when it was asked.
    """

    body: bytearray = field(default_factory=bytearray)
    size: int = 0
    open: list[tuple[int, _Change]] = field(default_factory=list)


@dataclass(frozen=True)
class _Named:
    """A change of names in a folder, and the file that it is about."""

    change: Make | Move | Remove
    kept: _Kept | None


@dataclass
class Disk:
    """What is on disk for certain, and what may be.

    Attributes:
        names: What each file is called for certain; None for a folder.
    """

    names: dict[str, _Kept | None]
    live: dict[str, _Kept | None] = field(init=False)
    naming: list[_Naming] = field(default_factory=list)
    now: int = 0

    def __post_init__(self) -> None:
        """Begin with what is there."""
        self.live = dict(self.names)

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """Return a disk with what is in ``folder`` now, all of it synced."""
        names: dict[str, _Kept | None] = {f"{folder}": None}
        for each in sorted(folder.rglob("*")):
            if each.is_dir():
                names[f"{each}"] = None
            else:
                body = each.read_bytes()
                names[f"{each}"] = _Kept(bytearray(body), len(body))
        return cls(names)

    def copy(self) -> Disk:
        """Return another that is just like it; of one that was asked nothing yet."""
        assert self.now == 0
        names = {
            path: kept and _Kept(bytearray(kept.body), kept.size)
            for path, kept in self.names.items()
        }
        return Disk(names)

    def take(self, event: Event) -> None:
        """Have the next thing be asked of it."""
        match event:
            case Write() | Resize():
                kept = self.live.get(event.path)
                if kept is not None:
                    self._change(kept, event)
            case Sync():
                self._sync(event)
            case Answer():
                pass
            case Make() | Move() | Remove():
                self._name(event)
        self.now += 1

    def _change(self, kept: _Kept, change: _Change) -> None:
        if isinstance(change, Resize):
            kept.size = change.size
        else:
            at = kept.size if change.at is None else change.at
            change = Write(change.path, at, change.data)
            kept.size = max(kept.size, at + len(change.data))
        kept.open.append((self.now, change))

    def _name(self, change: Make | Move | Remove) -> None:
        kept = self.live.get(change.path)
        if isinstance(change, Make):
            kept = None if change.folder else _Kept()
        self.naming.append((self.now, _Named(change, kept)))
        _rename(self.live, change, kept)

    def _sync(self, event: Sync) -> None:
        kept = self.live.get(event.path)
        if kept is not None:
            for at, change in kept.open:
                if at < event.since:
                    _apply(kept.body, change, None)
            kept.open = [each for each in kept.open if each[0] >= event.since]
            return
        later = []
        for at, named in self.naming:
            if at < event.since and _folder(named.change.path) == event.path:
                _rename(self.names, named.change, named.kept)
            else:
                later.append((at, named))
        self.naming = later

    def after_the_cut(self, luck: Random) -> Mapping[str, bytes]:
        """Return files by their paths as they may be found afterwards."""
        share, named_share = luck.choice(_SHARES), luck.choice(_SHARES)
        names = dict(self.names)
        for _, named in self.naming:
            if luck.random() < named_share:
                _rename(names, named.change, named.kept)
        found = {}
        for path, kept in names.items():
            if kept is not None and names.get(_folder(path), 0) is None:
                found[path] = bytes(_torn(kept, share, luck))
        return found


def cuts(
    disk: Disk, events: Sequence[Event], at: Sequence[int]
) -> Iterator[tuple[int, Disk]]:
    """Yield the disk as it is each time before one of the events ``at``, in order."""
    for number in sorted(at):
        while disk.now < number:
            disk.take(events[disk.now])
        yield number, disk


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _rename(
    names: dict[str, _Kept | None], change: Make | Move | Remove, kept: _Kept | None
) -> None:
    """Change names, if what is to be renamed is there at all."""
    match change:
        case Make():
            names[change.path] = kept
        case Move():
            if names.get(change.path) is not kept or change.path not in names:
                return
            names[change.to] = kept
            if not change.copy:
                del names[change.path]
        case Remove():
            if names.get(change.path) is kept:
                names.pop(change.path, None)


def _torn(kept: _Kept, share: float, luck: Random) -> bytearray:
    body = bytearray(kept.body)
    changes = [change for _, change in kept.open if luck.random() < share]
    if luck.random() < 1 / 3:
        changes = list(_shuffled(changes, luck))
    tears = luck.random() < 1 / 2
    for change in changes:
        _apply(body, change, luck if tears and luck.random() < 1 / 2 else None)
    return body


def _shuffled(changes: Sequence[_Change], luck: Random) -> Iterator[_Change]:
    """Yield writes in any order, each on its side of whatever cut the file off."""
    among: list[_Change] = []
    for change in changes:
        if isinstance(change, Resize):
            luck.shuffle(among)
            yield from among
            yield change
            among = []
        else:
            among.append(change)
    luck.shuffle(among)
    yield from among


def _apply(body: bytearray, change: _Change, luck: Random | None) -> None:
    """Change a file; with ``luck``, only some sectors get there."""
    if isinstance(change, Resize):
        del body[change.size :]
        body.extend(bytes(change.size - len(body)))
        return
    assert change.at is not None
    for first, data in _sectors(change.at, change.data):
        if luck is None or luck.random() < 1 / 2:
            body.extend(bytes(max(0, first - len(body))))
            body[first : first + len(data)] = data


def _sectors(at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what is written, by sector of the disk."""
    done = 0
    while done < len(data):
        many = SECTOR - (at + done) % SECTOR
        yield at + done, data[done : done + many]
        done += many
