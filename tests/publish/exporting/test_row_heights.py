"""A row whose height is known is as high as Typst would make it; where that is not certain, Typst measures."""

from __future__ import annotations

import csv
from itertools import cycle

import pytest

from weltoffen_eval import paths
from weltoffen_eval.blocks import Column, Heading, Table
from weltoffen_eval.publish.exporting.columns import ColumnGroup
from weltoffen_eval.publish.exporting.contents import Report
from weltoffen_eval.publish.exporting.parts import MarkedText, Run
from weltoffen_eval.publish.exporting.pdf import STANDARDS, content_of
from weltoffen_eval.publish.exporting.row_heights import certain_lines, known_heights
from weltoffen_eval.publish.exporting.typesetting import set_pdf

#: Widths of the columns in mm; in each the questions of the instrument break in other places.
WIDTHS = [(first, 36.0, 130.0 - first) for first in (27.0, 31.0, 36.0, 42.0, 49.0, 57.0, 66.0)]
ANSWERS = (
    "am 30. Juni 2021", "12 000 Menschen, 8 bis 42", "„Kultur“; Sport: Ort.", "in Arbeit (Konzept)",
    "80–90 % der Open-Data-Seiten", "Bund/Land/Kreis; sonst 3-mal", "nicht zuständig oder trifft hier nicht zu",
)  # fmt: skip


@pytest.fixture(scope="module")
def questions() -> list[tuple[str, ...]]:
    """Rows of a table: what an item is called, an answer, what it asks."""
    with (paths.INSTRUMENTS / "selbstcheck-1" / "items.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (row["label_de"], answer, row["text_de"]) for row, answer in zip(rows, cycle(ANSWERS), strict=False)
    ]


def test_rows_of_known_height_make_the_same_pages_as_rows_that_typst_measures(
    questions: list[tuple[str, ...]],
) -> None:
    columns = (Column("Frage (kurz)"), Column("mögliche Antwort (Stufen)"), Column("Frage im Wortlaut"))
    tables = [
        Table(f"Tabelle {n}", columns, tuple(questions[n :: len(WIDTHS)]), f"t{n}")
        for n in range(len(WIDTHS))
    ]
    report = Report(title="Titel", parts=[Heading(1, "Titel", "titel"), *tables])
    known, measured = content_of(report), content_of(report)
    certain = 0
    for number, (table, widths) in enumerate(zip(tables, WIDTHS, strict=True), start=1):
        head, heights = known_heights(table, ColumnGroup((0, 1, 2), widths))
        certain += sum(height is not None for height in heights)
        same = {"widths": widths, "narrow": (False, False, False)}
        known["cover"][number]["parts"][0] |= {**same, "head": head, "heights": heights}
        measured["cover"][number]["parts"][0] |= {**same, "head": None, "heights": [None] * len(heights)}
    assert certain > 0.6 * len(questions), "else it would show little"
    assert set_pdf(known, STANDARDS, "") == set_pdf(measured, STANDARDS, "")


def test_a_line_holds_what_fits_and_no_more() -> None:
    # 26 letters of half a line each are wider than one line and not wider than two
    assert certain_lines("Mana Mana", 200.0) == 1
    assert certain_lines("Mana Mana Mana Mana", 60.0) == 2
    assert certain_lines("", 10.0) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mana Mana\nMana",
        "weich\N{SOFT HYPHEN}er Strich",
        "שלום עליכם Mana",
        "Straßenverkehrsordnungswidrigkeiten Mana",
        MarkedText("Mana Mana", (Run("Mana Mana", strong=True),)),
    ],
    ids=["line break", "soft hyphen", "another script", "word too wide", "more than text"],
)
def test_what_is_not_certain_is_left_to_typst(text: str) -> None:
    assert certain_lines(text, 60.0) is None


def test_a_text_that_fits_a_line_but_for_its_kerning_is_left_to_typst() -> None:
    # "Träger," is 4.7 per cent narrower with kerning than without (HarfBuzz on Source Sans 3)
    rooms = [room / 10 for room in range(500, 800)]
    found = [certain_lines("Träger, Träger,", room) for room in rooms]
    assert {1, 2, None} == set(found)
    assert found == sorted(found, key=lambda lines: {2: 0, None: 1, 1: 2}[lines]), "none between two that are"


def test_cells_in_another_language_are_left_to_typst() -> None:
    table = Table("T", (Column("a"), Column("b", language="en")), (("Mana", "Mana"),), "t")
    assert known_heights(table, ColumnGroup((0, 1), (20.0, 20.0)))[1] == [None]
    assert known_heights(table, ColumnGroup((0,), (20.0,)))[1] == [pytest.approx(11.34)]
