"""A file is final or absent, and what was there before stays until then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from weltoffen_eval.whole_files import part_beside, parts_in, parts_of_the_dead, put_whole


def test_what_was_written_takes_the_place_and_what_the_writer_says_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    assert put_whole(path, lambda stream: stream.write(b"new")) == 3
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("failure", [OSError("full"), KeyboardInterrupt()])
def test_who_breaks_off_leaves_what_was_there(tmp_path: Path, failure: BaseException) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def half(stream: IO[bytes]) -> None:
        stream.write(b"ne")
        raise failure

    with pytest.raises(type(failure)):
        put_whole(path, half)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_parts_are_found_in_a_folder_or_in_all_below_it(tmp_path: Path) -> None:
    above, below = part_beside(tmp_path / "a.txt"), part_beside(tmp_path / "b" / "c.txt")
    for path in (above, below, tmp_path / "d.part-1"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    assert list(parts_in(tmp_path)) == [above]
    assert sorted(parts_in(tmp_path, below=True)) == [above, below]


def test_a_part_of_a_process_that_is_no_more_is_of_the_dead(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    dead, other = tmp_path / f".[a].part-{ended.pid}", tmp_path / f".b.part-{ended.pid}"
    for path in (
        dead,
        other,
        part_beside(tmp_path / "[a]"),
        tmp_path / ".[a].part-x",
        tmp_path / f".[a].part-{10**30}",
    ):
        path.mkdir()
    assert set(parts_of_the_dead(tmp_path, "[a]")) == {dead, tmp_path / f".[a].part-{10**30}"}
    assert other in set(parts_of_the_dead(tmp_path))
