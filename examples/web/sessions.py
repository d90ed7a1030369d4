"""Who is signed in: a cookie that is signed, and the token of its forms. For an example: anybody may be anybody here.

A house has its own way to sign in; put it in the place of this file, and of the chooser in `templates/sign_in.html`.
"""

import hmac
import secrets
from hashlib import sha256

SECRET = secrets.token_bytes(32)  # made anew at each start: whoever was signed in, is no more


def _seal(text: str) -> str:
    return hmac.new(SECRET, text.encode(), sha256).hexdigest()


def signed(person: str) -> str:
    """Give a token that says who somebody is: for the cookie of a browser, and for `Authorization: Bearer`."""
    said = f"{person}~{secrets.token_hex(8)}"
    return f"{said}~{_seal(said)}"


def who(token: str) -> str | None:
    """Say whose token it is; nobody's where it was not made here."""
    said, _, seal = token.rpartition("~")
    person = said.rpartition("~")[0]
    return person if person and hmac.compare_digest(seal.encode(), _seal(said).encode()) else None


def form_token(cookie: str) -> str:
    """Give what a form of this session carries, and no page of somebody else's can know (CSRF)."""
    return _seal(f"form {cookie}")


def is_of(cookie: str, token: str) -> bool:
    """Tell whether a form came from a page of this session."""
    return hmac.compare_digest(form_token(cookie).encode(), token.encode())
