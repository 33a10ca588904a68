"""The sheet of feedback: all answers of an administration go out, what it changes comes back as corrections."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled_forms import put_form
from hypothesis import given, settings
from hypothesis import strategies as st
from small_studies import clean, write_study

from weltoffen_eval.commands.main import main
from weltoffen_eval.study.definition import load_study

WIDE = 'municipality,respondent,A1,A2,B1,B2\nadorf,Bauamt,2,98,1,"12,5"\nbestadt,Hauptamt,0,,3,50\n'
LONG = (
    "municipality,respondent,item,response\nadorf,Hauptamt,A1,teilweise\nadorf,Hauptamt,B2,7\n"
    "bestadt,Bauamt,A2,1\n"
)
PERSONS = "municipality,respondent,Gruppe,A1,A2,B1,B2\nadorf,p1,Politik,1,1,1,66\n"
FILES = {
    "wide.csv": (WIDE, "questionnaire", 'perspective = "administration"'),
    "long.csv": (LONG, "questionnaire", 'perspective = "administration"\nlayout = "long"'),
    "personen.csv": (PERSONS, "workshop", 'perspective_column = "Gruppe"'),
}
HEADS = [
    "Kennung",
    "Frage",
    "Beantwortet von",
    "Fundort",
    "Gelesen als",
    "Richtig so?",
    "Stattdessen",
    "Begründung",
]
Sheet = dict[str, list[Any]]


def feedback_study(folder: Path) -> Path:
    """The small study with three files and the folder of forms, in which a form of Adorf lies."""
    write_study(folder)
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        for path, (text, setting, keys) in FILES.items():
            stream.write(f'\n[[file]]\npath = "{path}"\nwave = "2024"\nsetting = "{setting}"\n{keys}\n')
            (folder / path).write_text(text, encoding="utf-8")
        keys = 'perspective = "administration"\nformat = "form"'
        stream.write(f'\n[[file]]\npath = "formulare"\nwave = "2024"\nsetting = "questionnaire"\n{keys}\n')
    (folder / "formulare").mkdir()
    put_form(folder, "adorf-1.xlsx", {"A1": "nein", "B2": "30"}, office="Ordnungsamt")
    return folder


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    return feedback_study(tmp_path / "klein")


def ask(study: Path, municipality: str = "adorf", name: str = "bogen.xlsx") -> Path:
    out = study.parent / name
    assert main(["form", str(study), "-m", municipality, "--corrections", "--out", str(out)]) == 0
    return out


def rows_of(book: openpyxl.Workbook) -> list[list[Any]]:
    """The rows of its answers, as cells."""
    sheet = book.worksheets[1]
    rows = [list(row) for row in sheet.iter_rows()]
    first = next(number for number, row in enumerate(rows) if row[0].value == "Kennung")
    assert [cell.value for cell in rows[first]] == HEADS
    return [row for row in rows[first + 1 :] if row[0].value]


def row_at(book: openpyxl.Workbook, place: str) -> list[Any]:
    """The row of the answer that stands there."""
    return next(row for row in rows_of(book) if row[3].value == place)


def fill(path: Path, entries: Mapping[str, tuple[str, str, str]]) -> Path:
    book = openpyxl.load_workbook(path)
    for place, texts in entries.items():
        for cell, text in zip(row_at(book, place)[5:], texts, strict=True):
            cell.value = text or None
            if text:
                # typed as text: a formula it is not
                cell.data_type = "s"
    book.save(path)
    return path


def corrections(study: Path, municipality: str = "adorf") -> list[dict[str, str]]:
    with (study / "corrections" / f"{municipality}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


A1, B2 = "wide.csv, Zeile 2, Spalte A1", "wide.csv, Zeile 2, Spalte B2"
LONG_A1 = "long.csv, Zeile 2, Spalte response"


def test_it_shows_all_answers_of_the_administration_with_their_places_and_none_of_persons(
    study: Path,
) -> None:
    book = openpyxl.load_workbook(ask(study))
    told = {row[3].value: (row[2].value, row[4].value) for row in rows_of(book)}
    assert told[A1] == ("Bauamt", "ja")
    assert told["wide.csv, Zeile 2, Spalte A2"] == ("Bauamt", "weiß nicht")
    assert told[B2] == ("Bauamt", "12,5")
    assert told[LONG_A1] == ("Hauptamt", "teilweise")
    (of_form,) = [place for place in told if "formulare/adorf-1.xlsx" in place and told[place][1] == "nein"]
    assert "Spalte Antwort" in of_form
    assert told[of_form][0] == "Ordnungsamt"
    everything = str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
    assert "personen.csv" not in everything
    assert "p1" not in everything
    assert "bestadt" not in everything.casefold().replace("'bestadt'", "")
    # 4 in wide.csv, 2 in long.csv, 4 in the form
    assert len(told) == 10


def test_what_is_changed_comes_back_as_corrections_that_the_study_is_read_with(study: Path) -> None:
    entries = {
        A1: ("nein", "teilweise", "verlesen"),
        B2: ("", "80", ""),
        LONG_A1: ("ja", "", ""),
        "wide.csv, Zeile 2, Spalte A2": ("nein", "weiß nicht", ""),
    }
    sent = fill(ask(study), entries)
    assert main(["import", str(sent), "--study", str(study)]) == 0
    assert corrections(study) == [
        {"file": "wide.csv", "tab": "", "row": "2", "column": "A1", "old": "2", "new": "teilweise",
         "reason": "Rückmeldung: verlesen"},
        {"file": "wide.csv", "tab": "", "row": "2", "column": "B2", "old": "12,5", "new": "80",
         "reason": "Rückmeldung"},
    ]  # fmt: skip
    cleaned = clean(study)
    rows = cleaned.responses.query("municipality == 'adorf' and respondent == 'Bauamt'").set_index("item")
    assert (rows.loc["A1", "code"], rows.loc["B2", "value"]) == (1, 80.0)
    rules = set(cleaned.cleaning_log["rule"])
    assert {"correction: Rückmeldung: verlesen", "correction: Rückmeldung"} <= rules
    # the same sheet once more changes nothing
    before = (study / "corrections" / "adorf.csv").read_bytes()
    assert main(["import", str(sent), "--study", str(study)]) == 0
    assert (study / "corrections" / "adorf.csv").read_bytes() == before


def test_an_answer_in_a_returned_form_is_corrected_in_its_cell(study: Path) -> None:
    sent = ask(study)
    book = openpyxl.load_workbook(sent)
    place = next(
        row[3].value for row in rows_of(book) if "adorf-1" in row[3].value and row[4].value == "nein"
    )
    fill(sent, {place: ("nein", "ja", "")})
    assert main(["import", str(sent), "--study", str(study)]) == 0
    (made,) = corrections(study)
    assert (made["file"], made["column"], made["old"]) == ("formulare/adorf-1.xlsx", "Antwort", "nein")
    answers = clean(study).responses.query("respondent == 'Ordnungsamt' and item == 'A1'")
    assert list(answers["code"]) == [2]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({A1: ("nein", "", "")}, "an answer that is not right"),
        ({A1: ("ja", "teilweise", "")}, "beside an answer that is right"),
        ({A1: ("vielleicht", "", "")}, "'vielleicht'"),
        ({A1: ("nein", "sehr", "")}, "'sehr'"),
        ({B2: ("nein", "1000", "")}, "'1000'"),
    ],
)
def test_what_is_not_certain_is_a_fault_that_names_the_cell_and_nothing_is_written(
    study: Path, entries: dict[str, tuple[str, str, str]], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = fill(ask(study), {**entries, LONG_A1: ("nein", "ja", "")})
    line = next(row[0].row for row in rows_of(openpyxl.load_workbook(sent)) if row[3].value in entries)
    assert main(["import", str(sent), "--study", str(study)]) == 3
    told = capsys.readouterr().err
    assert said in told
    assert f"row {line}" in told
    assert not (study / "corrections").exists()


def test_two_sheets_that_change_one_answer_differently_are_a_fault(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = fill(ask(study), {A1: ("nein", "teilweise", "")})
    other = fill(ask(study, name="zwei.xlsx"), {A1: ("nein", "nein", "")})
    assert main(["import", str(one), str(other), "--study", str(study)]) == 3
    assert "corrected otherwise than in" in capsys.readouterr().err
    assert not (study / "corrections").exists()
    # nor does a later sheet change what an earlier one corrected
    assert main(["import", str(one), "--study", str(study)]) == 0
    assert main(["import", str(other), "--study", str(study)]) == 3
    assert "corrected already" in capsys.readouterr().err
    assert [made["new"] for made in corrections(study)] == ["teilweise"]


def test_a_corrected_answer_is_shown_as_such_and_cannot_be_corrected_again(study: Path) -> None:
    sent = fill(ask(study), {A1: ("nein", "teilweise", "")})
    assert main(["import", str(sent), "--study", str(study)]) == 0
    book = openpyxl.load_workbook(ask(study, name="neu.xlsx"))
    row = row_at(book, A1)
    assert row[4].value == "„teilweise“, berichtigt aus „2“"
    assert all(cell.protection.locked for cell in row[5:])
    later = fill(ask(study, name="neu.xlsx"), {LONG_A1: ("nein", "ja", "")})
    assert main(["import", str(later), "--study", str(study)]) == 0
    assert [(made["file"], made["new"]) for made in corrections(study)] == [
        ("long.csv", "ja"),
        ("wide.csv", "teilweise"),
    ]


def test_a_row_of_which_the_answer_has_changed_since_is_a_fault(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = fill(ask(study), {A1: ("nein", "teilweise", "")})
    (study / "wide.csv").write_text(WIDE.replace("Bauamt,2", "Bauamt,0"), encoding="utf-8")
    assert main(["import", str(sent), "--study", str(study)]) == 3
    assert "of which no answer is known" in capsys.readouterr().err


def test_rows_may_be_sorted_tabs_renamed_and_columns_added(study: Path) -> None:
    sent = fill(ask(study), {A1: ("nein", "teilweise", "")})
    book = openpyxl.load_workbook(sent)
    sheet = book.worksheets[1]
    sheet.title = "umbenannt"
    sheet.insert_cols(2)
    book.save(sent)
    assert main(["import", str(sent), "--study", str(study)]) == 0
    assert [made["new"] for made in corrections(study)] == ["teilweise"]


def test_a_sheet_of_another_study_or_of_nobody_is_refused(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = ask(study)
    book = openpyxl.load_workbook(sent)
    hidden = book["Formular"]
    for row in hidden.iter_rows():
        if row[0].value == "municipality":
            row[1].value = "../../x"
    book.save(sent)
    assert main(["import", str(sent), "--study", str(study)]) == 3
    assert "'../../x'" in capsys.readouterr().err
    assert not (study / "corrections").exists()


def test_an_answer_that_could_not_be_read_is_shown_and_can_be_corrected(study: Path) -> None:
    (study / "wide.csv").write_text(WIDE.replace("Bauamt,2", "Bauamt,=2+7"), encoding="utf-8")
    sent = ask(study)
    row = row_at(openpyxl.load_workbook(sent), A1)
    assert (row[4].value, row[4].data_type) == ("„=2+7“: nicht zu lesen", "s")
    fill(sent, {A1: ("nein", "ja", "=1+1")})
    assert main(["import", str(sent), "--study", str(study)]) == 0
    (made,) = corrections(study)
    assert (made["old"], made["new"]) == ("=2+7", "ja")
    assert not made["reason"].startswith("=")
    clean(study)


def test_two_sheets_are_the_same_bytes(study: Path) -> None:
    assert ask(study).read_bytes() == ask(study, name="zwei.xlsx").read_bytes()


@pytest.mark.parametrize("more", [["--wave", "2024"], ["--to", "pdf"], ["--by", "office"]])
def test_what_does_not_go_together_is_a_wrong_call(study: Path, more: list[str]) -> None:
    out = study.parent / "x.xlsx"
    assert main(["form", str(study), "-m", "adorf", "--corrections", "--out", str(out), *more]) == 2
    assert main(["form", str(study), "--corrections", "--out", str(out)]) == 2
    assert main(["form", str(study), "-m", "kreis", "--corrections", "--out", str(out)]) == 2
    assert not out.exists()


PLACES = {
    A1: ("Bauamt", "A1"),
    "wide.csv, Zeile 2, Spalte A2": ("Bauamt", "A2"),
    LONG_A1: ("Hauptamt", "A1"),
    B2: ("Bauamt", "B2"),
    "long.csv, Zeile 3, Spalte response": ("Hauptamt", "B2"),
}
LABELS = {"nein": "0", "teilweise": "1", "ja": "2", "weiß nicht": "dont_know", "keine Angabe": "skipped"}


@st.composite
def changes(draw: st.DrawFn) -> dict[str, str]:
    """For some of the answers another one, by their place."""
    return {
        place: str(draw(st.integers(0, 100))) if item == "B2" else draw(st.sampled_from(sorted(LABELS)))
        for place, (_, item) in PLACES.items()
        if draw(st.booleans())
    }


def answers(study: Path) -> dict[tuple[str, str, str], str]:
    rows = clean(study).responses.query("unit == 'institution'").astype({"code": "string", "value": "string"})
    told = rows["code"].fillna(rows["value"].str.removesuffix(".0")).fillna(rows["missing"].astype("string"))
    keys = zip(rows["municipality"], rows["respondent"], rows["item"], strict=True)
    return dict(zip(keys, told, strict=True))


def round_trip(changed: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        (Path(place) / "notebooks").mkdir()
        patch.setenv("WELTOFFEN_PROJECT", place)
        study = feedback_study(Path(place) / "klein")
        before = answers(study)
        sent = fill(ask(study), {at: ("nein" if len(to) % 2 else "", to, "") for at, to in changed.items()})
        assert main(["import", str(sent), "--study", str(study)]) == 0
        expected = {("adorf", *PLACES[at]): LABELS.get(to, to) for at, to in changed.items()}
        assert answers(study) == {**before, **expected}


@settings(max_examples=5, deadline=None)
@given(changes())
def test_exactly_what_is_changed_is_changed(changed: dict[str, str]) -> None:
    round_trip(changed)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(changes())
def test_exactly_what_is_changed_is_changed_often(changed: dict[str, str]) -> None:
    round_trip(changed)


def test_the_study_is_loaded_with_the_corrections_of_each_municipality(study: Path) -> None:
    for key, place in (("adorf", A1), ("bestadt", "wide.csv, Zeile 3, Spalte A1")):
        sent = fill(ask(study, key, f"{key}.xlsx"), {place: ("nein", "teilweise", "")})
        assert main(["import", str(sent), "--study", str(study)]) == 0
    assert {made.source for made in load_study(study).corrections} == {
        "corrections/adorf.csv", "corrections/bestadt.csv"
    }  # fmt: skip


def test_keys_beside_the_questions_of_others_are_faults(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(ask(study), {A1: ("nein", "nein", ""), B2: ("nein", "13", "")})
    book = openpyxl.load_workbook(path)
    one, other = row_at(book, A1)[0], row_at(book, B2)[0]
    one.value, other.value = other.value, one.value
    book.save(path)
    assert main(["import", "--study", str(study), str(path)]) == 3
    told = capsys.readouterr().err
    assert f"row {one.row}, column Kennung" in told
    assert f"row {other.row}, column Kennung" in told
    assert not (study / "corrections").exists()


@pytest.mark.parametrize("written", ["teilweise", None])
def test_a_reading_that_was_overwritten_is_a_fault_at_its_cell(
    study: Path, written: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ask(study)
    book = openpyxl.load_workbook(path)
    cell = row_at(book, A1)[4]
    cell.value = written
    book.save(path)
    assert main(["import", "--study", str(study), str(path)]) == 3
    assert f"row {cell.row}, column Gelesen als" in capsys.readouterr().err


def test_a_number_that_a_program_turned_into_one_is_still_the_reading(study: Path) -> None:
    path = ask(study)
    book = openpyxl.load_workbook(path)
    assert row_at(book, B2)[4].value == "12,5"
    row_at(book, B2)[4].value = 12.5
    book.save(path)
    assert main(["import", "--study", str(study), str(path)]) == 0
