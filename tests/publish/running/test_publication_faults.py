"""Putting a report in place, while one system call after the other fails or is the last: no broken file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

#: A process that waits until it is watched, then puts the second state of a report in place.
PUBLISH = """
import sys
from pathlib import Path
from weltoffen_eval.publish.running.job import Job, Made, publish
from weltoffen_eval.publish.keeping.manifest import Manifest
from weltoffen_eval.errors import SurroundingsError
import weltoffen_eval.publish.exporting.pages

folder, state, page = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
target = folder / "2021" / "a" / "r"
job = Job(notebook=folder.parent / "n.ipynb", parameters={}, title="Titel", inputs={}, target=target)
files = {target.with_suffix(e): (state + e) .encode() * 20_000 for e in (".html", ".ipynb")}
files[target.parent / "tables" / "r-x.csv"] = state.encode() * 20_000
print("ready", flush=True)
sys.stdin.readline()
try:
    manifest = Manifest(folder)
    manifest.add("2021/a/r", publish(job, Made(files)).files)
    manifest.write()
except SurroundingsError as error:
    assert str(folder.parent) in str(error), error
    sys.exit(4)
except OSError as error:
    # the command tells its file too, and ends with 4
    assert str(folder) in error.filename, error
    sys.exit(4)
"""
CALLS = ("openat", "write", "fsync", "rename", "unlink", "mkdir", "close", "newfstatat")
STATES = ("alt", "neu")


def publish(folder: Path, state: str, *strace: str) -> int:
    """The exit code of putting a state of the report in place, watched by strace from there on."""
    command = [sys.executable, "-c", PUBLISH, str(folder), state, "x"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        watch = None
        if strace:
            watch = subprocess.Popen(
                ["strace", "-p", str(process.pid), *strace], stderr=subprocess.PIPE, text=True
            )
            assert watch.stderr is not None
            line = watch.stderr.readline()
            assert "attached" in line, line
        process.stdin.write("\n")
        process.stdin.flush()
        said = process.stderr.read()
        code = process.wait(timeout=600)
        if watch is not None:
            watch.communicate(timeout=600)
    assert "Traceback" not in said, said
    return code


def content(folder: Path) -> dict[str, bytes]:
    """Every file under a final name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A reports folder in either state, and how often each system call is made on the way to the second."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        pytest.fail("needs Linux and strace")
    made = {}
    for number, state in enumerate(STATES):
        root = tmp_path_factory.mktemp(state)
        (root / "n.ipynb").write_text("{}", encoding="utf-8")
        if number:
            shutil.copytree(made[STATES[0]] / "out", root / "out")
        assert publish(root / "out", state) == 0
        made[state] = root
    return made


def counts(states: dict[str, Path], tmp_path: Path) -> dict[str, int]:
    root = tmp_path / "counted"
    shutil.copytree(states["alt"], root)
    log = tmp_path / "log"
    assert publish(root / "out", "neu", "-o", str(log), "-e", f"trace={','.join(CALLS)}") == 0
    names = re.findall(r"^(\w+)\(", log.read_text(), re.MULTILINE)
    return {name: names.count(name) for name in CALLS}


@pytest.mark.parametrize("fault", ["error=ENOSPC", "error=EIO", "signal=KILL"])
def test_no_file_is_broken_whichever_call_fails(states: dict[str, Path], tmp_path: Path, fault: str) -> None:
    old, new = (content(states[state] / "out") for state in STATES)
    assert old != new
    assert old.keys() == new.keys()
    tried, codes = 0, set()
    for call, count in counts(states, tmp_path).items():
        for number in range(1, count + 1):
            root = tmp_path / f"{call}-{number}"
            shutil.copytree(states["alt"], root)
            inject = f"inject={call}:{fault}:when={number}"
            code = publish(root / "out", "neu", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
            codes.add(code)
            tried += 1
            there = content(root / "out")
            for path, found in there.items():
                assert found in (old.get(path), new.get(path)), f"{inject}: {path} is broken"
            assert code in (0, 4, -9), inject
            # the same command again, undisturbed
            assert publish(root / "out", "neu") == 0, inject
            assert content(root / "out") == new, inject
            shutil.rmtree(root)
    print(f"{fault}: {tried} calls, exit codes {sorted(codes)}")
    assert tried > 20
    assert codes & {4, -9}, "nothing failed, so nothing was tried"
