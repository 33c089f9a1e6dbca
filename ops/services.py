#!/usr/bin/env python3
"""Real PostgreSQL and Redis on loopback, without Docker, for development and tests.

`start` starts what does not run yet and prints nothing on stdout but `export NAME=URL` lines;
`stop` stops what `start` started. Everything lies in var/services/. Standard library only, since
it runs before there is a virtual environment.

Exit codes: 0 done, 1 a server did not start, 2 something is not installed.
"""

import contextlib
import fcntl
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

STATE_DIR = Path(__file__).resolve().parents[1] / "var" / "services"
STATE = STATE_DIR / "state.json"
LOOPBACK = "127.0.0.1"


class MissingError(Exception):
    """A program that is not installed."""


def load() -> dict[str, dict[str, str]]:
    return json.loads(STATE.read_text()) if STATE.exists() else {}


def save(state: dict[str, dict[str, str]]) -> None:
    """Written whole or not at all; it holds passwords, so only its owner reads it."""
    new = STATE.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(state, file, indent=1)
    new.replace(STATE)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return str(probe.getsockname()[1])


def answers(port: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, int(port)), timeout=1):
        return True
    return False


def wait(until: Callable[[], bool], what: str, seconds: int = 30) -> None:
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            sys.exit(f"{what} within {seconds} seconds. Its log is in {STATE_DIR}.")
        time.sleep(0.1)


def pid_in(path: Path, program: str) -> int | None:
    """The process that a pid file names, if it is alive and still that program."""
    try:
        pid = int(path.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    # Numbers are given out again: after a restart of the machine it may be anyone's.
    return pid if program in name_of(pid) else None


def name_of(pid: int) -> str:
    """The program that a process runs, empty when there is no such process."""
    if Path("/proc/self/comm").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/comm").read_text()
        return ""
    command = ["ps", "-o", "comm=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def stop_process(pid_file: Path, program: str, how: signal.Signals) -> None:
    pid = pid_in(pid_file, program)
    if pid is None:
        return
    os.kill(pid, how)
    wait(lambda: pid_in(pid_file, program) is None, f"{program} (process {pid}) did not stop")


# --- PostgreSQL ---------------------------------------------------------------------------------


def postgres_bin() -> Path:
    """The folder of initdb and pg_ctl; Debian keeps it off PATH. The newest version wins."""
    if os.getuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            raise MissingError(
                "PostgreSQL's account `postgres`, since root may not run it"
            ) from None
    on_path = shutil.which("pg_ctl")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3])
    )
    if not found:
        raise MissingError("PostgreSQL (Debian: apt-get install postgresql)")
    return found[-1].parent


def as_postgres(*command: str | Path) -> tuple[int, str]:
    """Exit code and output of a command. Root hands over to `postgres`: the server refuses root."""
    account: dict[str, Any] = {}
    if os.getuid() == 0:
        account = {"user": "postgres", "group": "postgres", "extra_groups": []}
    # Output goes to a file, not a pipe: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        code = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
            **account,
        ).returncode
        output.seek(0)
        return code, output.read()


def run_postgres(*command: str | Path, tries: int = 1) -> None:
    for tried in range(1, tries + 1):
        code, output = as_postgres(*command)
        if not code:
            return
        if tried < tries:
            time.sleep(1)
    sys.exit(f"{Path(command[0]).name} failed:\n{output}")


def postgres_folder() -> Path:
    """A folder that the server's account may write; elsewhere when the checkout is closed to it."""
    folder = STATE_DIR / "postgres"
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.getuid() != 0:
        return folder
    shutil.chown(folder, "postgres", "postgres")
    if as_postgres("test", "-w", folder)[0] == 0:
        return folder
    folder = Path(tempfile.mkdtemp(prefix="coalition-postgres-"))
    shutil.chown(folder, "postgres", "postgres")
    return folder


def start_postgres(known: dict[str, str]) -> dict[str, str]:
    binaries = postgres_bin()
    if not known or not Path(known["folder"], "data", "PG_VERSION").exists():
        known = {"folder": str(postgres_folder()), "password": secrets.token_urlsafe(16)}
        init_postgres(binaries, Path(known["folder"]), known["password"])
    folder = Path(known["folder"])
    if pid_in(folder / "data" / "postmaster.pid", "postgres") and answers(known.get("port", "0")):
        return known
    known["port"] = free_port()
    options = f"-p {known['port']} -c listen_addresses={LOOPBACK} -c unix_socket_directories=''"
    run_postgres(
        *(binaries / "pg_ctl", "start", "-w", "-D", folder / "data"),
        *("-l", folder / "log", "-o", options),
        # The children of a killed server hold its memory for a moment.
        tries=10,
    )
    wait(lambda: answers(known["port"]), "PostgreSQL did not answer")
    create_role(binaries, known)
    return known


