"""Serve the demonstration on 127.0.0.1:$PORT, with `tick` every minute beside it.

Both processes end with this one, and this one ends with the server.
"""

import contextlib
import ctypes
import os
import signal
import socket
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
    """On Linux, ends the process that calls this when its parent is gone, killed outright even."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=PROJECT_DIR, preexec_fn=end_with_parent)  # noqa: PLW1509 - no threads here


def port_is_free() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError:
            return False
    return True


def say_when_it_answers(server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", int(PORT)), timeout=1).close()
            print(f"The site is on http://localhost:{PORT}/ (Ctrl+C stops it).", flush=True)
            return
        time.sleep(0.2)


def stop(*_: object) -> None:
    raise SystemExit(0)


def main() -> int:
    if not port_is_free():
        sys.exit(f"Port {PORT} is taken. Choose another one: make demo PORT=8080")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.dev")
    os.environ.setdefault("BASE_URL", f"http://localhost:{PORT}")
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    end_with_parent()
    children = [start(SERVER), start(TICK)]
    try:
        say_when_it_answers(children[0])
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
