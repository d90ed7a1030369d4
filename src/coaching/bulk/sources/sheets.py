"""Workbooks: XLSX, XLSB, XLS and ODS, one sheet of them, by python-calamine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from coaching.bulk.sources.cells import Cell, plain
from coaching.bulk.sources.faults import B013, Foreign, extra, refused
from coaching.kernel.rules import brief


def workbook(file: IO[bytes], kind: str, sheet: str | int | None) -> tuple[str, list[str], Any]:
    """Give the name of the sheet that is read, the names of all, and the sheet.

    Raises:
        Rejected: B010 for a workbook that is damaged, B011 without the extra, B013 for a sheet that is not there.
    """
    calamine = extra("python_calamine", "excel", kind)
    with Foreign(kind):
        book = calamine.load_workbook(file)
        names: list[str] = list(book.sheet_names)
        shown = [it.name for it in book.sheets_metadata if it.visible == calamine.SheetVisibleEnum.Visible]
    if sheet not in names and str(sheet).isdecimal() and 0 < int(sheet or 0) <= len(names):
        sheet = names[int(sheet or 0) - 1]
    if sheet is not None and sheet not in names:
        there = ", ".join(map(brief, names))
        raise refused(B013, "no sheet {sheet}; there are: {there}", "sheet", sheet=brief(sheet), there=there)
    candidates = [str(sheet)] if sheet is not None else shown or names
    with Foreign(kind):
        sheets = ((name, book.get_sheet_by_name(name)) for name in candidates)
        name, found = next(((name, it) for name, it in sheets if it.height), (candidates[0], None))
        return name, names, found or book.get_sheet_by_name(name)


def grid(sheet: Any, kind: str) -> Iterator[tuple[int, list[Cell]]]:
    """Give each row of a sheet with its number, from its first row and column on."""
    with Foreign(kind):
        rows = iter(sheet.iter_rows())
        for line, cells in enumerate(rows, 1):
            yield line, list(map(plain, cells))
