"""Tests that run beside each other share no Redis: each worker has a database of its own there."""

import os
import re
from urllib.parse import urlsplit

_worker = re.fullmatch(r"gw(\d+)", os.environ.get("PYTEST_XDIST_WORKER", ""))
WORKER = _worker[1] if _worker else ""

if WORKER and (url := os.environ.get("REDIS_URL")):
    os.environ["REDIS_URL"] = urlsplit(url)._replace(path=f"/{WORKER}").geturl()
