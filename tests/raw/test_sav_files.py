"""Files of SPSS: the right reading of the samples, labels and missing values, and files that are damaged."""

from __future__ import annotations

import csv
import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from places import REFERENCE
from small_studies import clean, faults_of, rules, told, write_study

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import load_study, read_study
from weltoffen_eval.study.kinds.reading import read_files
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses

SAMPLES = REFERENCE / "spss"
STUDY = """id = "spss"
title = "SPSS (synthetisch)"
instrument = "./instrument"
synthetic = true
[[wave]]
id = "2024"
date = 2024-06-30
[[file]]
path = "{path}"
wave = "2024"
setting = "questionnaire"
{keys}
"""
DISCRETE = """perspective_column = "perspektive"
columns = { municipality = "kommune", respondent = "lfdnr" }
ignore = ["erhebungsdatum", "anmerkung_*"]
"""
OF_LIMESURVEY = """perspective = "administration"
unit = "persons"
columns = { municipality = "attribute_1", ags = "attribute_2", respondent = "id" }
ignore_rest = true
"""


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((SAMPLES / name).read_text(encoding="utf-8").splitlines()))


def named_items(path: Path) -> str:
    """``items`` of study.toml for names such as K01_MS01."""
    _, meta = pyreadstat.read_sav(str(path), metadataonly=True)
    items = {row["item"] for row in rows_of("instrument/items.csv")}
    pairs = [(name.partition("_")[2], name) for name in meta.column_names]
    return "items = { " + ", ".join(f'{item} = "{name}"' for item, name in pairs if item in items) + " }\n"


CASES = {
    "utf8-discrete.sav": DISCRETE,
    "utf8-discrete.sav by text": DISCRETE + 'item_header = "text"\n',
    "from-limesurvey-syntax.sav by name": OF_LIMESURVEY + named_items(SAMPLES / "from-limesurvey-syntax.sav"),
    "from-limesurvey-syntax.sav by text": OF_LIMESURVEY + 'item_header = "text"\n',
    "from-limesurvey-syntax.sav as LimeSurvey's": 'perspective = "administration"\nunit = "persons"\n'
    'format = "limesurvey"\ncolumns = { municipality = "attribute_1", ags = "attribute_2" }\n',
    "utf8-discrete.sav as LimeSurvey's": 'perspective_column = "perspektive"\nformat = "limesurvey"\n'
    'columns = { municipality = "kommune", respondent = "lfdnr" }\n',
}


def read_sample(folder: Path, name: str, keys: str) -> tuple[CleanedStudy, list[Fault]]:
    shutil.copytree(SAMPLES / "instrument", folder / "instrument")
    shutil.copy(SAMPLES / "municipalities.csv", folder)
    shutil.copy(SAMPLES / name, folder)
    (folder / "study.toml").write_text(STUDY.format(path=name, keys=keys), encoding="utf-8")
    faults: list[Fault] = []
    study = read_study(folder, faults)
    assert study is not None
    return read_responses(study, faults), faults


@pytest.mark.parametrize("case", CASES)
def test_every_response_of_a_sample_is_read_as_its_table_says(tmp_path: Path, case: str) -> None:
    name = case.split()[0]
    cleaned, faults = read_sample(tmp_path, name, CASES[case])
    # 8 of the file by LimeSurvey has no municipality: its case is the ninth row below no header
    expected_faults = [(name, 9, "attribute_1")] if name.startswith("from") else []
    assert told(faults) == expected_faults
    municipality = {entry["municipality"]: entry["name"] for entry in rows_of("municipalities.csv")}
    frame = cleaned.responses.astype(object)
    # whether a field that is left empty was chosen is decided over all sheets
    missing = frame["missing"].replace({"not_chosen": "skipped"}).fillna("")
    found = {
        (respondent, municipality.get(key, ""), item): ("" if pd.isna(code) else str(code), why)
        for respondent, key, item, code, why in zip(
            frame["respondent"], frame["municipality"], frame["item"], frame["code"], missing, strict=True
        )
    }
    expected = {
        (row["respondent"], row["municipality"], row["item"]): (row["code"], row["missing"])
        for row in rows_of("expected_responses.csv")
        if row["file"] == name
    }
    assert len(expected) == 864
    assert found == expected


def write_sav(path: Path, columns: dict[str, list[Any]], **said: Any) -> None:
    pyreadstat.write_sav(pd.DataFrame(columns), str(path), **said)


