"""One small study from end to end, of which all came back in workbooks and minutes: no table was written."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
from calls import call_within
from filled_forms import FOLDER as FORMS
from filled_forms import entry, form_study, place
from filled_sheets import FOLDER, fill

RATINGS = {"politics": (60, 40), "civil_society": (30, 20)}
PERSPECTIVES = {"politics": "Politik", "civil_society": "Zivilgesellschaft"}


def study(project: Path) -> Path:
    """The small study: a folder for forms, one for sheets and minutes of the workshop and the dialogue."""
    folder = form_study(project / "data" / "raw" / "klein")
    (folder / FOLDER).mkdir()
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        for kind in ("events", "notes", "statements", "outcomes", "measures", "field_ratings"):
            stream.write(f'\n[[file]]\nkind = "{kind}"\npath = "{FOLDER}"\nformat = "form"\n')
    return folder


def fill_minutes(path: Path) -> Path:
    document = docx.Document(str(path))
    entries, notes, statements, outcomes, measures = document.tables
    line = {row.cells[0].text: row for row in entries.rows}
    line["Datum"].cells[1].text, line["Teilnehmende"].cells[1].text = "03.05.2024", "31"
    given = ("Feld B", "Ob das Fest bleibt, war umstritten.", "Widerspruch", "T1", "ja")
    for cell, text in zip(notes.rows[1].cells, given, strict=True):
        cell.text = text
    statements.rows[1].cells[1].text, statements.rows[1].cells[2].text = "1", "Im Verein fragt niemand."
    outcomes.rows[1].cells[1].text = "Begegnung braucht Räume."
    measures.rows[1].cells[0].text, measures.rows[1].cells[3].text = "Räume öffnen", "Hauptamt"
    document.save(str(path))
    return path


def fill_form(path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    for item, answer in {"A1": "ja", "A2": "teilweise", "B1": 1250, "B2": 50}.items():
        place(book, item).value = answer
    entry(book, "Ausfüllende Stelle").value = "Hauptamt"
    book.save(path)
    return path


def test_what_comes_back_in_forms_sheets_and_minutes_stands_in_the_reports(project: Path) -> None:
    folder = study(project)

    def made(name: str, *words: str) -> Path:
        out = project / name
        done = call_within(project, "form", "klein", "-m", "adorf", "--out", str(out), *words)
        assert (done.returncode, done.stderr) == (0, "")
        return out

    ratings = made("bewertung.xlsx", "--kind", "field_ratings", "--setting", "workshop")
    rows = [
        {"Person": f"{key}{n}", "Perspektive": PERSPECTIVES[key], "Handlungsfeld": field, "Bewertung": rating}
        for key, of_fields in RATINGS.items()
        for n in range(5)
        for field, rating in zip(("Feld A", "Feld B"), of_fields, strict=True)
    ]
    came = [
        fill_form(made("bogen.xlsx")),
        fill_minutes(made("protokoll.docx", "--kind", "minutes", "--setting", "dialogue")),
        fill(ratings, "field_ratings", rows),
    ]
    done = call_within(project, "import", *map(str, came), "--study", "klein")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((folder / FORMS).iterdir())) == 1
    assert len(list((folder / FOLDER).iterdir())) == 2

    done = call_within(project, "run", "klein", "-m", "adorf", "--jobs", "1")
    assert (done.returncode, done.stderr) == (0, "")
    reports = project / "reports" / "klein" / "2024" / "adorf"
    twins = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in reports.glob("*.json")}
    assert {"selfcheck", "data_quality", "workshop", "dialogue"} <= twins.keys()
    scores = {f["key"]: f.get("value") for f in twins["selfcheck"]["findings"]}
    # (100 + 50) / 2; (1250 / 5000 + 50 / 100) / 2, in points
    of_field = {
        key.split("/")[5]: v for key, v in scores.items() if "/dimension/" in key and key.endswith("/score")
    }
    assert of_field == {"alpha": 75.0, "beta": 37.5}
    page = (reports / "dialogue.html").read_text(encoding="utf-8")
    for text in (
        "Begegnung braucht Räume.",
        "Räume öffnen",
        "3. Mai 2024",
        "Ob das Fest bleibt, war umstritten.",
    ):
        assert text in page
    origins = {
        (given["text"], given["file"], given["tab"], given["row"]) for given in twins["dialogue"]["given"]
    }
    assert ("Begegnung braucht Räume.", f"{FOLDER}/adorf-1.docx", "Tabelle 4", 2) in origins
    gaps = {
        f["key"]: f.get("value") for f in twins["workshop"]["findings"] if "/gap=field_rating" in f["key"]
    }
    # 60 and 40 beside 75 and 37.5; 30 and 20 likewise
    assert gaps == {
        f"adorf/2024/workshop/{who}/dimension/{field}/gap=field_rating~administration": gap
        for who, field, gap in (
            ("politics", "alpha", -15.0),
            ("politics", "beta", 2.5),
            ("civil_society", "alpha", -45.0),
            ("civil_society", "beta", -17.5),
        )
    }
    trace = call_within(
        project, "trace", str(reports / "selfcheck.html"), next(k for k in scores if "/item/A1/" in k)
    )
    assert f"{FORMS}/adorf-1.xlsx" in trace.stdout
