"""Serve the demonstration on 127.0.0.1:$PORT, with `tick` every minute beside it.

Both processes end with this one, and this one ends with the server.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[1]
PORT = os.environ.get("PORT") or "8000"
TICK = [sys.executable, "manage.py", "tick", "--every", "60"]
SERVER = [
    *(sys.executable, "-m", "gunicorn", "coalition.wsgi"),
    *("--bind", f"127.0.0.1:{PORT}"),
    # One process: the cache of the embedded default lives in its memory.
    *("--workers", "1", "--threads", "8", "--worker-class", "gthread"),
    *("--log-level", "warning", "--no-control-socket"),
]
PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Runs in the child: Linux ends it even when this process is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=PROJECT_DIR, preexec_fn=end_with_parent)  # noqa: PLW1509 - no threads here


def stop(*_: object) -> None:
    raise SystemExit(0)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.dev")
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children = [start(SERVER), start(TICK)]
    print(f"The site is on http://localhost:{PORT}/ — Ctrl+C stops it.", flush=True)
    try:
        while children[0].poll() is None:
            if children[1].poll() is not None:
                print("tick ended; it starts again in a minute.", file=sys.stderr, flush=True)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return children[0].wait(60)
                children[1] = start(TICK)
            time.sleep(0.5)
        return children[0].returncode
    finally:
        for child in children:
            child.terminate()
        for child in children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)


if __name__ == "__main__":
    sys.exit(main())
