"""``weltoffen export``: what statistics programs find in the files, and that it can be read in again."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_studies import clean, write_study

from weltoffen_eval.commands.main import main
from weltoffen_eval.publish.exporting.data_files import DataColumn, csv_file, xlsx_file
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS

KEYS = 'perspective = "civil_society"\ncolumns = { respondent = "nr" }'
PERSONS = """municipality,nr,A1,A2,B1,B2
adorf,1,0,ja,12.5,100
adorf,2,98,keine Angabe,,0.125
bestadt,1,,,keine Angabe,7
kreis,9,2,1,,
"""
#: As the numbers stand in PERSONS; of the fields of kreis only the first is chosen.
EXPECTED_A1 = {("adorf", "1"): 0, ("adorf", "2"): 98, ("bestadt", "1"): "not_chosen", ("kreis", "9"): 2}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the study ``s`` and what each format makes of it."""
    folder = tmp_path_factory.mktemp("export")
    study = write_study(folder / "s", ("personen.csv", PERSONS), keys=KEYS)
    for form in ("sav", "csv", "xlsx", "parquet"):
        assert main(["export", str(study), "--to", form, "--out", str(folder / form)]) == 0
    return folder


def codebook_of(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "2024-codebook.csv").read_text(encoding="utf-8"))))


def test_a_file_of_spss_has_labels_and_declared_missing_values(exported: Path) -> None:
    frame, meta = pyreadstat.read_sav(str(exported / "sav" / "2024.sav"), user_missing=True)
    assert frame["ags"].tolist() == ["01001001", "01001001", "01002000", "01003"]
    assert meta.column_names_to_labels["A1"] == "Frage A1"
    labels = meta.variable_value_labels["A1"]
    assert [labels[code] for code in (0, 1, 2, 98)] == ["nein", "teilweise", "ja", "weiß nicht"]
    (missing,) = meta.missing_ranges["A1"]
    # the option codes are 0 to 2; every other code with a label is missing, and no option is
    assert all((missing["lo"] <= code <= missing["hi"]) == (code not in (0, 1, 2)) for code in labels)
    assert len([code for code in labels if code not in (0, 1, 2)]) == len(MISSING_KINDS)
    numbers = {"not_chosen": next(code for code, text in labels.items() if "not_chosen" in text)}
    found = dict(zip(zip(frame["municipality"], frame["respondent"], strict=True), frame["A1"], strict=True))
    assert found == {key: numbers.get(str(value), value) for key, value in EXPECTED_A1.items()}


def test_the_codebook_names_every_code_and_how_often_it_came(exported: Path) -> None:
    rows = [row for row in codebook_of(exported / "csv") if row["variable"] == "A1"]
    assert [(row["answer"], row["n"]) for row in rows if not row["missing"]] == [
        ("nein", "1"), ("teilweise", "0"), ("ja", "1")
    ]  # fmt: skip
    assert {row["missing"]: row["n"] for row in rows if row["missing"]} == {
        "dont_know": "1", "skipped": "0", "not_applicable": "0", "not_chosen": "1", "not_asked": "0"
    }  # fmt: skip
    assert {(row["text"], row["dimension"], row["scale"]) for row in rows} == {
        ("Frage A1", "Feld A", "stufen")
    }
    (numbers,) = [
        row for row in codebook_of(exported / "csv") if row["variable"] == "B2" and not row["missing"]
    ]
    assert (numbers["code"], numbers["n"]) == ("0–100", "3")
    sheet = openpyxl.load_workbook(exported / "csv" / "2024-codebook.xlsx").active
    assert sheet is not None and sheet.max_row == len(codebook_of(exported / "csv")) + 1


def test_a_table_without_labels_holds_what_a_raw_file_may_hold(exported: Path) -> None:
    frame = pd.read_csv(exported / "csv" / "2024.csv", dtype=str, keep_default_na=False)
    assert frame["A1"].tolist() == ["0", "98", "", "2"]
    assert frame["A2"].tolist() == ["2", "keine Angabe", "", "1"]
    assert frame["B2"].tolist() == ["100", "0.125", "7", ""]


