"""What columns and cells of an export are: by known texts and codes, with a fault where two look the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from small_studies import write_study

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses

FORMAT = 'perspective = "administration"\nformat = "limesurvey"\nignore_rest = false\n'
#: A foreign survey as version 6 exports its structure: texts stand apart, codes and answers are its own.
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>609</DBVersion>
<questions><rows>
<row><qid>1</qid><parent_qid>0</parent_qid><type>F</type><title>G01Q02</title></row>
<row><qid>4</qid><parent_qid>0</parent_qid><type>N</type><title>zahl</title></row>
<row><qid>5</qid><parent_qid>0</parent_qid><type>N</type><title>teil</title></row>
<row><qid>6</qid><parent_qid>0</parent_qid><type>L</type><title>ort</title></row>
</rows></questions>
<subquestions><rows>
<row><qid>2</qid><parent_qid>1</parent_qid><title>SQ001</title></row>
<row><qid>3</qid><parent_qid>1</parent_qid><title>SQ002</title></row>
</rows></subquestions>
<question_l10ns><rows>
<row><qid>1</qid><question><![CDATA[<p>Bitte einsch&auml;tzen</p>]]></question><language>de</language></row>
<row><qid>2</qid><question><![CDATA[<b>Frage A2</b>]]></question><language>de</language></row>
<row><qid>3</qid><question>Frage A1</question><language>de</language></row>
<row><qid>4</qid><question>Frage B1</question><language>de</language></row>
<row><qid>5</qid><question>Frage B2</question><language>de</language></row>
<row><qid>6</qid><question>Wo?</question><language>de</language></row>
</rows></question_l10ns>
<answers><rows>
<row><aid>1</aid><qid>1</qid><code>1</code></row><row><aid>2</aid><qid>1</qid><code>2</code></row>
<row><aid>3</aid><qid>1</qid><code>3</code></row><row><aid>4</aid><qid>6</qid><code>X</code></row>
</rows></answers>
<answer_l10ns><rows>
<row><aid>1</aid><answer>nein</answer><language>de</language></row>
<row><aid>2</aid><answer>teilweise</answer><language>de</language></row>
<row><aid>3</aid><answer>ja</answer><language>de</language></row>
<row><aid>4</aid><answer>Adorf</answer><language>de</language></row>
</rows></answer_l10ns>
<surveys><rows><row><attributedescriptions>{"attribute_7":{"description":"Kommune"}}</attributedescriptions></row></rows></surveys>
</document>"""
HEADS = ["id", "submitdate", "Kommune", "K01[A1]", "K01[A2]", "B1", "B2"]
ROW = ["7", "2026-01-01 10:00:00", "Adorf", "1", "2", "10", "45"]


