"""The policy of the house, for the commands that ask rules: an option, and the file that it names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click
from attrs import evolve, fields_dict

from coaching.kernel.checking import Faults
from coaching.kernel.classes import nearest
from coaching.kernel.constraints import V016
from coaching.kernel.policy import Y002, Policy
from coaching.kernel.rules import Rejected, breach, finding

policy_option = click.option(
    "--policy", "policy_file", type=click.Path(path_type=Path), help="The house's own numbers, in TOML."
)


_AS_TOML = 'write TOML: sign_days = 7, and below [severities] lines such as I024 = "off"'


def policy_of(file: Path | None) -> Policy:
    """Read the policy of a house: what differs from the defaults, by the names of `Policy`; the defaults without one.

    Raises:
        Rejected: Y002 for what is no TOML, V016 for a name that is none, and what a policy says of its values.
    """
    if file is None:
        return Policy()
    what = f"{click.format_filename(file)}: no policy"
    try:
        said = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as why:
        wrong = finding(Y002, breach("this is no TOML: {why}", why=str(why)))
        raise Rejected(what, [evolve(wrong, mend=_AS_TOML)]) from None
    faults, known = Faults(), fields_dict(Policy)
    for name in [it for it in said if it not in known]:
        del said[name]
        near = nearest(name, tuple(known))
        faults.add(V016, name, "no such number{near}", near=f"; did you mean {near}?" if near else "")
    try:
        policy = Policy(**said)
    except Rejected as refusal:
        raise Rejected(what, [*faults.found, *refusal.findings]) from None
    faults.refuse(what)
    return policy
