"""`coaching rules`: what the rules are, and why."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coaching import rules as every_rule
from coaching.cli.terminal import EXITS, Command, json_option, write_json
from coaching.kernel.rules import Rule


@click.command(cls=Command, epilog=EXITS, short_help="Give the rules, with their reasons.")
@click.argument("codes", nargs=-1)
@json_option
def rules(*, codes: tuple[str, ...], as_json: bool) -> None:
    """Give the rules: all of them in a table, or those of the CODES given, each whole with its reasons."""
    known = {rule.code: rule for rule in every_rule()}
    strangers = [c for c in codes if c not in known]
    if strangers:
        raise click.BadParameter(f"no rule has the code {', '.join(strangers)}", param_hint="CODES")
    chosen = [known[c] for c in codes] if codes else list(known.values())
    if as_json:
        write_json([_rule(r) for r in chosen])
        return
    if codes:
        click.echo("\n".join(_told(it) for it in chosen), nl=False)
        return
    table = Table()
    headings = ("code", "sort", "severity", "of", "says")
    for heading in headings:
        table.add_column(heading.capitalize())
    for rule in chosen:
        told = _rule(rule)
        table.add_row(*(Text(told[h]) for h in headings))
    Console().print(table)


def _told(rule: Rule) -> str:
    """Give a rule whole, as a list of what is known of it, in the words and the width of the terminal."""
    known = _rule(rule) | {"acts": ", ".join(rule.acts)}
    lines = click.HelpFormatter(width=Console().width)
    lines.write_dl([(key.capitalize(), said) for key, said in known.items() if said])
    return lines.getvalue()


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "sort": rule.sort.value,
        "severity": rule.severity.value,
        "of": rule.of,
        "field": rule.field,
        "says": rule.says,
        "acts": list(rule.acts),
        "why": rule.why,
        "mend": rule.mend,
    }
