"""Write the template of all texts, and bring translations up to it: `python -m coaching.texts [FOLDER]`.

The folder holds translations at `LANGUAGE/LC_MESSAGES/coaching.po`; it is that of the library when left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from coaching.texts.files import write

OWN = Path(__file__).parent / "locale"


def main(arguments: list[str]) -> None:
    """Write the files, and say which."""
    folder = Path(arguments[0]) if arguments else OWN
    folder.mkdir(parents=True, exist_ok=True)
    sys.stdout.writelines(f"{place}\n" for place in write(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
