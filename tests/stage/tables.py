"""Tables as bytes: workbooks made by hand, since what reads them does not write them; Arrow and Parquet by pyarrow."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGED = "http://schemas.openxmlformats.org/package/2006"
_DAY_ZERO = datetime(1899, 12, 30)
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: Mapping[str, str]) -> bytes:
    """A zip archive of texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets; numbers are numbers, days are days, and what is blank is left out."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGED}/content-types"/>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)), ("styles", "styles.xml")]
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}" state="{_state(name in hidden)}"/>'
            for n, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        lines = "".join(_row(at, row) for at, row in enumerate(rows, 1))
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    return zipped(parts)


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGED}/relationships">{each}</Relationships>'


def _state(is_hidden: bool) -> str:
    return "hidden" if is_hidden else "visible"


def _row(at: int, row: Sequence[Any]) -> str:
    cells = "".join(_cell(f"{_letters(column)}{at}", it) for column, it in enumerate(row))
    return f'<row r="{at}">{cells}</row>'


def _letters(column: int) -> str:
    return chr(ord("A") + column)


def _cell(place: str, it: Any) -> str:
    if it is None or it == "":
        return ""
    if isinstance(it, bool):
        return f'<c r="{place}" t="b"><v>{int(it)}</v></c>'
    if isinstance(it, (int, float)):
        return f'<c r="{place}"><v>{it}</v></c>'
    if isinstance(it, date):
        moment = it if isinstance(it, datetime) else datetime(it.year, it.month, it.day)
        return f'<c r="{place}" s="1"><v>{(moment - _DAY_ZERO).total_seconds() / 86_400}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(it)}</t></is></c>'


def ods(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """The same in OpenDocument, of texts alone."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{escape(it)}</text:p></table:table-cell>'
                for it in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    names = " ".join(f'xmlns:{it}="{_OPEN}:{it}:1.0"' for it in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        }
    )


def arrow_file(table: pa.Table, how: Any = pa.ipc.new_file) -> bytes:
    """A table as Arrow writes it: a file, or a stream."""
    out = io.BytesIO()
    with how(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def parquet(table: pa.Table) -> bytes:
    """A table as Parquet."""
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()