#: Of the small study: A1, A2 with options 0 to 2 and 98; B1 from 0 to 5000, B2 from 0 to 100.
LABELS: dict[int | float, str] = {0: "nein", 1: "teilweise", 2: "ja", 98: "weiß nicht"}
ANSWERS: dict[str, list[Any]] = {
    "municipality": ["Adorf", "Bestadt", "Adorf"],
    "A1": [0.0, 2.0, 98.0],
    "A2": [1.0, None, 1.0],
    "B1": [7.0, 12.5, None],
    "B2": [100.0, 0.0, 50.0],
}


def small_study(folder: Path, columns: dict[str, list[Any]], keys: str = "", **said: Any) -> Path:
    write_study(folder, ("personen.sav", ""), keys='perspective = "civil_society"\n' + keys)
    write_sav(folder / "personen.sav", columns, **said)
    return folder


def answers_of(folder: Path, item: str) -> list[Any]:
    frame = clean(folder).responses
    rows = frame[frame["item"] == item]
    return [
        next(part for part in row if not pd.isna(part))
        for row in rows[["code", "value", "missing"]].itertuples(index=False)
    ]


def labelled(**of_a1: Any) -> dict[str, Any]:
    return {"variable_value_labels": {"A1": of_a1.pop("labels", LABELS), "A2": LABELS}, **of_a1}


def test_codes_with_their_labels_are_read_without_a_word(tmp_path: Path) -> None:
    folder = small_study(tmp_path, ANSWERS, **labelled(missing_ranges={"A1": [98]}))
    assert answers_of(folder, "A1") == [0, "dont_know", 2]
    assert answers_of(folder, "B1") == [7.0, "skipped", 12.5]
    assert {rule for _, _, rule in rules(clean(folder))} == {"municipality_name"}


def test_a_label_that_the_scale_has_not_is_a_fault_also_at_a_code_that_it_has(tmp_path: Path) -> None:
    faults = faults_of(small_study(tmp_path, ANSWERS, **labelled(labels=LABELS | {0: "immer"})))
    assert told(faults) == [("personen.sav", 2, "A1")]
    assert faults[0].found == "'0 = immer'"


def test_labels_that_fit_under_other_codes_are_read_by_label_and_logged(tmp_path: Path) -> None:
    shifted = ANSWERS | {"A1": [1.0, 3.0, 9.0]}
    labels = {1: "nein", 2: "teilweise", 3: "Ja", 9: "weiß nicht"}
    folder = small_study(tmp_path, shifted, **labelled(labels=labels))
    assert answers_of(folder, "A1") == [0, "dont_know", 2]
    log = clean(folder).cleaning_log
    of_labels = log[log["rule"] == "value_label"]
    assert of_labels[["row", "old", "new"]].to_numpy().tolist() == [
        [2, "1 = nein", "0"], [3, "3 = Ja", "2"], [4, "9 = weiß nicht", "dont_know"]
    ]  # fmt: skip


def test_a_value_without_label_is_no_code_where_the_labels_count_otherwise(tmp_path: Path) -> None:
    # 2 has no label; with the others it stands for the option 1, with the scale for the option 2
    shifted = ANSWERS | {"A1": [1.0, 3.0, 2.0]}
    faults = faults_of(small_study(tmp_path, shifted, **labelled(labels={1: "nein", 3: "ja"})))
    assert told(faults) == [("personen.sav", 4, "A1")]
    assert "'1 = nein'" in faults[0].found


def test_a_value_without_label_is_its_code_where_the_labels_go_with_the_scale(tmp_path: Path) -> None:
    folder = small_study(tmp_path, ANSWERS, **labelled(labels={0: "nein", 98: "weiß nicht"}))
    assert answers_of(folder, "A1") == [0, "dont_know", 2]


def test_a_label_may_repeat_its_code(tmp_path: Path) -> None:
    labels = {0: "0 - nein", 1: "1 = teilweise", 2: "2", 98: "98: weiß nicht"}
    assert answers_of(small_study(tmp_path, ANSWERS, **labelled(labels=labels)), "A1") == [0, "dont_know", 2]


def test_a_label_that_is_another_number_than_its_value_is_a_fault(tmp_path: Path) -> None:
    faults = faults_of(small_study(tmp_path, ANSWERS, **labelled(labels=LABELS | {2: "0"})))
    assert told(faults) == [("personen.sav", 3, "A1")]


@pytest.mark.parametrize("missing", [[2], [{"lo": 2, "hi": 90}]])
def test_an_answer_that_the_file_declares_missing_is_a_fault(tmp_path: Path, missing: list[Any]) -> None:
    faults = faults_of(small_study(tmp_path, ANSWERS, **labelled(missing_ranges={"A1": missing})))
    assert told(faults) == [("personen.sav", 3, "A1")]
    assert "declares missing" in faults[0].found


