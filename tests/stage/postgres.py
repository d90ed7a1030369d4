"""A PostgreSQL of one's own for tests: started in a directory that goes with it, spoken to by a socket in there."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = "needs a PostgreSQL server: install Debian's package postgresql"


def programs() -> Path | None:
    """Where the programs of the newest server are; Debian keeps them off the path."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    newest = max(found, key=lambda it: int(it.parts[-3]), default=None)
    return newest.parent if newest is not None else Path(on_path).parent if on_path else None


@contextmanager
def needed() -> Iterator[str]:
    """Start one for tests that need it; on a desk without, they are passed over, and CI has to have it."""
    if programs() is None and not os.environ.get("CI"):
        pytest.skip(MISSING)
    with server() as url:
        yield url


@contextmanager
def server() -> Iterator[str]:
    """Start one, give its address for SQLAlchemy, and stop it. As root it runs as `postgres`: it refuses to as root."""
    here = programs()
    assert here is not None, MISSING
    with tempfile.TemporaryDirectory(prefix="pg-") as room:
        as_whom = []
        if os.geteuid() == 0:
            shutil.chown(room, "postgres")
            as_whom = ["runuser", "-u", "postgres", "--"]

        def run(*command: str) -> None:
            subprocess.run([*as_whom, *command], check=True, capture_output=True, cwd=room)

        data, log = f"{room}/data", f"{room}/log"
        run(str(here / "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories={room} -c fsync=off"
        run(str(here / "pg_ctl"), "-D", data, "-l", log, "-w", "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://tester@/postgres?host={room}"
        finally:
            run(str(here / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
