"""A bag: what is written is what RFC 8493 asks for, the same bytes each time, whole or absent."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.publish.keeping.bag import Member, write_bag

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
