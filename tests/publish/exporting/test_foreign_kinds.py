"""Notebooks of others, kinds beyond the handed cases: no content is lost, altered or a name of Python's."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import docx
import nbformat
import pytest
from docx.oxml.ns import qn
from reading import read_pdf
from samples import PNG, code, markdown, notebook

from weltoffen_eval.blocks import Note, Table
from weltoffen_eval.publish.exporting.contents import Report, read_report
from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.exporting.parts import Formula, Part, Picture, Plain, all_runs
from weltoffen_eval.publish.exporting.pdf import make_pdf
from weltoffen_eval.publish.exporting.word import WeltoffenDOCXExporter, make_docx


def read(*cells: nbformat.NotebookNode) -> Report:
    return read_report(notebook(markdown("# T"), *cells), strict=False)


def body(report: Report) -> list[Part]:
    return report.parts[1:]


def printed(text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("stream", name="stdout", text=text)]
    )


# --- what Python calls a thing that it cannot show --------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "array([<Axes: >, <Axes: >], dtype=object)",
        "<module 'numpy' from '/usr/lib/python3/numpy/__init__.py'>",
        "<generator object <genexpr> at 0x7f11>",
        "[<matplotlib.lines.Line2D at 0x7f2a>]",
        "<_io.TextIOWrapper name='x' mode='r' encoding='UTF-8'>",
        "<function f at 0x7f>",
        "<class 'int'>",
    ],
)
def test_a_thing_without_a_form_is_left_out_and_remarked(text: str) -> None:
    report = read(code({"text/plain": text}))
    assert body(report) == []
    assert len(report.remarks) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(array([1., 2.]), <BarContainer object of 10 artists>)", "(array([1., 2.]), …)"),
        ("{'a': <__main__.A object at 0x7f1>, 'b': 3}", "{'a': …, 'b': 3}"),
        ("[<sklearn.X object at 0x7>, 3]", "[…, 3]"),
    ],
)
def test_values_beside_a_thing_without_a_form_stay(text: str, shown: str) -> None:
    report = read(code({"text/plain": text}))
    assert body(report) == [Plain(shown)]
    assert len(report.remarks) == 1


@pytest.mark.parametrize("text", ["<5 Werte>", "<b>roh</b>", "<Response [200]>", "a < b und c > d", "…"])
def test_text_between_angle_brackets_stays(text: str) -> None:
    report = read(code({"text/plain": text}), printed(text))
    assert body(report) == [Plain(text), Plain(text)]
    assert report.remarks == []


def test_a_class_that_was_printed_is_meant_and_a_place_in_memory_is_not() -> None:
    info = "<class 'pandas.core.frame.DataFrame'>\nRangeIndex: 2 entries\n"
    report = read(printed(info), printed("fertig: <__main__.A object at 0x7f>\n"))
    assert body(report) == [Plain(info), Plain("fertig: …\n")]
    assert len(report.remarks) == 1


def test_controls_that_were_stored_as_text_are_named() -> None:
    (note,) = body(read(code({"text/plain": "HBox(children=(FloatProgress(value=0.0), HTML(value='')))"})))
    assert isinstance(note, Note)
    assert "Bedienelement" in note.text


# --- addresses, formulas, pictures ------------------------------------------------------------------------


def test_the_address_of_what_acts_stays_beside_its_picture() -> None:
    frame = '<iframe src="https://www.youtube.com/embed/abc"></iframe>'
    report = read(code({"text/html": frame, "image/png": PNG}, metadata={"alt": "Film"}))
    note, picture = body(report)
    assert isinstance(note, Note)
    assert "https://www.youtube.com/embed/abc" in note.text
    assert isinstance(picture, Picture)
    assert len(report.remarks) == 1


@pytest.mark.parametrize(
    ("html", "formulas"),
    [
        ("<p>Wert $x_1$ = 3 und $$y=2$$</p>", ["x_1", "y=2"]),
        (r"<td>\(q\)</td> \[r\] $a &lt; b$", ["q", "r", "a < b"]),
        ("Preis $5 und $6, US$ 3_a $, 5 $ bis 6 $", []),
        ("<code>$a_b$</code><pre>$c_d$</pre><a href='https://e.org/$x_1$'>y</a>", []),
        (r"\$x_1\$ C:\(x86)\a", []),
        ('<table class="tex2jax_ignore"><tr><td>$x_1$</td></tr></table>', []),
    ],
)
def test_formulas_in_html_are_set_as_jupyter_sets_them(html: str, formulas: list[str]) -> None:
    for cell in (code({"text/html": html}), markdown(f"<div>{html}</div>")):
        parts = body(read(cell))
        runs = [run.formula.source for run in all_runs(parts) if run.formula]
        display = [part.source for part in parts if isinstance(part, Formula)]
        assert sorted(runs + display) == sorted(formulas), cell.cell_type


def test_a_link_that_is_a_formula_has_a_name() -> None:
    page = WeltoffenHTMLExporter().from_notebook_node(notebook(markdown("# T\n\n[$z_1$](https://e.org)")))[0]
    assert '<a aria-label="z_1" href="https://e.org"><math' in page


def test_a_formula_in_the_head_of_a_table_is_remarked() -> None:
    report = read(markdown("| $x_1$ | b |\n|---|---|\n| 1 | 2 |"))
    (table,) = (part for part in report.parts if isinstance(part, Table))
    assert table.columns[0].title == "x_1"
    assert any("head of a table" in remark for remark in report.remarks)


def drawing(inner: str = "", size: str = 'width="64" height="32"') -> nbformat.NotebookNode:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inner}</svg>'
    return code({"image/svg+xml": svg}, metadata={"alt": "Zeichnung"})


@pytest.mark.parametrize(
    "size", ['width="0" height="0"', 'width="-5" height="9"', 'width="1e30" height="1e30"', 'width="1e-20"']
)
def test_a_drawing_that_cannot_be_drawn_is_named_and_stops_no_format(size: str) -> None:
    report = read(drawing('<path d="M0 0h9"/>', size))
    assert [type(part) for part in body(report)] == [Note]
    assert any("cannot be read" in remark for remark in report.remarks)
    assert make_pdf(report)
    assert make_docx(report)


@pytest.mark.parametrize(
    "text",
    ["≤ 5 → ☐ Łódź Žyły 東京", "a \ue000 b", "😀 العربية עברית ไทย", "नमस्ते", "fi &lt;b&gt; &amp; ≥", "abc"],
)
@pytest.mark.parametrize("font", ["'Source Sans 3'", "Arial", "DejaVu Sans"])
def test_a_drawing_with_any_letters_is_in_the_pdf_and_in_word(text: str, font: str) -> None:
    report = read(drawing(f'<text y="20" font-family="{font}">{text}</text>'))
    assert report.remarks == []
    assert make_pdf(report)
    assert make_docx(report)


def test_a_drawing_is_as_large_in_word_as_it_says() -> None:
    word = docx.Document(io.BytesIO(make_docx(read(drawing('<path d="M0 0h9"/>')))))
    (shape,) = word.inline_shapes
    # 64 pixels of 1/96 inch, to a pixel of 200 in an inch
    assert abs(shape.width - 64 / 96 * 914_400) < 914_400 / 200 * 1.5


def test_a_very_tall_picture_is_as_tall_as_a_page_in_word() -> None:
    from PIL import Image

    pixels = io.BytesIO()
    Image.new("1", (100, 6000)).save(pixels, "PNG")
    tall = code({"image/png": base64.b64encode(pixels.getvalue()).decode()}, metadata={"alt": "hoch"})
    word = docx.Document(io.BytesIO(make_docx(read(drawing("<g/>", 'width="10" height="90000"'), tall))))
    assert [shape.height <= 200 * 36_000 for shape in word.inline_shapes] == [True, True]


# --- PDF and Word -----------------------------------------------------------------------------------------


def test_words_on_both_sides_of_a_line_break_are_two_for_a_screen_reader(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(make_pdf(read(markdown("Umbruch<br>danach"))))
    assert ("text", "Umbruch danach") in read_pdf(path)


@pytest.fixture(scope="module")
def word_of_a_list() -> docx.document.Document:
    source = "- a\n  - b\n    - c\n      - d\n        1. e\n\n           Absatz\n\n1. f"
    return docx.Document(
        io.BytesIO(WeltoffenDOCXExporter().from_notebook_node(notebook(markdown(f"# T\n\n{source}")))[0])
    )


@pytest.mark.parametrize(("text", "level"), [("d", 4), ("e", 5), ("Absatz", 5), ("f", 1)])
def test_what_stands_deep_in_a_list_is_indented_in_word(
    word_of_a_list: docx.document.Document, text: str, level: int
) -> None:
    (paragraph,) = (p for p in word_of_a_list.paragraphs if p.text == text)
    assert paragraph.paragraph_format.left_indent.twips == 360 * level


def math_texts(source: str) -> list[tuple[str, bool]]:
    """The texts of a formula in Word, each with whether it is plain text."""
    content = WeltoffenDOCXExporter().from_notebook_node(notebook(markdown(f"# T\n\n${source}$")))[0]
    runs = docx.Document(io.BytesIO(content)).element.body.iter(qn("m:r"))
    return [(run.findtext(qn("m:t")) or "", run.find(f".//{qn('m:nor')}") is not None) for run in runs]


NOTHING = ("", True)


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("=2", [NOTHING, ("=", False), ("2", False)]),
        ("a=", [("a", False), ("=", False), NOTHING]),
        ("x^+", [("x", False), NOTHING, ("+", False), NOTHING]),
        ("a<b", [("a", False), ("<", False), ("b", False)]),
        (r"\text{over}", [("over", True)]),
        ("[0,1)", [("[", True), ("0", False), (",", False), ("1", False), (")", True)]),
        (r"5\,\%", [("5", False), (" ", True), ("%", True)]),
    ],
)
def test_libreoffice_reads_no_sign_and_no_word_of_a_formula_as_a_command(
    source: str, texts: list[tuple[str, bool]]
) -> None:
    # what it would show as "¿": a sign with nothing on one side, half a pair of brackets, words of its language
    assert math_texts(source) == texts


def test_a_brace_below_a_group_is_one_in_word() -> None:
    content = WeltoffenDOCXExporter().from_notebook_node(
        notebook(markdown("# T\n\n$\\underbrace{a+b}_{c}$"))
    )[0]
    (group,) = docx.Document(io.BytesIO(content)).element.body.iter(qn("m:groupChr"))
    assert group.find(f".//{qn('m:chr')}").get(qn("m:val")) == "⏟"
    assert "".join(t.text for t in group.iter(qn("m:t"))) == "a+b"