def export(*rows: list[str]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue()


def read(
    folder: Path, *rows: list[str], keys: str = "", structure: str = ""
) -> tuple[dict[str, str], CleanedStudy, list[Fault]]:
    """By item what the first response says; what was read; the faults."""
    if structure:
        keys += '\nstructure = "u.lss"'
    write_study(folder, ("antworten.csv", export(*rows)), keys=FORMAT + keys, setting="questionnaire")
    (folder / "u.lss").write_text(structure or " ", encoding="utf-8")
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None and not faults, [(fault.found, fault.expected) for fault in faults]
    cleaned = read_responses(study, faults)
    said: dict[str, str] = {}
    for item, code, value, missing in (
        cleaned.responses[["item", "code", "value", "missing"]].astype(object).itertuples(index=False)
        if len(cleaned.waves)
        else ()
    ):
        known = [
            part for part in (code, value, missing) if isinstance(part, (int, float, str)) and part == part
        ]
        said.setdefault(item, str(known[0]))
    return said, cleaned, faults


def found(faults: list[Fault]) -> list[tuple[int | None, str, str]]:
    return [(fault.row, fault.column, fault.found) for fault in faults]


def test_a_foreign_survey_is_read_by_the_texts_and_labels_of_its_structure(tmp_path: Path) -> None:
    heads = ["id", "submitdate", "attribute_7", "G01Q02[SQ001]", "G01Q02[SQ002]", "zahl", "teil", "ort"]
    row = ["7", "2026-01-01 10:00:00", "Adorf", "1", "3", "10", "45.5", "X"]
    said, cleaned, faults = read(tmp_path, heads, row, structure=FOREIGN)
    assert not faults
    # SQ001 is worded as A2, and its code 1 is labelled "nein", which is the code 0
    assert said == {"A1": "2", "A2": "0", "B1": "10.0", "B2": "45.5"}
    log = cleaned.cleaning_log
    assert ("G01Q02[SQ001]", "1", "nein") in set(
        log.loc[log["rule"] == "survey_code", ["column", "old", "new"]].itertuples(index=False, name=None)
    )


def test_a_code_that_the_survey_does_not_have_is_a_fault_although_the_questionnaire_has_it(
    tmp_path: Path,
) -> None:
    heads = ["id", "attribute_7", "G01Q02[SQ001]", "G01Q02[SQ002]", "zahl", "teil"]
    _, _, faults = read(tmp_path, heads, ["7", "Adorf", "0", "98", "10", "45"], structure=FOREIGN)
    assert found(faults) == [(2, "G01Q02[SQ002]", "'98' for A1"), (2, "G01Q02[SQ001]", "'0' for A2")]


def test_a_label_that_the_questionnaire_does_not_know_is_a_fault_that_says_it(tmp_path: Path) -> None:
    heads = ["id", "attribute_7", "G01Q02[SQ001]", "G01Q02[SQ002]", "zahl", "teil"]
    structure = FOREIGN.replace("<answer>nein<", "<answer>kaum<")
    _, _, faults = read(tmp_path, heads, ["7", "Adorf", "1", "2", "10", "45"], structure=structure)
    assert found(faults) == [(2, "G01Q02[SQ001]", "'1', which the survey calls 'kaum', for A2")]


def test_an_attribute_of_the_participants_is_named_by_code_or_description(tmp_path: Path) -> None:
    heads, row = ["id", "token", *HEADS[3:]], ["7", "t1", *ROW[3:]]
    for name in ("attribute_2", "Ort", "attribute_2 <Ort>"):
        folder = tmp_path / name[-4:-1]
        folder.mkdir()
        (folder / "t.csv").write_text(
            "token, attribute_1 <AGS>, attribute_2 <Ort>\nt1,01002000,Bestadt\n", encoding="utf-8"
        )
        keys = f'attributes = "t.csv"\ncolumns = {{ municipality = "{name}" }}'
        _, cleaned, faults = read(folder, heads, row, keys=keys)
        assert not faults, found(faults)
        assert set(cleaned.responses["municipality"]) == {"bestadt"}


def test_an_access_code_that_two_participants_have_is_a_fault(tmp_path: Path) -> None:
    heads, row = ["id", "token", *HEADS[3:]], ["7", "t1", *ROW[3:]]
    (tmp_path / "t.csv").write_text("token,Kommune\nt1,Adorf\nt1,Bestadt\n", encoding="utf-8")
    _, _, faults = read(tmp_path, heads, row, keys='attributes = "t.csv"')
    assert found(faults) == [(3, "token", "an access code that stands twice")]


def test_a_formula_without_a_value_in_a_comment_is_no_fault(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEADS, "anmA"])
    sheet.append([int(cell) if cell.isdigit() else cell for cell in ROW] + ["=1+1"])
    write_study(tmp_path, ("antworten.csv", "x"), keys=FORMAT, setting="questionnaire")
    book.save(tmp_path / "antworten.xlsx")
    toml = tmp_path / "study.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("antworten.csv", "antworten.xlsx"), encoding="utf-8"
    )
    faults: list[Fault] = []
    study = read_study(tmp_path, faults)
    assert study is not None
    assert set(read_responses(study, faults).responses["respondent"]) == {"7"}
    assert not faults, found(faults)


def test_a_list_that_asks_for_the_municipality_is_read_by_its_labels(tmp_path: Path) -> None:
    heads = ["id", "ort", "G01Q02[SQ001]", "G01Q02[SQ002]", "zahl", "teil"]
    keys = 'columns = { municipality = "ort" }'
    _, cleaned, faults = read(tmp_path, heads, ["7", "X", "1", "1", "1", "1"], keys=keys, structure=FOREIGN)
    assert not faults
    assert set(cleaned.responses["municipality"]) == {"adorf"}


