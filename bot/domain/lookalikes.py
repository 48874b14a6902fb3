"""Names that a reader takes for one another.

A rule of thumb, not the tables of Unicode (UTS 39): it knows the letters of the scripts
that are passed off as Latin ones most often. What it takes for the same though it is
not costs a member another name; what it misses, moderators see.
"""

from __future__ import annotations

import unicodedata

_POSING = {
    **str.maketrans("авгезікмнорсԁтухһјѕԛԝүьъ", "abreзikmhopcdtyxhjsqwybb"),
    **str.maketrans("αβγδεηικνοπρστυχωϲϳ", "abydenikvonpotuxwcj"),
    **str.maketrans("łøđ\N{LATIN SMALL LETTER DOTLESS I}013457$@|!", "lodioleastsali"),
}
"""What is written instead of which letter, once accents are off."""

_POSING_IN_PAIRS = (("rn", "m"), ("vv", "w"))


def skeleton(name: str) -> str:
    """Return what all names share that look like ``name``.

    Case, accents, spaces, signs and what cannot be seen tell nobody apart. Never empty:
    where nothing but signs is left, they are what is compared.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    posing = unicodedata.normalize("NFKD", plain).translate(_POSING)
    letters = "".join(each for each in posing if unicodedata.category(each)[0] in "LN")
    for pair, taken_for in _POSING_IN_PAIRS:
        letters = letters.replace(pair, taken_for)
    # Which of these two it is, hardly a typeface tells.
    return letters.replace("i", "l") or "".join(plain.split())
