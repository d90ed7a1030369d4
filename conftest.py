"""What every run of the tests begins with: Django knows its settings, before examples of its modules are read."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stage.in_django")
django.setup()
