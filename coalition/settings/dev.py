"""One machine, no server: the demonstration and daily work."""

from pathlib import Path

from .base import *  # noqa: F403
from .environment import VAR_DIR, env, existing, text
from .secret import stored_secret

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=True)
PATTERNS = True
SECRET_KEY = text("SECRET_KEY") or stored_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# Files are served from where they lie; WhiteNoise warns when the folder is not there.
WHITENOISE_USE_FINDERS = True
existing(Path(STATIC_ROOT))  # noqa: F405
