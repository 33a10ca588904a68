"""Sheets for ratings, notes and others: made, filled in, brought back; each cell is read or a fault names it."""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled_sheets import FOLDER, TABS, TWO_WAVES, blank, fill, first_row, sheet_study
from given_studies import given_faults, given_in, values_of
from small_studies import change

from weltoffen_eval.commands.main import main
from weltoffen_eval.display.forms.sheets import AskedSheet, make_sheet
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.forms.pages import EntryCell, TextLine

#: By kind what is filled in, and what it means by the description of the formats.
FILLED: dict[str, tuple[list[dict[str, object]], list[dict[str, object]]]] = {
    "field_ratings": (
        [
            {"Person": "1", "Perspektive": "Politik", "Handlungsfeld": "Feld A", "Bewertung": 60},
            {"Person": "1", "Perspektive": "Politik", "Handlungsfeld": "Feld B", "Bewertung": 12.5},
        ],
        [
            {"respondent": "1", "perspective": "politics", "dimension": "alpha", "rating": 60.0},
            {"respondent": "1", "perspective": "politics", "dimension": "beta", "rating": 12.5},
        ],
    ),
    "notes": (
        [{"Notiz": "=SUMME fehlt", "Art": "Stärke", "freigegeben": "ja"}, {"Notiz": "- leer", "Handlungsfeld": "Feld B"}],
        [
            {"text": "=SUMME fehlt", "kind": "strength", "released": True},
            {"text": "- leer", "dimension": "beta", "released": False},
        ],
    ),
    "statements": (
        [{"Leitfrage": "2", "Wortlaut": "Im Verein."}, {"Leitfrage": "4", "Wortlaut": "Sprache", "Gruppe": "T1"}],
        [
            {"statement": "A1", "question": "2", "text": "Im Verein.", "released": False},
            {"statement": "A2", "question": "4", "text": "Sprache", "group": "T1", "released": False},
        ],
    ),
    "participants": (
        [{"Person": "7", "Perspektive": "Wirtschaft", "anwesend": "nein", "Merkmal": ""}, {"Person": "8"}],
        [{"participant": "7", "perspective": "business", "present": False}, {"participant": "8", "present": True}],
    ),
    "measures": (
        [{"Maßnahme": "Stelle schaffen", "Kennung": "M1", "Stand": "in Arbeit", "Priorität": "1", "Rahmen": "Workshop"}],
        [{"what": "Stelle schaffen", "measure": "M1", "status": "under_way", "priority": 1}],
    ),
    "outcomes": ([{"Ergebnis": "Mehr Räume."}], [{"position": 1, "text": "Mehr Räume."}]),
    "events": (
        [{"Datum": datetime.date(2024, 5, 3), "Ort": "Rathaus", "Teilnehmende": 31}],
        [{"date": datetime.date(2024, 5, 3), "place": "Rathaus", "participants": 31}],
    ),
}  # fmt: skip
WITHOUT = {"measures": {"needs_decision": False, "take": False}}
#: Participants have another word for their trait; what is no head of the sheet is not filled in.
FILLED["participants"][0][0].pop("Merkmal")


def returned(folder: Path, kind: str, *more: str) -> Path:
    setting = () if kind == "measures" else ("--setting", "dialogue")
    return fill(blank(folder, kind, *setting, *more), kind, FILLED[kind][0])


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))


