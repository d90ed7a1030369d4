"""Where rows come from: any file or iterable gives rows, each with its source, line, record number and cells."""

from coaching.bulk.sources.cells import Cell, text_of
from coaching.bulk.sources.kinds import KINDS
from coaching.bulk.sources.opening import Source, SpeaksArrow, open_rows
from coaching.bulk.sources.rows import Row, Rows, Spread

__all__ = ["KINDS", "Cell", "Row", "Rows", "Source", "SpeaksArrow", "Spread", "open_rows", "text_of"]
