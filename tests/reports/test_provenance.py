"""Every report says from what it was made: for people, in the metadata of each format, and for machines."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
import shared as made
from lxml import html
from places import ROOT

from weltoffen_eval.program import program_tree
from weltoffen_eval.runs.kinds import KINDS

LOCK = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()
SCHEME = hashlib.sha256((ROOT / "weltoffen_eval/schemes/standard.toml").read_bytes()).hexdigest()
ANSWERS = "Antworten der Verwaltung (SHA-256)"


def hash_of_questionnaire(edition: str) -> str:
    """Names and contents of its files, one after the other."""
    folder = ROOT / "weltoffen_eval" / "instruments" / f"selbstcheck-{edition}"
    digest = hashlib.sha256()
    for name in ("instrument.toml", "items.csv", "mapping.csv", "suggestions.csv", "glossary.csv"):
        if (folder / name).is_file():
            digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()


EDITIONS = {"2021": hash_of_questionnaire("1"), "2024": hash_of_questionnaire("2")}


@pytest.fixture(scope="module")
def twins(shared: Path) -> list[Path]:
    """Of one report of each kind that the example has, and of its parts."""
    folders = [made.example_reports(shared), made.example_pages(shared)]
    found: dict[str, Path] = {}
    for path in (path for folder in folders for path in sorted(folder.rglob("*.json"))):
        told = json.loads(path.read_text(encoding="utf-8")).get("report")
        if told:
            found.setdefault(told, path)
    return list(found.values())


def wanted_of(twin: dict[str, object]) -> dict[str, str]:
    """What must be said of a report, by what it is, as it is written in metadata."""
    edition = EDITIONS[str(twin["date"])[:4]]
    return {
        "study": "beispiel",
        "date": str(twin["date"]),
        "scheme": f"standard sha256:{SCHEME}",
        "instrument": f"sha256:{edition}",
        "software": "weltoffen-eval 0.",
        "program_tree": program_tree(),
        "lock_sha256": LOCK,
        "language": "de",
        "audience": "internal",
    }


def closed(text: str) -> str:
    """Without white space, nor the hyphen at the end of a line."""
    return re.sub(r"\s|\x02", "", text)


def words_of(path: Path) -> str:
    """What people read of a page, a PDF or a Word file."""
    if path.suffix == ".html":
        return str(html.document_fromstring(path.read_bytes()).find("body").text_content())
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "".join(page.get_textpage().get_text_bounded() for page in document)
    with zipfile.ZipFile(path) as document:
        return re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode())


def metadata_of(path: Path) -> str:
    """What programs read of it."""
    if path.suffix == ".html":
        page = html.document_fromstring(path.read_bytes())
        return "\n".join(f"{m.get('name')}: {m.get('content')}" for m in page.iter("meta"))
    if path.suffix == ".pdf":
        found = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", path.read_bytes(), re.DOTALL)
        assert found is not None
        return found[0].decode()
    with zipfile.ZipFile(path) as document:
        return document.read("docProps/core.xml").decode()


def test_every_kind_of_report_is_looked_at(twins: list[Path]) -> None:
    told = {path.stem for path in twins}
    names = {name for kind in KINDS for name in (kind.name, *kind.parts, *kind.papers)}
    assert names - told == {"workshop_kit", "district"}


def test_the_twin_says_from_what_a_report_was_made(twins: list[Path]) -> None:
    for path in twins:
        twin = json.loads(path.read_text(encoding="utf-8"))
        assert twin["scheme"] == {"id": "standard", "sha256": SCHEME}
        assert twin["instrument"]["sha256"] == EDITIONS[twin["date"][:4]]
        assert (twin["program_tree"], twin["lock_sha256"]) == (program_tree(), LOCK)
        assert twin["software"].startswith("weltoffen-eval 0.")
        assert (twin["study"], twin["audience"], twin["language"]) == ("beispiel", "internal", "de")


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_the_metadata_of_every_format_say_it_too(twins: list[Path], form: str) -> None:
    files = [(path.with_suffix(f".{form}"), path) for path in twins]
    there = [(file, twin) for file, twin in files if file.is_file()]
    assert len(there) >= {"html": 8, "pdf": 5, "docx": 7}[form]
    for file, path in there:
        metadata = metadata_of(file)
        for name, value in wanted_of(json.loads(path.read_text(encoding="utf-8"))).items():
            assert name in metadata, file
            assert value in metadata, (file, name)


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_people_read_it_in_the_last_section(twins: list[Path], form: str) -> None:
    names = {kind.name for kind in KINDS}
    whole = [path for path in twins if path.stem in names and path.with_suffix(f".{form}").is_file()]
    assert len(whole) >= {"html": 7, "pdf": 5, "docx": 5}[form]
    for path in whole:
        twin = json.loads(path.read_text(encoding="utf-8"))
        said = closed(words_of(path.with_suffix(f".{form}")))
        assert "weltoffen-eval0." in said
        # a council reads no hashes: of its report they stand in the metadata and in the twin alone
        wanted = path.stem != "final_report"
        for value in (SCHEME, EDITIONS[twin["date"][:4]], program_tree(), LOCK):
            assert (value in said) == wanted, (path, form)
        parameters = ["study = beispiel"]
        parameters += [f"{name} = {twin[name]}" for name in ("municipality", "wave") if twin[name]]
        parameters += ["scheme = standard", "audience = internal", "language = de"]
        assert (closed(", ".join(parameters)) in said) == wanted, (path, form)


def test_no_other_hash_leaves_but_that_of_the_administrations_own_sheets(shared: Path) -> None:
    known = {SCHEME, LOCK, *EDITIONS.values()}
    of_answers: dict[str, set[str]] = {}
    for path in sorted(made.example_reports(shared).rglob("*")):
        if path.suffix not in (".html", ".json", ".csv", ".ipynb") or path.name in (
            "manifest.json",
            "run.json",
        ):
            continue
        text = (
            path.read_text(encoding="utf-8") if path.suffix != ".html" else words_of(path) + metadata_of(path)
        )
        for found in re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text):
            if found not in known:
                of_answers.setdefault(found, set()).add(path.stem)
                assert ANSWERS in text, path
    # of each self-check of an administration one, which stands in the reports that count its sheets
    assert of_answers
    assert all(files <= {"selfcheck", "data_quality", "workshop"} for files in of_answers.values()), (
        of_answers
    )