def test_parquet_says_in_its_fields_what_numbers_mean(exported: Path) -> None:
    table = pq.read_table(exported / "parquet" / "2024.parquet")
    assert b"wei" in table.schema.field("A1").metadata[b"labels"]
    of_spss, _ = pyreadstat.read_sav(str(exported / "sav" / "2024.sav"), user_missing=True)
    pd.testing.assert_frame_equal(table.to_pandas(), of_spss, check_dtype=False)


def test_the_same_study_gives_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    for form in ("sav", "csv", "xlsx", "parquet"):
        assert main(["export", str(exported / "s"), "--to", form, "--out", str(tmp_path / form)]) == 0
        for path in sorted((exported / form).iterdir()):
            assert (tmp_path / form / path.name).read_bytes() == path.read_bytes(), path.name


def test_data_of_persons_are_said_to_be_not_for_publication(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["export", str(exported / "s"), "--to", "csv", "--out", str(tmp_path)])
    assert "Not for publication" in capsys.readouterr().err


def test_comments_leave_only_where_they_are_asked_for(tmp_path: Path) -> None:
    long = "municipality,respondent,item,response,comment\nadorf,1,A1,ja,=Anruf bei Frau B\n"
    study = write_study(
        tmp_path / "s", ("lang.csv", long), keys='perspective = "civil_society"\nlayout = "long"'
    )
    main(["export", str(study), "--to", "csv", "--out", str(tmp_path / "without")])
    assert not any("Anruf" in path.read_text(errors="ignore") for path in (tmp_path / "without").iterdir())
    main(["export", str(study), "--to", "csv", "--out", str(tmp_path / "with"), "--with-comments"])
    # what a spreadsheet program would calculate is a text
    assert ",'=Anruf bei Frau B" in (tmp_path / "with" / "2024-comments.csv").read_text(encoding="utf-8")


