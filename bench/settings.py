"""The project's own settings, with one address more: the bare view."""

from qms.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
