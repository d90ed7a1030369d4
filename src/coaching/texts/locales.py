"""Locales: the languages that come with the library, and days and numbers as people write them there. Needs Babel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from attrs import frozen
from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from coaching.kernel.constraints import V012
from coaching.kernel.rules import Rejected, brief
from coaching.texts.saying import Texts, english

DOMAIN = "coaching"
SHIPPED = ("de", "sv")
"""The languages that come with the library, besides English."""


@frozen
class Found:
    """The texts of a language, by context and English text."""

    texts: Mapping[tuple[str, str], str]

    def pgettext(self, context: str, message: str, /) -> str:
        """Give the text in the language; the same text where there is none."""
        return self.texts.get((context, message), message)


def texts_in(language: str) -> Texts:
    """Give the texts in a language, by its tag: `sv`, `de-AT`, `en_GB`. Days and numbers are written as there.

    Raises:
        Rejected: V012 for a language that does not come with the library.

    >>> from coaching.records.goals import GoalState
    >>> texts_in("sv").word(GoalState.AGREED)
    'överenskommet'
    """
    locale = _locale(language)
    if locale is None:
        known = ", ".join(("en", *SHIPPED))
        what = "{value} is no language that comes with the library; known: {known}"
        raise Rejected.over(V012, what, "language", of="texts: cannot be said", value=brief(language), known=known)
    said = english().translations if locale.language == "en" else _found(locale.language)
    return Texts(said, shown_in(locale))


def shown_in(locale: Locale) -> Callable[[object], str]:
    """Give how days, moments and numbers are written in a locale.

    >>> shown_in(Locale("de"))(date(2026, 3, 2)), shown_in(Locale("de"))(Decimal("1234.5"))
    ('02.03.2026', '1.234,5')
    """

    def show(value: object) -> str:
        if isinstance(value, datetime):
            return format_datetime(value, "medium", tzinfo=value.tzinfo, locale=locale)
        if isinstance(value, date):
            return format_date(value, "medium", locale=locale)
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return str(format_decimal(value, locale=locale, decimal_quantization=False))
        return str(value)

    return show


def _locale(language: object) -> Locale | None:
    try:
        tag = negotiate_locale([str(language).replace("-", "_")], ["en", *SHIPPED])
        asked = Locale.parse(str(language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    return asked if tag is not None else None


@lru_cache(maxsize=len(SHIPPED))
def _found(language: str) -> Found:
    return Found({(it.context or "", str(it.id)): str(it.string) for it in catalog_in(language) if it.id and it.string})


def catalog_in(language: str) -> Catalog:
    """Read the catalogue of a language that comes with the library."""
    place = files("coaching.texts") / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with place.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)
