"""How many of the forms that a schema-based tool makes are accepted: `python benchmarks/accepting.py [kind...]`.

Of each kind, for each act that begins a record, and for taking one over: from `codec.schema(kind, act)` by
hypothesis-jsonschema, read by `forms.arguments`. Needs `pip install hypothesis-jsonschema "hypothesis==6.150"` beside
the library, in an environment of its own: its release of today (0.23) does not work with a newer Hypothesis.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis_jsonschema import from_schema

from coaching import Record, codec, forms
from coaching.kernel.lifecycle import IMPORT, START
from coaching.records import RECORDS

DRAWS = 100
NUMBERS = count(1)
AT = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
THEIRS = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large]
"""What the other tool does, which draws texts by patterns and filters them; of ours nothing is suppressed."""
BEGINS = {"relationship": "coach", "interview": "coachee"}
"""Who begins it, where it is one of those who are named in it."""


def accepted(kind: type[Record], act: str) -> tuple[float, Counter[str]]:
    """The share that is accepted, and the rules that refuse the others."""
    codes = Counter[str]()
    taken: list[bool] = []

    @settings(
        max_examples=DRAWS, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
        suppress_health_check=THEIRS,
    )  # fmt: skip
    @given(from_schema(codec.schema(kind, act)))
    def look(form: dict[str, Any]) -> None:
        by = form.get(BEGINS.get(kind.type, ""), "p-1")
        given = forms.arguments(kind, act, form, new_id=lambda: f"n-{next(NUMBERS)}") | {"id": "x-1"}
        found = kind.would_new(act, by=by, at=AT, **given)
        codes.update({finding.code for finding in found})
        taken.append(not found)

    look()
    return sum(taken) / len(taken), codes


def main() -> None:
    """Say the share for each kind and act."""
    for kind in RECORDS:
        for act in (*(row.act for row in kind.lifecycle.rows_from(START)), IMPORT):
            if kind.type in (sys.argv[1:] or kind.type):
                share, codes = accepted(kind, act)
                print(f"{kind.type:14}{act:10}{share:5.0%}  {dict(codes.most_common(4))}", flush=True)


if __name__ == "__main__":
    main()
