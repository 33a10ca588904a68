"""What a run leaves: its files, and processes that should have ended with it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest


def reports(folder: Path) -> dict[str, bytes]:
    """Every report file below a folder; not what tells of the run itself, nor what a killed process half wrote."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.suffix and p.name != "run.json" and ".part-" not in p.name
    }


def processes_of(owner: int) -> list[str]:
    """What a command started, by the session that it began."""
    listed = subprocess.run(["ps", "-eo", "sid,stat,args"], capture_output=True, text=True).stdout
    lines = [line.split(maxsplit=2) for line in listed.splitlines()[1:]]
    return [args for sid, state, args in lines if sid == str(owner) and not state.startswith("Z")]


def wait_for_no_process_of(owner: int) -> None:
    for _ in range(600):
        left = processes_of(owner)
        if not left:
            return
        time.sleep(0.1)
    pytest.fail(f"processes without their owner: {left}")
