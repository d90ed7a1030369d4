"""The bar of a long run: how far it is, how fast, and for how much longer. Only where a person watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text

from coaching.bulk import importing
from coaching.bulk.reporting.screen import number

Watch = Callable[[importing.Progress], None]


@contextmanager
def watched(console: Console) -> Iterator[Watch | None]:
    """Draw a bar for each phase while an import runs, and wipe them away; into a pipe nothing is drawn."""
    if not console.is_terminal:
        yield None
        return
    with Progress(*_columns(), console=console, transient=True, expand=True) as bars:
        phases: dict[str, TaskID] = {}

        def watch(now: importing.Progress) -> None:
            if now.phase not in phases:
                for before in bars.tasks:
                    bars.update(before.id, total=before.total or before.completed)
                    bars.stop_task(before.id)
                phases[now.phase] = bars.add_task(now.phase.capitalize(), total=now.total, unit=now.unit)
            bars.update(phases[now.phase], completed=now.done, total=now.total, rejected=now.rejected)

        yield watch


def _columns() -> tuple[ProgressColumn, ...]:
    """Give what stands beside each other: the bar takes what the others leave."""
    return (
        TextColumn("{task.description}", table_column=Column(no_wrap=True)),
        BarColumn(bar_width=None, table_column=Column(ratio=1)),
        _Counted(Column(no_wrap=True)),
        _Rate(Column(no_wrap=True)),
        TimeRemainingColumn(table_column=Column(no_wrap=True)),
    )


class _Counted(ProgressColumn):
    """So many of so many, and so many rejected."""

    def render(self, task: Task) -> Text:
        """Write it; nothing where nothing is counted."""
        unit = task.fields["unit"]
        if not (task.completed or task.total):
            return Text()
        of = "" if task.total is None else f" of {_amount(task.total, unit)}"
        rejected = task.fields.get("rejected")
        return Text(f"{_amount(task.completed, unit)}{of}{f', {number(rejected)} rejected' if rejected else ''}")


class _Rate(ProgressColumn):
    """So many a second."""

    def render(self, task: Task) -> Text:
        """Write it; nothing before there is anything to measure."""
        unit, speed = task.fields["unit"], task.finished_speed or task.speed
        if not speed:
            return Text()
        return Text(f"{_amount(speed, unit)}{'' if unit == 'bytes' else f' {unit}'}/s")


def _amount(amount: float, unit: str) -> str:
    return decimal(int(amount)) if unit == "bytes" else number(int(amount))
