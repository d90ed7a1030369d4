"""Texts: everything the library says to people, as a catalogue, and in other languages."""

from coaching.texts.catalogue import Entry, entries
from coaching.texts.params import ParamType
from coaching.texts.saying import Texts, Translations, english

__all__ = ["Entry", "ParamType", "Texts", "Translations", "english", "entries"]
