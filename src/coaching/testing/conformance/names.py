"""Names: pairs that fold to one and the same, and pairs that are near and do not."""

from __future__ import annotations

from coaching.testing.conformance.vectors import Vector

ONE = {
    "as written": ("Anna Ek", "Anna Ek"),
    "small letters": ("ANNA EK", "anna ek"),
    "composed": ("\u00c5sa Str\u00f6m", "A\u030asa Stro\u0308m"),
    "two marks in another order": ("Th\u1eadt", "Tha\u0302\u0323t"),
    "blanks": ("  Anna\t  Ek\n", "Anna Ek"),
    "a blank that does not break": ("Anna\u00a0Ek", "Anna Ek"),
    "the wide blank of East Asia": ("\u5c71\u7530\u3000\u592a\u90ce", "\u5c71\u7530 \u592a\u90ce"),
    "apostrophes": ("O\u2019Brien", "O'Brien"),
    "an accent that stands alone": ("O\u00b4Brien", "O'Brien"),
    "a letter of apostrophe": ("O\u02bcBrien", "O'Brien"),
    "a grave accent alone": ("O`Brien", "O'Brien"),
    "hyphens": ("Anna\u2010Karin", "Anna-Karin"),
    "a dash": ("Anna\u2013Karin", "Anna-Karin"),
    "a sign of minus": ("Anna\u2212Karin", "Anna-Karin"),
    "a hyphen that does not break": ("Anna\u2011Karin", "Anna-Karin"),
    "a soft hyphen": ("Anna\u00adKarin", "AnnaKarin"),
    "a joiner that is not seen": ("Anna\u200d Ek", "Anna Ek"),
    "a mark that is not seen": ("\ufeffAnna Ek", "Anna Ek"),
    "sharp s": ("Wei\u00df", "WEISS"),
    "the two small sigmas": ("\u03a0\u03ad\u03c4\u03c1\u03bf\u03c2", "\u03a0\u0388\u03a4\u03a1\u039f\u03a3"),
    "a ligature": ("\ufb01nn", "Finn"),
    "full width": ("\uff21\uff4e\uff4e\uff41", "Anna"),
    "half width": ("\uff94\uff8f\uff80\uff9e", "\u30e4\u30de\u30c0"),
    "Hangul, by letters": ("\ud55c", "\u1112\u1161\u11ab"),
    "the Kelvin sign": ("\u212aarl", "Karl"),
}
"""What is one name, by what it shows."""

TWO = {
    "a mark more": ("Asa", "\u00c5sa"),
    "another mark": ("Ren\u00e9", "Ren\u00e8"),
    "dotless i": ("I\u0131r", "Iir"),
    "capital i with a dot": ("\u0130r", "Ir"),
    "o with a stroke": ("S\u00f8ren", "Soren"),
    "ae": ("\u00c6gir", "Aegir"),
    "umlaut in two letters": ("M\u00fcller", "Mueller"),
    "no hyphen": ("Anna-Karin", "Anna Karin"),
    "no apostrophe": ("O'Brien", "OBrien"),
    "another order": ("Ek Anna", "Anna Ek"),
    "a comma": ("Ek, Anna", "Ek Anna"),
    "a middle letter": ("Anna B Ek", "Anna Ek"),
    "no blank": ("AnnaEk", "Anna Ek"),
    "Cyrillic that looks alike": ("\u0410nna", "Anna"),
    "a double apostrophe": ('O"Brien', "O'Brien"),
    "kana of the other kind": ("\u3084\u307e\u3060", "\u30e4\u30de\u30c0"),
    "one letter twice": ("Ana", "Anna"),
}
"""What is near, and is two."""


def names() -> list[Vector]:
    """Give the vectors of names."""
    sorts = (("one", ONE), ("two", TWO))
    return [
        Vector(f"{sort}/{shows.replace(' ', '-').replace(',', '')}", "same_name", {"one": one, "other": other})
        for sort, pairs in sorts
        for shows, (one, other) in pairs.items()
    ]
