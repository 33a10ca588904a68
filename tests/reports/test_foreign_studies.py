"""Reports on other people's studies: nothing of ours is pretended, in no format, whatever their size."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from calls import call_within
from foreign import COLOUR, districts, question, schools
from places import ROOT
from shared import OF_ALL

from weltoffen_eval.publish.exporting.brand_head import as_grey, contrast, readable

OURS = re.compile(r"Verwaltung|Kommune|Weltoffen(?!-eval)|Selbstcheck|Landkreis|Workshop")
FIRST = {"districts": "d0", "schools": "s0", "question": "t0"}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of each study the reports of its first unit, of two in all formats, and those on the whole."""
    folder = tmp_path_factory.mktemp("foreign")
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    for write in (districts, schools, question):
        name = write.__name__
        study = write(folder / "data" / "raw" / name)
        of_one = ("-m", FIRST[name], "--format", "html" if name == "question" else "html,pdf,docx")
        for more in (of_one, (*OF_ALL, "--format", "html")):
            done = call_within(folder, "run", str(study), "--out", str(folder), *more)
            assert done.returncode == 0, done.stderr
    return folder


def soup_of(path: Path) -> BeautifulSoup:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for element in soup(["style", "script"]):
        element.decompose()
    return soup


def text_of(path: Path) -> str:
    """What is seen of a report of any format."""
    if path.suffix == ".pdf":
        told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            told = BeautifulSoup(archive.read("word/document.xml"), "xml").get_text(" ")
    else:
        soup = soup_of(path)
        titles = [found["alt"] for found in soup.select("[alt]")]
        told = " ".join(
            [soup.get_text(" "), *map(str, titles), *re.findall('aria-label="([^"]*)"', str(soup))]
        )
    return " ".join(told.split())


@pytest.mark.parametrize("study", ["districts", "schools"])
def test_a_study_of_others_pretends_no_administration_in_any_format(reports: Path, study: str) -> None:
    pages = [path for path in (reports / study).rglob("*.*") if path.suffix in (".html", ".pdf", ".docx")]
    assert {path.name for path in pages} >= {
        "selfcheck.html", "selfcheck.pdf", "selfcheck.docx", "summary.pdf", "data_quality.docx",
        "all_municipalities.html", "instrument_quality.html", "index.html",
    }  # fmt: skip
    for path in pages:
        found = OURS.search(text_of(path))
        assert found is None, (path.name, found and text_of(path)[found.start() - 60 : found.end() + 60])


def test_a_study_is_called_by_its_own_words(reports: Path) -> None:
    text = text_of(reports / "districts" / "2025" / "d0" / "selfcheck.html")
    assert "Auswertung: Viertel A Bezirk Viertel A" in text
    assert "Grundlage: Befragung der Einwohnerinnen und Einwohner." in text
    # the labels are in English, and said to be
    marked = soup_of(reports / "districts" / "2025" / "d0" / "selfcheck.html").select('[lang="en"]')
    assert any("Parks and trees" in element.get_text() for element in marked)
    assert "Kollegium" in text_of(reports / "schools" / "2025" / "s0" / "data_quality.html")
    assert "Schule" in text_of(reports / "schools" / "index.html")
    assert "Grundlage: Angaben der Webseite." in text_of(
        reports / "question" / "2025" / "t0" / "selfcheck.html"
    )


def test_the_keys_of_a_report_name_whose_answers_they_are(reports: Path) -> None:
    for study, unit, who in (
        ("districts", "d0", "questionnaire/residents/"),
        ("schools", "s0", "questionnaire/staff:institution/"),
    ):
        twin = json.loads((reports / study / "2025" / unit / "selfcheck.json").read_text(encoding="utf-8"))
        keys = [finding["key"] for finding in twin["findings"]]
        assert keys
        assert all(key.startswith(f"{unit}/2025/{who}") for key in keys), keys[:3]


