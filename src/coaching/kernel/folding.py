"""Folding: when two ways to write a name are one. Asked by the import of people and by erasing, so they never differ.

Read top to bottom: folding a text, the words of a name, finding a name in a text. Knows no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize

_APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u02b9\u00b4`\u2032\uff07\u201b"), "'")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"), "-")
_AS_ONE = {**_APOSTROPHES, **_HYPHENS, 0x00AD: ""}  # a soft hyphen is not seen

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)
"""Letters of scripts that set no space between words, or put endings to a name: a name ends where it ends."""

_LETTER = rf"[^\W_{UNSPACED}]"
_GENITIVE = r"(?:[':]?s|')?"  # Annas, Anna's, Lars', SAS:s
_BETWEEN = r"[\W_]*"


def folded(text: str) -> str:
    r"""Give a text as names are compared: composed letters, small ones, plain apostrophes and hyphens, single blanks.

    >>> folded("A\u030asa  O\u2019Brien\n") == folded("\u00e5sa o'brien")
    True
    """
    plain = normalize("NFKC", text.translate(_AS_ONE))  # before, since a lone accent comes apart into a blank and it
    seen = "".join(c for c in plain if category(c) != "Cf").casefold()
    return " ".join(normalize("NFKC", seen).translate(_AS_ONE).split())


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of a name, folded, in the order in which it is said: a comma sets the family name first.

    >>> name_words("Ek, Anna B."), name_words("Anna  EK")
    (('anna', 'b', 'ek'), ('anna', 'ek'))
    """
    family, comma, given = folded(name).partition(",")
    words = f"{given} {family}" if comma else family
    return tuple([word for part in words.split() if (word := part.strip(".,"))])


class NameFinder:
    """Finds names in texts, as people write them: either way round, with an ending, beside letters without spaces."""

    def __init__(self, whole: Iterable[str], parts: Iterable[str] = ()) -> None:
        """Take the whole names of somebody, and parts of it that are looked for as well; every word of them is."""
        names, others = list(whole), list(parts)
        self._whole = {turned for name in names for turned in _turned(name_words(name))}
        told = self._whole | {turned for name in others for turned in _turned(name_words(name))}
        told |= {(folded(word).strip(".,"),) for name in (*names, *others) for word in name.split() if _names(word)}
        patterns = sorted({_pattern(words) for words in told if words}, key=len, reverse=True)
        self._found = re.compile("|".join(patterns)) if patterns else None

    def is_name(self, text: str) -> bool:
        """Tell whether a text is a whole name and nothing else."""
        return name_words(text) in self._whole or tuple(folded(text).split()) in self._whole

    def stands_in(self, text: str) -> bool:
        r"""Tell whether a name, or a word of it, stands in a text.

        >>> finder = NameFinder(["Anna Ek"])
        >>> [finder.stands_in(text) for text in ("Annas m\u00e5l", "Ek,\nAnna", "anna.ek@hem.se", "Hannas ekar")]
        [True, True, True, False]
        """
        return self._found is not None and self._found.search(folded(text)) is not None


def _turned(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Give a name with the words that stand last put first, however many they are."""
    return [words[i:] + words[:i] for i in range(len(words))]


def _names(word: str) -> bool:
    """Tell whether a word of a name is looked for alone: not an initial, nor a particle such as "von"."""
    return len(word.strip(".,")) > 1 and (not word.isascii() or not word.islower() or len(word) > 3)  # noqa: PLR2004


def _pattern(words: tuple[str, ...]) -> str:
    parts = [part for word in words for part in re.split(r"[\W_]+", word) if part]
    if not parts:
        return r"(?!)"
    begins, ends = (re.match(f"[{UNSPACED}]", c) is None for c in (parts[0][0], parts[-1][-1]))
    before = f"(?<!{_LETTER})" if begins else ""
    after = f"{_GENITIVE}(?!{_LETTER})" if ends else ""
    return before + _BETWEEN.join(map(re.escape, parts)) + after