def test_a_number_that_is_declared_missing_never_becomes_the_number(tmp_path: Path) -> None:
    # 99 lies between the goalposts of B2
    columns = ANSWERS | {"B2": [99.0, 0.0, 50.0]}
    faults = faults_of(small_study(tmp_path, columns, missing_ranges={"B2": [{"lo": 97, "hi": 99}]}))
    assert told(faults) == [("personen.sav", 2, "B2")]
    said = {"missing_ranges": {"B1": [-9]}, "variable_value_labels": {"B1": {-9: "keine Angabe"}}}
    folder = small_study(tmp_path / "named", ANSWERS | {"B1": [-9.0, 1.0, 2.0]}, **said)
    assert answers_of(folder, "B1") == ["skipped", 2.0, 1.0]


def test_an_ags_that_lost_its_zero_is_read_by_its_structure_and_logged(tmp_path: Path) -> None:
    columns = {"ags": [1001001.0, 1002000.0, 1001001.0]} | ANSWERS
    del columns["municipality"]
    folder = small_study(tmp_path, columns, variable_format={"ags": "F8.0"})
    cleaned = clean(folder)
    assert cleaned.records["municipality"].tolist() == ["adorf", "bestadt", "adorf"]
    assert [rule for _, _, rule in rules(cleaned)] == ["ags_zero_restored"] * 3


def test_numbers_are_read_as_the_variable_shows_them(tmp_path: Path) -> None:
    shown = ANSWERS | {"B1": [12.345, 7.0, 1.0]}
    folder = small_study(tmp_path, shown, variable_format={"B1": "F8.2"})
    assert answers_of(folder, "B1")[0] == 12.35
    assert (2, "12.35", "number_format") in rules(clean(folder))
    faults = faults_of(
        small_study(tmp_path / "whole", ANSWERS | {"A1": [1.6, 0, 0]}, variable_format={"A1": "F1.0"})
    )
    assert set(told(faults)) == {("personen.sav", 2, "A1")}


def test_corrections_name_a_value_by_code_or_label_and_give_either(tmp_path: Path) -> None:
    labels = {1: "nein", 2: "teilweise", 3: "ja"}
    folder = small_study(tmp_path, ANSWERS | {"A1": [1.0, 2.0, 3.0]}, **labelled(labels=labels))
    (folder / "corrections.csv").write_text(
        "file,row,column,old,new,reason\npersonen.sav,2,A1,1,3,Anruf\npersonen.sav,4,A1,ja,teilweise,Anruf\n",
        encoding="utf-8",
    )
    assert answers_of(folder, "A1") == [2, 1, 1]


def test_unseen_characters_are_a_fault_unless_the_column_is_left_aside(tmp_path: Path) -> None:
    columns = {"name": ["\ufeffA", "B", "C"]} | ANSWERS
    assert clean(small_study(tmp_path, columns, "ignore_rest = true")).count_responses() == 12
    faults = faults_of(small_study(tmp_path / "read", columns, 'columns = { respondent = "name" }'))
    assert told(faults) == [("personen.sav", 2, "name")]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ('tab = "x"', "a tab in study.toml"),
        ('delimiter = ";"', "a delimiter in study.toml"),
        ("header_row = 1", "header_row in study.toml"),
        ("skip_rows = [9]", "no such row"),
    ],
)
def test_what_a_file_of_spss_does_not_have_is_refused(tmp_path: Path, keys: str, found: str) -> None:
    assert faults_of(small_study(tmp_path, ANSWERS, keys))[0].found == found


def test_rows_that_are_no_records_are_skipped(tmp_path: Path) -> None:
    folder = small_study(tmp_path, ANSWERS | {"A1": [0.0, 7.0, None]}, "skip_rows = [3]")
    assert clean(folder).records["row"].tolist() == [2, 4]


def test_a_packed_file_is_read_like_another(tmp_path: Path) -> None:
    folder = small_study(tmp_path, ANSWERS)
    expected = clean(folder).responses
    write_sav(folder / "personen.zsav", ANSWERS, compress=True)
    toml = folder / "study.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace(".sav", ".zsav"), encoding="utf-8")
    pd.testing.assert_frame_equal(clean(folder).responses, expected)


