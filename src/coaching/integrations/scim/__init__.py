"""SCIM 2.0 (RFC 7643 and 7644), both ways: people as User resources, and what a resource says, as dated acts.

Needs no extra: a resource is a plain dict, as read from JSON.
"""

from coaching.integrations.scim.errors import error
from coaching.integrations.scim.names import CORE, ENTERPRISE, IDS
from coaching.integrations.scim.patching import patched
from coaching.integrations.scim.receiving import Received, receive
from coaching.integrations.scim.users import user

__all__ = ["CORE", "ENTERPRISE", "IDS", "Received", "error", "patched", "receive", "user"]
