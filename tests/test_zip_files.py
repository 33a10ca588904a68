"""Zip files that tell nothing of when they were written, whoever wrote their content."""

from __future__ import annotations

import io
import zipfile

from weltoffen_eval.zip_files import fixed_entry, fixed_office_file


def written(day: int) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in ("xl/workbook.xml", "[Content_Types].xml"):
            file.writestr(zipfile.ZipInfo(name, (2026, 11, day, 10, 0, 0)), f"<{name}/>")
    return stream


def test_an_office_file_is_the_same_bytes_on_another_day() -> None:
    made = fixed_office_file(written(1))
    assert made == fixed_office_file(written(2))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.namelist() == ["[Content_Types].xml", "xl/workbook.xml"]
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_part_holds_is_changed_by_its_name() -> None:
    made = fixed_office_file(written(1), lambda name, content: b"x" if name.startswith("xl/") else content)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.read("xl/workbook.xml") == b"x"
        assert file.read("[Content_Types].xml") == b"<[Content_Types].xml/>"


def test_an_entry_is_an_ordinary_file_that_all_may_read() -> None:
    entry = fixed_entry("a/b.txt")
    assert (entry.external_attr >> 16, entry.create_system) == (0o100644, 3)
