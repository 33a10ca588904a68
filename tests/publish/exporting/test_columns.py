"""Tables on paper: nothing leaves the page, nothing prints over anything else, no number and no head is broken."""

from __future__ import annotations

import nbformat
import pypdfium2
import pytest
from places import REFERENCE
from samples import markdown, notebook, png, shown

from weltoffen_eval.blocks import Column, Heading, Table
from weltoffen_eval.publish.exporting.columns import arrange_columns
from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.parts import Picture
from weltoffen_eval.publish.exporting.pdf import make_pdf
from weltoffen_eval.publish.exporting.pdf_parts import TEXT_WIDTH

A4 = (595, 842)  # points


def rectangles(pdf: bytes, most: int = 4) -> list[list[tuple[float, float, float, float]]]:
    """Where the lines of words stand, by page: left, bottom, right, top."""
    with pypdfium2.PdfDocument(pdf) as document:
        made = []
        for number in range(min(most, len(document))):
            page = document[number].get_textpage()
            made.append([page.get_rect(n) for n in range(page.count_rects())])
        return made


def wide(columns: int, head: str = "Spalte", cell: str = "0.1234", numeric: bool = True) -> Table:
    heads = (Column("Zeile"), *(Column(f"{head}_{n:02}", numeric) for n in range(columns - 1)))
    rows = tuple((f"Zeile {n}", *([cell] * (columns - 1))) for n in range(3))
    return Table("Breite Tabelle", heads, rows, "breit")


@pytest.fixture(scope="module")
def big() -> bytes:
    """The handed case: 40 columns, 3,000 rows, a line of 400 characters."""
    node = nbformat.read(REFERENCE / "cases" / "14-big-tables" / "gross.ipynb", 4)
    return make_pdf(read_report(node, strict=False))


def assert_stands_apart(pages: list[list[tuple[float, float, float, float]]]) -> None:
    for lines in pages:
        for number, (left, bottom, right, top) in enumerate(lines):
            assert left >= 0
            assert right <= A4[0] - 40
            assert bottom >= 0
            assert top <= A4[1]
            for other in lines[number + 1 :]:
                side_by_side = other[0] >= right - 1 or other[2] <= left + 1
                one_below = other[1] >= top - 2 or other[3] <= bottom + 2
                assert side_by_side or one_below, ((left, bottom, right, top), other)


def test_a_wide_table_leaves_no_page_and_prints_over_nothing(big: bytes) -> None:
    assert_stands_apart(rectangles(big))
    with pypdfium2.PdfDocument(big) as document:
        text = " ".join(document[n].get_textpage().get_text_bounded() for n in range(3))
    assert all(f"Frage_{n:02}_lang" in text for n in range(40))


@pytest.mark.parametrize(
    "table",
    [wide(9), wide(15), wide(60), wide(12, "Ein_recht_langer_Kopf"), wide(7, cell="ein Satz, der lang ist " * 9, numeric=False)],
    ids=["9", "15", "60", "long-heads", "sentences"],
)  # fmt: skip
def test_the_columns_of_any_table_stand_apart(table: Table) -> None:
    report = read_report(notebook(shown(Heading(1, "Titel", "title"), table)))
    assert_stands_apart(rectangles(make_pdf(report)))


def test_columns_of_texts_share_their_room_so_that_rows_take_the_fewest_lines() -> None:
    # a question of 40 letters, 56 mm wide and 3 beside it, and a short answer, but for one answer that is as long as the question
    question, short = "Wort " * 8, "kurz"
    rows = tuple((f"F{n}", question, question * 2 if n == 0 else short) for n in range(20))
    heads = (Column("Nr."), Column("Frage"), Column("Antwort"))
    (part,) = arrange_columns(Table("x", heads, rows, "x"), 100.0)
    assert sum(part.widths) == pytest.approx(100.0, abs=0.1)
    # each question stands in one line; by what each column would like they had two
    assert part.widths[1] > 59


def test_every_column_stands_in_one_part_and_the_first_in_all() -> None:
    parts = arrange_columns(wide(60), TEXT_WIDTH)
    assert [n for part in parts for n in part.columns[1:]] == list(range(1, 60))
    assert {part.columns[0] for part in parts} == {0}
    assert all(sum(part.widths) <= TEXT_WIDTH + 0.1 for part in parts)


def test_a_picture_taller_than_a_page_is_made_to_fit() -> None:
    report = read_report(notebook(markdown("# Titel")))
    report.parts.append(Picture(png(20, 4000), "image/png", "Ein hoher Strich"))
    with pypdfium2.PdfDocument(make_pdf(report)) as document:
        found = [thing for page in document for thing in page.get_objects() if thing.type == 3]
        (_, bottom, _, top) = found[0].get_bounds()
    assert bottom >= 0
    assert top <= A4[1]


@pytest.mark.parametrize(
    "source", ["#", "# \n\n##\n\n[x](#abschnitt)", "# T\n\n## \u200b\n\nText", "", "```\n\n```"]
)
def test_what_holds_no_words_makes_no_fault(source: str) -> None:
    assert make_pdf(read_report(notebook(markdown(source)), strict=False)).startswith(b"%PDF")
