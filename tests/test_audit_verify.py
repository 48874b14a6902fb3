"""Whoever doubts an audit can verify it alone, and hears which row is not as it was."""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import audit_verify
from bot.audit_verify import BROKEN, NEWER, UNREAD, WHOLE, verify

PROGRAM = Path(audit_verify.__file__)
ROWS = 9
FIRST = "0" * 64

# The folder is the same for all examples; each writes its file anew.
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def row(number: int, previous: str, **told: object) -> tuple[bytes, str]:
    """Return a line as Laurel writes it, and its hash."""
    entry = {
        "previous": previous,
        "id": number,
        "at": f"2026-03-06T15:00:{number % 60:02}.000Z",
        "actor": None if number % 3 else 6 * 10**18 + number,
        "action": "awards.create",
        "ref": f"awards:{number}",
        "detail": {"round": number} if number % 2 else {},
        "digest": hashlib.sha256(b"%d" % number).hexdigest() if number % 2 else None,
        **told,
    }
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    return signed(text[1:].encode())


def signed(rest: bytes) -> tuple[bytes, str]:
    """Return a line that begins with the hash of ``rest``, and that hash."""
    hashed = hashlib.sha256(rest).hexdigest()
    return b'{"hash":"%s",%s\n' % (hashed.encode(), rest), hashed


def audit(rows: int = ROWS, begun: int = 0, previous: str = FIRST) -> list[bytes]:
    """Return an audit that is as it was written."""
    lines = []
    for number in range(begun + 1, begun + rows + 1):
        line, previous = row(number, previous)
        lines.append(line)
    return lines


def hash_of(line: bytes) -> str:
    return str(json.loads(line)["hash"])


def verified(
    folder: Path, *files: Sequence[bytes], digests: Sequence[str] = ()
) -> tuple[int, list[int], str]:
    """Return the exit code, the rows that are found, and all that is said."""
    paths = []
    for number, lines in enumerate(files):
        path = folder / f"audit-{number}.jsonl"
        path.write_bytes(b"".join(lines))
        paths.append(str(path))
    out = StringIO()
    code = verify(paths, digests, out)
    told = out.getvalue()
    found = re.findall(r"^Row (\d+) ", told, re.MULTILINE) if code == BROKEN else []
    return code, [int(each) for each in found], told


def test_an_audit_as_it_was_written_is_whole(tmp_path: Path) -> None:
    """It says how many rows there are and what the digest is, and how to go on."""
    lines = audit()
    code, found, told = verified(tmp_path, lines)

    assert (WHOLE, []) == (code, found)
    assert f"All {ROWS} rows are as they were written" in told
    assert f"the hash of row {ROWS}: {hash_of(lines[-1])}" in told
    assert "--digest" in told


@in_one_folder
@given(place=st.integers(0, ROWS - 1), at=st.integers(0), byte=st.integers(0, 255))
def test_any_byte_that_was_changed_is_found_in_its_row(
    tmp_path: Path, place: int, at: int, byte: int
) -> None:
    """Whatever it is changed to, and in whichever row: no other row comes first."""
    lines = audit()
    line = bytearray(lines[place])
    line[at % len(line)] = byte
    if line == lines[place]:
        return
    lines[place] = bytes(line)
    code, found, _ = verified(tmp_path, lines)

    assert (BROKEN, place + 1) == (code, found[0])


@in_one_folder
@given(place=st.integers(0, ROWS - 1), since=st.integers(0), until=st.integers(0))
def test_any_stretch_that_was_cut_out_is_found_in_its_row(
    tmp_path: Path, place: int, since: int, until: int
) -> None:
    """Down to one byte, the newline included."""
    lines = audit()
    line = lines[place]
    since, until = sorted((since % len(line), until % len(line)))
    lines[place] = line[:since] + line[until + 1 :]
    code, found, _ = verified(tmp_path, lines)

    last = place == ROWS - 1 and not lines[place]
    assert (
        (WHOLE, []) == (code, found)
        if last
        else (BROKEN, place + 1)
        == (
            code,
            found[0],
        )
    )