@pytest.mark.parametrize("mark", ["-oth-", "N/A"])
def test_marks_of_limesurvey_are_no_answers_although_the_questionnaire_knows_the_words(
    tmp_path: Path, mark: str
) -> None:
    write_study(tmp_path, ("antworten.csv", export(HEADS, [*ROW[:3], mark, *ROW[4:]])), keys=FORMAT)
    toml = tmp_path / "instrument" / "instrument.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(
        text.replace(
            'label = { de = "weiß nicht" } }', f'label = {{ de = "weiß nicht" }}, aliases = ["{mark}"] }}'
        ),
        encoding="utf-8",
    )
    faults: list[Fault] = []
    study = read_study(tmp_path, faults)
    assert study is not None
    read_responses(study, faults)
    assert found(faults) == [(2, "K01[A1]", f"{mark!r} for A1")]


def test_what_is_not_of_the_questionnaire_is_left_aside_and_said_with_the_reason(tmp_path: Path) -> None:
    heads = [*HEADS, "ipaddr", "K01Time", "Vorname", "anmA", "rolle[other]"]
    _, cleaned, faults = read(tmp_path, heads, [*ROW, "127.0.0.1", "12", "Vera", "\u200bText", "x"])
    assert not faults
    log = cleaned.cleaning_log
    rules = dict(
        log[log["rule"].str.startswith("column_")][["column", "rule"]].itertuples(index=False, name=None)
    )
    assert rules == {
        "submitdate": "column_technical",
        "ipaddr": "column_personal",
        "K01Time": "column_technical",
        "Vorname": "column_personal",
        "anmA": "column_not_of_the_questionnaire",
        "rolle[other]": "column_not_of_the_questionnaire",
    }


def test_incomplete_responses_are_kept_and_said_or_dropped_and_said(tmp_path: Path) -> None:
    rows = HEADS, ROW, ["8", "", "Bestadt", "0", "", "", ""]
    _, kept, faults = read(tmp_path / "keep", *rows)
    assert not faults and set(kept.responses["respondent"]) == {"7", "8"}
    _, dropped, faults = read(tmp_path / "drop", *rows, keys='incomplete = "drop"')
    assert not faults and set(dropped.responses["respondent"]) == {"7"}
    for cleaned, rule in ((kept, "incomplete_kept"), (dropped, "incomplete_dropped")):
        log = cleaned.cleaning_log
        assert list(log.loc[log["rule"] == rule, "row"]) == [3]


def test_what_is_incomplete_cannot_be_dropped_where_the_export_does_not_say_it(tmp_path: Path) -> None:
    heads, row = [HEADS[0], *HEADS[2:]], [ROW[0], *ROW[2:]]
    _, _, faults = read(tmp_path, heads, row, keys='incomplete = "drop"')
    assert [fault.found for fault in faults] == ["no column submitdate, which says what was sent off"]


def test_two_columns_that_may_be_one_item_are_refused_until_one_is_named(tmp_path: Path) -> None:
    heads, row = [*HEADS, "K02[A1]"], [*ROW, "0"]
    _, _, faults = read(tmp_path / "two", ["id", "submitdate", "Kommune", "X1[A1]", *heads[4:]], row)
    assert [fault.found for fault in faults] == ["2 columns that may be A1: X1[A1], K02[A1]"]
    said, _, faults = read(tmp_path / "named", heads, row, keys='items = { A1 = "K02_A1" }')
    assert not faults and said["A1"] == "0"


def test_the_two_scales_of_a_dual_scale_are_two_columns(tmp_path: Path) -> None:
    heads = ["id", "Kommune", "K01[A1][1]", "K01[A1][2]", "K01[A2][1]", "B1", "B2"]
    _, _, faults = read(tmp_path, heads, ["7", "Adorf", "1", "2", "1", "10", "45"])
    assert [fault.found for fault in faults] == ["2 columns that may be A1: K01[A1][1], K01[A1][2]"]
    said, _, faults = read(
        tmp_path / "named",
        heads,
        ["7", "Adorf", "1", "2", "1", "10", "45"],
        keys='items = { A1 = "K01[A1][2]" }',
    )
    assert not faults and said["A1"] == "2"


