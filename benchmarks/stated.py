"""The ratios that are stated, in `expected.toml`, and which of those that were measured are lost."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected.toml"
LOST = 2  # times as much as is stated: a busy machine does not do that to the best of several turns


def stated() -> dict[str, float]:
    """The ratios that are held."""
    return tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["ratios"]


def renew(measured: Mapping[str, float]) -> None:
    """Hold these from now on."""
    lines = (f'"{name}" = {ratio:.2f}' for name, ratio in measured.items())
    heading = "# Ours by another: less is better. Written by `python benchmarks/all.py --quick --renew`.\n\n[ratios]"
    EXPECTED.write_text("\n".join([heading, *lines, ""]), encoding="utf-8")


def lost(measured: Mapping[str, float], held: Mapping[str, float]) -> list[str]:
    """Say which ratios are lost, and which stand on one side alone."""
    said = [f"{name}: {measured[name]:.2f}, and {it:.2f} is stated" for name, it in held.items()
            if measured.get(name, 0) > LOST * it]  # fmt: skip
    apart = sorted(measured.keys() ^ held.keys())
    return said + [f"{name}: measured or stated, and not both; --renew states it" for name in apart]


def table(measured: Mapping[str, float], held: Mapping[str, float]) -> str:
    """The ratios as a table of Markdown, beside those that are stated."""
    rows = (f"| {name} | {ratio:.2f} | {_held(held.get(name))} |" for name, ratio in measured.items())
    return "\n".join(["| Less is better | now | stated |", "|---|---:|---:|", *rows])


def _held(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"
