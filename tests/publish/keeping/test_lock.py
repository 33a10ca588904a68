"""A folder that one process holds; that two runs exclude each other is tested in tests/commands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.lock import only_run, only_writer


def test_a_pipe_in_the_place_of_the_lock_is_told_and_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "klein"
    folder.mkdir()
    os.mkfifo(folder / ".lock")
    os.mkfifo(tmp_path / ".klein.lock")
    for hold in (only_run, only_writer):
        with pytest.raises(SurroundingsError, match="klein cannot be written: "), hold(folder):
            pass


def test_a_folder_is_held_by_one_run(tmp_path: Path) -> None:
    with (
        only_run(tmp_path),
        pytest.raises(SurroundingsError, match="in use by another run"),
        only_run(tmp_path),
    ):
        pass
    with only_run(tmp_path):
        pass
