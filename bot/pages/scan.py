"""A look at a template's braces before anything parses them.

It bounds what the parser is handed, so that parsing is quick whatever was written,
and it finds what people get wrong first: braces, tags and what stands between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from bot.domain.words import clean
from bot.pages.findings import Findings
from bot.pages.variables import Variables

MAX_SOURCE_CHARS = 4_000
MAX_BLOCKS = 100
"""Most places in braces."""

MAX_BLOCK_CHARS = 100
"""Longest place in braces."""

MAX_PIECES = 400
"""Most names, signs and words in all braces together."""

MAX_DEPTH = 5
"""How many tags may be open at a time."""

_MAX_PARENTHESES = 3

_BRACES = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_CLOSES = {"{{": "}}", "{%": "%}"}
_OPENS = {"}}": "{{", "%}": "{%"}

_PIECE = re.compile(
    r"""(?P<space>\s+)
    | (?P<quoted>"[^"\\{}%\n]*"|'[^'\\{}%\n]*')
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<number>[0-9]{1,6}(?![\w.]))
    | (?P<sign>[=!<>]=|[<>|.,()])
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)

_SUMS = frozenset("+-*/%~^&")
_BRACKETS = frozenset("[]{}")
_ENDS = {"if": "endif", "for": "endfor"}
_BEGINS = {"endif": "if", "endfor": "for", "elif": "if", "else": "if"}
_TAGS = ("if", "elif", "else", "endif", "for", "endfor")

_STACKED = regex.compile(r"\p{M}{5,}")
"""More marks than any language puts on one letter."""

_BLOCK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SINGLE = re.compile(r"(?<!\{)\{\s*([a-z][a-z0-9_]*)(?:\.[a-z0-9_]+)?\s*\}(?!\})")


@dataclass(frozen=True, slots=True)
class Block:
    """A place in braces."""

    line: int
    opened: str
    inside: str

    @property
    def tag(self) -> str:
        """The word that it begins with; empty where there is none."""
        begins = _PIECE.match(self.inside.lstrip())
        return (begins["name"] or "") if begins else ""


def lines_of(source: str) -> str:
    """Return ``source`` with each line ended as Jinja counts lines."""
    return source.replace("\r\n", "\n").replace("\r", "\n")


def scan(source: str, variables: Variables, findings: Findings) -> None:
    """Note what can be told without a syntax tree.

    Where nothing is noted, ``source`` is small and simple enough to be parsed.
    """
    if len(source) > MAX_SOURCE_CHARS:
        findings.add(1, "long", count=len(source), most=MAX_SOURCE_CHARS)
        return
    if not clean(source):
        findings.add(1, "empty")
        return
    _look_for_unseen(source, findings)
    places = sum(each in _CLOSES for each in _BRACES.findall(source))
    if places > MAX_BLOCKS:
        findings.add(1, "many", count=places, most=MAX_BLOCKS)
        return
    blocks = list(_blocks(source, findings))
    words = _BLOCK.sub(_without_words, source)
    for number, line in enumerate(words.split("\n"), 1):
        _look_at_line(number, line, variables, findings)
    if sum(_pieces(each, findings) for each in blocks) > MAX_PIECES:
        findings.add(1, "crowded", most=MAX_PIECES)
    if not findings.found:
        _look_at_tags([each for each in blocks if each.opened == "{%"], findings)


def _look_for_unseen(source: str, findings: Findings) -> None:
    """Note what members' words are cleaned of; a template is to be typed again."""
    chars = sorted(set(source))
    seen = set(clean("".join(f"1{char}" for char in chars)))
    for char in chars:
        # What is there in another form is there; a tag of an emoji stays by itself.
        if char not in seen and not char.isspace() and not clean(char):
            at = source.index(char)
            findings.add(_line(source, at), "unseen", found=f"U+{ord(char):04X}")
    stacked = _STACKED.search(unicodedata.normalize("NFC", source))
    if stacked:
        findings.add(_line(stacked.string, stacked.start()), "marks")


def _blocks(source: str, findings: Findings) -> Iterator[Block]:
    at = 0
    while found := _BRACES.search(source, at):
        sign, at = found[0], found.end()
        line = _line(source, found.start())
        if sign in _OPENS:
            findings.add(line, "stray", found=sign, wanted=_OPENS[sign])
        elif sign == "{#":
            findings.add(line, "comment", found="{# #}")
            at = max(at, source.find("#}", at) + 2)
        else:
            end = _BRACES.search(source, at)
            if end is None or end[0] != _CLOSES[sign]:
                shown = " ".join(source[found.start() : found.start() + 30].split())
                findings.add(line, "unclosed", found=shown, wanted=_CLOSES[sign])
                return
            yield Block(line, sign, source[at : end.start()])
            at = end.end()


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1


def _without_words(block: re.Match[str]) -> str:
    """Return a place in braces with nothing left but its line breaks."""
    return "\n" * block[0].count("\n")


def _look_at_line(
    number: int, line: str, variables: Variables, findings: Findings
) -> None:
    if line.count("**") % 2:
        findings.add(number, "bold", found="**")
    for single in _SINGLE.finditer(line):
        if single[1] in variables:
            wanted = f"{{{single[0]}}}"
            findings.add(number, "single", found=single[0], wanted=wanted)


def _pieces(block: Block, findings: Findings) -> int:
    """Note what means nothing between braces, and return how many pieces there are."""
    if len(block.inside) > MAX_BLOCK_CHARS:
        count = len(block.inside)
        findings.add(block.line, "block", count=count, most=MAX_BLOCK_CHARS)
        return 0
    if block.inside[:1] in {"-", "+"} or block.inside[-1:] in {"-", "+"}:
        sign = next(c for c in block.inside[:1] + block.inside[-1:] if c in "+-")
        findings.add(block.line, "trim", found=f"{block.opened}{sign}")
        return 0
    if block.inside.count("(") > _MAX_PARENTHESES:
        findings.add(block.line, "deep", found=block.inside.strip())
        return 0
    pieces = [each for each in _PIECE.finditer(block.inside) if not each["space"]]
    if block.opened == "{%" and block.tag not in _TAGS:
        findings.add_unknown(block.line, "tag", block.tag or "{% %}", _TAGS)
        return 0
    for each in pieces:
        if each["other"]:
            _look_at_sign(block, each["other"], findings)
    return len(pieces)


def _look_at_sign(block: Block, sign: str, findings: Findings) -> None:
    shown = block.inside.strip()
    if sign in _SUMS:
        findings.add(block.line, "sums", found=shown)
    elif sign in _BRACKETS:
        findings.add(block.line, "index", found=shown)
    else:
        findings.add(block.line, "character", found=sign)


def _look_at_tags(blocks: list[Block], findings: Findings) -> None:
    """Note tags that do not fit together, and too many that are open at a time."""
    still: list[tuple[str, int]] = []
    for block in blocks:
        tag = block.tag
        if tag in _ENDS:
            if tag == "for" and any(each == "for" for each, _ in still):
                findings.add(block.line, "nested")
            still.append((tag, block.line))
            if len(still) > MAX_DEPTH:
                findings.add(block.line, "deep", found=block.inside.strip())
        elif not _fits(tag, still):
            findings.add(block.line, "unopened", found=tag, wanted=_BEGINS[tag])
        elif tag in _ENDS.values():
            still.pop()
    for tag, line in still:
        findings.add(line, "open", found=tag, wanted=f"{{% {_ENDS[tag]} %}}")


def _fits(tag: str, still: list[tuple[str, int]]) -> bool:
    if not still:
        return False
    inner = still[-1][0]
    return tag == "else" or inner == _BEGINS[tag]
