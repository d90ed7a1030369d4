"""Words in a picture: how wide they are, and where their lines break. Any script.

Needs the extra `diagrams`: what belongs to one character (a letter
with its marks, a flag, a family) is told by `wcwidth`. Widths are those of DejaVu Sans, the widest of the common fonts,
so that a line that fits by them fits in any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from wcwidth import iter_graphemes, width

from coaching.diagrams.fitting import fit

NARROW, LEAN, BROAD = frozenset("iljI.,:;'!| "), frozenset('frt()[]/\\-"*'), frozenset("mwMWQOGCDHNUV@%&+=<>~#_^—…")
_KNOWN = re.compile("[ -\u052f\u05d0-\u05ea\u0620-\u064a\u2010-\u2027\u3000-\u9fff\uac00-\ud7a3\uff01-\uff60]*")


def is_known(text: str) -> bool:
    """Tell whether we know how wide the signs of a text are; a drawing says how wide it shall be in other scripts."""
    return _KNOWN.fullmatch(text) is not None


def em(text: str) -> float:
    """Say how wide a text is at the most, in the size of its font."""
    return sum(map(_em, iter_graphemes(text)))


def _em(cluster: str) -> float:
    """Say how wide is what stands as one character."""
    if cluster in NARROW:
        return 0.36
    if cluster in LEAN:
        return 0.46
    if cluster in BROAD:
        return 1.02 if cluster in "mwMW@%—…" else 0.86
    if cluster[0] < "\u0530" and all(map(unicodedata.combining, cluster[1:])):
        return 0.72 if cluster[0].isupper() else 0.65
    if width(cluster) > 1 or len(cluster) > 1 or cluster > "\uffff":
        return 1.05 if unicodedata.east_asian_width(cluster[0]) == "W" and cluster[0] < "\U0001f000" else 1.4
    return 0.8


def lines(text: str, most: float) -> Iterator[str]:
    """Break a text into lines that are no wider than so many times the size of the font; nothing is cut off.

    Lines break between words, and within one that is too long, and in scripts that have no spaces: between characters.

    >>> list(lines("Lead a pilot line", 6))
    ['Lead a', 'pilot line']
    """
    line, taken = "", 0.0
    for word in fit(text).split(" "):
        wide = em(word)
        whole = wide <= most and not _breaks(word)
        for n, part in enumerate([word] if whole else iter_graphemes(word)):
            glue = " " if line and n == 0 else ""
            more = em(glue + part)
            if line and taken + more > most:
                yield line
                line, taken, glue, more = "", 0.0, "", em(part)
            line, taken = line + glue + part, taken + more
    yield line


def _breaks(word: str) -> bool:
    """Tell whether lines break between the characters of a word: it is in Chinese or Japanese."""
    return any("\u3000" <= char <= "\u9fff" for char in word)
