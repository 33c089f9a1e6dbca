"""What a test may need beside the embedded default, and whether it is there."""

import os
import shutil
import socket
from urllib.parse import urlsplit

SERVICES = ("postgres", "redis", "browser")
NEEDS = (*SERVICES, "corpus")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DEFAULT_PORTS = {"postgres": 5432, "postgresql": 5432, "redis": 6379, "http": 80, "https": 443}


def on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def embedded() -> bool:
    """Whether this run is on the embedded default: SQLite, no server."""
    return not on_postgres() and not os.environ.get("REDIS_URL")


def chromium() -> str | None:
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def missing(marker: str) -> str | None:
    """Why a test with this marker cannot run here; None when it can."""
    if marker == "postgres" and not on_postgres():
        return "DATABASE_URL names no PostgreSQL; `make services` starts one"
    if marker == "redis" and not os.environ.get("REDIS_URL"):
        return "REDIS_URL is not set; `make services` starts a Redis"
    if marker == "browser" and not chromium():
        return "no chromium is on PATH (Debian: apt-get install chromium)"
    if marker == "corpus" and not os.environ.get("COALITION_CORPUS"):
        return "COALITION_CORPUS names no file of real pages"
    return None


def required(marker: str) -> bool:
    """REQUIRE_SERVICES=1 turns a skip for want of a service (not of texts) into a failure."""
    return marker in SERVICES and os.environ.get("REQUIRE_SERVICES", "") not in {"", "0"}


def unreachable() -> list[str]:
    """A sentence for each `*_URL` that names a server where nothing answers."""
    found = []
    for name in ("DATABASE_URL", "REDIS_URL", "SEARCH_URL"):
        url = urlsplit(os.environ.get(name, ""))
        if not url.hostname:
            continue
        address = (url.hostname, url.port or DEFAULT_PORTS.get(url.scheme, 80))
        try:
            socket.create_connection(address, timeout=5).close()
        except OSError as error:
            found.append(f"{name} names {address[0]}:{address[1]}, which does not answer: {error}")
    return found
