"""The page of the command line, which nobody writes: each command with its arguments and options, made from click.

Read top to bottom: the page, a command, what it takes. It is what `--help` says, whatever the width of a terminal.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click
from rulepages import MADE, plain

from coaching.cli import main
from coaching.cli.terminal import EXITS

OF_COMMANDS = """\
Needs the extra `cli`. What each is for, by example: [importing](../importing.md) and [diagrams](../diagrams.md). Each
command has `--help`, which says the same. A file called `-` is standard input."""


def commands_page() -> str:
    """The page: the exit codes, which are the same everywhere, and each command."""
    lines = [MADE, "# Command line", "", OF_COMMANDS, "", "| Command | |", "|---|---|"]
    every = list(_commands(main, click.Context(main, info_name="coaching")))
    for ctx, command in every[1:]:
        if not isinstance(command, click.Group):
            path = ctx.command_path
            lines.append(f"| [`{path}`](#{path.replace(' ', '-')}) | {_cell(command.get_short_help_str(200))} |")
    codes = re.findall(r"^  (\d+) +(.+)$", EXITS, re.MULTILINE)
    lines += [
        "",
        "## Exit codes",
        "",
        "| Code | Says |",
        "|---|---|",
        *(f"| {n} | {_cell(said)} |" for n, said in codes),
    ]
    for ctx, command in every:
        lines += ["", *_command(ctx, command)]
    return "\n".join(lines) + "\n"


def _commands(command: click.Command, ctx: click.Context) -> Iterator[tuple[click.Context, click.Command]]:
    """Give a command and those below it, each with its context."""
    yield ctx, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _commands(below, click.Context(below, parent=ctx, info_name=name))


def _command(ctx: click.Context, command: click.Command) -> Iterator[str]:
    pieces = [piece.replace("[OPTIONS] ", "") for piece in command.collect_usage_pieces(ctx)]
    needed = [f"{it.opts[0]} {it.make_metavar(ctx)}" for it in command.params if _is_needed_option(it)]
    yield from (f"## {ctx.command_path}", "")
    usage = " ".join([ctx.command_path, *needed, *pieces])
    yield from ("```text", usage, "```", *_help(command))
    rows = [_row(it) for it in command.get_params(ctx) if "--help" not in it.opts]
    if rows:
        yield from ("", "| Takes | What it is | Choices | Left out |", "|---|---|---|---|", *rows)


def _is_needed_option(it: click.Parameter) -> bool:
    return isinstance(it, click.Option) and it.required


def _help(command: click.Command) -> Iterator[str]:
    """Say the text of a command: what is set by hand, below a mark of click, stays as it is."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        mark, _, rest = paragraph.partition("\n")
        if mark == "\b":
            yield from ("", "```text", rest, "```")
        else:
            yield from ("", _said(" ".join(paragraph.split())))


def _row(it: click.Parameter) -> str:
    """Say an option or an argument: how it is written, what it is, what may be given, what is where it is left out."""
    what = [_cell(it.help)] if isinstance(it, click.Option) and it.help else []
    if it.nargs == -1 or (isinstance(it, click.Option) and it.multiple):
        what.append("Several may be given.")
    if isinstance(it, click.Option):
        names, left_out = ", ".join(f"`{name}`" for name in (*it.opts, *it.secondary_opts)), _left_out(it)
        if not it.is_flag and not isinstance(it.type, click.Choice):
            metavar = it.metavar or _TYPES.get(it.type.name, it.type.name.upper())
            names += f" `{metavar}`".replace("|", "\\|")
    else:
        names, left_out = f"`{it.human_readable_name.upper()}`", "needed" if it.required else ""
    return f"| {names} | {' '.join(what)} | {_choices(it.type)} | {left_out} |"


_TYPES = {"integer range": "N"}


def _choices(kind: click.ParamType) -> str:
    if isinstance(kind, click.Choice):
        return ", ".join(f"`{choice}`" for choice in kind.choices)
    return f"from {kind.min}" if isinstance(kind, click.IntRange) else ""


def _left_out(it: click.Option) -> str:
    """Say what is where an option is left out."""
    if it.required:
        return "needed"
    asked = f"`{it.envvar}` of the environment" if it.envvar else ""
    if isinstance(it.show_default, str):
        return _cell(it.show_default)
    if it.show_default and it.default is not None:
        return f"`{it.default}`"
    return asked


def _cell(text: str) -> str:
    return _said(text).replace("|", "\\|")


def _said(text: str) -> str:
    """Text of a help: code stays code."""
    return "`".join(piece if n % 2 else plain(piece) for n, piece in enumerate(text.split("`")))
