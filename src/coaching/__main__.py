"""The command `coaching`, and `python -m coaching`: the same, and a plain word where the extra `cli` is missing."""

import sys


def main() -> None:
    """Run the command line, or say which extra it needs."""
    try:
        from coaching.cli import main as command  # noqa: PLC0415  (what it needs may not be there)
    except ModuleNotFoundError as missing:
        sys.stderr.write(f"coaching: the command line needs the extra cli: {missing.name} is not installed\n")
        sys.exit(2)
    command()


if __name__ == "__main__":
    main()
