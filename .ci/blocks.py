"""Write the blocks of the pages that run as programs, one a page, for type checkers: each line where it stands there.

`PYTHONPATH=tests python .ci/blocks.py FOLDER`: what a block is, the tests of the pages say.
A page is read as it is typed: names may be used again, and what a page knows to be there is not looked for.
"""

import doctest
import json
import sys
from pathlib import Path

from test_docs import EXCUSE, PAGES, PROGRAMS, SESSIONS, blocks

ROOT = Path(__file__).parents[1]
MYPY = "[mypy]\npython_version = 3.11\nstrict_optional = False\nallow_redefinition = True\n"
PYRIGHT = {
    "pythonVersion": "3.11",
    "typeCheckingMode": "basic",
    "extraPaths": [str(ROOT / "src"), str(ROOT / "examples" / "testing")],
    "reportRedeclaration": False,
    **dict.fromkeys(("reportOptionalMemberAccess", "reportOptionalSubscript", "reportOptionalIterable"), False),
}


def program(page: Path) -> list[str]:
    """Give the lines of a page as a program: what is no code is empty."""
    text = page.read_text(encoding="utf-8")
    lines = [""] * (text.count("\n") + 2)
    for block in blocks(page):
        first = text[: block.start("text") - 1].count("\n")
        if EXCUSE.fullmatch(block["before"].strip()):
            continue
        if block["kind"] in SESSIONS:
            for example in doctest.DocTestParser().get_examples(block["text"] + "\n"):
                for i, line in enumerate(example.source.splitlines()):
                    lines[first + example.lineno + i] = line
        elif block["kind"] in PROGRAMS:
            for i, line in enumerate(block["text"].splitlines()):
                lines[first + i] = line
    return lines


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
(folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
(folder / "pyrightconfig.json").write_text(json.dumps(PYRIGHT), encoding="utf-8")
for page in PAGES:
    name = "_".join(page.relative_to(ROOT).with_suffix("").parts).replace("-", "_").lower()
    (folder / f"{name}.py").write_text("\n".join(program(page)), encoding="utf-8")