@given(place=st.integers(0, ROWS - 1))
@in_one_folder
def test_a_row_that_was_dropped_is_found_where_it_is_missing(
    tmp_path: Path, place: int
) -> None:
    """The last one too, by whoever has a digest that was posted."""
    lines = audit()
    digest = hash_of(lines[-1])
    del lines[place]
    code, found, told = verified(tmp_path, lines, digests=[digest])

    assert (BROKEN, place + 1) == (code, found[0])
    assert f"Row {place + 1} is missing" in told


@in_one_folder
@given(places=st.sets(st.integers(0, ROWS - 1), min_size=2, max_size=2))
def test_rows_that_changed_places_are_found_at_the_first(
    tmp_path: Path, places: set[int]
) -> None:
    """However far apart they stand."""
    first, second = sorted(places)
    lines = audit()
    lines[first], lines[second] = lines[second], lines[first]
    code, found, told = verified(tmp_path, lines)

    assert (BROKEN, first + 1) == (code, found[0])
    assert f"Row {second + 1} stands where it belongs." in told


@in_one_folder
@given(which=st.integers(0, ROWS - 1), place=st.integers(0, ROWS))
def test_a_row_that_was_put_in_again_is_found_where_it_stands(
    tmp_path: Path, which: int, place: int
) -> None:
    """At the end as well; right before itself, it is its double that is found."""
    lines = audit()
    lines.insert(place, lines[which])
    code, found, _ = verified(tmp_path, lines)

    assert (BROKEN, place + (2 if which == place else 1)) == (code, found[0])


@in_one_folder
@given(place=st.integers(0, ROWS), ref=st.text(max_size=20))
def test_a_row_that_never_was_is_found_where_it_stands(
    tmp_path: Path, place: int, ref: str
) -> None:
    """Its hash is right, its number too; the row behind it gives it away."""
    lines = audit()
    before = hash_of(lines[place - 1]) if place else FIRST
    forged, digest = row(place + 1, before, ref=ref)
    posted = hash_of(lines[-1])
    lines.insert(place, forged)
    code, found, told = verified(tmp_path, lines, digests=[posted])

    if place == ROWS:  # it may as well have come later: no digest vouches for it
        assert NEWER == code
        assert f"Row {ROWS + 1} and all behind it came later, or were put" in told
        assert BROKEN == verified(tmp_path, lines[:-1], digests=[digest])[0]
    else:
        assert (BROKEN, place + 2) == (code, found[0])


@given(place=st.integers(0, ROWS - 2), ref=st.text(max_size=20))
@in_one_folder
def test_a_row_with_a_hash_made_to_fit_is_found_by_the_next(
    tmp_path: Path, place: int, ref: str
) -> None:
    """To hide it, every row behind it has to be written anew."""
    lines = audit()
    before = hash_of(lines[place - 1]) if place else FIRST
    lines[place], _ = row(place + 1, before, ref=f"changed:{ref}")
    code, found, told = verified(tmp_path, lines)

    assert (BROKEN, [place + 1]) == (code, found)
    assert "was put in the place of another" in told


@given(place=st.integers(0, ROWS - 1))
@in_one_folder
def test_an_audit_that_was_written_anew_lacks_the_digest(
    tmp_path: Path, place: int
) -> None:
    """The chain fits, but not what was posted; digests from before it still do."""
    lines = audit()
    digests = [hash_of(line) for line in lines]
    before = digests[place - 1] if place else FIRST
    changed, previous = row(place + 1, before, ref="awards:2000")
    anew = [*lines[:place], changed, *audit(ROWS - place - 1, place + 1, previous)]

    assert WHOLE == verified(tmp_path, anew)[0]
    code, _, told = verified(tmp_path, anew, digests=digests[-1:])
    assert BROKEN == code
    assert f"No row has the digest {digests[-1]}" in told
    assert place == 0 or NEWER == verified(tmp_path, anew, digests=[before])[0]


