"""Other kinds of file read: heads, waves and settings, tabs, numbers, corrections; each fault at its place."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from given_studies import AT_DIALOGUE, given_faults, given_in, told, values_of, write_given
from small_studies import STUDY
from workbooks import head, number, row, tab, text, write_workbook

from weltoffen_eval import paths
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.kinds.given import read_given

TWO_WAVES = STUDY + '\n[[wave]]\nid = "2027"\ndate = 2027-06-30\n'
NOTES = "municipality,text\nadorf,Räume fehlen.\n"
SCALE = f'{AT_DIALOGUE}\nscale = "stufen"'
RATINGS = "municipality,respondent,perspective,dimension,rating\n"


def test_columns_say_wave_and_setting_where_study_toml_does_not(tmp_path: Path) -> None:
    text = "municipality,wave,setting,text\nadorf,2027,Workshop,a\nBestadt,2024,questionnaire,b\n"
    given = given_in(write_given(tmp_path, ("notes", "", text), study=TWO_WAVES))
    assert [(r.municipality, r.wave, r.setting) for r in given.rows] == [
        ("adorf", "2027", "workshop"),
        ("bestadt", "2024", "questionnaire"),
    ]
    assert given.of("notes", "bestadt", "2024", "questionnaire") == given.rows[1:]
    assert given.of("notes", wave="2024", setting="workshop") == ()


@pytest.mark.parametrize(
    ("kind", "keys", "text", "expected"),
    [
        ("notes", "", NOTES, [(1, "wave", "no such column", ""), (1, "setting", "no such column", "")]),
        ("notes", 'wave = "2024"', NOTES, [(1, "setting", "no such column", "")]),
        ("measures", 'wave = "2024"', "municipality,what\nadorf,x\n", []),
        ("codebook", "", "code,title\na,b\n", []),
        ("notes", AT_DIALOGUE, "municipality,wave,text\nadorf,2027,x\n", [(2, "wave", "'2027'", "adorf")]),
        ("notes", AT_DIALOGUE, "municipality,setting,text\nadorf,Workshop,x\n", [(2, "setting", "'Workshop'", "adorf")]),
        ("notes", 'setting = "dialogue"', "municipality,Welle,text\nadorf,2023,x\nadorf,,y\n",
         [(2, "Welle", "'2023'", "adorf"), (3, "Welle", "nothing", "adorf")]),
        ("events", 'wave = "2024"', "municipality,setting\nadorf,Konzert\nbestadt,report\n",
         [(2, "setting", "'Konzert'", "adorf")]),
        ("notes", 'wave = "2024"', "municipality,setting,text\nadorf,report,x\n", [(2, "setting", "'report'", "adorf")]),
        ("notes", AT_DIALOGUE, "municipality,text\nzdorf,x\n,y\n",
         [(2, "municipality", "'zdorf'", ""), (3, "municipality", "nothing", "")]),
        ("notes", AT_DIALOGUE, "text\nx\n", [(1, "", "neither of the columns", "")]),
        ("notes", AT_DIALOGUE, "municipality,text,Text\nadorf,x,y\n",
         [(1, "Text", "a second column for text: 'text' is one already", "")]),
        ("notes", AT_DIALOGUE, "municipality,text,farbe\nadorf,x,y\n",
         [(1, "farbe", "a column that is not known here", "")]),
        ("notes", AT_DIALOGUE, "municipality,ags,text\nadorf,01002000,x\n",
         [(2, "ags", "'01002000' beside 'adorf'", "")]),
        ("notes", AT_DIALOGUE, "municipality,text\n", [(None, "", "a header only", "")]),
        ("codebook", "", "municipality,code,title\nadorf,a,b\n",
         [(1, "municipality", "a column that is not known here", "")]),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_a_fault(
    tmp_path: Path, kind: str, keys: str, text: str, expected: list[tuple[object, ...]]
) -> None:
    folder = write_given(tmp_path, (kind, keys, text), study=TWO_WAVES)
    assert told(given_faults(folder)) == expected


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write_given(
        tmp_path,
        ("notes", AT_DIALOGUE, "municipality,text,kind\nadorf,,Lob\nbestadt,x,Lob\n"),
        ("events", 'wave = "2024"', "municipality,setting,date\nadorf,dialogue,gestern\n"),
    )
    (tmp_path / "fehlt.csv").unlink(missing_ok=True)
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[file]]\nkind = "measures"\npath = "fehlt.csv"\n')
    assert told(given_faults(folder)) == [
        (2, "text", "nothing", "adorf"),
        (2, "kind", "'Lob'", "adorf"),
        (3, "kind", "'Lob'", "bestadt"),
        (2, "date", "'gestern'", "adorf"),
        (None, "", "no such file", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_encoding_and_delimiter_of_raw_files_is_read(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = delimiter.join(["Kommune", "Notiz", "Art"]) + "\n" + delimiter.join(["Adorf", "Bänke", "Stärke"])
    folder = write_given(tmp_path, ("notes", AT_DIALOGUE, f"{text}\n".encode(encoding)))
    assert values_of(folder, "notes") == [{"text": "Bänke", "kind": "strength", "released": False}]


def test_study_toml_names_heads_rows_and_what_to_leave_aside(tmp_path: Path) -> None:
    keys = (
        f'{AT_DIALOGUE}\nheader_row = 2\nskip_rows = [3]\nignore = ["mail*"]\n'
        'columns = { municipality = "Ort", text = "Was gesagt wurde" }'
    )
    text = "Protokoll,,\nOrt,Was gesagt wurde,mail_1\n(Kürzel),(wörtlich),\nadorf,Räume,x@y\n"
    folder = write_given(tmp_path, ("notes", keys, text))
    (row,) = given_in(folder).rows
    assert (row.row, row.municipality, row.values.text) == (4, "adorf", "Räume")
    assert {entry.rule for entry in given_in(folder).log} >= {"column_ignored", "row_skipped"}


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ('columns = { item = "Frage" }', "file 2 columns"),
        ('columns = { text = "A", kind = "A" }', "file 2 columns"),
        ('perspective = "politics"', "file 2 perspective"),
        ('scale = "stufen"', "file 2 scale"),
        ('layout = "wide"', "file 2 layout"),
    ],
)
def test_a_key_that_a_kind_does_not_have_is_a_fault(tmp_path: Path, keys: str, place: str) -> None:
    folder = write_given(tmp_path, ("notes", f"{AT_DIALOGUE}\n{keys}", NOTES))
    assert place in [fault.column for fault in given_faults(folder)]


def test_a_tab_of_a_workbook_is_read_as_a_person_sees_it(tmp_path: Path) -> None:
    folder = write_given(tmp_path, ("notes", AT_DIALOGUE, NOTES))
    # 44530 is 30.11.2021: days since 30.12.1899
    rows = (
        head("Kommune", "Rahmen", "Datum", "Teilnehmende"),
        row(2, text("A2", "adorf"), text("B2", "Dialog"), number("C2", "44530", 1), number("D2", "62")),
        row(3, text("A3", "adorf"), text("B3", "Workshop"), text("C3", "5.10.2021"), number("D3", "34")),
    )
    write_workbook(folder / "tage.xlsx", tab(head("x")), tab(*rows), names=("Hinweise", "Tage"),
                   formats=("dd.mm.yyyy",))  # fmt: skip
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[file]]\nkind = "events"\npath = "tage.xlsx"\ntab = "Tage"\nwave = "2024"\n')
    event, other = given_in(folder).of("events")
    assert (event.tab, event.row, event.values.participants) == ("Tage", 2, 62)
    assert [e.values.date.isoformat() for e in (event, other)] == ["2021-11-30", "2021-10-05"]


@pytest.mark.parametrize(
    ("keys", "cell", "expected"),
    [
        # 0–100 as it stands; options of stufen by code, label and in other letters: 0, 50 and 100 points
        (AT_DIALOGUE, "75", 75.0), (AT_DIALOGUE, "75 %", 75.0), (AT_DIALOGUE, '"66,5"', 66.5),
        (SCALE, "1", 50.0), (SCALE, "teilweise", 50.0), (SCALE, "Ja", 100.0), (SCALE, "0", 0.0),
    ],
)  # fmt: skip
def test_a_rating_is_points(tmp_path: Path, keys: str, cell: str, expected: float) -> None:
    folder = write_given(tmp_path, ("field_ratings", keys, f"{RATINGS}adorf,t1,Politik,alpha,{cell}\n"))
    assert [row["rating"] for row in values_of(folder, "field_ratings")] == [expected]


def test_who_does_not_know_gave_no_rating_which_is_logged(tmp_path: Path) -> None:
    rows = "adorf,t1,Politik,alpha,weiß nicht\nadorf,t2,Politik,alpha,2\n"
    given = given_in(write_given(tmp_path, ("field_ratings", SCALE, RATINGS + rows)))
    assert [row.values.respondent for row in given.rows] == ["t2"]
    assert [(e.row, e.old, e.new, e.rule) for e in given.log] == [(2, "weiß nicht", "dont_know", "no_rating")]


@pytest.mark.parametrize(
    ("keys", "cell", "column", "expected"),
    [
        (SCALE, "75", "rating", "an answer of the scale stufen"),
        (f'{AT_DIALOGUE}\nscale = "anteil"', "5", "field_ratings1.csv scale", "an ordinal scale of klein: stufen"),
        (AT_DIALOGUE, "viel", "rating", "a number from 0 to 100"),
    ],
)  # fmt: skip
def test_a_rating_off_its_scale_is_a_fault(
    tmp_path: Path, keys: str, cell: str, column: str, expected: str
) -> None:
    text = f"{RATINGS}adorf,t1,Politik,alpha,{cell}\n"
    (fault,) = given_faults(write_given(tmp_path, ("field_ratings", keys, text)))
    assert (fault.column, fault.expected[: len(expected)]) == (column, expected)


def test_a_number_that_can_be_read_in_two_ways_is_a_fault_unless_decimal_says_which(tmp_path: Path) -> None:
    text = f"{RATINGS}adorf,t1,Politik,alpha,1.234\nadorf,t2,Politik,alpha,12,5\n".replace(",", ";")
    text = text.replace("12;5", "12,5")
    (fault,) = given_faults(write_given(tmp_path, ("field_ratings", AT_DIALOGUE, text)))
    assert (fault.row, fault.found) == (2, "'1.234', which is 1234 or 1.234")
    keys = f'{AT_DIALOGUE}\ndecimal = ","'
    folder = write_given(tmp_path, ("field_ratings", keys, text.replace("1.234", "1,234")))
    assert [row["rating"] for row in values_of(folder, "field_ratings")] == [1.234, 12.5]


def test_of_suggestions_that_came_back_only_those_count_that_are_taken(tmp_path: Path) -> None:
    rows = "adorf,Beirat,ja,\nadorf,Pool,nein,99\nadorf,Büro,,\nadorf,Plan,vielleicht,\n"
    folder = write_given(
        tmp_path, ("measures", AT_DIALOGUE, "municipality,what,take,priority\n" + rows.rsplit("adorf", 1)[0])
    )
    assert [row["what"] for row in values_of(folder, "measures")] == ["Beirat"]
    assert [entry.rule for entry in given_in(folder).log] == ["measure_not_taken"] * 2
    folder = write_given(tmp_path, ("measures", AT_DIALOGUE, "municipality,what,take,priority\n" + rows))
    assert told(given_faults(folder)) == [(5, "take", "'vielleicht'", "adorf")]


def test_the_table_of_suggestions_comes_back_as_measures(tmp_path: Path) -> None:
    from weltoffen_eval import load_profile
    from weltoffen_eval.display.selfcheck.suggestions import table_file
    from weltoffen_eval.display.telling import Telling

    example = paths.raw_folder() / "beispiel"
    made = table_file(Telling(load_profile(example, "beispielstadt", "2021"), "selfcheck"))
    assert made is not None
    head_row, *rows = csv.reader(made.text.lstrip("\ufeff").splitlines(), delimiter=";")
    for position, word in ((0, "ja"), (2, "nein"), (3, "Ja")):
        rows[position][head_row.index("take")] = word
    text = "\n".join(";".join(f'"{cell}"' for cell in record) for record in (head_row, *rows))
    shutil.copytree(example, tmp_path / "study")
    (tmp_path / "study" / "massnahmen.csv").write_text(f"{text}\n", encoding="utf-8")
    found = given_in(tmp_path / "study").of("measures")
    assert [(row.municipality, row.wave, row.row) for row in found] == [
        ("beispielstadt", "2021", 2),
        ("beispielstadt", "2021", 5),
    ]
    assert [row.values.what for row in found] == [
        rows[0][head_row.index("what")],
        rows[3][head_row.index("what")],
    ]
    assert found[0].values.origin == rows[0][head_row.index("origin")]


def test_a_correction_changes_a_cell_and_is_checked(tmp_path: Path) -> None:
    folder = write_given(tmp_path, ("notes", AT_DIALOGUE, "municipality,text,kind\nadorf,x,Lob\n"))
    head = "file,row,column,old,new,reason\n"
    (folder / "corrections.csv").write_text(f"{head}notes1.csv,2,kind,Lob,Stärke,gemeint\n", encoding="utf-8")
    assert values_of(folder, "notes")[0]["kind"] == "strength"
    assert [entry.rule for entry in given_in(folder).log] == ["correction: gemeint"]
    (folder / "corrections.csv").write_text(f"{head}notes1.csv,9,kind,Lob,Stärke,gemeint\n", encoding="utf-8")
    assert ("corrections.csv", 2) in [(fault.file, fault.row) for fault in given_faults(folder)]


def test_the_same_notes_under_two_names_are_a_fault(tmp_path: Path) -> None:
    from weltoffen_eval.study.responses.cleaning import read_responses

    folder = write_given(tmp_path, ("notes", AT_DIALOGUE, NOTES), ("notes", AT_DIALOGUE, NOTES))
    faults: list = []  # type: ignore[type-arg]
    read_responses(load_study(folder), faults)
    assert [fault.found for fault in faults] == ["'notes2.csv', of the same content as 'notes1.csv'"]


def test_a_study_without_a_questionnaire_has_no_field_that_a_row_could_name(tmp_path: Path) -> None:
    study = STUDY.replace('instrument = "./instrument"\n', "")
    folder = write_given(
        tmp_path, ("notes", AT_DIALOGUE, "municipality,text,dimension\nadorf,x,alpha\n"), study=study
    )
    toml = (folder / "study.toml").read_text(encoding="utf-8")
    start = toml.index("[[file]]")
    (folder / "study.toml").write_text(
        toml[:start] + toml[toml.index("[[file]]", start + 1) :], encoding="utf-8"
    )
    (fault,) = given_faults(folder)
    assert (fault.column, fault.expected[:40]) == ("dimension", "nothing: the study names no questionnair")
    (folder / "notes1.csv").write_text(NOTES, encoding="utf-8")
    assert len(read_given(load_study(folder)).rows) == 1
