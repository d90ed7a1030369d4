"""The app, as Django finds it."""

from __future__ import annotations

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    """Two tables, for records and for the places where each is found."""

    name = "coaching.integrations.django"
    label = "coaching"
    verbose_name = "Coaching"