def test_a_digest_vouches_for_all_rows_up_to_its_own(tmp_path: Path) -> None:
    """For the last one, for one before it, and for several at once."""
    lines = audit()
    last, earlier = hash_of(lines[-1]), hash_of(lines[3])

    code, _, told = verified(tmp_path, lines, digests=[last])
    assert WHOLE == code
    assert f"Row {ROWS} has the digest" in told
    code, _, told = verified(tmp_path, lines, digests=[earlier])
    assert NEWER == code
    assert "Row 4 has the digest" in told
    assert "Row 5 and all behind it came later, or were put" in told
    assert WHOLE == verified(tmp_path, lines, digests=[earlier, last])[0]
    assert BROKEN == verified(tmp_path, lines, digests=[earlier, FIRST])[0]


def test_parts_are_verified_as_one(tmp_path: Path) -> None:
    """In their order; in another one, the first row that is wrong is found."""
    lines = audit()
    first, second = lines[:5], lines[5:]

    assert WHOLE == verified(tmp_path, first, second, digests=[hash_of(lines[-1])])[0]
    assert (BROKEN, 1) == _at(verified(tmp_path, second, first))
    assert (BROKEN, 1) == _at(verified(tmp_path, second))


def test_what_is_wrong_in_several_rows_is_told_of_each(tmp_path: Path) -> None:
    """Up to ten, so that nobody has to scroll back to the first."""
    lines = audit(40)
    for place in (4, 9):
        lines[place] = lines[place].replace(b"awards", b"trophy")
    assert (BROKEN, [5, 10]) == verified(tmp_path, lines)[:2]

    changed = [line.replace(b"awards", b"trophy") for line in lines]
    code, found, told = verified(tmp_path, changed)
    assert (BROKEN, list(range(1, 11))) == (code, found)
    assert "There is more; the first is what counts." in told


def _nested(lines: list[bytes]) -> list[bytes]:
    deep = b"[" * 50_000 + b"]" * 50_000
    return _with_rest(lines, b'"detail":{}', b'"detail":' + deep)


def _with_rest(lines: list[bytes], old: bytes, new: bytes) -> list[bytes]:
    """Return an audit whose second row is other, with all hashes made to fit."""
    rest = lines[1][audit_verify.BEHIND_HASH : -1]
    assert old in rest
    changed, previous = signed(rest.replace(old, new))
    return [lines[0], changed, *audit(ROWS - 2, 2, previous)]


