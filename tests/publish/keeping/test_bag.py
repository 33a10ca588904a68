"""A bag: what is written is what RFC 8493 asks for, the same bytes each time, whole or absent."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.bag import Member, write_bag

#: Writes a bag, and waits for ever within its second file.
KILLED = """
import sys
from pathlib import Path
from weltoffen_eval.publish.keeping.bag import Member, write_bag
folder = Path(sys.argv[1])
write_bag(folder / "a.zip", "mini", [Member("a", b"x" * 9_000_000), Member("b", folder / "pipe")], {})
"""
MEMBERS = [Member("a.txt", b"eins\n"), Member("b/100%.txt", b""), Member("b/ü.bin", bytes(range(256)))]


def write(path: Path) -> Path:
    write_bag(path, "mini", MEMBERS, {"External-Description": "zwei\nZeilen"}, {"codecheck.yml": b"---\n"})
    return path


def test_a_bag_names_every_file_with_its_hash(tmp_path: Path) -> None:
    with zipfile.ZipFile(write(tmp_path / "a.zip")) as archive:
        files = {name.removeprefix("mini/"): archive.read(name) for name in archive.namelist()}
    assert set(files) == {
        "bagit.txt", "bag-info.txt", "codecheck.yml", "manifest-sha256.txt", "tagmanifest-sha256.txt",
        "data/a.txt", "data/b/100%.txt", "data/b/ü.bin",
    }  # fmt: skip
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    manifest = files["manifest-sha256.txt"].decode()
    assert f"{hashlib.sha256(files['data/a.txt']).hexdigest()}  data/a.txt\n" in manifest
    assert "  data/b/100%25.txt\n" in manifest
    assert files["bag-info.txt"].decode().splitlines() == [
        "External-Description: zwei Zeilen", "Payload-Oxum: 261.3", "Weltoffen-Archive: 1",
    ]  # fmt: skip
    listed = {line.split("  ")[1] for line in files["tagmanifest-sha256.txt"].decode().splitlines()}
    assert listed == {"bagit.txt", "bag-info.txt", "codecheck.yml", "manifest-sha256.txt"}


def test_two_bags_of_the_same_are_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a.zip").read_bytes() == write(tmp_path / "b.zip").read_bytes()


def test_a_bag_that_cannot_be_finished_is_not_there(tmp_path: Path) -> None:
    lost = Member("lost.txt", tmp_path / "nowhere")
    with pytest.raises(SurroundingsError, match="nowhere cannot be read"):
        write_bag(tmp_path / "a.zip", "mini", [*MEMBERS, lost], {})
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    large = Member("large.bin", random.Random(1).randbytes(300_000))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # a disk that takes no more
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(SurroundingsError, match=r"a\.zip cannot be written: File too large"):
            write_bag(tmp_path / "a.zip", "mini", [*MEMBERS, large], {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_one_who_is_killed_while_writing_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"an earlier archive")
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)]) as writer:
        # opened for writing when the other has come to it
        pipe = os.open(tmp_path / "pipe", os.O_WRONLY)
        writer.kill()
        assert writer.wait() == -signal.SIGKILL
        os.close(pipe)
    assert (tmp_path / "a.zip").read_bytes() == b"an earlier archive"
    (half,) = (path for path in tmp_path.iterdir() if path.name.startswith("."))
    assert ".part-" in half.name
    write_bag(tmp_path / "a.zip", "mini", [Member("b.txt", b"zwei")], {})
    assert not half.exists()


def test_a_file_that_changed_since_its_hash_was_told_is_named(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match=r"b\.txt was changed while it was archived"):
        write_bag(
            tmp_path / "a.zip", "mini", [Member("b.txt", b"zwei", hashlib.sha256(b"eins").hexdigest())], {}
        )
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_comes_twice_is_no_bag(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"data/a\.txt twice"):
        write_bag(tmp_path / "a.zip", "mini", [*MEMBERS, Member("a.txt", b"")], {})
    assert list(tmp_path.iterdir()) == []
