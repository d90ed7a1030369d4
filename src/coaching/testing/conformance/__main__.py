"""`python -m coaching.testing.conformance FOLDER` writes the vectors; without a folder it answers questions."""

from __future__ import annotations

import sys
from pathlib import Path

from coaching.testing.conformance.answering import answer_line


def main(arguments: list[str]) -> None:
    """Write the vectors into a folder, or answer what comes in, line by line."""
    if arguments:
        from coaching.testing.conformance.writing import write  # noqa: PLC0415  (who answers needs no Hypothesis)

        changed = write(Path(arguments[0]))
        sys.stdout.write(f"{len(changed)} files written: {' '.join(changed)}\n" if changed else "nothing has changed\n")
        return
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(answer_line(line))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
