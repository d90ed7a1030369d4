"""polars: all cells as text, then expressions for every check, and a loop over two columns for rings.

polars keeps no account of bad cells: a user reads text, casts without `strict`, and compares. A row with a cell too
many needs a column more than the header has; one with a cell too few shows by what stands under the wrong header.
https://docs.pola.rs/api/python/stable/reference/api/polars.read_csv.html
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from planting import COLUMNS, TYPES
from rings import ringed

DAYS = ("hire date", "last day", "review date")


def find(path: Path) -> list[tuple[int, str]]:
    """Read all rows into a frame, and give the places of what is wrong."""
    frame = pl.read_csv(
        path,
        has_header=False,
        skip_rows=1,
        schema=dict.fromkeys((*COLUMNS, "spill"), pl.String),
        missing_columns="insert",
        row_index_name="line",
        row_index_offset=2,
    ).with_columns(pl.col(day).str.to_date("%Y-%m-%d", strict=False).alias(f"{day}, read") for day in DAYS)
    id, manager = pl.col("id"), pl.col("manager id")
    known = frame["id"].drop_nulls().unique()
    checks = {
        "": pl.col("spill").is_not_null(),
        "id": id.is_null() | (id.is_not_null() & id.is_duplicated()),
        "hire date": pl.col("hire date, read").is_null(),
        "last day": (pl.col("last day").is_not_null() & pl.col("last day, read").is_null())
        | (pl.col("last day, read") < pl.col("hire date, read")),
        "review date": pl.col("review date").is_not_null() & pl.col("review date, read").is_null(),
        "manager id": (manager == id) | (manager.is_not_null() & ~manager.is_in(known.implode())),
        "employment type": ~pl.col("employment type").is_in(TYPES),
    }
    wrong = frame.select("line", *(check.fill_null(value=False).alias(f"wrong {c}") for c, check in checks.items()))
    told = [(line, column) for column in checks for line in wrong.filter(pl.col(f"wrong {column}"))["line"]]
    both = frame.drop_nulls(["id", "manager id"])
    rings = list(ringed(dict(zip(both["id"], both["manager id"], strict=True))))
    told += [(line, "manager id") for line in frame.filter(id.is_in(rings))["line"]]
    return told
