"""Play the vectors against any system: `python run.py COMMAND...` over its stdin and stdout, or `python run.py URL`.

A question is a line of JSON, or the body of a POST; so is an answer. What is not claimed is never passed.
"""

import argparse
import json
import re
import subprocess
import sys
import urllib.request
from collections import Counter
from datetime import datetime
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
SORTS = ("passed", "failed", "not claimed")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def plain(value):
    """Give what is compared: what says nothing is left out, a moment is its day, time and offset."""
    if isinstance(value, dict):
        return {name: plain(it) for name, it in value.items() if it is not None and it not in ([], {})}
    if isinstance(value, list):
        return [plain(it) for it in value]
    return datetime.fromisoformat(value).isoformat() if isinstance(value, str) and MOMENT.fullmatch(value) else value


def over_http(url):
    """Ask by POST."""
    sends = {"Content-Type": "application/json"}
    return lambda line: urllib.request.urlopen(urllib.request.Request(url, line.encode(), sends)).read()


def over_pipe(command):
    """Ask a process, line by line."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def ask(line):
        print(line, file=process.stdin, flush=True)
        return process.stdout.readline() or '"no answer: the process has ended"'

    return ask


def judge(answer, expects):
    """Say which sort of answer it is."""
    if answer == {"not_claimed": True}:
        return SORTS[2]
    same = isinstance(answer, dict) and answer.keys() == expects.keys() and plain(answer) == plain(expects)
    return SORTS[0] if same else SORTS[1]


def row(name, counts):
    """Print a line of the table."""
    print(f"{name:28}", *(f"{counts[sort]:11}" for sort in SORTS))


def play(ask, folder, show):
    """Ask everything, print a line for each file with its first differences, and give the counts of all."""
    every = Counter()
    print(f"{'file':28}", *(f"{sort:>11}" for sort in SORTS))
    for path in sorted(folder.rglob("*.ndjson")):
        counts, told = Counter(), []
        for line in path.read_text(encoding="utf-8").splitlines():
            vector = json.loads(line, parse_float=Decimal)
            expects = vector.pop("expects")
            try:
                answer = json.loads(ask(json.dumps(vector, default=float)), parse_float=Decimal)
            except (OSError, ValueError) as error:
                answer = f"no answer: {error}"
            sort = judge(answer, expects)
            counts[sort] += 1
            told += [f"  {vector['id']}\n    expected {expects}\n    answered {answer}\n"] if sort == SORTS[1] else []
        row(path.relative_to(folder).as_posix(), counts)
        print("".join(told[:show]), end="")
        every += counts
    row("all", every)
    return every


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--at-least", type=int, default=1, help="how many have to pass (1)")
    options.add_argument("--show", type=int, default=3, help="how many differences are shown of each file (3)")
    options.add_argument("--folder", type=Path, default=HERE, help="where the vectors are (beside this program)")
    options.add_argument("system", nargs=argparse.REMAINDER, help="a command with its arguments, or a URL")
    given = options.parse_args()
    if not given.system:
        options.error("say which system: a command, or a URL")
    asks = over_http(given.system[0]) if given.system[0].startswith("http") else over_pipe(given.system)
    counted = play(asks, given.folder, given.show)
    sys.exit(1 if counted[SORTS[1]] or counted[SORTS[0]] < given.at_least else 0)
