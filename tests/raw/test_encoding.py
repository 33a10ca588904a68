"""The encoding of a file is what its bytes show; where study.toml says another, that is told and it is read on."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import RawTable

TEXT = "municipality,Q1,comment\nadorf,1,für\nbestadt,2,Größe\n"
#: How it is written, and what study.toml says of it.
CONTRADICTING = {
    "UTF-8 called UTF-16": (TEXT.encode(), "utf-16"),
    "UTF-8 called UTF-32": (TEXT.encode(), "utf-32"),
    "UTF-8 called UTF-16 without mark": (TEXT.encode(), "utf-16-le"),
    "cp1252 called UTF-16": (TEXT.encode("cp1252"), "utf-16"),
    "UTF-16 called UTF-8": (TEXT.encode("utf-16"), "utf-8"),
    "UTF-16 called cp1252": (TEXT.encode("utf-16"), "cp1252"),
    "UTF-16 called UTF-32": (TEXT.encode("utf-16"), "utf-32"),
    "UTF-32 called UTF-16": (TEXT.encode("utf-32"), "utf-16"),
    "UTF-16 without mark called UTF-8": (TEXT.encode("utf-16-be"), "utf-8"),
}
AGREEING = {
    "UTF-16": (TEXT.encode("utf-16"), "utf-16"),
    "UTF-16 with mark called by its order": (TEXT.encode("utf-16"), "utf-16-le"),
    "UTF-16 without mark": (TEXT.encode("utf-16-le"), "utf-16"),
    "UTF-32": (TEXT.encode("utf-32"), "utf-32"),
    "UTF-32 of which nothing is said": (TEXT.encode("utf-32"), None),
    "UTF-32, the other order": (b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be"), None),
}


def read(folder: Path, content: bytes, encoding: str | None) -> tuple[RawTable | None, list[Fault]]:
    path = folder / "a.csv"
    path.write_bytes(content)
    faults: list[Fault] = []
    return read_table(path, "a.csv", faults, known=("municipality", "Q1"), encoding=encoding), faults


@pytest.mark.parametrize("name", CONTRADICTING)
def test_an_encoding_that_the_bytes_contradict_is_one_fault_and_hides_no_other(
    tmp_path: Path, name: str
) -> None:
    content, declared = CONTRADICTING[name]
    table, faults = read(tmp_path, content, declared)
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [("a.csv", None, "")]
    assert declared in faults[0].expected and "encoding" in faults[0].advice
    assert table is not None and table.cells("comment") == ["für", "Größe"]


@pytest.mark.parametrize("name", AGREEING)
def test_an_encoding_with_wide_letters_is_read(tmp_path: Path, name: str) -> None:
    table, faults = read(tmp_path, *AGREEING[name])
    assert not faults
    assert table is not None and table.cells("comment") == ["für", "Größe"]
