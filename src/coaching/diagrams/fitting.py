"""What of a text may stand in a picture: one line, nothing that XML cannot hold, nothing that turns texts around."""

from __future__ import annotations

import re

_UNFIT = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
    r"|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_SPACE = re.compile(r"\s+")


def fit(text: str) -> str:
    r"""Give a text on one line, without what XML cannot hold or what turns the direction of others.

    >>> fit("Anna\x00\n\u202eEk")
    'Anna\ufffd \ufffdEk'
    """
    return _SPACE.sub(" ", _UNFIT.sub("\ufffd", text)).strip()
