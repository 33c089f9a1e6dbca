"""Production: refuses to start without its secrets and says which one is missing."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .environment import env, text


def required(name: str) -> str:
    """The value of an environment variable that must not be empty."""
    if not (value := text(name)):
        raise ImproperlyConfigured(
            f"The environment variable {name} is missing. Set it; docs/operators.md says to what."
        )
    return value


def required_list(name: str) -> list[str]:
    """The parts of a comma list of at least one."""
    return [part.strip() for part in required(name).split(",") if part.strip()]


SECRET_KEY = required("SECRET_KEY")
COALITION_PEPPER = required("COALITION_PEPPER")
COALITION_FIELD_KEYS = required_list("COALITION_FIELD_KEYS")
BASE_URL = WAGTAILADMIN_BASE_URL = required("BASE_URL").rstrip("/")
ALLOWED_HOSTS = required_list("ALLOWED_HOSTS")
required("DATABASE_URL")
DEMO = env.bool("DEMO", default=False)
PLUGIN_MISFITS_STOP = False

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