def test_cut_texts_that_look_the_same_are_refused(tmp_path: Path) -> None:
    heads = ["Antwort ID", "Kommune", "Feld A [Fra.. ]", "Feld A [Fra..  ]", "Frage B1", "Frage B2"]
    _, _, faults = read(tmp_path, heads, ["7", "Adorf", "1", "2", "10", "45"])
    assert any("may be 2 items: A1, A2" in fault.found for fault in faults), found(faults)


def test_two_columns_that_may_say_the_municipality_are_refused(tmp_path: Path) -> None:
    _, _, faults = read(tmp_path, [*HEADS, "Gemeinde"], [*ROW, "Bestadt"])
    assert [fault.found for fault in faults] == ["2 columns that may be 'municipality': Kommune, Gemeinde"]


def test_without_a_column_of_the_municipality_there_is_one_fault_that_names_what_there_is(
    tmp_path: Path,
) -> None:
    heads = ["id", "submitdate", "attribute_1", *HEADS[3:]]
    _, _, faults = read(tmp_path, heads, ROW)
    assert [fault.found for fault in faults] == [
        "no column that says whose a response is; there is attribute_1"
    ]


def test_a_masked_equals_sign_is_taken_off_a_municipality(tmp_path: Path) -> None:
    _, cleaned, faults = read(tmp_path, HEADS, [*ROW[:2], "'=Adorf", *ROW[3:]])
    assert [fault.found for fault in faults] == ["'=Adorf'"]
    log = cleaned.cleaning_log
    assert list(log.loc[log["rule"] == "mask_removed", "new"]) == ["=Adorf"]


def yes_or_no(folder: Path, cells: list[str], structure: str = "") -> list[Fault]:
    """A study in which A1 is a question of its own, answered with yes or no."""
    write_study(folder, ("antworten.csv", export(["id", "Kommune", "A1", "K01[A2]", "B1", "B2"], *(
        [str(n), "Adorf", cell, "1", "1", "1"] for n, cell in enumerate(cells, start=1)
    ))), keys=FORMAT)  # fmt: skip
    items = folder / "instrument" / "items.csv"
    items.write_text(
        items.read_text(encoding="utf-8").replace("A1,alpha,1,stufen", "A1,alpha,1,jn"), encoding="utf-8"
    )
    with (folder / "instrument" / "instrument.toml").open("a", encoding="utf-8") as stream:
        stream.write(
            '[[scale]]\nid = "jn"\nkind = "ordinal"\noptions = [{ code = 1, points = 100, label = { de = "Ja" } }, '
            '{ code = 2, points = 0, label = { de = "Nein" } }]\n'
        )
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None and not faults, found(faults)
    read_responses(study, faults)
    return faults


def test_a_converted_no_is_a_fault_since_it_may_be_no_answer(tmp_path: Path) -> None:
    assert yes_or_no(tmp_path / "words", ["Y", "N", "", "Ja", "Nein", "1"]) == []
    faults = yes_or_no(tmp_path / "numbers", ["1", "2"])
    assert [(fault.row, fault.column) for fault in faults] == [(3, "A1")]
    assert "No or no answer" in faults[0].found


def test_headings_with_entities_and_underlines_are_known(tmp_path: Path) -> None:
    write_study(tmp_path, ("antworten.csv", export(
        ["Antwort_ID", "Kommune", "Feld_A_[Frage_A1_&lt;_&amp;]", "Feld_A_[Frage_A2]", "Frage_B1", "Frage_B2"],
        ["7", "Adorf", "1", "2", "3", "4"],
    )), keys=FORMAT)  # fmt: skip
    items = tmp_path / "instrument" / "items.csv"
    items.write_text(items.read_text(encoding="utf-8").replace("Frage A1", "Frage A1 < &"), encoding="utf-8")
    faults: list[Fault] = []
    study = read_study(tmp_path, faults)
    assert study is not None
    assert set(read_responses(study, faults).responses["respondent"]) == {"7"} and not faults
