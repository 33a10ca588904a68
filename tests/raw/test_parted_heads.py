"""Parts of questions are read from the row below the heads where SurveyMonkey wrote it; a record stays one."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.heads import Aside
from weltoffen_eval.raw.parted_heads import is_row_of_parts
from weltoffen_eval.raw.table import RawTable

HEADS = ["Respondent ID", "Collector ID", "Start Date", "Kommune", "Wie ist es?", ""]


def read(path: Path, text: str, *aside: str) -> tuple[RawTable, list[str]]:
    """The table of a file whose second row study.toml leaves out, and what is wrong with it."""
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    table = read_table(path, path.name, faults, skip_rows=[2], aside=Aside(aside))
    assert table is not None
    return table, [fault.found for fault in faults]


@pytest.mark.parametrize(
    ("below", "parts"),
    [
        (["", "", "", "Open-Ended Response", "Busse", "Rathaus"], True),
        # what nobody answered is not even filled with blanks
        (["", "", "", "", "", "Rathaus"], True),
        (["1184", "43", "03/20/2024", "Adorf", "ja", "nein"], False),
        (["1184", "", "", "Adorf", "ja", "nein"], False),
        (["", "43", "", "Adorf", "ja", "nein"], False),
        (["", "", "03/20/2024", "Adorf", "ja", "nein"], False),
        (["", "", "", "", "", ""], False),
    ],
)
def test_a_row_with_a_number_of_a_respondent_is_a_record(below: list[str], parts: bool) -> None:
    assert is_row_of_parts(HEADS, below) == parts
    # no other tool writes parts below the heads
    assert not is_row_of_parts(["Respondent ID", *HEADS[2:]], below[:1] + below[2:])


def test_parts_that_stand_below_two_questions_are_told_apart_by_these(tmp_path: Path) -> None:
    table, faults = read(
        tmp_path / "x.csv",
        "Respondent ID,Collector ID,Kommune,Wie wichtig?,,Wie zufrieden?,,Und sonst?,\n"
        ",,Response,Busse,Rathaus,Busse,Rathaus,Kurse,Sport\n1,8,Adorf,1,2,3,4,5,6\n",
    )
    asked = ["Wie wichtig? [Busse]", "Wie wichtig? [Rathaus]", "Wie zufrieden? [Busse]"]
    asked += ["Wie zufrieden? [Rathaus]", "Und sonst?", "Sport"]
    assert (table.columns[3:], faults) == (asked, [])
    # a head that stayed is not noted
    assert [(entry.old, entry.new) for entry in table.log if entry.rule == "head_below"] == [
        ("Wie wichtig?", asked[0]), ("", asked[1]), ("Wie zufrieden?", asked[2]), ("", asked[3]),
        ("", asked[5]),
    ]  # fmt: skip


def test_a_record_that_is_left_out_names_no_column(tmp_path: Path) -> None:
    person = "Eva Muster 0511-123"
    table, faults = read(
        tmp_path / "x.csv", f"municipality,,f01,f02\ntest,{person},1,1\nadorf,Notiz,4,0\n", ""
    )
    assert (table.columns, faults) == (["municipality", "f01", "f02"], [])
    assert not any(person in str(entry) for entry in table.log)
    # nor may a cell of it name the column of an item
    table, faults = read(tmp_path / "y.csv", "municipality,f01,\ntest,1,f02\nadorf,4,2\n")
    assert (table.columns, faults) == (["municipality", "f01"], ["column 3 has no name"])