def test_letters_of_cp1252_are_read_and_a_wrong_encoding_is_a_fault(tmp_path: Path) -> None:
    columns = ANSWERS | {"B1": [1.0, 2.0, 3.0]}
    labels = {0: "nein", 1: "teilweise", 2: "ja", 98: "weiß_nicht_"}
    folder = small_study(tmp_path, columns, **labelled(labels=labels))
    path = folder / "personen.sav"
    content = path.read_bytes().replace("weiß_nicht_".encode(), b"wei\xdf nicht  ")
    assert b"wei\xdf nicht" in content
    path.write_bytes(content)
    faults = faults_of(folder)
    assert [fault.file for fault in faults] == ["personen.sav"]
    assert "encoding" in faults[0].found
    # the code page stands in a record of its own, beside the name
    path.write_bytes(content.replace(b"UTF-8", b"cp125").replace(b"\xe9\xfd\x00\x00", b"\xe4\x04\x00\x00"))
    toml = folder / "study.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + 'encoding = "cp1252"\n', encoding="utf-8")
    assert answers_of(folder, "A1") == [0, "dont_know", 2]


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut off in its head": lambda b: b[:300],
    "cut off in its data": lambda b: b[:-40],
    "no file of SPSS": lambda b: b"A;B\n1;2\n",
    "empty": lambda b: b"",
    "a name only": lambda b: b"$FL2@(#) SPSS",
    "fewer cases than it says": lambda b: b[:80] + struct.pack("<i", 4) + b[84:],
    "more cases than can be": lambda b: b[:80] + struct.pack("<i", 20_000_000) + b[84:],
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path: Path, how: str) -> None:
    folder = small_study(tmp_path, ANSWERS)
    path = folder / "personen.sav"
    path.write_bytes(DAMAGED[how](path.read_bytes()))
    faults = faults_of(folder)
    assert len(faults) == 1
    assert faults[0].file == "personen.sav" and faults[0].found and faults[0].expected


def test_a_file_that_ends_its_reader_is_a_fault(tmp_path: Path) -> None:
    # found by chance: byte 37,197 of utf8-discrete.sav is 65 in place of 0, at which pyreadstat 1.3.7 breaks off
    folder = small_study(tmp_path, ANSWERS)
    shutil.copy(SAMPLES / "ends-its-reader.sav", folder / "personen.sav")
    assert len(faults_of(folder)) == 1


def _variable(number: int) -> bytes:
    # a number of the format F8.0, without a label
    return struct.pack("<6i8s", 2, 0, 0, 0, 329728, 329728, f"V{number}".encode()[:8].ljust(8))


ENDLESS: dict[str, Callable[[bytes], bytes]] = {
    "100,001 variables": lambda head: head + b"".join(map(_variable, range(100_001))),
    "a thousand million labels": lambda head: head + _variable(0) + struct.pack("<2i", 3, 10**9),
    "more cases than can be, said by the head": lambda head: (
        head[:72]
        + struct.pack("<3i", 1, 0, 300_000_000)
        + head[84:]
        + _variable(0)
        + struct.pack("<2i", 999, 0)
    ),
}


@pytest.mark.parametrize("how", ENDLESS)
def test_a_file_that_would_fill_the_memory_is_refused(tmp_path: Path, how: str) -> None:
    folder = small_study(tmp_path, ANSWERS)
    path = folder / "personen.sav"
    path.write_bytes(ENDLESS[how](path.read_bytes()[:176]))
    (fault,) = faults_of(folder)
    assert "Split it" in fault.advice


def test_a_pipe_and_a_link_that_leads_out_are_not_opened(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study", ANSWERS)
    path = folder / "personen.sav"
    path.rename(tmp_path / "elsewhere.sav")
    path.symlink_to(tmp_path / "elsewhere.sav")
    assert len(faults_of(folder)) == 1
    path.unlink()
    os.mkfifo(path)
    assert faults_of(folder)[0].found == "a pipe"


def test_other_kinds_of_file_are_read_too(tmp_path: Path) -> None:
    folder = small_study(tmp_path, ANSWERS)
    toml = folder / "study.toml"
    notes = '[[file]]\nkind = "notes"\npath = "notizen.sav"\nwave = "2024"\nsetting = "workshop"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + notes, encoding="utf-8")
    rows = {"Kommune": ["Adorf"], "Art": [2.0], "Text": ["Es fehlt an Räumen."]}
    write_sav(folder / "notizen.sav", rows, variable_value_labels={"Art": {2: "Bedarf"}})
    faults: list[Fault] = []
    given, _ = read_files(load_study(folder), faults)
    assert not faults
    assert [(row.municipality, row.values.kind, row.values.text) for row in given] == [
        ("adorf", "need", "Es fehlt an Räumen.")
    ]
