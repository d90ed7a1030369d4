"""Cattrs: a converter that knows every record and value of this package, for those who use it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from coaching.formats.kinds import is_part, is_record, read, write
from coaching.kernel.constraints import TIMES
from coaching.kernel.rules import Choice

if TYPE_CHECKING:
    from cattrs import Converter


def converter() -> Converter:
    """Make a cattrs converter that knows every record and value of this package, to build one's own classes on.

    It accepts and writes what `structure` and `unstructure` do; what is wrong is one `Rejected` inside cattrs' own
    error.

    >>> from coaching.kernel.values import Span
    >>> converter().structure({"from": "2026-06-01", "to": "2026-08-31"}, Span).to
    datetime.date(2026, 8, 31)
    """
    from cattrs import Converter  # noqa: PLC0415  (reading and writing do without it, and it takes its time to import)

    conv = Converter(forbid_extra_keys=True)
    for ours in (is_record, is_part):
        conv.register_structure_hook_func(ours, read)
        conv.register_unstructure_hook_func(ours, write)
    for kind in (Choice, *TIMES, Decimal):
        conv.register_structure_hook(kind, read)
    for kind in TIMES:
        conv.register_unstructure_hook(kind, lambda time: time.isoformat())
    return conv
