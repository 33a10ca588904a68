"""A bag is read with distrust: a changed byte is found with its file, and what could do harm is not opened."""

from __future__ import annotations

import os
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from weltoffen_eval.errors import CallError, SurroundingsError
from weltoffen_eval.publish.keeping.bag import Member, write_bag
from weltoffen_eval.publish.keeping.bag_check import Bag, UnsafeArchiveError

MEMBERS = [
    Member("reports/manifest.json", b"{}"),
    Member("reports/a.html", b"<p>eins</p>"),
    Member("study/study.toml", b'id = "mini"\n'),
    Member("study/b.csv", b"municipality\n" * 500),
]


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    write_bag(tmp_path / "a.zip", "mini", MEMBERS, {"Weltoffen-Audience": "internal"}, {"Makefile": b"x:\n"})
    return tmp_path / "a.zip"


def flaws(path: Path) -> list[tuple[str, str]]:
    with Bag(path) as opened:
        return [(flaw.path, flaw.found) for flaw in opened.flaws()]


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, files: dict[str, bytes]) -> Path:
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(target, "w") as archive:
        archive.comment = before.comment
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def test_a_bag_as_it_was_written_has_no_flaw(bag: Path) -> None:
    assert flaws(bag) == []


def test_one_byte_changed_in_any_file_is_found_and_the_file_is_named(bag: Path) -> None:
    files = contents(bag)
    for name, content in files.items():
        for at in {0, len(content) // 2, len(content) - 1}:
            changed = bytearray(content)
            changed[at] ^= 1
            path = rewritten(bag, {**files, name: bytes(changed)})
            named = name.removeprefix("mini/")
            try:
                assert named in {found for found, _ in flaws(path)}, (name, at)
            except UnsafeArchiveError as error:
                # what says what the file is cannot be read any more
                assert named in str(error)


def test_a_file_that_is_gone_added_or_swapped_is_named(bag: Path) -> None:
    files = contents(bag)
    for name in files:
        less = {other: content for other, content in files.items() if other != name}
        named = name.removeprefix("mini/")
        try:
            assert named in {found for found, _ in flaws(rewritten(bag, less))}
        except UnsafeArchiveError as error:
            assert named in str(error)
    added = {**files, "mini/data/study/c.csv": b"x"}
    assert flaws(rewritten(bag, added)) == [("data/study/c.csv", "not in the manifest: it was added")]
    assert [path for path, _ in flaws(rewritten(bag, {**files, "mini/more.txt": b"x"}))] == ["more.txt"]
    one, other = "mini/data/study/b.csv", "mini/data/study/study.toml"
    swapped = {**files, one: files[other], other: files[one]}
    assert flaws(rewritten(bag, swapped)) == [
        ("data/study/b.csv", "changed"), ("data/study/study.toml", "changed"),
    ]  # fmt: skip


def test_a_byte_changed_within_the_packed_data_is_found(bag: Path) -> None:
    content = bytearray(bag.read_bytes())
    at = content.index(b"mini/data/study/b.csv") + len(b"mini/data/study/b.csv") + 30
    content[at] ^= 0xFF
    changed = bag.with_name("changed.zip")
    changed.write_bytes(bytes(content))
    assert [path for path, _ in flaws(changed)] == ["data/study/b.csv"]


def entry(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (lambda z: z.writestr(entry("mini/../../evil.txt"), b"x"), "leads out"),
        (lambda z: z.writestr(entry("/etc/evil.txt"), b"x"), "leads out"),
        (lambda z: z.writestr(entry("mini/data\\..\\evil.txt"), b"x"), "leads somewhere else"),
        (lambda z: z.writestr(entry("C:/evil.txt"), b"x"), "leads somewhere else"),
        (lambda z: z.writestr(entry("mini/data/link", stat.S_IFLNK | 0o777), b"/etc"), "no ordinary file"),
        (lambda z: z.writestr(entry("mini/data/pipe", stat.S_IFIFO | 0o644), b""), "no ordinary file"),
        (lambda z: z.writestr(entry("mini/data/study/B.CSV"), b"x"), "stands in it twice"),
        (lambda z: z.writestr(entry("mini/data/dir/"), b""), "no file in a folder"),
        (
            lambda z: z.writestr("mini/data/bomb", b"\0" * 50_000_000, zipfile.ZIP_DEFLATED, 9),
            "five hundred times",
        ),
        (lambda z: z.writestr("mini/data/a.bz2", b"x", zipfile.ZIP_BZIP2), "packed in a way"),
        (lambda z: z.writestr(entry("other/data/a"), b"x"), "more than one folder"),
    ],
    ids=["up", "absolute", "backslash", "drive", "link", "pipe", "twice", "folder", "bomb", "bzip2", "two"],
)
def test_an_entry_that_could_do_harm_is_refused_by_name(
    bag: Path, add: Callable[[zipfile.ZipFile], None], said: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(bag, "a") as archive:
            add(archive)
    with pytest.raises(UnsafeArchiveError, match=said):
        Bag(bag)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_bag_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(CallError):
        Bag(tmp_path / "a.zip")


def test_another_layout_is_told(bag: Path, tmp_path: Path) -> None:
    files = contents(bag)
    name = "mini/bag-info.txt"
    files[name] = files[name].replace(b"Weltoffen-Archive: 1", b"Weltoffen-Archive: 2")
    assert any("this version reads 1" in found for _, found in flaws(rewritten(bag, files)))


def test_a_pipe_or_a_device_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.zip")
    for path in (tmp_path / "a.zip", Path("/dev/zero"), tmp_path):
        with pytest.raises(CallError, match="it was not opened"):
            Bag(path)
    with pytest.raises(CallError, match="is not there"):
        Bag(tmp_path / "nowhere.zip")


def test_what_was_cut_off_is_not_verified(bag: Path) -> None:
    content = bag.read_bytes()
    bag.write_bytes(content[: len(content) // 2])
    with pytest.raises(UnsafeArchiveError, match="not a whole one") as refused:
        Bag(bag)
    assert refused.value.exit_code == 1


def test_names_with_what_manifests_encode_are_held_against_their_lines(tmp_path: Path) -> None:
    names = ["a", "a\nb", "a%0Ab", "a b", "a\rb", "a%25", "a%", "a!", "ü/ö", "ü"[:1] + ".x"]
    members = [Member(name, name.encode()) for name in names]
    write_bag(tmp_path / "a.zip", "mini", members, {})
    assert flaws(tmp_path / "a.zip") == []
    files = contents(tmp_path / "a.zip")
    assert flaws(rewritten(tmp_path / "a.zip", {**files, "mini/data/a%0A": b"x"})) == [
        ("data/a%0A", "not in the manifest: it was added")
    ]


def test_a_manifest_that_names_a_file_twice_is_told(bag: Path) -> None:
    files = contents(bag)
    name = "mini/manifest-sha256.txt"
    first = files[name].splitlines(keepends=True)[0]
    found = flaws(rewritten(bag, {**files, name: files[name] + first}))
    assert ("manifest-sha256.txt", "names data/reports/a.html a second time") in found


def test_what_is_damaged_is_not_unpacked(bag: Path, tmp_path: Path) -> None:
    content = bytearray(bag.read_bytes())
    at = content.index(b"mini/data/study/b.csv") + len(b"mini/data/study/b.csv") + 30
    content[at] ^= 0xFF
    bag.write_bytes(bytes(content))
    with Bag(bag) as opened, pytest.raises(UnsafeArchiveError, match=r"data/study/b\.csv .* is damaged"):
        opened.extract(tmp_path / "out")


def test_a_file_where_another_needs_a_folder_is_told(tmp_path: Path) -> None:
    write_bag(tmp_path / "a.zip", "mini", [Member("a", b"x"), Member("a/b", b"y")], {})
    with (
        Bag(tmp_path / "a.zip") as opened,
        pytest.raises(SurroundingsError, match="data/a/b cannot be unpacked"),
    ):
        opened.extract(tmp_path / "out")
