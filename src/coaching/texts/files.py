"""Files: the catalogue as gettext writes it, `coaching.pot`, and translations brought up to it. Needs Babel."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from coaching.texts.catalogue import Entry, entries
from coaching.texts.locales import DOMAIN

HEADER = """\
# Everything that the library says to people. Made by `python -m coaching.texts`.
msgid ""
msgstr ""
"Project-Id-Version: coaching\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def write(folder: Path) -> list[Path]:
    """Write the template into a folder, and bring the translations in it up to it; give what was written.

    A translation lies at `LANGUAGE/LC_MESSAGES/coaching.po`. What is new is empty; what nobody says any more goes.
    """
    template, written = template_of(), [folder / f"{DOMAIN}.pot"]
    written[0].write_bytes(as_text(template, ""))
    for place in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        language = place.parts[-3]
        place.write_bytes(as_text(updated(place.read_bytes(), language, template), language))
        written.append(place)
    return written


def template_of() -> Catalog:
    """Give the catalogue as a template: each text with its context, what it is about, and the types of its params."""
    made = Catalog(domain=DOMAIN)
    for entry in entries():
        made.add(entry.text, context=entry.context, auto_comments=_told(entry), flags=["python-brace-format"])
    for message in made:
        message.flags -= {"python-format"} | (set() if "{" in str(message.id) else {"python-brace-format"})
    return made


def _told(entry: Entry) -> list[str]:
    params = "; ".join(f"{{{name}}} {kind}" for name, kind in entry.params.items())
    shown = ", ".join(entry.about[:MOST]) + (", ..." if len(entry.about) > MOST else "")
    return [shown, params] if params else [shown]


MOST = 5  # places of a text that its comment names


def updated(old: bytes, language: str, template: Catalog) -> Catalog:
    """Give a translation with exactly the texts of the template; those that it does not know are empty."""
    known = read_po(BytesIO(old), locale=language, domain=DOMAIN)
    made = Catalog(locale=language, domain=DOMAIN)
    for message in template:
        if message.id:
            said = known.get(message.id, message.context)
            made.add(
                message.id, _of(said), context=message.context, auto_comments=message.auto_comments,
                flags=message.flags,
            )  # fmt: skip
    return made


def _of(said: Message | None) -> str:
    return "" if said is None or said.fuzzy else str(said.string)


def as_text(catalog: Catalog, language: str) -> bytes:
    """Write a catalogue, the same each time: no day, no version of a tool."""
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, no_location=True)
    return HEADER.format(language=language).encode() + body.getvalue()
