"""What holds where the wheel is installed: Hypothesis finds our types, imports nothing for it, and never fails.

Run by `.ci/run` with the Python of an environment that has the wheel, Hypothesis, and nothing else of this checkout.
"""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

OURS = "[name for name in sys.modules if name.partition('.')[0] == 'coaching']"
HOOK = "'coaching_hypothesis'"
DRAWN = "found = find(st.from_type(Goal), bool); assert (type(found), found.state) == (Goal, 'draft')"
PROGRAMS = {
    "nothing of ours is imported": f"import sys, hypothesis; assert not {OURS}; assert {HOOK} in sys.modules",
    "Hypothesis first": f"from hypothesis import find, strategies as st; from coaching import Goal; {DRAWN}",
    "coaching first": f"from coaching import Goal; from hypothesis import find, strategies as st; {DRAWN}",
}
BROKEN = (
    "from coaching import Goal; from hypothesis import find, strategies as st; assert find(st.integers(), bool) == 1"
)


def run(title: str, program: str) -> None:
    """Run a program alone, and say what it is for."""
    subprocess.run([sys.executable, "-I", "-c", program], check=True)
    print(f"{title}: ok")


def main() -> None:
    """Run each program; at last one with strategies that cannot be imported."""
    assert [it.value for it in entry_points(group="hypothesis") if it.name == "coaching"] == [
        "coaching_hypothesis:hook"
    ]
    found = subprocess.run(
        [sys.executable, "-I", "-c", "import coaching; print(coaching.__file__)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    package = Path(found.stdout.strip()).parent
    assert "site-packages" in package.parts, package
    for title, program in PROGRAMS.items():
        run(title, program)
    testing = package / "testing" / "__init__.py"
    whole = testing.read_text(encoding="utf-8")
    testing.write_text("raise RuntimeError", encoding="utf-8")
    try:
        run("a fault of ours breaks nobody", BROKEN)
    finally:
        testing.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    main()
