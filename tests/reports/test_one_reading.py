"""One reading in three formats: who hears a report hears the same from its page, its PDF and its Word document."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import outloud
import pdfua
import pytest
from _pytest.mark import ParameterSet
from executed import executed
from places import REFERENCE
from reading import Reading, read_html, read_pdf, read_word
from samples import foreign
from shared import example_reports

from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.exporting.pdf import make_pdf
from weltoffen_eval.publish.exporting.word import make_docx

MINI = str(REFERENCE / "example" / "study")
#: Made by a run; other reports as notebooks that were executed.
OF_A_RUN = {
    "selfcheck-modellstadt": "2021/modellstadt/selfcheck",
    "selfcheck-silbenstadt": "2021/silbenstadt/selfcheck",
    "data_quality-modellstadt": "2021/modellstadt/data_quality",
    "workshop-musterstadt": "2024/musterstadt/workshop",
    "dialogue-musterstadt": "2024/musterstadt/dialogue",
    "final_report-musterstadt": "musterstadt/final_report",
}
EXECUTED: dict[str, tuple[str, dict[str, str]]] = {
    "dialogue-wilhelmshaven": (
        "04_dialogue",
        {"study": "wilhelmshaven", "municipality": "wilhelmshaven", "wave": "2021"},
    ),
    "final_report-wilhelmshaven": (
        "05_final_report",
        {"study": "wilhelmshaven", "municipality": "wilhelmshaven"},
    ),
    "public-silbenstadt": ("02_selfcheck", {"municipality": "silbenstadt", "audience": "public"}),
    "all_municipalities": ("06_all_municipalities", {"study": MINI}),
    "instrument_quality": ("07_instrument_quality", {"study": MINI}),
    "district": ("08_district", {"municipality": "kreis-skizzenstadt", "wave": "2024"}),
    "scoring_lab": ("scoring_lab", {}),
    "workshop": ("03_workshop", {"municipality": "silbenhausen"}),
    "workshop_kit": ("workshop_kit", {"municipality": "modellstadt"}),
}
REPORTS = (*OF_A_RUN, *EXECUTED)
CASES = ("13-letters", "14-big-tables")
FOREIGN = "of-somebody-else"


class Rendered(NamedTuple):
    """A report in its three formats."""

    page: Path
    pdf: Path
    word: bytes


Render = Callable[[str], Rendered]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Render:
    """A report by its name, made as soon as a test asks for it."""
    folder = tmp_path_factory.mktemp("reading")

    @functools.cache
    def render(name: str) -> Rendered:
        if name in OF_A_RUN:
            path = example_reports(shared) / OF_A_RUN[name]
            return Rendered(
                path.with_suffix(".html"), path.with_suffix(".pdf"), path.with_suffix(".docx").read_bytes()
            )
        if name in EXECUTED:
            node = executed(shared, *EXECUTED[name])
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
        return Rendered(page, pdf, make_docx(report))

    return render


Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def page_of(browser: Any, rendered: Render) -> Read:
    page = browser.new_page()

    @functools.cache
    def read(name: str) -> Reading:
        page.goto(rendered(name).page.as_uri())
        return read_html(page)

    return read


@pytest.fixture(scope="module")
def pdf_of(rendered: Render) -> Read:
    return functools.cache(lambda name: read_pdf(rendered(name).pdf))


#: In check-slow those that consist of what others consist of.
RARE = (
    "selfcheck-silbenstadt", "dialogue-wilhelmshaven", "final_report-wilhelmshaven", "workshop", "district",
    "14-big-tables",
)  # fmt: skip


def in_turn(*names: str) -> list[ParameterSet]:
    return [pytest.param(name, marks=[pytest.mark.slow] * (name in RARE)) for name in names]


def first_difference(one: Reading, other: Reading) -> str:
    for number in range(max(len(one), len(other))):
        here, there = one[number : number + 1], other[number : number + 1]
        if here != there:
            return f"{number}:\n{str(here)[:2500]}\n{str(there)[:2500]}"
    return ""


@pytest.mark.parametrize("name", in_turn(*REPORTS, *CASES, FOREIGN))
def test_the_pdf_says_what_the_page_says(page_of: Read, pdf_of: Read, name: str) -> None:
    assert first_difference(page_of(name), pdf_of(name)) == ""


@pytest.mark.parametrize("name", in_turn(*REPORTS, *CASES, FOREIGN))
def test_the_word_document_says_what_the_page_says(rendered: Render, page_of: Read, name: str) -> None:
    assert first_difference(page_of(name), read_word(rendered(name).word)) == ""


@pytest.mark.parametrize("name", in_turn(*REPORTS))
def test_every_cell_has_its_heads_and_none_is_empty(pdf_of: Read, name: str) -> None:
    tables = [thing for thing in pdf_of(name) if thing[0] == "table"]
    assert tables
    for _, caption, cells in tables:
        assert caption
        for heads, _ in cells:
            assert 1 <= len(heads) <= 2
            assert all(heads)
        assert max(len(heads) for heads, _ in cells) == 2


@pytest.mark.parametrize("name", in_turn(*REPORTS, "13-letters"))
def test_independent_checkers_find_no_fault_and_have_no_doubt(rendered: Render, name: str) -> None:
    path = str(rendered(name).pdf)
    assert [finding.message for finding in pdfua.validate(path).findings] == []
    result = outloud.check(path)
    assert result.error is None
    heads = heads_of(rendered(name).page.read_text(encoding="utf-8"))
    doubts = [finding for finding in result.findings if not _a_small_table(finding)]
    # the heads of a table that goes on are repeated for the eye alone
    assert [found for found in doubts if found.rule != "TAG-002" or not _of_heads(found, heads)] == []


def heads_of(page: str) -> list[list[str]]:
    """The words of the heads of each table."""
    rows = re.findall(r"<thead[^>]*>(.*?)</thead>", page, flags=re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", " ", row)).split() for row in rows]


def _of_heads(finding: Any, heads: list[list[str]]) -> bool:
    """Whether what was found is a line of the heads of one table, in their order."""
    for words in heads:
        rest = iter(words)
        if all(word in rest for word in finding.evidence.split()):
            return True
    return False


def _a_small_table(finding: Any) -> bool:
    """outloud takes a table of one or two rows for a broken one, since it has more heads than other cells."""
    return finding.rule == "TBL-010" and "header rows" not in finding.message
