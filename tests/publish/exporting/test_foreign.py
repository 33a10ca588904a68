"""Notebooks of others in all formats: what Jupyter shows of them is in the report, or a remark says what is not."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import nbformat
import pikepdf
import pytest
from docx.oxml.ns import qn
from nbconvert import HTMLExporter
from places import ROOT
from samples import PNG, SVG, Tags, code, failed, markdown, notebook

from weltoffen_eval.blocks import MIME, Heading, Note, Table
from weltoffen_eval.publish.exporting.contents import Report, read_report
from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.exporting.parts import (
    Formula,
    MarkedText,
    Picture,
    Plain,
    Points,
    Prose,
    all_runs,
)
from weltoffen_eval.publish.exporting.pdf import WeltoffenPDFExporter
from weltoffen_eval.publish.exporting.word import WeltoffenDOCXExporter

CASES = ROOT / "tests" / "reference" / "cases"
NAMES = (
    "01-toc-links 02-ansi 03-attachments 04-plotly 05-html-output 06-math 08-errors 10-scraps 11-markdown-html "
    "12-local-pictures 15-english"
)
BARE = re.compile(r"object at 0x|IPython\.core|<VegaLite|IntSlider\(|<folium")


def load(name: str) -> tuple[nbformat.NotebookNode, Path]:
    (path,) = (CASES / name).glob("*.ipynb")
    content = json.loads(path.read_text(encoding="utf-8"))
    # Jupyter gives the cells ids where they have none
    content["nbformat_minor"] = 5
    for number, cell in enumerate(content["cells"]):
        cell.setdefault("id", f"cell-{number}")
    node = nbformat.from_dict(content)
    for cell in node.cells:
        cell.source = "".join(cell.source)
    return node, path.parent


def read(*cells: nbformat.NotebookNode) -> Report:
    return read_report(notebook(*cells), strict=False)


class Made:
    """A case in every format."""

    def __init__(self, name: str):
        node, folder = load(name)
        resources = {"metadata": {"name": "datei", "path": str(folder)}}
        self.report = read_report(node, False, "datei", folder)
        self.html = str(WeltoffenHTMLExporter().from_notebook_node(node, dict(resources))[0])
        self.pdf = bytes(WeltoffenPDFExporter().from_notebook_node(node, dict(resources))[0])
        self.word = docx.Document(
            io.BytesIO(WeltoffenDOCXExporter().from_notebook_node(node, dict(resources))[0])
        )

    @property
    def pdf_text(self) -> str:
        text = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=self.pdf, capture_output=True, check=True
        )
        return text.stdout.decode("utf-8")

    @property
    def word_text(self) -> str:
        body = self.word.element.body
        return " ".join(t.text or "" for t in body.iter(qn("w:t"), qn("m:t")))

    @property
    def html_text(self) -> str:
        return visible(self.html)

    @property
    def texts(self) -> dict[str, str]:
        return {"html": self.html_text, "pdf": self.pdf_text, "word": self.word_text}


def visible(html: str) -> str:
    from lxml import etree

    root = etree.fromstring(html, etree.HTMLParser(remove_comments=True))
    for element in list(root.iter("style", "script", "title", "annotation", "nav")):
        tail = element.tail
        parent = element.getparent()
        before = element.getprevious()
        if tail and before is not None:
            before.tail = (before.tail or "") + tail
        elif tail:
            parent.text = (parent.text or "") + tail
        parent.remove(element)
    return " ".join(root.itertext())


@pytest.fixture(scope="module")
def cases() -> Iterator[dict[str, Made]]:
    yield {name: Made(name) for name in NAMES.split()}


# --- the cases, in every format ---------------------------------------------------------------------------


def test_a_page_of_any_case_loads_nothing_and_runs_nothing(cases: dict[str, Made]) -> None:
    for name, made in cases.items():
        tags = Tags(made.html)
        assert tags.risky == [], name
        assert not {"script", "iframe", "object", "embed", "form", "input"} & set(tags.tags), name
        assert not re.search(r'(?:src|href)="(?!#|data:|https?:|mailto:)', made.html), name
        assert "default-src 'none'" in made.html


def test_no_case_shows_python_names_markup_or_controls(cases: dict[str, Made]) -> None:
    for name, made in cases.items():
        for form, text in made.texts.items():
            assert not BARE.search(text), (name, form)
            assert not re.search(r"</?(?:a|b|br|div|h\d|sub|sup|img|table|details|center|span)\b", text), (
                name,
                form,
            )
            assert not re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text.replace("\x0c", "")), (name, form)
            assert "\x1b" not in text


def test_every_link_of_a_table_of_contents_leads_to_its_heading(cases: dict[str, Made]) -> None:
    made = cases["01-toc-links"]
    headings = {p.text: p.anchor for p in made.report.parts if isinstance(p, Heading)}
    targets = [run.target[1:] for run in all_runs(made.report.parts) if run.target]
    wanted = ["1. Überblick", "2. Ergebnis der Befragung", "1. Überblick", "3. Fazit", "Header"]
    assert targets == [headings[text] for text in wanted]
    ids = set(re.findall(r' id="([^"]+)"', made.html))
    assert set(targets) <= ids
    marks = {mark.get(qn("w:name")) for mark in made.word.element.body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in made.word.element.body.iter(qn("w:hyperlink"))]
    assert links
    assert set(links) <= marks
    import pikepdf

    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        leading = [a for page in pdf.pages for a in page.get("/Annots", []) if a.get("/Subtype") == "/Link"]
        # five of the list and four of the table of contents
        assert len(leading) >= 9
    assert made.report.remarks == []


def test_what_was_printed_for_a_terminal_stands_as_the_terminal_shows_it(cases: dict[str, Made]) -> None:
    for form, text in cases["02-ansi"].texts.items():
        assert "100%|##########| 3/3" in text, form
        assert "0/3" not in text, form
        assert "1/3" not in text, form
        assert "ZeroDivisionError: division by zero" in text, form


def test_attached_pictures_are_in_every_format_with_their_descriptions(cases: dict[str, Made]) -> None:
    made = cases["03-attachments"]
    wanted = [
        "Foto mit Leerzeichen", "Umlaut", "spitz", "SVG als base64, so legt JupyterLab es ab",
        "HTML-Bild aus Anhang", "mittendrin",
    ]  # fmt: skip
    assert [p.alternative for p in made.report.parts if isinstance(p, Picture)] == wanted
    assert re.findall(r'<img [^>]*alt="([^"]*)"', made.html) == wanted
    assert [e.get("descr") for e in made.word.element.body.iter(qn("wp:docPr"))] == wanted
    import pikepdf

    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        described = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Alt")]
    assert sorted(described) == sorted(wanted)


def test_what_acts_is_named_to_the_reader_and_to_the_maker(cases: dict[str, Made]) -> None:
    made = cases["04-plotly"]
    notes = [p.text for p in made.report.parts if isinstance(p, Note)]
    named = ["Plotly", "Plotly", "Vega", "Bedienelement", "https://example.org/map"]
    assert len(notes) == len(made.report.remarks) == 5
    for number, (note, remark, word) in enumerate(
        zip(notes, made.report.remarks, named, strict=True), start=2
    ):
        assert f"Zelle {number} " in note
        assert word in note
        assert f"Cell {number} " in remark
        assert ";" in remark  # what to do instead
    for form, text in made.texts.items():
        assert all(word in text.replace("\u00ad", "").replace("-\n", "") or form == "pdf" for word in named)


def test_the_words_of_every_html_output_are_in_the_report(cases: dict[str, Made]) -> None:
    for form, text in cases["05-html-output"].texts.items():
        flat = " ".join(text.split())
        for words in (
            "Wichtig", "Die Frist endet am", "30.06.", "Tabelle 1: Rücklauf je Amt", "Quelle: eigene Erhebung, n = 12",
            "OLS Regression Results", "Standard Errors assume that the covariance matrix is correct.",
            "1000 rows × 1 columns", '"n": 12',
        ):  # fmt: skip
            assert words in flat, (form, words)
    report = cases["05-html-output"].report
    assert [p.alternative for p in report.parts if isinstance(p, Picture)][1] == "Diagramm"
    assert any(isinstance(p, Formula) and p.mathml for p in report.parts)


def test_formulas_are_set_and_nothing_of_them_is_lost(cases: dict[str, Made]) -> None:
    made = cases["06-math"]
    assert made.html.count("<math ") == 6
    assert "<em>" not in made.html
    assert "<mi>a</mi><mo>*</mo><mi>b</mi><mo>*</mo><mi>c</mi>" in made.html
    assert len(list(made.word.element.body.iter(qn("m:oMath")))) == 6
    for form, text in made.texts.items():
        assert "Preise: 5 $ und 10 $ je Bogen; 3 $." in " ".join(text.split()), form
    assert made.report.remarks == []


def test_an_error_that_a_tag_allows_converts_with_a_remark(cases: dict[str, Made]) -> None:
    made = cases["08-errors"]
    assert any("raises-exception" in remark and "Cell 2" in remark for remark in made.report.remarks)
    for form, text in made.texts.items():
        assert "KeyError: 'alter'" in text, form
        assert "weiter" in text, form
    node, _ = load("08-errors")
    assert read_report(node, strict=True).remarks  # a run, too, converts it


def test_data_that_is_not_made_to_be_seen_leaves_no_trace_and_no_alarm(cases: dict[str, Made]) -> None:
    report = cases["10-scraps"].report
    assert report.remarks == []
    assert [type(part) for part in report.parts] == [Heading, Plain]


def test_html_within_markdown_is_read_and_not_shown(cases: dict[str, Made]) -> None:
    made = cases["11-markdown-html"]
    assert made.report.title == "Bericht der Stadt"
    assert "<br>Zeile zwei" in made.html
    for tag in (
        "<sub>2</sub>",
        "<sup>2</sup>",
        "<del>gestrichen</del>",
        "<details><summary>Mehr dazu</summary>",
    ):
        assert tag in made.html
    for form, text in made.texts.items():
        flat = " ".join(text.split())
        assert "TODO" not in flat, form
        assert "noch einer" not in flat, form
        for words in ("Versteckter", "Die Fußnote.", "A\u00a0B & € 5 < 6".replace("\u00a0", " ")):
            assert words in flat.replace("\u00a0", " "), (form, words)
    table = next(p for p in made.report.parts if isinstance(p, Table))
    assert table.rows == (("Jugend", "3"),)
    assert ["https://example.org/logo.png" in remark for remark in made.report.remarks] == [True]


def test_a_picture_beside_the_notebook_is_embedded_and_one_in_the_net_is_named(
    cases: dict[str, Made],
) -> None:
    report = cases["12-local-pictures"].report
    shown = [p.alternative for p in report.parts if isinstance(p, Picture)]
    assert shown == ["Wappen", "mit Titel", "Wappen als HTML"]
    assert len(report.remarks) == 2
    assert any(run.target == "https://example.org/ci" for run in all_runs(report.parts))


def test_a_report_in_english_has_an_english_frame(cases: dict[str, Made]) -> None:
    made = cases["15-english"]
    assert '<html lang="en">' in made.html
    assert "Skip to content" in made.html
    assert "Contents" in made.html
    german = {"Inhalt", "Seite", "von", "Barrierefreiheit", "Abbildung", "Zelle", "Erstellt"}
    for form, text in made.texts.items():
        assert not german & set(re.findall(r"\w+", text.replace("Weltoffene Kommune", ""))), form
    assert made.word.core_properties.language == "en"
    import pikepdf

    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en"


# --- against Jupyter's own page ---------------------------------------------------------------------------

FRAMES = "<table><thead><tr><th></th><th>wert</th></tr></thead><tr><th>innen</th><td>7</td></tr></table>"
NASTY = {
    "layout table": code({"text/html": f"<table><tr><td><p>links</p>{FRAMES}</td><td>rechts</td></tr></table>"}),
    "words in a table outside of cells": code({"text/html": "<table>verirrt<tr><td>a</td><td>b</td></tr></table>"}),
    "unclosed": code({"text/html": "<p>eins<p>zwei<ul><li>drei<li>vier</ul>fünf"}),
    "whole page": code({"text/html": "<html><head><title>x</title></head><body><h2>Kopf</h2>Rumpf</body></html>"}),
    "list in a cell": code({"text/html": "<table><tr><th>k</th></tr><tr><td><ul><li>p</li><li>q</li></ul></td></tr></table>"}),
    "definitions": code({"text/html": "<dl><dt>Begriff</dt><dd>Bedeutung</dd></dl>"}),
    "pre": code({"text/html": "<pre>eins\n  zwei <b>drei</b></pre>"}),
    "figure": code({"text/html": "<figure><figcaption>Unterschrift</figcaption></figure>"}),
    "beside a script": code({"text/html": "<b>Umsatz</b><script>draw()</script><p>danach</p>"}),
    "beside a picture": code({"text/html": "<b>Text</b>", "image/png": PNG, "text/plain": "<X object>"}),
    "nested lists": markdown("1. eins\n   - innen\n\n     Absatz\n2. zwei\n\n7. sieben"),
    "reference links": markdown("[Wort][ziel] und [anderes]\n\n[ziel]: https://example.org/z\n[anderes]: #x"),
    "table with marks": markdown("| **a** | `b` |\n|---|---|\n| [c](https://example.org) | *d* ~~e~~ |"),
    "fences": markdown("```python\nx = 1  # <b>\n```\n\n~~~\nroh\n~~~\n\n    eingerückt"),
    "entities": markdown("&lt;kein Tag&gt; &amp; &copy; &#8211;"),
    "quotes": markdown("> außen\n>\n> > innen\n>\n> - Punkt"),
    "setext": markdown("Titel\n=====\n\nUnter\n-----\n\nText\\\nweiter  \nEnde"),
    "html blocks": markdown("<div>\n\n*kursiv*\n\n</div>\n<p align=center>mittig</p>"),
    "raw": nbformat.v4.new_raw_cell("roher Text"),
    "streams": nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("stream", name="stdout", text=t) for t in ("eins ", "zwei\n")]
    ),
    "deep": code({"text/html": "<div>" * 200 + "tief" + "</div>" * 200}),
    "latex and words": code({"text/latex": "Es gilt $x$ immer", "text/plain": "x"}),
    "unknown beside text": code({"application/x-foo": "?", "text/plain": "lesbar"}),
}  # fmt: skip
WORD = re.compile(r"\w+")


def words_of_jupyter(node: nbformat.NotebookNode) -> set[str]:
    # without its input cells, which no report shows
    exporter = HTMLExporter(template_name="basic", exclude_input=False, exclude_input_prompt=True)
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.source = ""
    page = exporter.from_notebook_node(node)[0]
    page = re.sub(r'<a class="anchor-link".*?</a>', "", page)
    return set(WORD.findall(visible(page)))


# Jupyter warns of what it cannot show either; nbconvert stops at attachments whose names hold blanks (03)
@pytest.mark.filterwarnings("ignore:Your element with mimetype")
@pytest.mark.parametrize("name", [*NASTY, *(name for name in NAMES.split() if name != "03-attachments")])
def test_what_jupyter_shows_is_in_the_report_or_remarked(name: str) -> None:
    node, folder = (notebook(NASTY[name]), None) if name in NASTY else load(name)
    report = read_report(node, strict=False, name="datei", folder=folder)
    page = str(
        WeltoffenHTMLExporter().from_notebook_node(
            node, {"metadata": {"name": "x", "path": str(folder or "")}}
        )[0]
    )
    ours = set(WORD.findall(re.sub(r"<annotation", "<span", visible(page) + page)))
    missing = words_of_jupyter(node) - ours
    if missing:
        assert report.remarks, (name, missing)
    if name in NASTY:
        assert not missing, (name, missing)


# --- kinds of which the cases are one ---------------------------------------------------------------------


def test_a_cell_of_a_table_keeps_its_link_in_every_format() -> None:
    node = notebook(markdown("# T\n\n| a | b |\n|---|---|\n| x | [Ort](https://example.org/z) |"))
    (table,) = (p for p in read_report(node, False).parts if isinstance(p, Table))
    assert table.rows == (("x", "Ort"),)
    assert isinstance(table.rows[0][1], MarkedText)
    assert (
        '<a href="https://example.org/z">Ort</a></td>' in WeltoffenHTMLExporter().from_notebook_node(node)[0]
    )
    with pikepdf.open(io.BytesIO(WeltoffenPDFExporter().from_notebook_node(node)[0])) as pdf:
        targets = [
            str(mark.A.URI) for page in pdf.pages for mark in page.get("/Annots", []) if "/URI" in mark.A
        ]
    assert targets == ["https://example.org/z"]
    word = docx.Document(io.BytesIO(WeltoffenDOCXExporter().from_notebook_node(node)[0]))
    assert "https://example.org/z" in {r.target_ref for r in word.part.rels.values() if r.is_external}


@pytest.mark.parametrize("address", ["../geheim.png", "/etc/passwd", "bild.txt", "leitung", "fort.png"])
def test_a_picture_outside_of_the_folder_or_of_no_kind_is_not_taken(address: str, tmp_path: Path) -> None:
    import os

    from samples import png

    (tmp_path / "geheim.png").write_bytes(png())
    folder = tmp_path / "ordner"
    folder.mkdir()
    (folder / "bild.txt").write_text("kein Bild")
    os.mkfifo(folder / "leitung")
    (folder / "fort.png").symlink_to(tmp_path / "geheim.png")
    report = read_report(notebook(markdown(f"# T\n\n![x]({address})")), False, folder=folder)
    assert not any(isinstance(p, Picture) for p in report.parts)
    assert any(address in remark for remark in report.remarks)


def test_a_drawing_in_an_output_holds_nothing_that_acts() -> None:
    evil = SVG.replace(
        "<rect", '<script>alert(1)</script><a href="javascript:x"><text>Wort</text></a><rect onclick="x()"'
    )
    for cell in (code({"image/svg+xml": evil}), code({"text/html": f"<p>{evil}</p>"})):
        report = read(cell)
        (picture,) = (p for p in report.parts if isinstance(p, Picture))
        assert b"script" not in picture.content
        assert b"onclick" not in picture.content
        assert b"Wort" in picture.content
        assert any("script" in remark for remark in report.remarks)


def test_a_block_with_a_place_or_a_drawing_that_is_not_allowed_is_not_shown() -> None:
    from samples import table

    from weltoffen_eval.block_json import to_json
    from weltoffen_eval.blocks import Bundle, Figure

    good = to_json(Bundle((Figure('<svg width="1"></svg>', "c", "a", table()),)))
    for path, value in (
        (("svg",), '<svg width="1" onload="x()"></svg>'),
        (("svg",), '<svg width="1"></svg><b>x</b>'),
        (("svg",), '<svg width="1"><style>*{}</style></svg>'),
        (("table", "name"), "../../x"),
        (("table", "name"), 'a"b'),
    ):
        content = {"blocks": [{**good["blocks"][0], "table": dict(good["blocks"][0]["table"])}]}
        place = content["blocks"][0]
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        report = read(code({MIME: content}))
        assert not any(type(p).__name__ == "Figure" for p in report.parts), value
        assert report.remarks


@pytest.mark.parametrize(
    ("metadata", "language"),
    [({"lang": "en-GB"}, "en-GB"), ({"language": "fr"}, "fr"), ({"kernelspec": {"name": "x", "display_name": "x", "language": "en"}}, "de"), ({}, "de"),
     ({"lang": '"><script>'}, "de"), ({"lang": 5}, "de"), ({"language": "python"}, "de")],
)  # fmt: skip
def test_a_page_names_the_language_of_its_notebook(metadata: dict[str, object], language: str) -> None:
    node = notebook(markdown("# T"))
    node.metadata.update(metadata)
    page = str(WeltoffenHTMLExporter().from_notebook_node(node)[0])
    assert f'<html lang="{language}">' in page
    if language == "fr":
        # the frame is in a language of ours, and says so
        assert 'href="#main" lang="en"' in page


def test_a_list_keeps_the_number_it_begins_with_in_every_format() -> None:
    node = notebook(markdown("# T\n\n3. drei\n4. vier\n\nText\n\n1. eins"))
    report = read_report(node, False)
    assert [p.start for p in report.parts if isinstance(p, Points)] == [3, 1]
    assert '<ol start="3">' in WeltoffenHTMLExporter().from_notebook_node(node)[0]
    pdf = WeltoffenPDFExporter().from_notebook_node(node)[0]
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    assert re.search(r"3\.\s+drei\s+4\.\s+vier\s+Text\s+1\.\s+eins", text)
    word = docx.Document(io.BytesIO(WeltoffenDOCXExporter().from_notebook_node(node)[0]))
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_link_that_leads_nowhere_is_its_text_and_remarked() -> None:
    report = read(markdown("# T\n\n[Datei](daten.csv), [Skript](javascript:x), [weg](#fehlt)"))
    prose = next(p for p in report.parts if isinstance(p, Prose))
    assert "".join(run.text for run in prose.runs) == "Datei (daten.csv), Skript, weg"
    assert not any(run.target for run in prose.runs)
    assert len(report.remarks) == 3


def test_what_is_written_to_stderr_or_taken_out_by_a_tag_is_remarked() -> None:
    stderr = nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("stream", name="stderr", text="Warnung\n")]
    )
    tagged = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("stream", text="fort\n")])
    tagged.metadata["tags"] = ["remove-output"]
    report = read(markdown("# T"), stderr, tagged)
    assert [type(p) for p in report.parts] == [Heading]
    assert "Warnung" in report.remarks[0]
    assert "Cell 3" in report.remarks[1]


def test_an_error_without_a_tag_is_remarked_too() -> None:
    assert any("Cell 1 ended with" in remark for remark in read(failed()).remarks)


@pytest.mark.parametrize("depth", [250, 5000])
def test_words_that_are_nested_without_end_are_not_lost(depth: int) -> None:
    report = read(code({"text/html": "<div>" * depth + "innen" + "</div>" * depth + "danach"}))
    text = " ".join(run.text for run in all_runs(report.parts))
    assert "innen" in text
    assert "danach" in text
    assert any("too deep" in remark for remark in report.remarks)
