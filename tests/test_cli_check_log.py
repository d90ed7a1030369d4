"""`coaching check-log`: what another system's log says, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from coaching import cli

ROOT = Path(__file__).parents[1]

LOG = """\
{"record_id": "i-1", "act": "start", "by": "ole", "held": {"state": "open", "coachee": "anna", "interviewer": "ole"}}
{"record_id": "i-1", "act": "sign", "by": "anna"}
"""


def run(*typed, typed_in=None):
    """The command as typed."""
    return CliRunner(env={"COLUMNS": "80"}).invoke(cli.main, ["check-log", *map(str, typed)], input=typed_in)


def test_a_table():
    """Findings, then what was judged; what is wrong makes the exit code 1."""
    done = run("-", typed_in=LOG)
    heading, _, row, *rest = done.stdout.splitlines()
    assert heading.split() == ["Line", "Record", "Act", "Code", "What"]
    assert row.split()[:4] == ["2", "i-1", "sign", "V010"]
    assert rest[-2:] == [
        "findings 1, lines 2, judged in full 1", "not judged in full: 1 (its life began before the log)",
    ]  # fmt: skip
    assert done.exit_code == 1


def test_nothing_wrong(tmp_path):
    """No table."""
    path = tmp_path / "log.ndjson"
    path.write_text(LOG.splitlines()[0])
    done = run(path)
    assert done.stdout.startswith("findings 0, lines 1")
    assert done.exit_code == 0


def test_json_and_a_policy(tmp_path):
    """For a program; a gate that the house does not ask."""
    policy = tmp_path / "policy.toml"
    policy.write_text('[severities]\nI011 = "off"\n')
    held = '{"state": "held", "kind": "check_in", "outcomes": [], "no_change": null}'
    log = f'{{"record_id": "i-1", "act": "finish", "held": {held}}}'
    told = json.loads(run("-", "--json", typed_in=log).stdout)
    assert (told["log"], told["lines"], [it["code"] for it in told["findings"]]) == ("-", 1, ["I011"])
    assert json.loads(run("-", "--json", "--policy", policy, typed_in=log).stdout)["findings"] == []


def test_another_kind():
    """Of lines that do not say it."""
    assert run("-", "--kind", "goal", typed_in='{"record_id": "g-1", "act": "propose"}').exit_code == 0
    assert run("-", "--kind", "gaol", typed_in="").exit_code == 2


def test_what_cannot_be_read(tmp_path):
    """Every fault with its line, and no traceback."""
    done = run("-", typed_in='{"record_id": "i-1", "act": "sing"}\n{\n')
    assert "V012 line 1: act: no interview knows 'sing'; did you mean sign?" in done.stderr
    assert "V018 line 2" in done.stderr
    assert done.exit_code == 3
    assert run(tmp_path / "none.ndjson").exit_code == 3


def test_the_page_shows_what_the_sample_gives():
    """To the letter."""
    done = run(ROOT / "examples" / "audit.ndjson")
    page = (ROOT / "docs" / "testing.md").read_text("utf-8")
    assert "\n".join(["```text", *map(str.rstrip, done.stdout.splitlines()), "```"]) in page
    assert done.exit_code == 1


def test_it_needs_no_hypothesis():
    """A server that checks its logs needs no kit for tests."""
    code = "import sys, coaching.cli, coaching.logs; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
