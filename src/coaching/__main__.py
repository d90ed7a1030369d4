"""`python -m coaching`: the same as the command `coaching`."""

from coaching.cli import main

if __name__ == "__main__":
    main()
