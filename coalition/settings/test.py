"""The suite: everything real, passwords quick."""

from .test_worker import WORKER  # isort: skip - before anything reads REDIS_URL
from .base import *  # noqa: F403
from .environment import VAR_DIR, existing
from .secret import stored_secret

SECRET_KEY = stored_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = str(existing(VAR_DIR / "static"))
MEDIA_ROOT = str(VAR_DIR / f"test-media{WORKER}")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The tests of Redis choose the broker themselves: elsewhere no worker would take the jobs.
TASKS = {"default": {"BACKEND": "coalition.jobs.backends.EmbeddedBackend"}}
PLUGIN_FAILURES_RAISE = True
