"""pandera on pandas: a model of the frame with all its checks, asked lazily, so that every failure case is listed.

Days are checked as text, all of a column at once: `coerce` would try each bad cell alone. A row with a cell too many
needs a column more than the header has; one with a cell too few shows by what stands under the wrong header.
https://pandera.readthedocs.io/en/stable/lazy_validation.html
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors
from pandera.typing import Series
from planting import COLUMNS, TYPES
from rings import ringed


class People(pa.DataFrameModel):
    """The export."""

    id: Series[str] = pa.Field(unique=True)
    name: Series[str]
    title: Series[str]
    unit: Series[str] = pa.Field(nullable=True)
    location: Series[str] = pa.Field(nullable=True)
    hired: Series[str] = pa.Field(alias="hire date")
    left: Series[str] = pa.Field(alias="last day", nullable=True)
    manager: Series[str] = pa.Field(alias="manager id", nullable=True)
    email: Series[str] = pa.Field(nullable=True)
    kind: Series[str] = pa.Field(alias="employment type", isin=TYPES)
    centre: Series[str] = pa.Field(alias="cost centre", nullable=True)
    reviewed: Series[str] = pa.Field(alias="review date", nullable=True)
    spill: Series[str] = pa.Field(nullable=True)

    @pa.check("hire date", "last day", "review date")
    @classmethod
    def is_day(cls, cells: Series[str]) -> Series[bool]:
        """Whether each cell is blank or a day."""
        return _day(cells).notna()

    @pa.check("spill", ignore_na=False)
    @classmethod
    def no_more_cells(cls, cells: Series[str]) -> Series[bool]:
        """Whether the row ends where the header does."""
        return cells.isna()

    @pa.dataframe_check
    @classmethod
    def left_after_hired(cls, frame: pd.DataFrame) -> Series[bool]:
        """Whether nobody left before they were hired."""
        return ~(_day(frame["last day"]) < _day(frame["hire date"]))

    @pa.dataframe_check
    @classmethod
    def has_a_manager_who_is_here(cls, frame: pd.DataFrame) -> Series[bool]:
        """Whether the manager is somebody else of the export."""
        manager = frame["manager id"]
        return manager.isna() | (manager.isin(frame["id"]) & (manager != frame["id"]))

    @pa.dataframe_check
    @classmethod
    def is_in_no_ring(cls, frame: pd.DataFrame) -> Series[bool]:
        """Whether the way up does not come back."""
        both = frame[["id", "manager id"]].dropna()
        return ~frame["id"].isin(list(ringed(dict(zip(both["id"], both["manager id"], strict=True)))))


ROW_CHECKS = {"left_after_hired": "last day", "has_a_manager_who_is_here": "manager id", "is_in_no_ring": "manager id"}


def _day(cells: pd.Series) -> pd.Series:
    return pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")


def find(path: Path) -> list[tuple[int, str]]:
    """Read all rows into a frame, and give the places of what is wrong."""
    names = [*COLUMNS, "spill"]
    how = {"keep_default_na": False, "na_values": [""], "index_col": False}
    frame = pd.read_csv(path, dtype=str, header=None, skiprows=1, names=names, **how)
    try:
        People.validate(frame, lazy=True)
    except SchemaErrors as refusal:
        cases = refusal.failure_cases[["check", "column", "index"]].drop_duplicates()
        return [
            (int(index) + 2, ROW_CHECKS.get(check, "" if column == "spill" else column))
            for check, column, index in cases.itertuples(index=False)
        ]
    return []
