"""What is in a file: told by its first bytes, and by its name never."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from typing import IO

from coaching.bulk.sources.faults import Foreign
from coaching.bulk.sources.objects import begins_document, is_whole
from coaching.kernel.rules import Rejected

KINDS = ("csv", "tsv", "ndjson", "json", "xlsx", "xlsb", "xls", "ods", "parquet", "arrow")
"""The kinds that can be declared."""
TEXTS = ("csv", "tsv", "ndjson", "json")
WORKBOOKS = ("xlsx", "xlsb", "xls", "ods")

_BINARY, _WRITTEN = (
    tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL).match, name) for pattern, name in named)
    for named in ((
        (rb"%PDF-", "a PDF"),
        (rb"\x1f\x8b", "a gzip archive; unpack it"),
        (rb"BZh[1-9]1AY&SY", "a bzip2 archive; unpack it"),
        (rb"\xfd7zXZ\0", "an xz archive; unpack it"),
        (rb"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it"),
        (rb"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it"),
        (rb"Rar!\x1a\x07", "a RAR archive; unpack it"),
        (rb"PK\x05\x06", "an empty zip archive"),
        (rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM....\0\0\0\0|II\*\0|MM\0\*", "a picture"),
        (rb"SQLite format 3\0", "an SQLite database; export its table"),
        (rb"ORC[^\t\r\n -~]", "an ORC file"),
        (rb"Obj\x01", "an Avro file"),
        (rb"FEA1", "a Feather file of version 1"),
    ), (
        (rb"\{\\rtf", "a rich text document"),
        (rb"version https://git-lfs\.github\.com/spec/", "a pointer of Git LFS and not the file; run git lfs pull"),
        (rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta)\b", "an HTML page"),
        (rb"(?:\xef\xbb\xbf)?\s*<\?xml.{0,400}(?:Excel\.Sheet|office:spreadsheet)", "an XML spreadsheet; save as XLSX"),
        (rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", "an XML document"),
    ))
)  # fmt: skip
"""What else there is. What is written as text is read as text where that is said."""

_JSON = re.compile(r'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[\[{"\]\d]|$))').match
"""How JSON begins; `[id],[name]` is a header as some databases write it."""


_READ = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow file"),
    (b"\xff\xff\xff\xff", "arrow stream"),
)


_MIME = 100  # bytes at most of what such an archive says of itself


def kind_of(head: bytes, *, as_text: bool = False) -> tuple[str, str]:
    """Tell the kind of a file by its first bytes, where they show one; or what it is that cannot be read."""
    kind = next((name for begins, name in _READ if head.startswith(begins)), "")
    others = _BINARY if as_text else _BINARY + _WRITTEN
    return kind, next((name for begins, name in others if begins(head)), "")


def zip_of(file: IO[bytes]) -> tuple[str, str]:
    """Tell the kind of workbook that a zip archive is; or what it is otherwise."""
    try:
        with Foreign("zip archive"), zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            mime = archive.open("mimetype").read(_MIME) if "mimetype" in names else b""
    except Rejected:
        return "", "a zip archive, and damaged"
    if "xl/workbook.xml" in names:
        return "xlsx", ""
    if "xl/workbook.bin" in names:
        return "xlsb", ""
    if mime.startswith(b"application/vnd.oasis.opendocument."):
        return ("ods", "") if b"spreadsheet" in mime else ("", "a document of OpenOffice and no spreadsheet")
    for beginning, name in (
        ("word/", "a Word document"),
        ("ppt/", "a PowerPoint presentation"),
        ("Index/", "a Numbers document; export it as XLSX"),
    ):
        if any(it.startswith(beginning) for it in names):
            return "", name
    return "", f"a zip archive of {', '.join(names[:3]) or 'nothing'}; unpack it"


def old_office_of(content: bytes) -> tuple[str, str]:
    """Tell the same of a file of Office before 2007, which names its parts in UTF-16."""
    for part, name in (
        ("EncryptedPackage", "an Office document with a password; save it without"),
        ("WordDocument", "a Word document"),
    ):
        if part.encode("utf-16-le") in content:
            return "", name
    if any(part.encode("utf-16-le") in content for part in ("Workbook", "Book")):
        return "xls", ""
    return "", "an old Office document and no workbook"


def text_kind(lines: Sequence[str]) -> str:
    """Tell CSV, NDJSON and JSON apart by the first lines of a text. One line of JSON is NDJSON."""
    first, *others = [line.strip() for line in lines if line.strip()][:3] or [""]
    if not _JSON(first):
        return "csv"
    if is_whole(first):
        return "ndjson" if first.startswith("{") else "json"
    return "json" if begins_document("".join(lines).rstrip()) or not any(map(is_whole, others)) else "ndjson"