def test_forty_fields_and_one_are_shown_each(reports: Path) -> None:
    fields = soup_of(reports / "schools" / "2025" / "s0" / "selfcheck.html").find_all("h3")
    assert {f"Bereich {n}" for n in range(1, 41)} <= {field.get_text() for field in fields}
    text = text_of(reports / "question" / "2025" / "t0" / "selfcheck.html")
    assert "Fahrplan" in text
    assert "Die eine gestellte Frage ist beantwortet." in text


def test_residents_are_not_compared_with_themselves(reports: Path) -> None:
    text = text_of(reports / "districts" / "_study" / "all_municipalities.html")
    assert text.count("In dieser Welle liegt keine zweite Sicht vor") == 2
    assert "Getestet" not in text


def test_the_brand_stands_at_the_head_in_every_format(reports: Path) -> None:
    folder = reports / "districts" / "2025" / "d0"
    for ending in ("html", "pdf", "docx"):
        assert "Stadtforschung Nord" in text_of(folder / f"selfcheck.{ending}")
    (logo,) = soup_of(folder / "selfcheck.html").select("header img")
    assert logo["alt"] == "Kreis auf gelbem Grund"
    assert str(logo["src"]).startswith("data:image/svg+xml;base64,")
    with zipfile.ZipFile(folder / "selfcheck.docx") as archive:
        assert 'descr="Kreis auf gelbem Grund"' in archive.read("word/document.xml").decode("utf-8")
    assert b"Kreis auf gelbem Grund" in _alternatives(folder / "selfcheck.pdf")
    assert "Stadtforschung Nord" in text_of(reports / "districts" / "index.html")


def _alternatives(path: Path) -> bytes:
    """The alternative texts of a tagged PDF, as bytes of one text."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        told = [
            str(found["/Alt"])
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and "/Alt" in found
        ]
    return "\n".join(told).encode("utf-8")


def test_without_a_brand_there_is_neither_name_nor_ornament(reports: Path) -> None:
    page = soup_of(reports / "question" / "2025" / "t0" / "selfcheck.html")
    assert page.find("header") is None
    assert not page.select("body > svg, body > img")


@pytest.mark.parametrize("colour", [COLOUR, "#0b5a78", "#ffffff", "#000000", "#ff0000", "#00ff00", "#808080"])
@pytest.mark.parametrize("paper", ["#ffffff", "#14191e"])
def test_a_colour_can_be_read_on_both_papers_and_in_grey(colour: str, paper: str) -> None:
    made = readable(colour, paper)
    assert contrast(made, paper) >= 4.5
    assert contrast(as_grey(made), paper) >= 4.5


def test_a_colour_that_can_be_read_stays_and_contrast_is_that_of_the_guidelines() -> None:
    assert readable("#0b5a78", "#ffffff") == "#0b5a78"
    # WCAG 2.1: black on white 21, a colour on itself 1; #767676 is the lightest grey that passes on white
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(COLOUR, COLOUR) == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") < 4.5


def test_what_a_study_is_called_makes_its_reports_stale(reports: Path) -> None:
    study = reports / "data" / "raw" / "question"
    given = ("-m", "t0", "--format", "html", "--dry-run", "--json")

    def stale() -> list[str]:
        told = call_within(reports, "run", str(study), "--out", str(reports), *given).stdout
        return [entry["report"] for entry in json.loads(told)["would_make"]]

    assert stale() == []
    settings = (study / "study.toml").read_text(encoding="utf-8")
    changed = settings.replace("Angaben der Webseite", "Angaben des Aushangs")
    (study / "study.toml").write_text(changed, encoding="utf-8")
    assert stale() == ["2025/t0/data_quality", "2025/t0/selfcheck"]
    (study / "study.toml").write_text(settings, encoding="utf-8")


def test_the_table_of_scores_says_whose_they_are(reports: Path) -> None:
    (table,) = (reports / "districts").rglob("tables/*-d0-*-scores.csv")
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    # as the twin beside it does, and study.toml
    assert rows and {(row["setting"], row["perspective"], row["unit"]) for row in rows} == {
        ("questionnaire", "residents", "persons")
    }
