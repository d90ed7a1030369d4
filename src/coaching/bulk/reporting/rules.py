"""The rules of reporting: thresholds, the extra that a page needs, and a source that is read again."""

from __future__ import annotations

from coaching.kernel.rules import Rule, stated

B060 = stated(
    "B060",
    "bulk",
    field="",
    says="a threshold is a number of rows or of warnings, or a share of the rows such as 2%",
    why="practice: 0.02 is taken for two in a hundred by one, and for less than one row by another",
    mend="write a whole number, or a share from 0% to 100%",
)
B061 = stated(
    "B061",
    "bulk",
    field="",
    says="a report is written as a page where the extra for it is installed",
    why="own choice: who only scripts an import installs nothing more",
    mend="install the extra that is named, or write the report as JSON",
)
B062 = stated(
    "B062",
    "bulk",
    field="",
    says="a source holds the same rows when it is read again",
    why="practice: an export is written anew while it is imported, and the rows that come back are other people's",
    mend="import the file as it is now, and write the rejected rows then",
)

RULES: tuple[Rule, ...] = (B060, B061, B062)