def test_a_long_table_has_a_row_for_each_answer(exported: Path, tmp_path: Path) -> None:
    main(["export", str(exported / "s"), "--to", "csv", "--layout", "long", "--out", str(tmp_path)])
    rows = list(csv.DictReader(io.StringIO((tmp_path / "2024-long.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 4 * 4
    told = [(row["item"], row["code"], row["value"], row["missing"], row["answer"]) for row in rows[:4]]
    assert told == [
        ("A1", "0", "", "", "nein"), ("A2", "2", "", "", "ja"), ("B1", "", "12.5", "", ""), ("B2", "", "100.0", "", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "ods"], "ods"),
        (["--to", "csv", "--wave", "1999"], "1999"),
        (["--to", "csv", "--wave", "1999", "--wave", "2024"], "1999"),
        (["--to", "csv", "--out", "table.sav"], "--to is csv"),
        (["--to", "csv", "--out", "{reports}/x"], "not for publication"),
        (["--to", "csv", "--out", "{study}/personen.csv"], "in the folder of the study"),
        (["--to", "csv", "--out", "{study}"], "in the folder of the study"),
        (["--to", "csv", "--out", "{study}/2024/export"], "in the folder of the study"),
    ],
)
def test_a_wrong_call_ends_before_anything_is_written(
    exported: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    from weltoffen_eval import paths

    study = exported / "s"
    filled = [word.format(reports=paths.reports_folder("klein").parent, study=study) for word in words]
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    try:
        code = main(["export", str(study), *filled])
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before


def test_one_wave_may_be_a_file(exported: Path, tmp_path: Path) -> None:
    assert main(["export", str(exported / "s"), "--to", "sav", "--out", str(tmp_path / "daten.sav")]) == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["daten-codebook.csv", "daten-codebook.xlsx", "daten.sav"]


RISKY = ["=1+1", "+49 30", "-1a", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")"]  # fmt: skip


def test_no_text_that_is_written_is_a_formula() -> None:
    import datetime

    columns = [DataColumn("=name", RISKY, is_text=True)]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(columns, "x", datetime.date(2024, 6, 30))))
    assert book.active is not None
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == ["=name", *RISKY]
    assert all(row[0].startswith("'") for row in csv.reader(io.StringIO(csv_file(columns).decode())))


READ_BACK = """perspective_column = "perspective"
unit = "persons"
columns = { respondent = "respondent" }
ignore = ["name", "wave", "setting", "unit"]
"""
CELLS: dict[str, st.SearchStrategy[str]] = {
    "A1": st.sampled_from(["0", "1", "2", "nein", "teilweise", "ja", "98", "weiß nicht", "keine Angabe", ""]),
    "A2": st.sampled_from(["0", "1", "2", "98", "keine Angabe", "", ""]),
    "B1": st.one_of(st.floats(0, 5000).map(repr), st.sampled_from(["keine Angabe", "", "1.234", "0"])),
    "B2": st.one_of(st.floats(0, 100).map(repr), st.sampled_from(["", "", "33.333333333333336", "100"])),
}
ROWS = st.lists(
    st.tuples(st.sampled_from(["adorf", "bestadt", "kreis"]), *CELLS.values()), min_size=1, max_size=6
)


def responses_of(folder: Path) -> pd.DataFrame:
    frame = clean(folder).responses
    return frame.astype(dict.fromkeys(frame.columns[:7], str) | {"missing": object})


def check_round_trip(folder: Path, rows: list[tuple[str, ...]], not_asked: bool) -> None:
    lines = [",".join([row[0], str(number), *row[1:]]) for number, row in enumerate(rows, start=1)]
    lines = [line.rsplit(",", 1)[0] + "," if not_asked else line for line in lines]
    content = "municipality,nr,A1,A2,B1,B2\n" + "\n".join(lines) + "\n"
    asked = '\nnot_asked = ["B2"]' if not_asked else ""
    study = write_study(folder / "s", ("p.csv", content), keys=f'{KEYS}\ndecimal = "."{asked}')
    expected = responses_of(study)
    if expected.empty:
        return
    for form in ("sav", "csv", "xlsx"):
        again = folder / form
        assert main(["export", str(study), "--to", form, "--out", str(again / "out")]) == 0
        decimal = 'decimal = "."\n' if form == "csv" else ""
        write_study(again, (f"p.{form}", ""), keys=READ_BACK + decimal + asked)
        (again / "out" / f"2024.{form}").replace(again / f"p.{form}")
        pd.testing.assert_frame_equal(responses_of(again), expected)
    main(["export", str(study), "--to", "parquet", "--layout", "long", "--out", str(folder / "parquet")])
    table = pq.read_table(folder / "parquet" / "2024-long.parquet").to_pandas()
    for name in ("municipality", "respondent", "item", "code", "value", "missing"):
        found: list[Any] = [None if pd.isna(cell) or cell == "" else cell for cell in table[name]]
        assert found == [None if pd.isna(cell) else cell for cell in expected[name]], name


TRIP = given(ROWS, st.booleans())
#: B2 is skipped, and its scale has no words for that.
SKIPPED = [("adorf", "0", "0", "0.0", "0.0"), ("adorf", "0", "0", "0.0", "")]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@TRIP
@example(SKIPPED, False)
def test_what_is_exported_can_be_read_in_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], not_asked: bool
) -> None:
    check_round_trip(tmp_path_factory.mktemp("trip"), rows, not_asked)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@TRIP
def test_what_is_exported_can_be_read_in_again_at_length(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], not_asked: bool
) -> None:
    check_round_trip(tmp_path_factory.mktemp("trip"), rows, not_asked)


def test_a_study_without_responses_has_nothing_to_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = write_study(tmp_path / "s", ("p.csv", "municipality,nr,A1,A2,B1,B2\nadorf,1,,,,\n"), keys=KEYS)
    assert main(["export", str(study), "--to", "csv", "--out", str(tmp_path / "out")]) == 2
    assert "no responses" in capsys.readouterr().err
