"""Conditions of a tab: where one can hide or change what is shown, the values below it are no answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import MAIN, head, number, row, tab, text, write_workbook

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table

X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'


def of_excel_2010(rule: str) -> str:
    """A rule as Excel writes those that it has had since 2010, on B2:B9."""
    return (
        f"<extLst><ext {X14}><x14:conditionalFormattings><x14:conditionalFormatting {XM}>{rule}"
        "<xm:sqref>B2:B9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )


def plain(rule: str) -> str:
    return f'<conditionalFormatting sqref="B2:B9">{rule}</conditionalFormatting>'


def faults_of(path: Path, after: str, look: str) -> list[tuple[int | None, str, str]]:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/></cellXfs><dxfs><dxf>{look}</dxf></dxfs></styleSheet>'
    sheet = tab(head("municipality", "Q1"), row(2, text("A2", "a"), number("B2", "3")), after=after)
    write_workbook(path, sheet, parts={"xl/styles.xml": styles.encode()})
    faults: list[Fault] = []
    read_table(path, "a.xlsx", faults, known=("municipality", "Q1"))
    return [(fault.row, fault.column, fault.kind) for fault in faults]


RULE = plain('<cfRule type="cellIs" dxfId="0"><formula>1</formula></cfRule>')
WHITE, STRUCK = '<font><color rgb="FFFFFFFF"/></font>', "<font><strike/></font>"
GROUND = '<fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill>'
BLACK_GROUND = GROUND.replace("C00000", "000000")
PATTERN = GROUND.replace("<patternFill>", '<patternFill patternType="darkUp">')
SHADES = "<fill><gradientFill/></fill>"
WHITE_BORDER = '<border><left style="thin"><color rgb="FFFFFFFF"/></left></border>'


def of_another_tab(look: str) -> str:
    """A rule that Excel writes in the form of 2010, since it asks another tab."""
    return of_excel_2010(
        f'<x14:cfRule type="expression"><xm:f>Zwei!A1</xm:f><x14:dxf>{look}</x14:dxf></x14:cfRule>'
    )


HIDING = {
    "a black ground": (RULE, BLACK_GROUND),
    "a black ground by another tab": (of_another_tab(BLACK_GROUND), ""),
    "white letters by another tab": (of_another_tab(WHITE), ""),
    "white letters": (RULE, WHITE),
    "letters in the colour of the ground": (RULE, '<font><color rgb="FFC00000"/></font>' + GROUND),
    "a line through the value": (RULE, STRUCK),
    "stars in place of the number": (
        of_excel_2010('<x14:cfRule type="iconSet"><x14:iconSet iconSet="3Stars" showValue="0"/></x14:cfRule>'), "",
    ),
    "a format by another tab": (
        of_excel_2010('<x14:cfRule type="expression"><xm:f>Zwei!A1</xm:f><x14:dxf><numFmt numFmtId="164" formatCode=";;;"/></x14:dxf></x14:cfRule>'), "",
    ),
}  # fmt: skip
HARMLESS = {
    "white letters on red by another tab": (of_another_tab(WHITE + GROUND), ""),
    "a white border by another tab": (of_another_tab(WHITE_BORDER), ""),
    "a ground alone": (RULE, GROUND),
    "white letters on a pattern": (RULE, WHITE + PATTERN),
    "white letters on shades": (RULE, WHITE + SHADES),
    "white letters on shades by another tab": (of_another_tab(WHITE + SHADES), ""),
    "red letters": (RULE, '<font><color rgb="FF9C0006"/></font>'),
    "white letters on red": (RULE, WHITE + GROUND),
    "stars beside the number": (
        of_excel_2010('<x14:cfRule type="iconSet"><x14:iconSet iconSet="3Stars"/></x14:cfRule>'), "",
    ),
    "a rule without format": (plain('<cfRule type="duplicateValues"/>'), WHITE),
}  # fmt: skip


@pytest.mark.parametrize("kind", HIDING)
def test_a_condition_that_can_hide_a_value_is_a_fault(tmp_path: Path, kind: str) -> None:
    assert faults_of(tmp_path / "a.xlsx", *HIDING[kind]) == [(2, "Q1", "shown_otherwise")]


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_condition_that_leaves_the_value_to_be_seen_is_none(tmp_path: Path, kind: str) -> None:
    assert faults_of(tmp_path / "a.xlsx", *HARMLESS[kind]) == []
