"""Tables of Word: text that nobody sees is told of its row; whatever else people do is held in test_minutes.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import _Cell

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.docx_tables import doubt_in, read_docx_tables

WHITE, BLUE, RED = RGBColor(255, 255, 255), RGBColor(0x1F, 0x38, 0x64), RGBColor(192, 0, 0)


def paint(colour: RGBColor) -> Callable[[_Cell], None]:
    """The last run of a cell in a colour."""

    def done(cell: _Cell) -> None:
        cell.paragraphs[0].runs[-1].font.color.rgb = colour

    return done


def on_blue(colour: RGBColor) -> Callable[[_Cell], None]:
    def done(cell: _Cell) -> None:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), str(BLUE))
        cell._tc.get_or_add_tcPr().append(shade)
        paint(colour)(cell)

    return done


def highlight(colour: RGBColor, ground: WD_COLOR_INDEX) -> Callable[[_Cell], None]:
    def done(cell: _Cell) -> None:
        paint(colour)(cell)
        cell.paragraphs[0].runs[-1].font.highlight_color = ground

    return done


def shrink(points: int) -> Callable[[_Cell], None]:
    def done(cell: _Cell) -> None:
        cell.paragraphs[0].runs[-1].font.size = Pt(points)

    return done


def also(text: str, font: str = "", raised: bool = False) -> Callable[[_Cell], None]:
    """One run more, in a font, or raised."""

    def done(cell: _Cell) -> None:
        for written, wanted in (("3", False), (text, True)):
            run = cell.paragraphs[0].add_run(written)
            if wanted and font:
                run.font.name = font
            run.font.superscript = (wanted and raised) or None

    return done


def once_white(cell: _Cell) -> None:
    """Black now; that it was white is kept as a change of its look."""
    change = OxmlElement("w:rPrChange")
    before = OxmlElement("w:rPr")
    before.append(OxmlElement("w:strike"))
    change.append(before)
    paint(RED)(cell)
    cell.paragraphs[0].runs[-1]._r.get_or_add_rPr().append(change)


NOT_SEEN = {
    "white": paint(WHITE),
    "almost white": paint(RGBColor(253, 253, 253)),
    "blue on blue": on_blue(BLUE),
    "white on a highlight in white": highlight(WHITE, WD_COLOR_INDEX.WHITE),
    "of one point": shrink(1),
}
SEEN = {
    "red": paint(RED),
    "white on blue": on_blue(WHITE),
    "white on a highlight in blue": highlight(WHITE, WD_COLOR_INDEX.BLUE),
    "of five points": shrink(5),
    "once with a line through it": once_white,
}


def told(tmp_path: Path, done: Callable[[_Cell], None], row: int) -> str:
    document = docx.Document()
    table = document.add_table(3, 2)
    for line in table.rows:
        for cell in line.cells:
            cell.paragraphs[0].add_run("ja")
            cell.paragraphs[0].add_run(" und nein")
    done(table.cell(row - 1, 1))
    document.save(str(tmp_path / "a.docx"))
    faults: list[Fault] = []
    tables = read_docx_tables(tmp_path / "a.docx", "a.docx", faults)
    assert tables is not None
    assert faults == []
    assert tables[0].rows == [["ja und nein"] * 2] * 3
    assert set(tables[0].doubts) <= {row}
    doubt = doubt_in(tables[0], row, "a.docx")
    return doubt.found if doubt else ""


@pytest.mark.parametrize("kind", NOT_SEEN)
def test_text_of_which_a_part_is_not_seen_is_told_of_its_row(tmp_path: Path, kind: str) -> None:
    expected = "text in the colour of its ground or of no size, which nobody sees"
    assert told(tmp_path, NOT_SEEN[kind], 2) == expected


@pytest.mark.parametrize("kind", SEEN)
def test_text_in_other_colours_is_read(tmp_path: Path, kind: str) -> None:
    assert told(tmp_path, SEEN[kind], 2) == ""


def test_a_head_in_white_may_have_its_ground_from_the_style_of_the_table(tmp_path: Path) -> None:
    assert told(tmp_path, paint(WHITE), 1) == ""
    assert told(tmp_path, on_blue(BLUE), 1) != ""


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (also("1", raised=True), "a raised or lowered digit beside another, such as the number of a note"),
        (also(" Plätze", raised=True), ""),
        (also("1"), ""),
        (also("J", font="Wingdings"), "a sign of another font"),
        (also("ja", font="Arial"), ""),
    ],
)
def test_signs_and_raised_digits_are_told(tmp_path: Path, done: Callable[[_Cell], None], found: str) -> None:
    document = docx.Document()
    done(document.add_table(1, 1).cell(0, 0))
    document.save(str(tmp_path / "a.docx"))
    faults: list[Fault] = []
    (table,) = read_docx_tables(tmp_path / "a.docx", "a.docx", faults) or []
    assert faults == []
    assert table.doubts.get(1, "") == found
