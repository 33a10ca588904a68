"""weltoffen form and weltoffen import: what goes out, what comes back, and what is refused."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from filled_forms import FOLDER, KEYS, entry, form_study, place, put_form
from small_studies import change, clean

from weltoffen_eval.commands.main import main
from weltoffen_eval.study.definition import load_study

RESPONSIBLE = "item,respondent,municipality\nA1,Hauptamt,\nA2,Bauamt,\nB1,Bauamt,\nB2,Kämmerei,bestadt\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    folder = form_study(tmp_path / "klein", f'{KEYS}\nsheets = "merge"\nresponsible = "zustaendig.csv"')
    (folder / "zustaendig.csv").write_text(RESPONSIBLE, encoding="utf-8")
    return folder


def made(study: Path, *more: str) -> Path:
    out = study.parent / "form.xlsx"
    assert main(["form", str(study), "-m", "adorf", "--out", str(out), *more]) == 0
    return out


def returned(study: Path, name: str, answers: dict[str, object], office: str = "") -> Path:
    """A filled form that lies outside of the study."""
    inside = put_form(study, f"{name}.xlsx", answers, office=office)
    outside = study.parent / "post" / f"{name}.xlsx"
    outside.parent.mkdir(exist_ok=True)
    shutil.move(inside, outside)
    return outside


def test_a_form_is_for_one_municipality_by_key_or_name_and_says_so(study: Path) -> None:
    book = openpyxl.load_workbook(made(study))
    assert entry(book, "Kommune").value == "Adorf"
    identity = {row[0].value: row[1].value for row in book["Formular"].iter_rows(min_row=2)}
    said = [identity[name] for name in ("study", "municipality", "wave", "instrument", "edition")]
    assert said == ["klein", "adorf", "2024", "klein", "1"]
    assert identity["instrument_sha256"] == load_study(study).instruments["2024"].sha256
    first = made(study).read_bytes()
    assert main(["form", str(study), "-m", "Adorf", "--out", str(study.parent / "b.xlsx")]) == 0
    assert (study.parent / "b.xlsx").read_bytes() == first


def test_by_office_there_is_a_workbook_for_each_with_its_questions_first(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_form(study, "a.xlsx", {"A1": "ja", "A2": "nein"}, office="Hauptamt")
    out = study.parent / "aemter"
    assert main(["form", str(study), "-m", "adorf", "--by", "office", "--out", str(out)]) == 0
    assert [path.name for path in sorted(out.iterdir())] == ["adorf-01-hauptamt.xlsx", "adorf-02-bauamt.xlsx"]
    assert "Bauamt (2)" in capsys.readouterr().out
    book = openpyxl.load_workbook(out / "adorf-02-bauamt.xlsx")
    assert entry(book, "Ausfüllende Stelle").value == "Bauamt"
    own = book.worksheets[1]
    assert [cell.value for cell in own["A"] if cell.value in ("A1", "A2", "B1", "B2")] == ["A2", "B1"]
    # what others answered stands beside and is nobody's answer until it is chosen
    beside = [
        cell.value
        for row in own.iter_rows()
        for cell in row
        if cell.value and "(Hauptamt)" in str(cell.value)
    ]
    assert beside == ["nein (Hauptamt)"]
    assert place(book, "A2").value is None
    own_form = openpyxl.load_workbook(out / "adorf-01-hauptamt.xlsx")
    assert place(own_form, "A1").value == "ja"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "say -m KEY"),
        (["-m", "zdorf"], "no municipality 'zdorf'"),
        (["-m", "adorf", "-w", "1999"], "no wave '1999'"),
        (["-m", "adorf", "--perspective", "Presse"], "no perspective 'Presse'"),
        (["-m", "adorf", "--out", "x.docx"], "name x.xlsx"),
        (["-m", "adorf", "--by", "office", "--out", "x.xlsx"], "name a folder"),
        (
            [
                "-m",
                "adorf",
                "--setting",
                "workshop",
                "--perspective",
                "politics",
                "--by",
                "office",
                "--out",
                "x",
            ],
            "of persons",
        ),
    ],
)
def test_a_wrong_call_is_one_sentence(
    study: Path,
    more: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(study.parent)
    out = [] if "--out" in more else ["--out", "x.xlsx"]
    assert main(["form", str(study), *more, *out]) == 2
    assert said in capsys.readouterr().err
    assert not (study.parent / "x.xlsx").exists()


def test_a_form_is_never_written_over_one_that_came_back(study: Path) -> None:
    path = put_form(study, "a.xlsx", {"A1": "ja"})
    before = path.read_bytes()
    for out in (path, study / FOLDER / "neu.xlsx"):
        assert main(["form", str(study), "-m", "adorf", "--out", str(out)]) == 2
    assert path.read_bytes() == before
    assert not (study / FOLDER / "neu.xlsx").exists()


def test_returned_forms_are_put_byte_for_byte_and_offices_that_are_missing_are_told(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = returned(study, "antwort", {"A1": "ja"}, "Hauptamt")
    assert main(["import", str(one), "--study", str(study)]) == 0
    assert (study / FOLDER / "adorf-1.xlsx").read_bytes() == one.read_bytes()
    assert "adorf: no form yet of Bauamt." in capsys.readouterr().out
    two = returned(study, "zweite", {"A2": "nein"}, "bauamt")
    # an import that was killed; no process has this number
    (study / FOLDER / f".7.part-{10**9}").write_bytes(one.read_bytes())
    assert main(["import", str(two), str(one), "--study", str(study), "--json"]) == 0
    assert list((study / FOLDER).glob(".*")) == []
    told = json.loads(capsys.readouterr().out)
    # the first lies there already and is put no second time
    assert told["files"] == {str(one): f"{FOLDER}/adorf-1.xlsx", str(two): f"{FOLDER}/adorf-2.xlsx"}
    assert told["missing"] == {}
    assert sorted(path.name for path in (study / FOLDER).iterdir()) == ["adorf-1.xlsx", "adorf-2.xlsx"]
    assert set(clean(study).records["respondent"]) == {"Hauptamt", "bauamt"}


def test_where_one_form_is_wrong_none_is_put(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = returned(study, "gut", {"A1": "ja"}, "Hauptamt")
    two = returned(study, "falsch", {"A2": "vielleicht"}, "Bauamt")
    (study / FOLDER).rmdir()
    assert main(["import", str(one), str(two), "--study", str(study)]) == 3
    assert "falsch.xlsx, tab 1 Feld A" in capsys.readouterr().err
    assert not (study / FOLDER).exists()


def test_a_second_form_of_an_office_is_refused_or_told_that_it_is_not_the_later_one(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    june, july = datetime.date(2024, 6, 1), datetime.date(2024, 7, 1)
    put_form(study, "adorf-1.xlsx", {"A1": "ja"}, office="Bauamt", day=july)
    late = put_form(study, "alt.xlsx", {"A1": "nein"}, office="Bauamt", day=june)
    late = Path(shutil.move(late, study.parent / "alt.xlsx"))
    assert main(["import", str(late), "--study", str(study)]) == 3
    assert "a second form of one office" in capsys.readouterr().err
    change(study / "study.toml", KEYS, f'{KEYS}\nresent = "replace"')
    assert main(["import", str(late), "--study", str(study)]) == 0
    assert f"{late} does not count" in capsys.readouterr().out


def test_what_is_no_form_or_no_file_is_refused(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = study.parent / "andere.xlsx"
    openpyxl.Workbook().save(other)
    assert (
        main(["import", str(other), str(study.parent / "nichts.xlsx"), str(study), "--study", str(study)])
        == 3
    )
    said = capsys.readouterr().err
    assert all(f"{name}\n" in said for name in (other, study.parent / "nichts.xlsx", study))
    assert list((study / FOLDER).iterdir()) == []


def test_a_study_without_a_folder_of_forms_says_so(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = returned(study, "antwort", {"A1": "ja"})
    change(study / "study.toml", 'format = "form"\n', "")
    assert main(["import", str(form), "--study", str(study)]) == 2
    assert "no folder of forms" in capsys.readouterr().err


def test_a_form_is_written_over_nothing_that_may_have_been_filled_in(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder = made(study), study.parent / "offices"
    by_office = ["form", str(study), "-m", "adorf", "--by", "office", "--out", str(folder)]
    assert main(by_office) == 0
    # the same once more is nothing new
    assert made(study) == out
    assert main(by_office) == 0
    first, *others = sorted(folder.iterdir())
    kept = [path.read_bytes() for path in others]
    first.unlink()
    for path in (out, others[-1]):
        book = openpyxl.load_workbook(path)
        place(book, "A1").value = "ja"
        book.save(path)
    filled = [out.read_bytes(), others[-1].read_bytes()]
    assert main(["form", str(study), "-m", "adorf", "--out", str(out)]) == 2
    assert "another content" in capsys.readouterr().err
    assert main(by_office) == 2
    assert [out.read_bytes(), others[-1].read_bytes()] == filled
    assert not first.exists()
    assert [path.read_bytes() for path in others[:-1]] == kept[:-1]


def test_a_fault_of_a_form_that_came_back_is_corrected_in_the_form(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--study", str(study), str(returned(study, "x", {"A1": "vielleicht"}))]) == 3
    told = capsys.readouterr().err
    assert "Correct it in the file that came back" in told
    assert "corrections.csv" not in told
