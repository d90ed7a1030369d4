"""Faults: what is wrong with a record or an act, as Django tells it."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from coaching.kernel.rules import Finding
from coaching.texts.saying import Texts, english

ENGLISH = english()


def fault(found: Finding, *, at: str = "", texts: Texts = ENGLISH) -> ValidationError:
    """Give a finding as an error of Django: `code` is that of the rule, and `params["finding"]` the finding itself.

    Args:
        found: What is wrong.
        at: Said first: where, if the page cannot show it there.
        texts: The language.
    """
    said = f"{at}: {texts.say(found)}" if at else texts.say(found)
    return ValidationError(
        "%(message)s (%(mend)s)" if found.mend else "%(message)s",
        code=found.code,
        params={"message": said, "mend": texts.mend(found), "finding": found},
    )
