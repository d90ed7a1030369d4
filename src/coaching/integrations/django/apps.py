"""The app, and what Django's `check` says of its databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register  # noqa: A004  (Django's own word)
from django.db import connections, router

LABEL = "coaching"


class CoachingConfig(AppConfig):
    """Two tables, for records and for the places where each is found."""

    name = "coaching.integrations.django"
    label = LABEL
    verbose_name = "Coaching"

    def ready(self) -> None:
        """Have the databases checked."""
        register(databases_wait)


def databases_wait(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Warn of a SQLite database in which two that act at once overtake each other, where they could wait."""
    if app_configs is not None and all(it.label != LABEL for it in app_configs):
        return []
    return [
        Warning(
            f"the SQLite database {alias!r} begins its transactions without the right to write",
            hint=f'Set DATABASES[{alias!r}]["OPTIONS"] = {{"transaction_mode": "IMMEDIATE"}}: who acts then waits for '
            "whoever acts, and need not begin again.",
            id="coaching.W001",
        )
        for alias in connections
        if connections[alias].vendor == "sqlite"
        and router.allow_migrate(alias, LABEL)
        and str(connections[alias].settings_dict["OPTIONS"].get("transaction_mode")).upper()
        not in {"IMMEDIATE", "EXCLUSIVE"}
    ]
