"""One machine, no server: the demonstration and daily work."""

from .base import *  # noqa: F403
from .environment import VAR_DIR, env
from .secret import stored_secret

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=True)
SECRET_KEY = env("SECRET_KEY", default="") or stored_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
WHITENOISE_USE_FINDERS = True