@pytest.mark.parametrize("kind", FILLED)
def test_a_sheet_is_filled_in_brought_back_and_read(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sheet_study(tmp_path / "klein", kind)
    path = returned(folder, kind)
    assert main(["import", str(path), "--study", str(folder)]) == 0
    assert f"{FOLDER}/adorf-1.xlsx" in capsys.readouterr().out
    assert (folder / FOLDER / "adorf-1.xlsx").read_bytes() == path.read_bytes()
    expected = [{**WITHOUT.get(kind, {}), **row} for row in FILLED[kind][1]]
    assert values_of(folder, kind) == expected
    row, *_ = given_in(folder).of(kind)
    setting = "workshop" if kind == "measures" else "dialogue"
    assert (row.municipality, row.wave, row.setting) == ("adorf", "2024", setting)
    assert (row.file, row.tab) == (f"{FOLDER}/adorf-1.xlsx", TABS[kind])
    if kind != "events":
        _, line, _ = first_row(openpyxl.load_workbook(path), kind)
        assert row.row == line


def test_a_sheet_has_lists_to_choose_from_no_formula_and_the_same_bytes(tmp_path: Path) -> None:
    folder = sheet_study(tmp_path / "klein", "notes")
    made = blank(folder, "notes").read_bytes()
    book = openpyxl.load_workbook(blank(folder, "notes"))
    assert blank(folder, "notes").read_bytes() == made
    lists = {cell.value: [below.value for below in column[1:] if below.value] for column in
             book["Formular"].iter_cols(min_col=4) for cell in column[:1]}  # fmt: skip
    assert lists == {
        "dimension": ["Feld A", "Feld B"],
        "kind": ["Stärke", "Bedarf", "Idee", "Widerspruch", "Anmerkung"],
        "released": ["ja", "nein"],
    }
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert all(sheet.protection.sheet for sheet in book)
    tab, first, column = first_row(book, "notes")
    assert not tab.cell(first, column["Notiz"]).protection.locked


def test_fields_are_rated_on_the_scale_that_study_toml_names(tmp_path: Path) -> None:
    folder = sheet_study(tmp_path / "klein", "field_ratings", keys='scale = "stufen"')
    path = blank(folder, "field_ratings", "--setting", "workshop")
    row = {"Perspektive": "Politik", "Handlungsfeld": "Feld A", "Bewertung": "teilweise"}
    path = fill(path, "field_ratings", [row, {**row, "Bewertung": "weiß nicht"}])
    assert main(["import", str(path), "--study", str(folder)]) == 0
    assert [values["rating"] for values in values_of(folder, "field_ratings")] == [50.0]


FAULTY: dict[str, tuple[str, dict[str, object], str]] = {
    "a number out of range": ("field_ratings", {"Perspektive": "Politik", "Handlungsfeld": "Feld A", "Bewertung": 101}, "Bewertung"),
    "an unknown field": ("notes", {"Notiz": "x", "Handlungsfeld": "Feld Z"}, "Handlungsfeld"),
    "an unknown kind": ("notes", {"Notiz": "x", "Art": "Lob"}, "Art"),
    "no text": ("notes", {"Art": "Idee"}, "Notiz"),
    "an unknown question": ("statements", {"Leitfrage": "9", "Wortlaut": "x"}, "question"),
    "a number that is none": ("outcomes", {"Nummer": "erstens", "Ergebnis": "x"}, "Nummer"),
    "only a number of one's own": ("outcomes", {"Nummer": "erstens"}, "Ergebnis"),
    "neither yes nor no": ("participants", {"Person": "1", "anwesend": "vielleicht"}, "anwesend"),
    "an unknown status": ("measures", {"Maßnahme": "x", "Stand": "fast"}, "Stand"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_what_is_wrong_is_a_fault_at_its_cell_and_nothing_is_put(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kind, cells, column = FAULTY[name]
    folder = sheet_study(tmp_path / "klein", kind)
    path = fill(blank(folder, kind, "--setting", "dialogue"), kind, [cells])
    assert main(["import", str(path), "--study", str(folder)]) == 3
    _, line, _ = first_row(openpyxl.load_workbook(path), kind)
    told = capsys.readouterr().err
    assert f"voll-{kind}.xlsx, tab {TABS[kind]}, row {line}, column {column}" in told
    assert not list((folder / FOLDER).iterdir())


def test_a_faulty_entry_about_an_event_ends_in_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sheet_study(tmp_path / "klein", "events")
    path = fill(blank(folder, "events", "--setting", "workshop"), "events", [{"Gruppen": "viele"}])
    assert main(["import", str(path), "--study", str(folder)]) == 3
    tab = openpyxl.load_workbook(path)[TABS["events"]]
    line = next(cell.row for cell in tab["A"] if cell.value == "Gruppen")
    told = capsys.readouterr().err
    assert f"tab {TABS['events']}, row {line}, column Eintrag" in told
    assert "Gruppen: 'viele'" in told


def move_column(book: Any) -> None:
    tab, first, column = first_row(book, "notes")
    assert column["Art"] == 3
    tab.move_range(f"C{first - 1}:C{first + 99}", cols=5)


def rename_tab(book: Any) -> None:
    book[TABS["notes"]].title = "Sonstiges"


def add_column(book: Any) -> None:
    tab, first, _ = first_row(book, "notes")
    tab.cell(first - 1, 9).value, tab.cell(first, 9).value = "geprüft von", "Meier"


@pytest.mark.parametrize("done", [move_column, rename_tab, add_column])
def test_what_people_do_to_a_sheet_changes_nothing(tmp_path: Path, done: Any) -> None:
    folder = sheet_study(tmp_path / "klein", "notes")
    path = returned(folder, "notes")
    book = openpyxl.load_workbook(path)
    done(book)
    book.save(path)
    assert main(["import", str(path), "--study", str(folder)]) == 0
    assert values_of(folder, "notes") == FILLED["notes"][1]


def test_a_row_without_its_heads_is_not_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sheet_study(tmp_path / "klein", "notes")
    path = returned(folder, "notes")
    book = openpyxl.load_workbook(path)
    tab, first, _ = first_row(book, "notes")
    for cell in tab[first - 1]:
        cell.value = None
    book.save(path)
    assert main(["import", str(path), "--study", str(folder)]) == 3
    assert "no table to be read" in capsys.readouterr().err


def test_a_note_that_reads_like_a_head_is_a_note(tmp_path: Path) -> None:
    folder = sheet_study(tmp_path / "klein", "notes")
    path = fill(blank(folder, "notes"), "notes", [{"Notiz": "Notiz"}, {"Notiz": "danach"}])
    assert main(["import", str(path), "--study", str(folder)]) == 0
    assert [values["text"] for values in values_of(folder, "notes")] == ["Notiz", "danach"]


def test_a_folder_may_hold_sheets_of_several_kinds_and_says_of_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sheet_study(tmp_path / "klein", "notes", "outcomes")
    paths = [str(returned(folder, kind)) for kind in ("notes", "outcomes")]
    assert main(["import", *paths, "--study", str(folder)]) == 0
    assert sorted(path.name for path in (folder / FOLDER).iterdir()) == ["adorf-1.xlsx", "adorf-2.xlsx"]
    assert [row.kind for row in given_in(folder).rows] == ["notes", "notes", "outcomes"]
    # once more is no second time
    assert main(["import", *paths, "--study", str(folder)]) == 0
    assert "lies there already" in capsys.readouterr().out
    # of a kind that the folder is not named for nothing is left unread
    change(folder / "study.toml", 'kind = "outcomes"', 'kind = "measures"')
    (fault,) = given_faults(folder)
    assert (fault.file, fault.found) == (f"{FOLDER}/adorf-2.xlsx", "a form of the kind 'outcomes'")
    other = str(returned(folder, "participants"))
    assert main(["import", other, "--study", str(folder)]) == 2
    assert "no folder for sheets of participants" in capsys.readouterr().err


def test_a_second_sheet_is_held_against_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sheet_study(tmp_path / "klein", "statements")
    empty = blank(folder, "statements")
    one, two = (
        fill(empty, "statements", [{"Leitfrage": "1", "Wortlaut": text}], f"{text}.xlsx")
        for text in ("a", "b")
    )
    assert main(["import", str(one), "--study", str(folder)]) == 0
    assert main(["import", str(two), "--study", str(folder)]) == 3
    assert "'A1' twice" in capsys.readouterr().err
    other = fill(empty, "statements", [{"Nummer": "B1", "Leitfrage": "1", "Wortlaut": "b"}])
    assert main(["import", str(other), "--study", str(folder)]) == 0


def test_a_sheet_of_another_study_wave_setting_or_municipality_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sheet_study(
        tmp_path / "klein", "notes", keys='wave = "2027"\nsetting = "workshop"', study=TWO_WAVES
    )
    path = fill(blank(folder, "notes"), "notes", [{"Notiz": "x"}])
    assert main(["import", str(path), "--study", str(folder)]) == 0
    change(
        folder / "study.toml", 'wave = "2027"\nsetting = "workshop"', 'wave = "2024"\nsetting = "dialogue"'
    )
    assert [fault.found for fault in given_faults(folder)] == [
        "a form of the wave '2027'", "a form of the setting 'workshop'",
    ]  # fmt: skip
    change(folder / "study.toml", 'wave = "2024"\nsetting = "dialogue"', "")
    change(folder / "study.toml", 'id = "klein"', 'id = "anders"')
    assert [fault.found for fault in given_faults(folder)] == ["a form of the study 'klein'"]
    change(folder / "study.toml", 'id = "anders"', 'id = "klein"')
    book = openpyxl.load_workbook(path)
    cell = next(cell for cell in book.worksheets[0]["A"] if cell.value == "Kommune")
    book.worksheets[0].cell(cell.row, 2).value = "Bestadt"
    book.save(path)
    assert main(["import", str(path), "--study", str(folder)]) == 3
    assert "'Bestadt' in a form for adorf" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--kind", "participants", "--out", "x.xlsx"], "Say --setting"),
        (["--kind", "notes", "--out", "x.docx"], "name x.xlsx"),
        (["--kind", "notes", "--by", "office", "--out", "x"], "say -m, -w, --setting and --out only"),
    ],
)
def test_a_wrong_call_is_one_sentence(
    tmp_path: Path,
    more: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = sheet_study(tmp_path / "klein", "notes")
    assert main(["form", str(folder), "-m", "adorf", *more]) == 2
    assert said in capsys.readouterr().err


def test_a_sheet_that_was_filled_in_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = sheet_study(tmp_path / "klein", "notes"), tmp_path / "notizen.xlsx"
    call = ["form", str(folder), "-m", "adorf", "--kind", "notes", "--out", str(out)]
    assert (main(call), main(call)) == (0, 0)
    book = openpyxl.load_workbook(out)
    book.worksheets[0]["A1"].value = "anders"
    book.save(out)
    content = out.read_bytes()
    assert main(call) == 2
    assert "another content" in capsys.readouterr().err
    assert out.read_bytes() == content


def test_there_is_no_folder_of_sheets_for_what_holds_for_all(tmp_path: Path) -> None:
    folder = sheet_study(tmp_path / "klein", "codebook")
    assert "a folder of forms for codebook" in [fault.found for fault in given_faults(folder)]


def test_every_sentence_of_a_sheet_is_printed(tmp_path: Path) -> None:
    folder = sheet_study(tmp_path / "klein", "field_ratings")
    study = load_study(folder)
    place, scale = study.register.by_key["adorf"], study.instruments["2024"].scales[0]
    said: list[str] = []
    for kind in TABS:
        for setting, of_options in (("", None), ("workshop", scale)):
            where = "" if kind == "measures" else setting or "dialogue"
            asked = AskedSheet(study, kind, "2024", place, where, {"1": "Wo?"}, of_options)
            form = make_sheet(asked)
            assert form.title == TABS[kind]
            said += [form.title, form.running]
            for part in (part for page in form.pages for part in page.parts):
                if isinstance(part, TextLine):
                    said.append(part.text)
                else:
                    cells = [cell for row in part.rows for cell in row.cells]
                    said += [*part.heads, *(cell for cell in cells if isinstance(cell, str))]
                    said += [t for c in cells if isinstance(c, EntryCell) for t in (c.hint, c.refused)]
    for language in ("de", "en"):
        catalogue = load_catalogue("sheets", language)
        assert catalogue.worded.keys() == load_catalogue("sheets", "de").worded.keys()
    for name, worded in load_catalogue("sheets", "de").worded.items():
        if "minutes" in name:
            # of these the minutes are held to account
            continue
        literal = max(worded.texts["other"].replace("}", "{").split("{")[::2], key=len)
        assert any(literal in text for text in said), name


LETTERS = "aäß 1=+-@\"'<&;,.|\t\n"


def random_rows(rng: random.Random, kind: str, number: int) -> list[dict[str, object]]:
    """Rows as people may type them: letters that mean something elsewhere, and words of the lists."""

    def words() -> str:
        return "x" + "".join(rng.choice(LETTERS) for _ in range(rng.randint(0, 12))) + "."

    if kind == "measures":
        return [
            {
                "Maßnahme": words(), "Wer": words(), "Handlungsfeld": rng.choice(["Feld A", "Feld B", None]),
                "Stand": rng.choice(["geplant", "UMGESETZT", None]), "Priorität": rng.choice([1, "2", None]),
            }
            for _ in range(number)
        ]  # fmt: skip
    return [
        {"Notiz": words(), "Gruppe": words(), "freigegeben": rng.choice(["ja", "nein", None])}
        for _ in range(number)
    ]


def meant(row: dict[str, object]) -> tuple[object, ...]:
    """What a row says, by the description of the formats."""
    status = {"geplant": "planned", "UMGESETZT": "done", None: ""}
    fields = {"Feld A": "alpha", "Feld B": "beta", None: ""}
    if "Notiz" in row:
        return row["Notiz"], row["Gruppe"], row["freigegeben"] == "ja"
    priority = int(str(row["Priorität"])) if row["Priorität"] else None
    return (row["Maßnahme"], row["Wer"], fields[row["Handlungsfeld"]], status[row["Stand"]], priority)  # type: ignore[index]


def rows_come_back(tmp_path: Path, seeds: range) -> None:
    for kind in ("notes", "measures"):
        folder = sheet_study(tmp_path / kind, kind)
        empty = blank(folder, kind)
        for seed in seeds:
            rows = random_rows(random.Random(seed), kind, 20)
            path = fill(empty, kind, rows)
            (folder / FOLDER / "adorf-1.xlsx").write_bytes(path.read_bytes())
            read = [row.values for row in given_in(folder).of(kind)]
            if kind == "notes":
                found: list[Any] = [(one.text, one.group, one.released) for one in read]
            else:
                found = [(one.what, one.who, one.dimension, one.status, one.priority) for one in read]
            assert found == [meant(row) for row in rows], seed


def test_filled_at_random_the_same_comes_back(tmp_path: Path) -> None:
    rows_come_back(tmp_path, range(5))


@pytest.mark.slow
def test_filled_at_random_the_same_comes_back_many_times(tmp_path: Path) -> None:
    rows_come_back(tmp_path, range(5, 60))
