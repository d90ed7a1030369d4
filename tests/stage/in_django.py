"""Settings of an application of Django, in which tests and examples run: `DJANGO_SETTINGS_MODULE=stage.in_django`."""

import atexit
import tempfile
from pathlib import Path

ROOM = tempfile.TemporaryDirectory(prefix="django-")
atexit.register(ROOM.cleanup)

SECRET_KEY = "for tests"  # noqa: S105  (and for nothing else)
INSTALLED_APPS = ["coaching.integrations.django", "stage.plans"]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(ROOM.name) / "house.db"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
ROOT_URLCONF = "stage.in_django"
urlpatterns: list[object] = []
ALLOWED_HOSTS = ["*"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
