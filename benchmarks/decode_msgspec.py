"""The floor: bytes to dicts and lists, with no type, no constraint and no rule. It refuses only what is no JSON."""

from __future__ import annotations

import msgspec

label = "msgspec.json.decode"
Refused = msgspec.DecodeError
decode = msgspec.json.decode