MALFORMED: dict[str, tuple[Callable[[list[bytes]], Sequence[bytes]], int, str]] = {
    "empty": (lambda _: [], 1, "There is nothing in the file."),
    "order mark": (lambda lines: [b"\xef\xbb\xbf", *lines], 1, "A byte order mark"),
    "CR LF": (
        lambda lines: [line.replace(b"\n", b"\r\n") for line in lines],
        1,
        "The line ends in CR LF",
    ),
    "cut off": (lambda lines: [*lines[:-1], lines[-1][:40]], ROWS, "it was cut off."),
    "no last newline": (
        lambda lines: [*lines[:-1], lines[-1][:-1]],
        ROWS,
        "The file ends before the line does",
    ),
    "empty line": (lambda lines: [*lines, b"\n"], ROWS + 1, "written in another way"),
    "words": (lambda _: [b"Dear auditor,\n"], 1, "written in another way"),
    "an array": (lambda lines: [b"[", *lines, b"]"], 1, "written in another way"),
    "pretty": (
        lambda lines: [json.dumps(json.loads(lines[0]), indent=1).encode()],
        1,
        "written in another way",
    ),
    "packed": (lambda lines: [gzip.compress(b"".join(lines))], 1, "is no row"),
    "noise": (lambda _: [bytes(range(256)) * 300], 1, "is no row"),
    "zeros": (lambda _: [bytes(100_000)], 1, "it was cut off."),
    "huge line": (
        lambda lines: [lines[0], b"x" * (audit_verify.MAX_LINE_BYTES + 9), b"\n"],
        2,
        "longer than any",
    ),
    "no JSON": (lambda ls: _with_rest(ls, b":{}", b":{"), 2, "It is not JSON"),
    "no UTF-8": (lambda ls: _with_rest(ls, b"awards:", b"\xff"), 2, "It is not JSON"),
    "nested": (_nested, 2, "It is not JSON"),
    "a key twice": (
        lambda ls: _with_rest(ls, b'"detail":{}', b'"ref":"awards:9","detail":{}'),
        2,
        "a key stands there twice",
    ),
    "another key": (
        lambda ls: _with_rest(ls, b'"detail":{}', b'"detail":{},"then":1'),
        2,
        "It has other keys",
    ),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_file_that_is_no_audit_is_answered_in_words(
    kind: str, tmp_path: Path
) -> None:
    """Which row, what, why, and what to do; and nothing ends in a traceback."""
    spoil, place, words = MALFORMED[kind]
    code, found, told = verified(tmp_path, spoil(audit()))

    assert (BROKEN, place) == (code, found[0])
    what, why, then = told.splitlines()[:3]
    assert words in f"{what}{why}"
    assert then.strip() in {audit_verify.ANEW, audit_verify.AS_IT_WAS}


def test_what_stands_behind_a_line_that_is_too_long_is_read(tmp_path: Path) -> None:
    """It counts as one row, and takes no more memory than a line may."""
    lines = audit(4)
    huge = b"x" * (3 * audit_verify.MAX_LINE_BYTES) + b"\n"

    assert (BROKEN, [2]) == verified(tmp_path, [lines[0], huge, *lines[2:]])[:2]


def test_a_long_audit_takes_no_memory(tmp_path: Path) -> None:
    """No more than some lines of it are ever there."""
    path = tmp_path / "audit.jsonl"
    path.write_bytes(b"".join(audit(5_000)))
    tracemalloc.start()
    try:
        assert WHOLE == verify([str(path)], (), StringIO())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert path.stat().st_size > 1_500_000
    assert peak < 300_000


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    """With what the system says of it."""
    out = StringIO()

    assert UNREAD == verify([str(tmp_path / name)], (), out)
    assert str(tmp_path / name) in out.getvalue()
    assert "cannot be read" in out.getvalue()


def test_it_runs_alone(tmp_path: Path) -> None:
    """Copied away from Laurel, and kept from everything else that is installed."""
    alone = tmp_path / "audit_verify.py"
    alone.write_bytes(PROGRAM.read_bytes())
    lines = audit()
    (tmp_path / "audit.jsonl").write_bytes(b"".join(lines))

    def run(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-I", str(alone), *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)  # noqa: S603  our own
        return done.returncode, (done.stdout + done.stderr).decode()

    digest = hash_of(lines[-1])
    assert (0, True) == _with(run("audit.jsonl"), digest)
    assert (0, True) == _with(run("audit.jsonl", "--digest", f" {digest.upper()} "), "")
    assert 3 == run("audit.jsonl", "--digest", hash_of(lines[0]))[0]
    assert 1 == run("audit.jsonl", "audit.jsonl")[0]
    assert 2 == run("nowhere.jsonl")[0]
    assert (2, True) == _with(run("audit.jsonl", "--digest", "abc"), "it has 64 digits")
    assert (0, True) == _with(run("--help"), "Exit codes: 0 where all is well")


def test_it_is_short_and_needs_nothing() -> None:
    """At most 200 lines, the standard library alone, and any Python from 3.8 on."""
    source = PROGRAM.read_text("utf-8")
    module = ast.parse(source, feature_version=(3, 8))
    asked = {
        (each.name if isinstance(node, ast.Import) else node.module or "").split(".")[0]
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for each in node.names
    }

    assert len(source.splitlines()) <= 200
    assert asked <= sys.stdlib_module_names


def _at(told: tuple[int, list[int], str]) -> tuple[int, int]:
    code, found, _ = told
    return code, found[0]


def _with(done: tuple[int, str], words: str) -> tuple[int, bool]:
    code, told = done
    return code, words in told
