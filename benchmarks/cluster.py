"""Reports of one wave of the example study by two local workers and by a Dask cluster of two on this machine.

The cluster is started by the documented commands, and is warm or new, as the second column says: its first
run also starts the processes beside its workers.

Usage: cluster.py [rounds] [formats]...
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[1]
WORKERS = "2"


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """The address of a scheduler with two workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    started = []
    with tempfile.TemporaryDirectory() as folder:
        for command in (
            ["scheduler", "--host", "127.0.0.1", "--port", port],
            ["worker", address, "--nworkers", WORKERS, "--nthreads", "1", "--local-directory", folder],
        ):
            call = [BIN / "dask", *command, "--no-dashboard"]
            started.append(subprocess.Popen(call, cwd=ROOT, stderr=subprocess.DEVNULL))
        try:
            from distributed import Client

            with Client(address) as client:
                client.wait_for_workers(int(WORKERS))
            yield address
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait()


def run(formats: str, *where: str) -> tuple[float, dict[str, bytes]]:
    """Seconds of all reports, and their files."""
    command = [BIN / "weltoffen", "run", "beispiel", "-w", "2021", "-n", "selfcheck", "--format", formats]
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        subprocess.run([*command, *where, "--out", folder], check=True, capture_output=True, cwd=ROOT)
        wall = time.perf_counter() - begin
        made = {p.relative_to(folder).as_posix(): p.read_bytes() for p in Path(folder).rglob("*.*")}
    return wall, {name: content for name, content in made.items() if not name.endswith(".lock")}


def main(rounds: str = "2", *formats: str) -> None:
    for form in formats or ("html", "html,pdf"):
        for number in range(1, int(rounds) + 1):
            near, files = run(form, "--jobs", WORKERS)
            with cluster() as address:
                for state in ("new", "warm"):
                    far, others = run(form, "--scheduler", address)
                    same = "the same bytes" if others == files else "OTHER BYTES"
                    print(
                        f"{form}, round {number}: local {near:5.1f} s, {state} cluster {far:5.1f} s, "
                        f"ratio {far / near:.2f}, {same}",
                        flush=True,
                    )


if __name__ == "__main__":
    main(*sys.argv[1:])
