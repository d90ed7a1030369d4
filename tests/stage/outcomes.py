"""What comes of an import, where the command line is tried without one."""

from coaching.bulk.reporting import Account, Report

TOLD = """\
read 7 = accepted 5 + rejected 2 + skipped 0
Nothing was written.
people.csv: unused \\x1b[31m
"""


def report(rejected=2):
    """A report of seven rows; a file may hold anything."""
    account = Account("people.csv", read=7, accepted=7 - rejected, rejected=rejected, unused={"\x1b[31m"})
    return Report().account(account)


class Changes:
    """What became of the book."""

    def as_dict(self, *, values=False):
        """For a program."""
        return {"values": values}

    def told(self, *, values=False):
        """For a person."""
        return f"p-17: title \x1b[31m{values}"
