"""A zip file is read as Python's own module reads it, or refused; never believed where the two could differ."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from weltoffen_eval.publish.keeping.growing_zip import GrowingZip
from weltoffen_eval.publish.keeping.zip_reading import DamagedError, ReadZip, UnsafeArchiveError

CONTENTS = {
    "mini/a.txt": b"eins\n" * 1000,
    "mini/leer": b"",
    "mini/data/ü ß/%.bin": random.Random(1).randbytes(50_000),
    "mini/data/b.csv": b"municipality\n" * 30_000,
}


def packed(method: int = zipfile.ZIP_DEFLATED, force: bool = False, seekable: bool = True) -> bytes:
    """The contents as zipfile packs them, also where it cannot go back (sizes stand behind the data then)."""
    stream = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, content: bytes) -> int:  # type: ignore[override]
            return stream.write(content)

    with zipfile.ZipFile(stream if seekable else Pipe(), "w", method) as archive:  # type: ignore[arg-type]
        for name, content in CONTENTS.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=force) as entry:
                entry.write(content)
    return stream.getvalue()


def read(path: Path, content: bytes) -> dict[str, bytes]:
    path.write_bytes(content)
    archive = ReadZip(path)
    try:
        return {name: b"".join(archive.parts(name)) for name in archive.names()}
    finally:
        archive.close()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("seekable", [False, True])
def test_what_zipfile_writes_is_read(tmp_path: Path, method: int, force: bool, seekable: bool) -> None:
    assert read(tmp_path / "a.zip", packed(method, force, seekable)) == CONTENTS


def test_a_zip_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    content = packed()
    for end in (*range(0, len(content), 7_001), *range(len(content) - 60, len(content), 7)):
        with pytest.raises(UnsafeArchiveError):
            read(tmp_path / "a.zip", content[:end])


def test_two_archives_in_one_file_and_anything_before_or_behind_are_refused(tmp_path: Path) -> None:
    content = packed()
    for changed in (content + content, b"x" + content, content + b"x", content + b"\0" * 100):
        with pytest.raises(UnsafeArchiveError, match="not a whole one"):
            read(tmp_path / "a.zip", changed)


def test_changed_bytes_are_refused_or_read_as_they_were(tmp_path: Path) -> None:
    content, chosen = packed(), random.Random(6)
    directory = content.index(b"PK\1\2")
    places = [*range(directory, len(content), 5), *(chosen.randrange(directory) for _ in range(20))]
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << chosen.randrange(8)
        try:
            found = read(tmp_path / "a.zip", bytes(changed))
        except (UnsafeArchiveError, DamagedError):
            continue
        assert list(found.values()) == [CONTENTS[name] for name in sorted(CONTENTS)]


def test_entries_over_one_another_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("mini/a", "mini/b"):
            archive.writestr(name, b"the same" * 100)
    content = bytearray(stream.getvalue())
    # both are said to begin where the first does
    second = content.rindex(b"PK\1\2")
    content[second + 42 : second + 46] = struct.pack("<L", 0)
    with pytest.raises(UnsafeArchiveError, match="lies over another"):
        read(tmp_path / "a.zip", bytes(content))


def test_sizes_that_no_file_has_are_refused(tmp_path: Path) -> None:
    content = bytearray(packed(force=False))
    at = content.index(b"PK\1\2")
    # one file of 4 GB from little: a bomb
    content[at + 24 : at + 28] = struct.pack("<L", 0xFFFFFFF0)
    with pytest.raises(UnsafeArchiveError, match="five hundred times"):
        read(tmp_path / "a.zip", bytes(content))


def test_ten_times_the_entries_take_no_more_memory(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.zip"
        with path.open("wb") as stream, GrowingZip(stream) as writing:
            for number in range(count):
                writing.add(f"mini/data/{number:05}", lambda: [b"x"])
            writing.finish(b"")
        tracemalloc.start()
        archive = ReadZip(path)
        try:
            assert sum(len(b"".join(archive.parts(name))) for name in archive.names()) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            archive.close()
            tracemalloc.stop()

    assert peak(600) < 1.2 * peak(60)
