"""The index of a folder: what lies in it and what does not, by its manifest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from weltoffen_eval.publish.exporting.index import write_index
from weltoffen_eval.publish.keeping.manifest import Absent, Manifest
from weltoffen_eval.publish.running.job import Job, Made, publish

ABOUT = {
    "title": "Studie",
    "note": "",
    "names": {"a": "Adorf", "b": "Bestadt", "c": "Cekreis", "d": "Nicht dabei"},
    "labels": {"selfcheck": "Selbstcheck", "overview": "Alle Kommunen"},
}


def job(folder: Path, target: str) -> Job:
    return Job(
        notebook=folder.parent / "n.ipynb", parameters={}, title="Titel", inputs={}, target=folder / target
    )


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """Of a there is a report, of b none could be made, c gave no answers; one on the study."""
    folder = tmp_path / "reports"
    manifest = Manifest(folder)
    manifest.about = ABOUT
    for target in ("2021/a/selfcheck", "_study/overview"):
        made = Made({folder / f"{target}.{ending}": b"x" for ending in ("html", "pdf", "ipynb")})
        manifest.add(target, publish(job(folder, target), made).files)
    broken = job(folder, "2021/b/selfcheck")
    outcome = publish(broken, Made(reason="cell 3: ZeroDivisionError"))
    manifest.lack("2021/b/selfcheck", outcome.state, "", outcome.files)
    manifest.absent["2021/c"] = Absent("skipped", "kein Bogen der Verwaltung")
    return manifest


def page(manifest: Manifest) -> str:
    return (manifest.folder / "index.html").read_text(encoding="utf-8")


def rows(manifest: Manifest) -> dict[str, str]:
    """The text of each row, by the key of its municipality."""
    found = re.findall(r'data-key="(\w+)">(.*?)</tr>', page(manifest), re.DOTALL)
    return {key: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for key, row in found}


def test_each_municipality_of_which_something_is_known_has_its_row(manifest: Manifest) -> None:
    write_index(manifest)
    said = rows(manifest)
    assert list(said) == ["a", "b", "c"]
    assert "1 vollständig, 1 nicht erstellt, 1 ohne Bericht" in page(manifest)
    assert said["a"].startswith("Adorf Selbstcheck")
    assert "Selbstcheck: konnte nicht erstellt werden ( Fehlerseite" in said["b"]
    assert "kein Bericht" in said["c"]
    assert "kein Bogen der Verwaltung" in said["c"]
    assert 'href="_study/overview.pdf"' in page(manifest)
    assert page(manifest).count('href="2021/a/selfcheck.') == 2


def test_the_manifest_is_all_that_it_needs(manifest: Manifest) -> None:
    write_index(manifest)
    first = page(manifest)
    # a run that was killed before it wrote the manifest: the journal tells the same
    again = Manifest(manifest.folder)
    again.about, again.absent["2021/c"] = ABOUT, manifest.absent["2021/c"]
    write_index(again)
    assert page(manifest) == first
    manifest.write()
    write_index(Manifest(manifest.folder))
    assert page(manifest) == first


def test_a_file_that_is_gone_is_not_linked_and_said(manifest: Manifest) -> None:
    for ending in ("html", "pdf"):
        (manifest.folder / f"2021/a/selfcheck.{ending}").unlink()
    write_index(manifest)
    assert "2021/a/selfcheck" not in page(manifest)
    assert "Selbstcheck: Dateien fehlen" in rows(manifest)["a"]
    assert "nicht erstellt" in rows(manifest)["a"]


def test_what_was_missing_and_is_made_leaves_no_trace_of_it(manifest: Manifest) -> None:
    mended = job(manifest.folder, "2021/b/selfcheck")
    made = Made({manifest.folder / f"2021/b/selfcheck.{ending}": b"x" for ending in ("pdf", "ipynb")})
    assert manifest.lacking("2021/b/selfcheck") == "failed before"
    manifest.add("2021/b/selfcheck", publish(mended, made).files)
    write_index(manifest)
    # the name is the link; where there is no page, it says of which format it is
    assert rows(manifest)["b"] == "Bestadt Selbstcheck (PDF) Bestadt 2021"
    assert not (manifest.folder / "2021/b/selfcheck.html").exists(), "the page of the failure"


def test_what_is_to_be_known_of_the_last_run_stands_above(manifest: Manifest) -> None:
    write_index(
        manifest, "Der letzte Lauf wurde <abgewiesen>.", {"a": "Ein früherer Stand.", "d": "nirgends"}
    )
    assert '<p class="note">Der letzte Lauf wurde &lt;abgewiesen&gt;.</p>' in page(manifest)
    assert "Ein früherer Stand." in rows(manifest)["a"]
    assert "nirgends" not in page(manifest)


def test_there_is_a_row_of_each_and_a_column_of_each_wave_newest_first(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path / "reports")
    keys = [f"k{n}" for n in range(25)]
    names = ["Örtchen", "Ahausen", "Zettel", *(f"Ort {n}" for n in range(22))]
    manifest.about = {
        **ABOUT,
        "names": dict(zip(keys, names, strict=True)),
        "labels": {"selfcheck": "Selbstcheck", "data_quality": "Datenqualität", "final_report": "Bericht"},
        "order": ["selfcheck", "final_report", "data_quality"],
        "waves": ["Frühjahr", "Herbst"],
        "unit": ["Schule", "Schulen"],
    }
    targets = [f"{wave}/{key}/{name}" for key in keys for wave in ("Frühjahr", "Herbst")
               for name in ("data_quality", "selfcheck")]  # fmt: skip
    for target in [*targets, "k0/final_report"]:
        made = Made({manifest.folder / f"{target}.{ending}": b"x" for ending in ("html", "pdf", "docx")})
        manifest.add(target, publish(job(manifest.folder, target), made).files)
    write_index(manifest)
    soup = BeautifulSoup(page(manifest), "html.parser")
    heads = [head.get_text() for head in soup.select("thead th")]
    assert heads == ["Schule", "Alle Wellen", "Herbst", "Frühjahr"]
    assert "25 Schulen: 25 vollständig." in page(manifest)
    rows = soup.select("tbody tr")
    assert len(rows) == 25
    # Ö stands under O, and each letter leads to its first row
    assert [link.get_text() for link in soup.select("nav.letters a")] == ["A", "O", "Z"]
    first = {link.get_text(): soup.select_one(str(link["href"])) for link in soup.select("nav.letters a")}
    assert {letter: row["data-key"] for letter, row in first.items() if row} == {
        "A": "k1",
        "O": "k3",
        "Z": "k2",
    }
    (own,) = soup.select('tr[data-key="k0"]')
    cells = own.select("td")
    assert [cell["data-title"] for cell in cells] == ["Alle Wellen", "Herbst", "Frühjahr"]
    links = [(link["href"], " ".join(link.get_text(" ").split())) for link in cells[1].select("a")]
    # the name of the report is the link, other formats stand beside it, data quality comes last
    assert links == [
        ("Herbst/k0/selfcheck.html", "Selbstcheck Örtchen Herbst"),
        ("Herbst/k0/selfcheck.pdf", "Selbstcheck Örtchen Herbst, PDF"),
        ("Herbst/k0/selfcheck.docx", "Selbstcheck Örtchen Herbst, Word"),
        ("Herbst/k0/data_quality.html", "Datenqualität Örtchen Herbst"),
        ("Herbst/k0/data_quality.pdf", "Datenqualität Örtchen Herbst, PDF"),
        ("Herbst/k0/data_quality.docx", "Datenqualität Örtchen Herbst, Word"),
    ]
    assert "Kommune" not in soup.get_text()
