"""The VV survey file, as versions 5 and 6 quote it and version 3 does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.limesurvey.vv_files import is_vv, read_vv


@pytest.mark.parametrize(
    "content",
    [
        '"Antwort ID"\tDatum\tText\nid\tsubmitdate\tanm\n1\t{question_not_shown}\t"Er sagt ""Ja"".{cr}{newline}x{tab}y"\n',
        'Antwort ID\tDatum\tText "x"\t\nid\tsubmitdate\tanm\t\n1\t{question_not_shown}\tEr sagt {quote}Ja{quote}.{cr}{newline}x{tab}y\n',
    ],
    ids=["5 and 6", "3"],
)  # fmt: skip
def test_both_ways_of_writing_are_read(tmp_path: Path, content: str) -> None:
    path = tmp_path / "vv.csv"
    path.write_bytes(content.encode())
    faults: list[Fault] = []
    assert is_vv(path)
    table = read_vv(path, "vv.csv", None, faults)
    assert table is not None and not faults
    assert table.columns == ["id", "submitdate", "anm"] and table.lines == [3] and table.header_line == 2
    assert list(table.rows[0]) == ["1", "", 'Er sagt "Ja".\r\nx\ty']


def test_a_record_of_another_length_an_open_quote_and_a_nul_are_faults_of_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "vv.csv"
    path.write_bytes(b'"a b"\tb\nid\tsubmitdate\n1\n"2\t2\n3\x00\t3\n4\t4\n')
    faults: list[Fault] = []
    table = read_vv(path, "vv.csv", None, faults)
    assert table is not None
    assert [(fault.row, fault.found.split(" (")[0]) for fault in faults] == [
        (3, "1 fields"),
        (4, "quotes that do not fit"),
        (5, "a NUL character"),
    ]


def test_a_table_of_tabs_is_no_vv(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id\tsubmitdate\n1\t2\n", encoding="utf-8")
    assert not is_vv(path)
