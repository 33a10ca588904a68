"""What a notebook shows is read once: our blocks as they are, all else as what it says."""

from __future__ import annotations

import pytest
from samples import (
    FRAME,
    PNG,
    SVG,
    blocks_with,
    code,
    failed,
    foreign,
    markdown,
    notebook,
    png,
    shown,
    table,
)

from weltoffen_eval.block_json import from_json, to_json
from weltoffen_eval.blocks import (
    MIME,
    BlockError,
    Bundle,
    Column,
    Figure,
    Heading,
    Link,
    Note,
    Paragraph,
    Table,
)
from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.parts import Picture, Plain, Points, Prose, Run, plain_text

TITLE = Heading(1, "Titel", "title")


def test_blocks_come_back_from_a_notebook_as_they_were() -> None:
    bundle = Bundle(tuple(blocks_with("x")))  # type: ignore[arg-type]
    assert from_json(to_json(bundle)) == bundle


@pytest.mark.parametrize(
    "content", [None, {}, {"blocks": [{"kind": "script"}]}, {"blocks": [{}]}, {"blocks": 1}]
)
def test_what_is_no_block_is_refused(content: object) -> None:
    with pytest.raises(BlockError):
        from_json(content)


def test_a_figure_without_alternative_text_is_an_error() -> None:
    with pytest.raises(BlockError, match="alternative text"):
        to_json(Bundle((Figure("<svg ></svg>", "Bild", " ", table()),)))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([shown(TITLE, Heading(1, "b", "b"))], "second title"),
        ([shown(TITLE, Heading(3, "b", "b"))], "level 3 after level 1"),
        ([shown(Heading(2, "b", "b"))], "level 2 after level 0"),
        ([shown(TITLE, Heading(2, "b", "title"))], "anchor 'title' stands for two places"),
        ([shown(TITLE, table(), table())], "anchor 'tabelle"),
        ([shown(TITLE, Paragraph("x", links=(Link("y", "fehlt"),)))], "leads to 'fehlt'"),
        ([code({"image/png": PNG, "text/plain": "<Figure>"})], "Cell 1 shows a picture without alternative"),
        ([markdown("# T\n\n![](data:image/png;base64," + PNG + ")")], "without alternative"),
        ([markdown("# T\n\n![x](https://example.org/a.png)")], "not in the notebook: https://example.org"),
        ([code({MIME: "nonsense"})], "not a block"),
        ([code({"application/x-unknown": "?"})], "application/x-unknown, which no report can hold"),
        ([failed()], "Cell 1 ended with ZeroDivisionError: x"),
    ],
)
def test_what_would_be_no_accessible_report_is_an_error(cells: list[object], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        read_report(notebook(*cells))  # type: ignore[arg-type]


def test_a_notebook_of_somebody_else_is_mended_and_remarked() -> None:
    report = read_report(foreign(), strict=False, name="datei")
    assert report.title == "Meine Auswertung"
    said = "\n".join(report.remarks)
    for remark in (
        "'Zu tief' is of level 3 after level 1",
        "Cell 1 names a picture that is not in the notebook: https://example.org/a.png",
        "Cell 5 shows a picture without alternative text",
        "Cell 10 ended with ZeroDivisionError: division by zero",
        "A second title: 'Noch ein Titel'",
        "'noch-ein-titel' stands for two places",
        "leads to 'fehlt'",
    ):
        assert remark in said
    levels = [part.level for part in report.parts if isinstance(part, Heading)]
    assert levels == [1, 2, 2, 2]
    assert len(report.anchors) == len({*report.anchors})


def test_a_data_frame_becomes_a_table_with_header_cells() -> None:
    (part,) = (p for p in read_report(notebook(code({"text/html": FRAME}))).parts if isinstance(p, Table))
    assert part.columns == (Column("Zeile", True), Column("Kommune"), Column("Wert", True))
    assert part.rows == (("0", "A<b>stadt", "1.5"), ("1", "B", "-2"))
    assert part.caption == "Tabelle aus Zelle 1"


def test_cells_that_span_stand_in_each_of_their_places() -> None:
    html = (
        "<table><caption>Von Hand</caption><thead><tr><th></th><th colspan=2>x</th></tr>"
        "<tr><th></th><th>a</th><th>b</th></tr></thead>"
        "<tr><th rowspan=2>i</th><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr></table>"
    )
    (part,) = (p for p in read_report(notebook(code({"text/html": html}))).parts if isinstance(p, Table))
    assert part.caption == "Von Hand"
    assert [column.title for column in part.columns] == ["Zeile", "x – a", "x – b"]
    assert part.rows == (("i", "1", "2"), ("i", "3", "–"))


def test_a_real_data_frame_becomes_a_table_with_the_names_of_its_columns() -> None:
    import pandas as pd

    frame = pd.DataFrame({("Punkte", "2021"): [1.0, 2.0]}, index=["Adorf", "Bestadt"])
    (part,) = (
        p
        for p in read_report(notebook(code({"text/html": frame._repr_html_()}))).parts
        if isinstance(p, Table)
    )
    assert [column.title for column in part.columns] == ["Zeile", "Punkte – 2021"]
    assert part.rows == (("Adorf", "1.0"), ("Bestadt", "2.0"))


@pytest.mark.parametrize(
    ("cell", "alternative"),
    [
        (code({"image/png": PNG}, "#| fig-alt: 'Drei Linien'\nplot()"), "Drei Linien"),
        (code({"image/png": PNG}, "#| alt: Drei Linien"), "Drei Linien"),
        (code({"image/png": PNG}, metadata={"image/png": {"alt": "Drei Linien"}}), "Drei Linien"),
        (code({"image/png": PNG}, metadata={"alt": "Drei Linien"}), "Drei Linien"),
        (markdown("![Drei Linien](data:image/png;base64," + PNG + ")"), "Drei Linien"),
    ],
)
def test_an_author_gives_an_alternative_text_in_several_ways(cell: object, alternative: str) -> None:
    (picture,) = (p for p in read_report(notebook(cell)).parts if isinstance(p, Picture))  # type: ignore[arg-type]
    assert picture == Picture(png(), "image/png", alternative)


def test_a_picture_attached_to_a_cell_is_taken() -> None:
    cell = markdown("![Ein Bild](attachment:bild.png)")
    cell.attachments = {"bild.png": {"image/png": PNG}}
    (picture,) = (p for p in read_report(notebook(cell)).parts if isinstance(p, Picture))
    assert picture.content == png()


def test_svg_is_preferred_and_what_is_no_picture_is_none() -> None:
    data = {"image/png": PNG, "image/svg+xml": SVG}
    (picture,) = (p for p in read_report(notebook(code(data, "#| alt: x"))).parts if isinstance(p, Picture))
    assert picture.media_type == "image/svg+xml"
    parts = read_report(notebook(code({"image/png": "nichts", "text/plain": "Text"}))).parts
    assert Plain("Text") in parts


def test_markdown_keeps_what_is_strong_what_is_a_link_and_what_is_in_a_list() -> None:
    report = read_report(
        notebook(
            markdown("**a** [b](https://example.org) [c](javascript:alert(1)) `d` <i>e</i>\n\n1. x\n   - y")
        )
    )
    prose, points = report.parts[1:]
    assert isinstance(prose, Prose)
    assert prose.runs[0] == Run("a", strong=True)
    assert Run("b", target="https://example.org") in prose.runs
    # a link that would run something is its text
    assert plain_text(prose.runs) == "a b c d e"
    assert {run.target for run in prose.runs} == {"", "https://example.org"}
    assert Run("d", code=True) in prose.runs
    assert prose.runs[-1] == Run("e", emphasis=True)
    inner = Points(((Prose((Run("y"),)),),), ordered=False)
    assert points == Points(((Prose((Run("x"),)), inner),), ordered=True)


def test_a_report_without_a_title_takes_that_of_its_notebook_or_file() -> None:
    node = notebook(markdown("Satz"))
    assert read_report(node, name="datei").title == "datei"
    node.metadata["title"] = "Aus den Angaben"
    report = read_report(node, name="datei")
    assert report.title == "Aus den Angaben"
    assert report.parts[0] == Heading(1, "Aus den Angaben", "title")


def test_all_tables_of_a_report_can_be_taken_along() -> None:
    report = read_report(notebook(shown(*blocks_with("x"))))
    assert [t.name for t in report.tables] == ["tabelle", "abbildung"]
    assert [file.name for file in report.data_files] == ["daten.csv"]


def test_the_reading_changes_no_block() -> None:
    blocks = blocks_with("x")
    report = read_report(notebook(shown(*blocks)))
    assert report.parts == blocks
    assert not any(isinstance(part, Note) and part.label == "Fehler" for part in report.parts)