def init_postgres(binaries: Path, folder: Path, password: str) -> None:
    # A folder without PG_VERSION is what a killed initdb left.
    run_postgres("rm", "-rf", folder / "data")
    secret = folder / "password"
    secret.write_text(password)
    if os.getuid() == 0:
        shutil.chown(secret, "postgres", "postgres")
    secret.chmod(0o600)
    run_postgres(
        *(binaries / "initdb", "-D", folder / "data", "-U", "postgres", f"--pwfile={secret}"),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"),
    )


def create_role(binaries: Path, known: dict[str, str]) -> None:
    """The role and database `coalition`; tests need a role that may create databases."""
    admin = f"postgresql://postgres:{known['password']}@{LOOPBACK}:{known['port']}/postgres"
    _, answer = as_postgres(
        *(binaries / "psql", admin, "-XAtc"),
        "SELECT 1 FROM pg_database WHERE datname = 'coalition'",
    )
    if answer.strip() == "1":
        return
    for statement in (
        "DROP ROLE IF EXISTS coalition",
        f"CREATE ROLE coalition LOGIN CREATEDB PASSWORD '{known['password']}'",
        "CREATE DATABASE coalition OWNER coalition",
    ):
        run_postgres(binaries / "psql", admin, "-XAqc", statement)


def stop_postgres(known: dict[str, str]) -> None:
    # SIGINT is its "fast" shutdown: it does not wait for clients to leave.
    stop_process(Path(known["folder"], "data", "postmaster.pid"), "postgres", signal.SIGINT)


# --- Redis --------------------------------------------------------------------------------------


def redis_server() -> str:
    server = shutil.which("redis-server")
    if not server:
        raise MissingError("Redis (Debian: apt-get install redis-server)")
    return server


def start_redis(known: dict[str, str]) -> dict[str, str]:
    folder = STATE_DIR / "redis"
    folder.mkdir(mode=0o700, exist_ok=True)
    if pid_in(folder / "pid", "redis-server") and answers(known.get("port", "0")):
        return known
    known = {
        "folder": str(folder),
        "password": known.get("password") or secrets.token_urlsafe(16),
        "port": free_port(),
    }
    config = folder / "redis.conf"
    config.touch(mode=0o600)
    config.write_text(
        f"bind {LOOPBACK}\nport {known['port']}\nrequirepass {known['password']}\n"
        f'dir "{folder}"\npidfile "{folder / "pid"}"\nlogfile "{folder / "log"}"\n'
        "daemonize yes\nsave 60 1\n"
    )
    subprocess.run(
        [redis_server(), config], stdout=sys.stderr, stdin=subprocess.DEVNULL, check=True
    )
    wait(lambda: answers(known["port"]), "Redis did not answer")
    wait(lambda: pid_in(folder / "pid", "redis-server") is not None, "Redis wrote no pid file")
    return known


def stop_redis(known: dict[str, str]) -> None:
    stop_process(Path(known["folder"], "pid"), "redis-server", signal.SIGTERM)


# --- both ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One `start` or `stop` at a time."""
    STATE_DIR.mkdir(parents=True, exist_ok=True)
    with (STATE_DIR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start_all() -> int:
    missing = []
    for find in (postgres_bin, redis_server):
        try:
            find()
        except MissingError as what:
            missing.append(str(what))
    if missing:
        print(f"Not installed: {'; '.join(missing)}.", file=sys.stderr)
        return 2
    state = load()
    for name, start in (("postgres", start_postgres), ("redis", start_redis)):
        state[name] = start(state.get(name, {}))
        save(state)
    postgres, redis = state["postgres"], state["redis"]
    print(
        f"export DATABASE_URL=postgres://coalition:{postgres['password']}"
        f"@{LOOPBACK}:{postgres['port']}/coalition"
    )
    print(f"export REDIS_URL=redis://:{redis['password']}@{LOOPBACK}:{redis['port']}/0")
    return 0


def stop_all() -> int:
    state = load()
    if "postgres" in state:
        stop_postgres(state["postgres"])
    if "redis" in state:
        stop_redis(state["redis"])
    return 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["start"], ["stop"]):
        sys.exit("usage: services.py start|stop")
    with alone():
        sys.exit(start_all() if sys.argv[1] == "start" else stop_all())
