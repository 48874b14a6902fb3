"""Says whether an audit that Laurel exported is whole, and which row is not as written.

It needs Python 3.8 and nothing else of Laurel: `python audit_verify.py FILE`.

An audit has a row a line, in UTF-8, and each line ends in one newline:

    {"hash":"H","previous":"P","id":N,"at":…,"actor":…,"action":…,"ref":…,…}

H is the SHA-256 of the line's bytes behind ``{"hash":"H",`` and before the newline, in
64 hexadecimal digits. P is the H of the row before, 64 zeros in the first, and N counts
the rows from 1. So no row can be changed, dropped, moved or put in without writing all
rows behind it anew, which makes another H of the last. That H is the digest, and Laurel
posts it in chat now and then. A file that has a digest that was posted was not written
anew up to that row; what stands behind it is for a later digest to vouch for.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from typing import Iterable, Iterator, NamedTuple, Sequence, TextIO  # noqa: UP035  before 3.9, nothing else can be asked for a type

WHOLE, BROKEN, UNREAD, NEWER = range(4)
MAX_LINE_BYTES, MAX_TOLD = 1 << 24, 10
FIRST = b"0" * 64
KEYS = "hash, previous, id, at, actor, action, ref, detail, digest"
BEHIND_HASH = len(b'{"hash":"",') + 64
ROW = re.compile(
    rb'\{"hash":"([0-9a-f]{64})","previous":"([0-9a-f]{64})","id":([1-9][0-9]{0,17}),'
    rb'"at":.*\}\n'
)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(read := dict(pairs)) < len(pairs):
        raise ValueError("a key stands there twice")
    return read


JSON = json.JSONDecoder(object_pairs_hook=_once)

ANEW = "Have it exported anew. If it is so again, compare it with an older export."
AS_IT_WAS = "Give the file as it was exported: unpacked, and saved by no other program."


class Finding(NamedTuple):
    """What is not as it was written: in which row, what, why, and what to do next."""

    row: int
    what: str
    why: str
    then: str = ANEW


class Chain:
    """What the rows so far tell of the next: no more than this is kept of them."""

    def __init__(self, digests: Iterable[str]) -> None:
        self.row = 0
        self.hash: bytes | None = FIRST  # None behind a row that is not as written
        self.rows_of = {digest.encode(): 0 for digest in digests}

    def take(self, line: bytes) -> Finding | None:
        """Return what is wrong with the next line."""
        due, before = self.row + 1, self.hash
        self.row, self.hash = due, None
        found = ROW.fullmatch(line)
        if found is None:
            return Finding(due, "is no row of an audit.", _no_row(line), AS_IT_WAS)
        stated, previous, number = found.groups()
        hashed = hashlib.sha256(line[BEHIND_HASH:-1]).hexdigest().encode()
        if hashed != stated:
            why = f"It has the hash {hashed.decode()}, and says {stated.decode()}."
            return Finding(due, "was changed, or never written by Laurel.", why)
        self.row, self.hash = int(number), stated
        if stated in self.rows_of:
            self.rows_of[stated] = self.row
        if self.row != due:
            return _misplaced(due, self.row)
        if before not in (None, previous):
            return _unlinked(due, before, previous)
        odd = _misread(line)
        return Finding(due, "cannot be read, or not in one way.", odd) if odd else None

    def end(self) -> Iterator[Finding]:
        """Yield what is wrong once all lines were taken."""
        if not self.row:
            yield Finding(1, "is missing.", "There is nothing in the file.", AS_IT_WAS)
        for digest, row in self.rows_of.items():
            if not row:
                why = f"No row has the digest {digest.decode()}: either rows were cut "
                why += f"off behind row {self.row}, or all of it was written anew."
                yield Finding(self.row + 1, "is missing, or others were changed.", why)


def verify(paths: Sequence[str], digests: Sequence[str], out: TextIO) -> int:
    """Tell how the audit is that these files make as one; return the exit code."""
    chain, findings = Chain(digests), 0
    try:
        for each in _findings(chain, paths):
            findings += 1
            if findings > MAX_TOLD:
                print("There is more; the first is what counts.", file=out)
                break
            print(f"Row {each.row} {each.what}\n  {each.why}\n  {each.then}", file=out)
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}.", file=out)
        return UNREAD
    return BROKEN if findings else _praise(chain, out)


def _findings(chain: Chain, paths: Iterable[str]) -> Iterator[Finding]:
    for path in paths:
        with open(path, "rb") as file:  # noqa: PTH123  a path has less to read
            while line := file.readline(MAX_LINE_BYTES):
                if finding := chain.take(line):
                    yield finding
                while len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES)  # no more than its beginning
    yield from chain.end()


def _praise(chain: Chain, out: TextIO) -> int:
    last, digest = chain.row, (chain.hash or FIRST).decode()
    print(f"All {last} rows are as they were written, one behind the other.", file=out)
    print(f"Digest, which is the hash of row {last}: {digest}", file=out)
    if not chain.rows_of:
        print("A digest that was posted before tells whether all of it was", file=out)
        print("written anew: give its 64 digits behind --digest.", file=out)
        return WHOLE
    known = max(chain.rows_of.values())
    print(f"Row {known} has the digest: nothing up to it was written anew.", file=out)
    if known < last:
        print(f"Row {known + 1} and all behind it came later, or were put", file=out)
        print("there: for these, take a digest that was posted later.", file=out)
    return WHOLE if known == last else NEWER


def _no_row(line: bytes) -> str:
    if len(line) == MAX_LINE_BYTES:
        return "The line is longer than any that Laurel writes."
    if line.startswith(b"\xef\xbb\xbf"):
        return "A byte order mark stands before it, which another program put there."
    if line.endswith(b"\r\n"):
        return "The line ends in CR LF, which another program made of the newline."
    if not line.endswith(b"\n"):
        return "The file ends before the line does: it was cut off."
    return "The line is written in another way than rows are."


def _misplaced(due: int, found: int) -> Finding:
    gone = "is" if found == due + 1 else f"and all up to {found - 1} are"
    what = f"{gone} missing, or moved to another place."
    if found < due:
        what = "has another in its place, which was moved or put in there."
    return Finding(due, what, f"Row {found} stands where it belongs.")


def _unlinked(row: int, before: bytes | None, previous: bytes) -> Finding:
    told = f"Row {row} was written behind one with the hash {previous.decode()}"
    if row == 1:
        return Finding(1, "is not the first that was written.", f"{told}.")
    why = f"{told}, and this has {(before or FIRST).decode()}."
    return Finding(row - 1, "was put in the place of another.", why)


def _misread(line: bytes) -> str | None:
    try:
        keys = ", ".join(JSON.decode(line.decode()))
    except (ValueError, RecursionError) as error:
        return f"It is not JSON as Laurel writes it: {str(error)[:60]}."
    return None if keys == KEYS else "It has other keys than a row has."


def _digest(typed: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", digest := typed.strip().lower()):
        raise argparse.ArgumentTypeError("it has 64 digits, 0 to 9 and a to f")
    return digest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is asked of whoever has an audit verified."""
    parser.epilog = (
        "Exit codes: 0 where all is well; 1 where a row is not as it was written, or "
        "none has a digest; 2 where a file cannot be read; 3 where rows follow it."
    )
    words = "the audit; several, in their order, where it was handed out in parts"
    parser.add_argument("file", nargs="+", metavar="FILE", help=words)
    words = "a digest that was posted; can be given more than once"
    parser.add_argument("--digest", action="append", type=_digest, help=words)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Verify an audit of Laurel.")
    add_arguments(asked)
    typed = asked.parse_args()
    sys.exit(verify(typed.file, typed.digest or (), sys.stdout))
