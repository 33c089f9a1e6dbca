"""SQLite in one file by default, PostgreSQL when DATABASE_URL names it."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .environment import VAR_DIR, env, text


def database() -> dict[str, Any]:
    """The `default` database, with what SQLite needs to take several writers.

    DEFERRED transactions fail with eight writers; IMMEDIATE ones wait for their turn.
    """
    url = text("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/db.sqlite3")
    if not url.startswith(("sqlite:", "postgres:", "postgresql:")):
        raise ImproperlyConfigured("DATABASE_URL has to begin with postgres:// or sqlite:///.")
    config: dict[str, Any] = env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
        config["CONN_MAX_AGE"] = 60
        config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
