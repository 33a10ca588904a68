"""A folder is held by one at a time, and free again when it is let go."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.lock import only_run, only_writer


def test_a_second_run_is_told_and_a_later_one_is_let_in(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    message = "in use by another run"
    with only_run(folder), pytest.raises(SurroundingsError, match=message), only_run(folder):
        pass
    with only_run(folder):
        pass


def test_a_second_writer_waits(tmp_path: Path) -> None:
    folder, order = tmp_path / "processed", []

    def write() -> None:
        with only_writer(folder):
            order.append("second")

    with only_writer(folder):
        other = threading.Thread(target=write)
        other.start()
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError, match="cannot be written"), only_run(tmp_path / "file" / "reports"):
        pass


def test_a_pipe_in_the_place_of_the_lock_is_told_and_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "klein"
    folder.mkdir()
    os.mkfifo(folder / ".lock")
    os.mkfifo(tmp_path / ".klein.lock")
    for hold in (only_run, only_writer):
        with pytest.raises(SurroundingsError, match="klein cannot be written: "), hold(folder):
            pass
