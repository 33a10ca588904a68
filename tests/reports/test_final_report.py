"""The musts and nevers of a final report, each held on finished files; and Wilhelmshaven, of which nothing is invented."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from courses import CELLS, variants
from places import REFERENCE
from shared import example_reports, run

from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.display.final_report import report
from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.pdf import make_pdf
from weltoffen_eval.results.course import Course, load_course

PAPERS = ("council_paper", "plain_language")
#: A page of the cover and eleven more.
MOST_PAGES = 12


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return example_reports(shared) / "musterstadt"


@pytest.fixture(scope="module")
def musterstadt() -> Course:
    return load_course("beispiel", "musterstadt")


@pytest.fixture(scope="module")
def wilhelmshaven() -> Course:
    return load_course("wilhelmshaven", "wilhelmshaven")


def text_of(course: Course, *cells: str) -> str:
    page = "\n".join(bundle_html(getattr(report, cell)(course).bundle) for cell in cells or CELLS[:-2])
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def pages_of(pdf: Path) -> int:
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Pages:\s+(\d+)", said)
    assert found is not None
    return int(found[1])


MUSTS: dict[str, Callable[[Course], bool]] = {
    "mandate and contact": lambda of: all(
        word in text_of(of, "title") for word in ("Auftrag", "Ansprechperson", of.municipality.mandate)
    ),
    "one page for all": lambda of: all(
        f"{word}" in text_of(of, "summary")
        for word in ("Stärken", "Lücken", "Was vorgesehen ist", "Was zu entscheiden ist")
    ),
    "modules with dates and numbers": lambda of: all(
        word in text_of(of, "procedure_of")
        for word in ("30. Juni 2024", "19. September 2024", "16. November 2024", "41 Personen", "46 Personen")
    ),
    "strengths before gaps": lambda of: (
        text_of(of, "summary").index("Stärken") < text_of(of, "summary").index("Lücken")
    ),
    "the view of others": lambda of: "Zivilgesellschaft" in text_of(of, "others"),
    "voices from the dialogue": lambda of: any(
        row.values.text in text_of(of, "people") for row in of.given.of("statements") if row.values.released
    ),
    "measures with reason, who, until when, resources, evidence": lambda of: all(
        f">{word}<" in bundle_html(report.agreed(of).bundle)
        for word in ("Anlass", "wer", "bis wann", "Mittel", "woran erkennbar")
    ),
    "what came of the last measures": lambda of: "umgesetzt" in text_of(of, "became"),
    "change on comparable questions": lambda of: "Vergleichbar sind" in text_of(of, "changed"),
    "what is to be decided, and when it is reported again": lambda of: (
        "Die Verwaltung wird beauftragt" in text_of(of, "to_decide")
        and "Der nächste Bericht ist für den 30. Juni 2027 vorgesehen." in text_of(of, "outlook")
    ),
}


@pytest.mark.parametrize("must", MUSTS)
def test_a_final_report_holds(musterstadt: Course, must: str) -> None:
    assert MUSTS[must](musterstadt)


NEVERS = {
    "a word for the whole municipality": r"Gesamtwert|Gesamtnote|Rang\b|Rangplatz|Siegel|Prädikat",
    "a comparison with others": r"Median|mittlere Hälfte|Vergleichsgruppe|andere Kommunen",
    "an improvement that nobody has shown": r"[Vv]erbesser|[Vv]erschlechter",
    "statistics that need a long explanation": r"\bp ?[=<]|\bICC\b|Signifikanz|geometrisch",
    "a hash in the text": r"\b[0-9a-f]{32,}\b",
}


@pytest.mark.parametrize("never", NEVERS)
def test_a_final_report_never_holds(musterstadt: Course, wilhelmshaven: Course, never: str) -> None:
    for course in (musterstadt, wilhelmshaven):
        text = text_of(course, *CELLS)
        for row in course.given.rows:
            # what people wrote is theirs
            text = text.replace(str(getattr(row.values, "text", "") or getattr(row.values, "what", "")), "")
        assert not re.search(NEVERS[never], text), re.search(NEVERS[never], text)


def test_no_measure_is_without_its_origin_in_words(musterstadt: Course) -> None:
    text = text_of(musterstadt, "agreed")
    for row in musterstadt.measures.new:
        assert row.values.what in text
        assert row.values.origin not in text


def test_it_has_at_most_twelve_pages_and_its_page_of_essentials_is_one(folder: Path) -> None:
    pdf = folder / "final_report.pdf"
    assert pages_of(pdf) <= MOST_PAGES
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    pages = text.split("\f")
    (essentials,) = (n for n, page in enumerate(pages) if "Was zu entscheiden ist\n" in page and n > 0)
    assert "Das Wichtigste auf einer Seite" in pages[essentials]


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course]:
    return variants(tmp_path_factory.mktemp("stories"))


@pytest.mark.parametrize("name", ["many measures", "forty fields", "earlier measures"])
def test_a_long_story_is_cut_to_twelve_pages(stories: dict[str, Course], name: str, tmp_path: Path) -> None:
    course = stories[name]
    notebook = nbformat.v4.new_notebook()
    for cell in CELLS[:-2]:
        if cell != "title":
            notebook.cells.append(nbformat.v4.new_markdown_cell(f"## Teil {cell}"))
        shown = getattr(report, cell)(course)
        output = nbformat.v4.new_output("display_data", shown._mimebundle(), metadata=shown._metadata())
        notebook.cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    notebook.metadata.title = "Abschlussbericht"
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(make_pdf(read_report(notebook)))
    assert pages_of(pdf) <= MOST_PAGES


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_a_word_file_alone_with_marked_places(folder: Path, paper: str) -> None:
    assert sorted(path.suffix for path in folder.glob(f"{paper}.*")) == [".docx", ".json"]
    with zipfile.ZipFile(folder / f"{paper}.docx") as word:
        text = re.sub(r"<[^>]+>", " ", word.read("word/document.xml").decode("utf-8"))
    marked = "[bitte ergänzen]" if paper == "council_paper" else "Noch hat niemand geprüft"
    assert marked in text
    twin = json.loads((folder / f"{paper}.json").read_text(encoding="utf-8"))
    assert (twin["report"], twin["municipality"]) == (paper, "musterstadt")


def test_the_papers_are_no_part_of_the_report(folder: Path) -> None:
    page = (folder / "final_report.html").read_text(encoding="utf-8")
    assert "Beratungsfolge" not in page
    assert "Wen können Sie fragen?" not in page


def test_the_page_in_plain_language_is_one_page_of_short_sentences(musterstadt: Course) -> None:
    text = text_of(musterstadt, "plain_language")
    assert "Leichte" not in text
    for row in musterstadt.measures.new:
        text = text.replace(row.values.what, "")
    sentences = [part for part in re.split(r"[.!?:] ", text) if part]
    assert max(len(sentence.split()) for sentence in sentences) <= 16


def test_every_number_on_wilhelmshaven_is_documented(wilhelmshaven: Course) -> None:
    """Years, the day of the dialogue, how many came; nothing is counted but what was given."""
    facts = (REFERENCE / "wilhelmshaven" / "facts.md").read_text(encoding="utf-8")
    known = set(re.findall(r"\d+", facts))
    # the positions of seven results, and the version of this program
    known |= {str(number) for number in range(1, 8)}
    text = text_of(wilhelmshaven, *CELLS[:-2]).replace(wilhelmshaven.software, "")
    text = text.replace(wilhelmshaven.study.licence, "")
    assert set(re.findall(r"\d+", text)) <= known


def test_everything_given_on_wilhelmshaven_stands_in_its_files(wilhelmshaven: Course) -> None:
    """The files are held against the facts by study/kinds; a report adds no statement of its own."""
    written = {
        str(value)
        for row in wilhelmshaven.given.rows
        for value in vars(row.values).values()
        if isinstance(value, str) and value
    }
    shown = {text["text"] for cell in CELLS for text in getattr(report, cell)(wilhelmshaven).given}
    assert shown <= written
    assert len(shown) >= 7 + 4
    assert "Der Workshop hat stattgefunden." in text_of(wilhelmshaven, "others")
    assert "Punkte werden deshalb nicht gezeigt" in text_of(wilhelmshaven, "standing")


def test_two_runs_give_the_same_bytes(shared: Path, folder: Path) -> None:
    run(
        shared, "beispiel", "again", "-m", "musterstadt", "-n", "final_report",
        formats=("html", "pdf", "docx"),
    )  # fmt: skip
    again = shared / "again" / "beispiel" / "musterstadt"
    for path in sorted(again.rglob("*")):
        if path.is_file():
            there = folder / path.relative_to(again)
            assert path.read_bytes() == there.read_bytes(), path.name
    shutil.rmtree(shared / "again")
