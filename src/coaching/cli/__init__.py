"""The command line: a book from exports, checked, whose talk is due, diagrams, the rules. Needs the extra `cli`.

One module a command; what they share is in `terminal`. The commands are the one place that reads a clock, and only
where no day is given.
"""

from __future__ import annotations

import io
import sys

import click

from coaching.cli import check, check_log, diagram, due, import_, mapping, rules
from coaching.cli.terminal import EXITS


@click.group(epilog=EXITS)
@click.version_option(package_name="coaching")
def main() -> None:
    """Coaching conversations at work. Nothing here scores a person."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the terminal cannot show is no reason to stop


COMMANDS = (import_.import_, mapping.mapping, check.check, check_log.check_a_log, due.due, diagram.diagram, rules.rules)
for command in COMMANDS:
    main.add_command(command)
