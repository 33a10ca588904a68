"""Styles of a workbook: a value that nobody sees for its colour is a fault, whatever is written below."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import MAIN, head, number, row, tab, text, write_workbook

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.raw.xlsx_styles import colour_of

SHEET = tab(head("municipality", "Q1"), row(2, text("A2", "a"), number("B2", "3", 1)))
GROUNDS = (
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/><bgColor indexed="64"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill>'
)


def read(path: Path, font: str, fill: int, sheet: str = SHEET) -> tuple[RawTable | None, list[Fault]]:
    """A table whose cell B2 has this font, and the ground of this number."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font><color theme="1"/></font><font>{font}</font></fonts>'
        f'<fills>{GROUNDS}</fills><cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="{fill}"/></cellXfs>'
        "</styleSheet>"
    )
    write_workbook(path, sheet, parts={"xl/styles.xml": styles.encode()})
    faults: list[Fault] = []
    return read_table(path, "a.xlsx", faults, known=("municipality", "Q1")), faults


UNSEEN = [
    ('<color rgb="FFFFFFFF"/>', 0), ('<color theme="0"/>', 0), ('<color indexed="9"/>', 0),
    ('<color rgb="FF1F3864"/>', 2), ('<color rgb="FFFFFFFF"/>', 3),
]  # fmt: skip
SEEN = [
    ("", 0), ('<color theme="1"/>', 0), ('<color rgb="FFFF0000"/>', 0), ('<color rgb="FFFFFFFF"/>', 2),
    ('<color theme="0" tint="-0.5"/>', 0), ('<color rgb="FFFFFFFF"/>', 1), ('<color auto="1"/>', 3),
]  # fmt: skip


@pytest.mark.parametrize(("font", "fill"), UNSEEN)
def test_a_value_in_the_colour_of_its_ground_is_a_fault(tmp_path: Path, font: str, fill: int) -> None:
    _, faults = read(tmp_path / "a.xlsx", font, fill)
    assert [(fault.row, fault.column, fault.kind) for fault in faults] == [(2, "Q1", "unseen")]


@pytest.mark.parametrize(("font", "fill"), SEEN)
def test_a_value_in_another_colour_is_read(tmp_path: Path, font: str, fill: int) -> None:
    table, faults = read(tmp_path / "a.xlsx", font, fill)
    assert faults == []
    assert table is not None
    assert table.cells("Q1") == ["3"]


def test_a_value_in_a_font_of_signs_is_a_fault(tmp_path: Path) -> None:
    for font, kinds in {
        "Wingdings": ["signs"],
        "wingdings 2": ["signs"],
        "Arial": [],
    }.items():
        _, faults = read(tmp_path / "a.xlsx", f'<name val="{font}"/>', 0)
        assert [fault.kind for fault in faults] == kinds


def test_a_head_in_white_is_read_since_the_style_of_a_table_gives_it_a_ground(tmp_path: Path) -> None:
    sheet = tab(
        row(1, text("A1", "municipality"), text("B1", "Q1", 1)), row(2, text("A2", "a"), number("B2", "3"))
    )
    table, faults = read(tmp_path / "a.xlsx", '<color rgb="FFFFFFFF"/>', 0, sheet)
    assert faults == []
    assert table is not None
    assert table.columns == ["municipality", "Q1"]


def test_the_same_colour_is_equal_however_it_is_named() -> None:
    assert {colour_of(named) for named in ({"rgb": "00ffffff"}, {"theme": "0"}, {"indexed": "65"})} == {
        "FFFFFF"
    }
    assert colour_of({"theme": "0", "tint": "-0.25"}) != "FFFFFF"
