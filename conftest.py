"""What every run of the tests begins with: Django knows its settings, before examples of its modules are read."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stage.in_django")
django.setup()


def pytest_collection() -> None:
    """Collect no garbage while tests are collected: a million objects are made, and all of them stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on, look only at what tests make."""
    gc.freeze()
    gc.enable()
