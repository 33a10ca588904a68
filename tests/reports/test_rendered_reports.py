"""Finished reports, made as a user makes them: what stands in them, for extreme and for hostile data too."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from samples import Tags
from shared import ALL_FORMATS as FORMATS
from shared import HOSTILE as HOSTILE_NAMES
from shared import (
    HOSTILE_TOO,
    OF_MODULES,
    dialogue_reports,
    example_reports,
    extreme_reports,
    foreign_reports,
    hostile_reports,
    hostile_reports_too,
    project_of,
)
from studies import HOSTILE_TEXTS, LONG_NAME, LONG_QUESTION

from weltoffen_eval.results.unsaid import unsaid_of


def run_elsewhere(study: str, out: Path, *arguments: str, umask: int, **environment: str) -> None:
    """As a user calls it, in surroundings of its own."""
    command = [sys.executable, "-m", "weltoffen_eval.commands.main", "run", study, "--out", str(out)]
    done = subprocess.run(
        [*command, "--format", ",".join(FORMATS), *arguments],
        env={**os.environ, "WELTOFFEN_PROJECT": str(out.parent / "projekt"), **environment},
        capture_output=True, text=True, encoding="utf-8", timeout=600, umask=umask,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    """Reports of ordinary, extreme and hostile municipalities, by study."""
    made = (example_reports, dialogue_reports, foreign_reports, extreme_reports, hostile_reports)
    (out,) = {reports(shared).parent for reports in made}
    return out


@pytest.fixture(autouse=True)
def _rare(request: pytest.FixtureRequest, shared: Path) -> None:
    """Reports of which none is made for the suite."""
    asked = getattr(request.node, "callspec", None)
    if asked is not None and asked.params.get("case", ("",))[-1] in HOSTILE_TOO:
        hostile_reports_too(shared)


ORDINARY = [
    ("beispiel", "2021", "modellstadt"),  # three sheets
    ("beispiel", "2021", "silbenstadt"),  # four fields chosen
    ("egi-chile", "2019", "putre"),
    *(("extreme", "2021", key) for key in ("alle", "vier", "eine", "lang")),
]
HOSTILE = [
    *(("hostile", "2021", key) for key in HOSTILE_NAMES),
    *(pytest.param(("hostile", "2021", key), marks=pytest.mark.slow) for key in HOSTILE_TOO),
]
DIALOGUES = [("beispiel", "2024", "musterstadt"), ("hostiledialogue", "2024", "dialogstadt")]
NAMES = ("selfcheck", "data_quality")


class Figure(NamedTuple):
    """A figure of a page with the cells of the table below it."""

    alternative: str
    cells: list[str]


def page_of(folder: Path, case: tuple[str, str, str], name: str = "selfcheck") -> str:
    return folder.joinpath(*case, f"{name}.html").read_text(encoding="utf-8")


def visible(page: str) -> str:
    """What a reader sees of a page, alternative texts included."""
    body = page[page.index("<body>") :]
    said = " ".join(re.findall(r'aria-label="([^"]*)"', body))
    return unescape(re.sub(r"<[^>]+>", " ", body)) + " " + unescape(said)


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(str(path)) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def figures_of(page: str) -> Iterator[Figure]:
    for figure in re.findall(r"<figure\b.*?</figure>", page, re.DOTALL):
        alternative = re.search(r'<svg role="img" aria-label="([^"]*)"', figure)
        assert alternative is not None
        cells = [
            re.sub(r"<[^>]+>", "", cell)
            for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", figure, re.DOTALL)
        ]
        yield Figure(unescape(alternative[1]), [unescape(cell) for cell in cells])


@pytest.mark.parametrize("case", [*ORDINARY, *HOSTILE], ids="-".join)
def test_every_format_of_every_report_is_there(folder: Path, case: tuple[str, str, str]) -> None:
    for name in NAMES:
        for form in FORMATS:
            assert folder.joinpath(*case, f"{name}.{form}").stat().st_size > 10_000


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", ORDINARY, ids="-".join)
def test_no_reader_sees_what_belongs_to_the_program(
    folder: Path, case: tuple[str, str, str], name: str
) -> None:
    path = folder.joinpath(*case, name)
    document = docx.Document(str(path.with_suffix(".docx")))
    word = " ".join(t.text or "" for t in document.element.body.iter(qn("w:t")))
    for text in (visible(page_of(folder, case, name)), word, pdf_text(path.with_suffix(".pdf"))):
        assert not re.search(r"\bnan\b|\bNone\b|<NA>|\bTrue\b|\bFalse\b|\binf\b", text)
        # the source of the data is quoted as it is: versions and digital identifiers hold points
        own = re.sub(r"Quelle.*?Lizenz", "", text, flags=re.DOTALL)
        own = re.sub(r"weltoffen-eval 0\.1\.0|CC[ -0A-Z]+\d\.0|\d+\. |\d\d\.\d\d\s+Uhr", "", own)
        assert not re.search(r"\d\.\d", own), "an unrounded number"
        # names of files and of English books
        own = re.sub(r"\S+\.csv|Handbook.*?\(gew|The problem.*?Behavioral", "", own, flags=re.DOTALL)
        assert not re.search(
            r"\b(skipped|withheld|dont_know|score|coverage|item|dimension|administration|the|and)\b", own
        )


@pytest.mark.parametrize("case", [*ORDINARY, *HOSTILE], ids="-".join)
def test_every_alternative_text_is_specific(folder: Path, case: tuple[str, str, str]) -> None:
    page = page_of(folder, case)
    heading = re.search(r"<h1[^>]*>([^<]*)</h1>", page)
    assert heading is not None
    municipality = unescape(heading[1]).partition(": ")[2]
    figures = list(figures_of(page))
    assert figures
    assert len({figure.alternative for figure in figures}) == len(figures)
    for figure in figures:
        assert 40 <= len(figure.alternative) <= 400
        assert municipality[:60] in figure.alternative
        said = set(re.findall(r"\d+", figure.alternative)) - {"0", "100"}
        there = set(re.findall(r"\d+", " ".join(figure.cells)))
        if not there:
            # nothing has points: the text says why
            assert re.search("zu wenige Antworten|nicht gewählt|nicht zuständig", figure.alternative)
            continue
        assert said & there or "0" in there or "100" in there, figure.alternative


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", [*ORDINARY, *HOSTILE], ids="-".join)
def test_the_contents_are_the_headings(folder: Path, case: tuple[str, str, str], name: str) -> None:
    page = page_of(folder, case, name)
    contents = re.search(r"<nav.*?</nav>", page, re.DOTALL)
    assert contents is not None
    listed = re.findall(r'<a href="#([^"]+)">([^<]*)</a>', contents[0])
    assert listed == re.findall(r'<h[23] id="([^"]+)">([^<]*)</h[23]>', page)


@pytest.mark.parametrize("case", DIALOGUES, ids="-".join)
def test_a_report_on_a_dialogue_keeps_the_rules_of_all(folder: Path, case: tuple[str, str, str]) -> None:
    for form in FORMATS:
        assert folder.joinpath(*case, f"dialogue.{form}").stat().st_size > 10_000
    test_the_contents_are_the_headings(folder, case, "dialogue")
    page = page_of(folder, case, "dialogue")
    figures = list(figures_of(page))
    assert len(figures) == 4
    assert len({figure.alternative for figure in figures}) == 4
    for figure in figures:
        assert 40 <= len(figure.alternative) <= 400
        assert set(re.findall(r"\d+", figure.alternative)) & set(re.findall(r"\d+", " ".join(figure.cells)))
    twin = json.loads(folder.joinpath(*case, "dialogue.json").read_text(encoding="utf-8"))
    assert len({text["id"] for text in twin["given"]}) == len(twin["given"]) > 20
    assert all(text["file"].endswith(".csv") and text["row"] > 1 for text in twin["given"])
    assert unsaid_of(folder.joinpath(*case, "dialogue.json"), twin) == []
    if case[0] == "beispiel":
        test_no_reader_sees_what_belongs_to_the_program(folder, case, "dialogue")
        assert folder.joinpath(*case, "dialogue.html").stat().st_size < 400_000
    tables = list(folder.joinpath(*case, "tables").glob("dialogue-*.csv"))
    assert {"dialogue-statements.csv", "dialogue-intentions.csv", "dialogue-codebook.csv"} <= {
        p.name for p in tables
    }
    for path in tables:
        cells = re.split(r"[;\n]", path.read_text(encoding="utf-8-sig"))
        assert not any(cell.lstrip('"').startswith(("=", "@")) for cell in cells)


def test_hostile_text_of_a_dialogue_appears_as_text_in_all_formats(folder: Path) -> None:
    case = ("hostiledialogue", "2024", "dialogstadt")
    path = folder.joinpath(*case, "dialogue")
    tags = Tags(page_of(folder, case, "dialogue"))
    assert not {"script", "img", "iframe", "object"} & set(tags.tags)
    assert tags.risky == []
    with pikepdf.open(path.with_suffix(".pdf")) as pdf:
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert not any("/URI" in a.get("/A", {}) for page in pdf.pages for a in page.get("/Annots", []))
    document = docx.Document(str(path.with_suffix(".docx")))
    assert not any(rel.is_external for rel in document.part.rels.values())
    seen = visible(page_of(folder, case, "dialogue"))
    word = "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))
    )
    for text in HOSTILE_TEXTS:
        assert text in seen
        assert text in word


@pytest.mark.parametrize("case", ORDINARY, ids="-".join)
def test_a_report_is_small(folder: Path, case: tuple[str, str, str]) -> None:
    for name in NAMES:
        path = folder.joinpath(*case, name)
        assert path.with_suffix(".html").stat().st_size < 400_000
        assert path.with_suffix(".pdf").stat().st_size < 1_000_000


@pytest.mark.parametrize("case", ORDINARY, ids="-".join)
def test_every_sentence_with_a_number_of_a_field_rests_on_findings(
    folder: Path, case: tuple[str, str, str]
) -> None:
    page = page_of(folder, case)
    start = page.index('<h3 id="dimension-')
    fields = page[start : page.index("<h2 ", start)]
    anchors = set(re.findall(r' id="([^"]+)"', page))
    paragraphs = re.findall(r"<p[ >].*?</p>|<dd>.*?</dd>", fields, re.DOTALL)
    computed = [p for p in paragraphs if re.search(r"\d+ Punkte|Kein Wert", p)]
    assert computed
    assert all("data-rests-on=" in paragraph for paragraph in computed)
    assert set(re.findall(r'href="#([^"]+)"', fields)) <= anchors


def test_extremes_say_what_they_are(folder: Path) -> None:
    everything = visible(page_of(folder, ("extreme", "2021", "alle")))
    assert "Alle 108 Fragen, die auf die Kommune zutreffen, sind beantwortet." in everything
    assert "Was ist nicht beantwortet?" not in everything
    four = visible(page_of(folder, ("extreme", "2021", "vier")))
    assert "Nicht gewählt hat die Kommune" in four
    assert re.search(r"Alle \d+ Fragen, die auf die Kommune zutreffen, sind beantwortet", four)
    one = visible(page_of(folder, ("extreme", "2021", "eine")))
    assert "Beantwortet ist eine der 15 Fragen, die auf die Kommune zutreffen" in one
    assert "Für kein Handlungsfeld sind Punkte angegeben." in one
    long = visible(page_of(folder, ("extreme", "2021", "lang")))
    assert LONG_NAME in long
    assert LONG_QUESTION in long
    assert not (folder / "extreme" / "2021" / "keine").exists()
    index = visible((folder / "extreme" / "index.html").read_text(encoding="utf-8"))
    assert "Keinestadt kein Bericht Bogen ohne Antwort" in " ".join(index.split())


@pytest.mark.parametrize("case", HOSTILE, ids="-".join)
def test_hostile_text_appears_as_text_in_all_formats(folder: Path, case: tuple[str, str, str]) -> None:
    for name in NAMES:
        tags = Tags(page_of(folder, case, name))
        assert not {"script", "img", "iframe", "object"} & set(tags.tags)
        assert tags.risky == []
        path = folder.joinpath(*case, name)
        with pikepdf.open(path.with_suffix(".pdf")) as pdf:
            assert "/JavaScript" not in pdf.Root.get("/Names", {})
            assert not any("/URI" in a.get("/A", {}) for page in pdf.pages for a in page.get("/Annots", []))
        document = docx.Document(str(path.with_suffix(".docx")))
        assert not any(rel.is_external for rel in document.part.rels.values())
    seen = visible(page_of(folder, case))
    word = "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document_of(folder, case).iter(qn("w:p"))
    )
    printed = pdf_text(folder.joinpath(*case, "selfcheck.pdf"))
    for text in HOSTILE_TEXTS:
        assert text in seen
        assert text in word
    for text in ("<script>alert(1)", "javascript:alert(4)", "{{ 7*7 }}", "@label", "😀 Łódź"):
        assert text in printed


@pytest.mark.parametrize("name", ["all_municipalities", "instrument_quality"])
def test_hostile_text_appears_as_text_in_the_reports_of_a_study(folder: Path, name: str) -> None:
    study = folder / "hostile" / "_study"
    tags = Tags((study / f"{name}.html").read_text(encoding="utf-8"))
    assert not {"script", "img", "iframe", "object"} & set(tags.tags)
    assert tags.risky == []
    with pikepdf.open(study / f"{name}.pdf") as pdf:
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert not any("/URI" in a.get("/A", {}) for page in pdf.pages for a in page.get("/Annots", []))
    document = docx.Document(str(study / f"{name}.docx"))
    assert not any(rel.is_external for rel in document.part.rels.values())
    seen = visible((study / f"{name}.html").read_text(encoding="utf-8"))
    word = "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))
    )
    for text in HOSTILE_TEXTS:
        assert text in seen
        assert text in word
    for table in (study / "tables").glob(f"{name}-*.csv"):
        cells = re.split(r"[;\n]", table.read_text(encoding="utf-8-sig"))
        assert not any(cell.lstrip('"').startswith(("=", "@")) for cell in cells)


def document_of(folder: Path, case: tuple[str, str, str]) -> object:
    return docx.Document(str(folder.joinpath(*case, "selfcheck.docx"))).element.body


@pytest.mark.parametrize("case", HOSTILE, ids="-".join)
def test_no_table_for_a_spreadsheet_holds_a_formula(folder: Path, case: tuple[str, str, str]) -> None:
    tables = list(folder.joinpath(*case, "tables").glob("*.csv"))
    assert len(tables) >= 20
    shown = [path for path in tables if not path.name.endswith("-scores.csv")]
    for path in shown:
        cells = re.split(r"[;\n]", path.read_text(encoding="utf-8-sig"))
        assert not any(cell.lstrip('"').startswith(("=", "@")) for cell in cells)


def test_the_tables_hold_every_number_of_the_report(folder: Path) -> None:
    case = ("beispiel", "2021", "modellstadt")
    page = page_of(folder, case)
    numbers = set(re.findall(r'<td[^>]*class="number"[^>]*>([^<]*)</td>', page))
    assert len(numbers) > 30
    written = "\n".join(
        path.read_text(encoding="utf-8-sig") for path in folder.joinpath(*case, "tables").glob("selfcheck-*")
    )
    cells = set(re.split(r"[;\n]", written))
    assert {unescape(number) for number in numbers} <= cells


#: As shared.example_reports, in another order; of one municipality in the suite, all in check-slow.
ONE = [("-w", "2021", "-m", "silbenstadt", "--jobs", "1")]
ALL = [
    ("-w", "2021", "-m", "silbenstadt", "-m", "modellstadt", "--jobs", "1"),
    ("-m", "musterstadt", *OF_MODULES, "--jobs", "1"),
]


@pytest.mark.parametrize(
    ("calls", "place"),
    [(ONE, "2021/silbenstadt"), pytest.param(ALL, "", marks=pytest.mark.slow)],
    ids=["one", "all"],
)
def test_the_same_bytes_in_another_folder_zone_locale_umask_and_order(
    shared: Path, folder: Path, tmp_path: Path, calls: list[tuple[str, ...]], place: str
) -> None:
    (tmp_path / "projekt").symlink_to(project_of(shared))
    out = tmp_path / "Größe und Leerzeichen"
    for given in calls:
        run_elsewhere("beispiel", out, *given, umask=0o077, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="5")
    made, again = (
        {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.suffix}
        for root in (folder / "beispiel" / place, out / "beispiel" / place)
    )
    assert sorted(made) == sorted(again)
    assert [path for path in made if made[path] != again[path]] == []
    assert {path.suffix for path in made} == {".html", ".pdf", ".docx", ".ipynb", ".csv", ".json"}
    (printed,) = (path for path in made if path.name == "selfcheck.pdf" and "modellstadt" not in str(path))
    assert io.BytesIO(made[printed]).read(4) == b"%PDF"
