"""A zip file that grows entry by entry has the bytes that Python's own module writes, and costs no memory for each."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from weltoffen_eval.publish.keeping import growing_zip
from weltoffen_eval.publish.keeping.growing_zip import GrowingZip
from weltoffen_eval.zip_files import fixed_entry

CONTENTS = {
    "mini/a.txt": b"eins\n" * 1000,
    "mini/leer": b"",
    "mini/data/ü ß/%.bin": random.Random(1).randbytes(5000),
    "mini/large.bin": random.Random(2).randbytes(3 << 20),
}


def grown(contents: dict[str, bytes], comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with GrowingZip(stream) as archive:
        for name, content in contents.items():
            archive.add(
                name, lambda content=content: (content[at : at + 7000] for at in range(0, len(content), 7000))
            )
        archive.finish(comment)
    return stream.getvalue()


def by_zipfile(contents: dict[str, bytes], comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in contents.items():
            with archive.open(fixed_entry(name), "w", force_zip64=True) as entry:
                entry.write(content)
        archive.comment = comment
    return stream.getvalue()


def test_the_bytes_are_those_of_zipfile() -> None:
    assert grown(CONTENTS, b"x 1") == by_zipfile(CONTENTS, b"x 1")
    assert grown({}) == by_zipfile({})


def test_more_files_than_an_old_zip_can_count_are_written_as_zipfile_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # its limit and ours are moved alike, since 65,536 entries take their time
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    monkeypatch.setattr(growing_zip, "_MOST_COUNTED", 3)
    assert len(CONTENTS) == 4
    assert grown(CONTENTS) == by_zipfile(CONTENTS)


def test_places_and_sizes_beyond_four_bytes_are_written_as_zipfile_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for limit in (100, 3_000, 2 << 20):
        monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
        monkeypatch.setattr(growing_zip, "_LIMIT", limit)
        assert grown(CONTENTS) == by_zipfile(CONTENTS)


def test_what_would_be_taken_for_a_bomb_is_not_packed() -> None:
    content = b"\0" * (2 << 20)
    with zipfile.ZipFile(io.BytesIO(grown({"mini/zeros": content, "mini/a": b"x"}))) as archive:
        assert archive.testzip() is None
        assert archive.read("mini/zeros") == content
        assert archive.getinfo("mini/zeros").compress_type == zipfile.ZIP_STORED


def test_ten_times_the_entries_take_no_more_memory(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        with (tmp_path / "a.zip").open("wb") as stream, GrowingZip(stream) as archive:
            tracemalloc.start()
            for number in range(count):
                archive.add(f"mini/data/{number}", lambda: [b"x"])
            archive.finish(b"")
            try:
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    assert peak(3_000) < 1.2 * peak(300)
