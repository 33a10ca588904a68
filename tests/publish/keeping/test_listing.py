"""The files of an archive in the order of their paths, with size and hash; names that other systems lack are told."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from weltoffen_eval.errors import CallError, SurroundingsError
from weltoffen_eval.publish.keeping.listing import FileList, files_in_order


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(os.fsencode(name))
    return folder


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ["a/b.txt", "a-b.txt", "a.txt", "a/c/d.txt", "a/c.txt", "a/c-d/e.txt", "ab", "Z/y", "ü/ö", "a0/x"]
    found = [path for path, _ in files_in_order(put(tmp_path, *names), "study")]
    assert found == sorted(f"study/{name}" for name in names)


def test_hidden_files_backups_links_and_what_was_named_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a", ".b", "~c", ".d/e", "f/.g", "run.json", "f/run.json")
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "folder").symlink_to("f", target_is_directory=True)
    assert list(files_in_order(tmp_path, "x", ("run.json",))) == [("x/a", tmp_path / "a")]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a/B.csv", "a/b.csv"], "a/b.csv has the name of B.csv but for large and small letters"),
        (["c/x", "C"], "c has the name of C but"),
        (["a\\b.csv"], "a backslash in its name"),
        ([os.fsdecode(b"a\xff.csv")], r"a\\udcff.csv has a name that is no text"),
    ],
)
def test_a_name_that_not_every_system_can_have_is_told(tmp_path: Path, names: list[str], said: str) -> None:
    with pytest.raises(CallError, match=said):
        list(files_in_order(put(tmp_path, *names), "study"))


def test_a_list_gives_size_and_hash_of_each_as_often_as_asked(tmp_path: Path) -> None:
    put(tmp_path / "from", "a", "b/ü")
    listing = FileList(tmp_path / "list", files_in_order(tmp_path / "from", "x"))
    for _ in range(2):
        assert [(one.path, one.size, one.sha256) for one in listing] == [
            ("x/a", 1, hashlib.sha256(b"a").hexdigest()),
            ("x/b/ü", 4, hashlib.sha256("b/ü".encode()).hexdigest()),
        ]


def test_a_file_that_is_gone_meanwhile_is_named(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="gone is not there any more"):
        FileList(tmp_path / "list", [("x", tmp_path / "gone")])
    with pytest.raises(SurroundingsError, match="nowhere cannot be read"):
        list(files_in_order(tmp_path / "nowhere", "x"))
