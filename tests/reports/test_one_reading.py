"""One reading in three formats: who hears a report hears the same from its page, its PDF and its Word document."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import chromium
import nbformat
import outloud
import pdfua
import pytest
from executed import executed
from places import REFERENCE
from reading import Reading, read_html, read_pdf, read_word
from samples import foreign

from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.exporting.pdf import make_pdf
from weltoffen_eval.publish.exporting.word import make_docx

MINI = str(REFERENCE / "example" / "study")
REPORTS: dict[str, tuple[str, dict[str, str]]] = {
    "selfcheck-modellstadt": ("02_selfcheck", {"municipality": "modellstadt"}),
    "selfcheck-silbenstadt": ("02_selfcheck", {"municipality": "silbenstadt"}),
    "public-silbenstadt": ("02_selfcheck", {"municipality": "silbenstadt", "audience": "public"}),
    "data_quality-modellstadt": ("01_data_quality", {"municipality": "modellstadt"}),
    "all_municipalities": ("06_all_municipalities", {"study": MINI}),
    "instrument_quality": ("07_instrument_quality", {"study": MINI}),
    "scoring_lab": ("scoring_lab", {}),
    "workshop": ("03_workshop", {"municipality": "silbenhausen"}),
    "workshop_kit": ("workshop_kit", {"municipality": "modellstadt"}),
}
CASES = ("13-letters", "14-big-tables")
FOREIGN = "of-somebody-else"


class Rendered(NamedTuple):
    """A report in its three formats."""

    page: Path
    pdf: Path
    word: bytes


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    folder = tmp_path_factory.mktemp("reading")
    made = {}
    for name in (*REPORTS, *CASES, FOREIGN):
        if name in REPORTS:
            node = executed(*REPORTS[name])
        elif name in CASES:
            (path,) = (REFERENCE / "cases" / name).glob("*.ipynb")
            node = nbformat.read(path, 4)
        else:
            node = foreign()
        report = read_report(node, name in REPORTS)
        page, pdf = folder / f"{name}.html", folder / f"{name}.pdf"
        html, _ = WeltoffenHTMLExporter().from_notebook_node(node)
        page.write_text(str(html), encoding="utf-8")
        pdf.write_bytes(make_pdf(report))
        made[name] = Rendered(page, pdf, make_docx(report))
    return made


@pytest.fixture(scope="module")
def pages(rendered: dict[str, Rendered]) -> Iterator[dict[str, Reading]]:
    if chromium.PATH is None:
        if os.environ.get("WELTOFFEN_NEEDS_BROWSER"):
            pytest.fail("no Chromium was found, and this run needs one")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        readings: dict[str, Reading] = {}
        for name, files in rendered.items():
            page: Any = browser.new_page()
            page.goto(files.page.as_uri())
            readings[name] = read_html(page)
            page.close()
        browser.close()
    yield readings


def first_difference(one: Reading, other: Reading) -> str:
    for number in range(max(len(one), len(other))):
        here, there = one[number : number + 1], other[number : number + 1]
        if here != there:
            return f"{number}:\n{str(here)[:2500]}\n{str(there)[:2500]}"
    return ""


@pytest.mark.parametrize("name", [*REPORTS, *CASES, FOREIGN])
def test_the_pdf_says_what_the_page_says(
    rendered: dict[str, Rendered], pages: dict[str, Reading], name: str
) -> None:
    assert first_difference(pages[name], read_pdf(rendered[name].pdf)) == ""


@pytest.mark.parametrize("name", [*REPORTS, *CASES, FOREIGN])
def test_the_word_document_says_what_the_page_says(
    rendered: dict[str, Rendered], pages: dict[str, Reading], name: str
) -> None:
    assert first_difference(pages[name], read_word(rendered[name].word)) == ""


@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_has_its_heads_and_none_is_empty(rendered: dict[str, Rendered], name: str) -> None:
    tables = [thing for thing in read_pdf(rendered[name].pdf) if thing[0] == "table"]
    assert tables
    for _, caption, cells in tables:
        assert caption
        for heads, _ in cells:
            assert 1 <= len(heads) <= 2
            assert all(heads)
        assert max(len(heads) for heads, _ in cells) == 2


@pytest.mark.parametrize("name", [*REPORTS, "13-letters"])
def test_independent_checkers_find_no_fault_and_have_no_doubt(
    rendered: dict[str, Rendered], name: str
) -> None:
    path = str(rendered[name].pdf)
    assert [finding.message for finding in pdfua.validate(path).findings] == []
    result = outloud.check(path)
    assert result.error is None
    assert [finding for finding in result.findings if not _a_small_table(finding)] == []


def _a_small_table(finding: Any) -> bool:
    """outloud takes a table of one or two rows for a broken one, since it has more heads than other cells."""
    return finding.rule == "TBL-010" and "header rows" not in finding.message
