"""What type checkers see where the wheel is installed: `python .ci/typed.py PYTHON PYREFLY`.

Run by `.ci/run` with the Python that has mypy and pyright; PYTHON has the wheel with all extras. The file is
`tests/typing/user.py`, in a folder with nothing else. What a user must not write is marked in it with mypy's error:
mypy and pyright read the marks; pyrefly is told not to, and has to report these lines and no others.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

USER = Path(__file__).parents[1] / "tests" / "typing" / "user.py"
UNMARKED = 'project-includes = ["user.py"]\nenabled-ignores = ["pyrefly"]\n'


def run(*command: str, folder: str) -> subprocess.CompletedProcess[str]:
    """Run a checker in the folder."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def main(python: str, pyrefly: str) -> None:
    """Let each checker read the file."""
    with TemporaryDirectory() as folder:
        shutil.copy(USER, folder)
        for checker in (
            ("mypy", "--strict", "--config-file=", "--python-executable", python, USER.name),
            ("pyright", "--pythonpath", python, USER.name),
        ):
            done = run(sys.executable, "-m", *checker, folder=folder)
            assert done.returncode == 0, done.stdout + done.stderr
            print(f"{checker[0]}: {done.stdout.strip().splitlines()[-1]}")
        Path(folder, "pyrefly.toml").write_text(UNMARKED, encoding="utf-8")
        done = run(pyrefly, "check", "--python-interpreter-path", python, "--output-format=min-text", folder=folder)
        found = {int(line) for line in re.findall(r"^ERROR .*?user\.py:(\d+)", done.stdout, re.MULTILINE)}
        lines = enumerate(USER.read_text(encoding="utf-8").splitlines(), 1)
        marked = {n for n, line in lines if re.search(r"  # type: ignore\[", line)}
        assert found == marked, f"pyrefly: lines {sorted(found ^ marked)}\n{done.stdout}{done.stderr}"
        print(f"pyrefly: reports the {len(marked)} lines that are marked, and no other")


if __name__ == "__main__":
    main(*(str(Path(it).absolute()) for it in sys.argv[1:]))
