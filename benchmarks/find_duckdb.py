"""DuckDB: types in `read_csv`, faulty lines into its table of rejects, and SQL for what a row alone does not show.

The good rows carry no line. As they keep their order, each is given the next line that no reject stands on.
https://duckdb.org/docs/data/csv/reading_faulty_csv_files
"""

from __future__ import annotations

from pathlib import Path

import duckdb

KINDS = "CREATE TYPE kind AS ENUM ('permanent', 'fixed term', 'temporary', 'apprentice')"
READ = """
CREATE TABLE good AS FROM read_csv(
    $path, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', store_rejects = true,
    columns = {
        'id': 'VARCHAR', 'name': 'VARCHAR', 'title': 'VARCHAR', 'unit': 'VARCHAR', 'location': 'VARCHAR',
        'hired': 'DATE', 'left': 'DATE', 'manager': 'VARCHAR', 'email': 'VARCHAR', 'kind': 'kind',
        'centre': 'VARCHAR', 'reviewed': 'DATE'
    }
)
"""
NUMBERED = """
CREATE TABLE people AS
WITH rejected AS (SELECT DISTINCT line FROM reject_errors),
lines AS (
    SELECT line FROM range(2, 2 + (SELECT count(*) FROM good) + (SELECT count(*) FROM rejected)) AS it(line)
    ANTI JOIN rejected USING (line) ORDER BY line
)
FROM good POSITIONAL JOIN lines
"""
FOUND = """
SELECT line, column_name FROM reject_errors
UNION ALL SELECT line, 'id' FROM people WHERE id IS NULL
UNION ALL SELECT line, 'id' FROM people WHERE id IS NOT NULL QUALIFY count(*) OVER (PARTITION BY id) > 1
UNION ALL SELECT line, 'last day' FROM people WHERE "left" < hired
UNION ALL SELECT line, 'manager id' FROM people WHERE manager = id
UNION ALL
SELECT line, 'manager id' FROM people AS one
WHERE manager IS NOT NULL AND NOT EXISTS (FROM people AS other WHERE other.id = one.manager)
"""
RINGED = """
WITH RECURSIVE up(line, id, above) AS (
    SELECT line, id, manager FROM people WHERE manager <> id
    UNION
    SELECT up.line, up.id, people.manager FROM up JOIN people ON people.id = up.above WHERE up.above <> up.id
)
SELECT DISTINCT line, 'manager id' FROM up WHERE above = id
"""
HEADERS = {"hired": "hire date", "left": "last day", "manager": "manager id", "kind": "employment type",
           "centre": "cost centre", "reviewed": "review date", None: ""}  # fmt: skip


def find(path: Path) -> list[tuple[int, str]]:
    """Read the good rows into a table, and give the places of what is wrong."""
    with duckdb.connect() as here:
        here.execute(KINDS)
        here.execute(READ, {"path": str(path)})
        here.execute(NUMBERED)
        told = [*here.execute(FOUND).fetchall(), *here.execute(RINGED).fetchall()]
    return [(line, HEADERS.get(column, column)) for line, column in told]
