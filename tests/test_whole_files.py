"""A file is final or absent, and what was there before stays until then."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from weltoffen_eval.whole_files import put_whole


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
