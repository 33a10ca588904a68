"""Exports of a running LimeSurvey given to ``new``: known as such, and read as their database held them."""

from __future__ import annotations

import csv
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from calls import call_within
from drafted_studies import written
from places import ROOT
from sample_exports import SAMPLES, expected_answers
from small_studies import clean

QUESTIONNAIRE = str(SAMPLES / "instrument")
FILES = {
    "question codes": "v6-tokens/codes.csv",
    "a workbook": "v6-tokens/codes.xlsx",
    "full texts, as nothing was set": "v6-tokens/default.csv",
    "completed responses only": "v6-tokens/complete-codes.csv",
    "yes and no converted": "v6-tokens/codes-yes-no-converted.csv",
    "code and text": "v6-tokens/codetext-labels-semicolon.csv",
    "abbreviated": "v6-tokens/abbreviated-codes.csv",
    "version 5, a workbook": "v5-tokens/default.xlsx",
    "version 5, nothing masked": "v5-tokens/codes-unmasked-semicolon.csv",
}

#: What differs from another in its cells only, or in the version, is looked at in check-slow.
_SELDOM = ("a workbook", "completed responses only", "version 5, a workbook", "version 5, nothing masked")
EACH = [
    pytest.param(file, id=name, marks=[pytest.mark.slow] if name in _SELDOM else [])
    for name, file in FILES.items()
]


def made_of(folder: Path, file: Path, *words: str) -> dict[str, Any]:
    """What study.toml says of the file; check accepts the folder."""
    done = call_within(ROOT, "new", str(folder), "--from", str(file), *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "an export of LimeSurvey" in done.stdout
    (listed,) = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["file"]
    return dict(listed)


def read_in(folder: Path) -> dict[tuple[str, str], str]:
    """By respondent and item the code, or the kind of missing answer; skipped also of a field left empty."""
    rows = clean(folder).responses.astype(object)
    rows = rows[rows["value"].isna()]
    return {
        (row.respondent, row.item): str(row.code) if row.missing is None else row.missing.replace("not_chosen", "skipped")
        for row in rows.where(rows.notna(), None).itertuples()
    }  # fmt: skip


def expected_in(file: str) -> dict[tuple[str, str], str]:
    survey = file.partition("/")[0]
    rows = expected_answers(survey, complete="complete" in file)
    return {(respondent, item): code or missing for respondent, _, item, code, missing in rows}


@pytest.mark.parametrize("file", EACH)
def test_every_sample_is_read_with_its_questionnaire_as_the_database_held_it(
    tmp_path: Path, file: str
) -> None:
    listed = made_of(tmp_path / "s", SAMPLES / file, "--instrument", QUESTIONNAIRE)
    # its columns are recognised as they are when the file is read
    assert (listed["format"], "items" in listed, "ignore" in listed) == ("limesurvey", False, False)
    assert read_in(tmp_path / "s") == expected_in(file)


@pytest.mark.parametrize("file", EACH)
def test_a_questionnaire_made_of_the_columns_has_the_same_answers(tmp_path: Path, file: str) -> None:
    listed = made_of(tmp_path / "s", SAMPLES / file)
    assert listed["format"] == "limesurvey"
    expected = expected_in(file)
    with (SAMPLES / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        asked = [row["item"] for row in csv.DictReader(stream)]
    with (tmp_path / "s" / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        of_scale = [row["item"] for row in csv.DictReader(stream) if row["scale"] == "skala-1"]
    # headed by texts the items are numbered: in the order in which they were asked
    same = dict(zip(of_scale, asked, strict=True))
    found = read_in(tmp_path / "s")
    assert {(who, same[item]): said for (who, item), said in found.items() if item in same} == expected


SELECTED = ["id", "submitdate", "lastpage", "startlanguage", "seed", "attribute_1"]


def survey(tmp_path: Path, questions: list[str], *records: list[Any], heads: list[str] = SELECTED) -> Path:
    """An export of these questions; a record is whose it is and what was answered, sent off or not."""
    rows: list[list[Any]] = [[*heads[:-1], *questions, heads[-1]]]
    for number, (place, *answers) in enumerate(records, start=1):
        rows.append([number, f"2025-03-1{number} 10:00:00", 3, "de", 77 + number, *answers, place])
    return written(tmp_path / "x.csv", rows)


def test_what_the_tool_writes_for_no_answer_is_none_and_lists_with_own_answers_are_no_items(
    tmp_path: Path,
) -> None:
    file = survey(
        tmp_path,
        ["Leitbild", "Gibt es Mittel?", "Gibt es einen Beirat?", "Rolle", "Rolle [Sonstiges]", "Mittel [Haus]", "Mittel [Sonstiges]"],
        ["Adorf", "umgesetzt", "Ja", "N/A", "Amt", "", "Ja", ""],
        ["Bestadt", "geplant", "N/A", "Nein", "Sonstiges", "Verein", "Nein", "Stiftung"],
        ["Cedorf", "umgesetzt", "Nein", "Ja", "Amt", "", "N/A", ""],
    )  # fmt: skip
    made_of(tmp_path / "s", file)
    text = (tmp_path / "s" / "instrument" / "items.csv").read_text(encoding="utf-8")
    assert [line.split(",")[-1] for line in text.splitlines()[1:]] == [
        "Gibt es Mittel?",
        "Gibt es einen Beirat?",
    ]
    # Ja and Nein are the scale, N/A is none of it
    made = tomllib.loads((tmp_path / "s" / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    (scale,) = made["scale"]
    assert [option["label"]["de"] for option in scale["options"]] == ["Nein", "Ja"]
    assert "non_answers" not in scale
    assert [*read_in(tmp_path / "s").values()] == ["1", "skipped", "skipped", "0", "0", "1"]


@pytest.mark.parametrize(
    "heads",
    [
        ["id", "Kommune", "Datum", "A", "B"],
        ["id", "startdate", "seed", "Kommune", "A", "B"],
        ["nr", "submitdate", "lastpage", "Kommune", "A", "B"],
        ["id", "token", "Kommune", "A [x]", "B [y]"],
        ["id", "Kommune", "G01Q02[SQ001]", "G01Q02[SQ002]"],
    ],
)  # fmt: skip
def test_nothing_else_is_taken_for_an_export_of_limesurvey(tmp_path: Path, heads: list[str]) -> None:
    rows = [
        [1, *["x"] * (len(heads) - 3), 0, 4],
        [2, *["y"] * (len(heads) - 3), 3, 1],
        [3, *["z"] * (len(heads) - 3), 2, 2],
    ]
    done = call_within(
        ROOT, "new", str(tmp_path / "s"), "--from", str(written(tmp_path / "x.csv", [heads, *rows]))
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "limesurvey" not in (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")


def fields_and_criteria(folder: Path) -> dict[str, list[str]]:
    made = tomllib.loads((folder / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    within = {
        field["id"]: [c["title"]["de"] for c in made.get("criterion", []) if c["dimension"] == field["id"]]
        for field in made["dimension"]
    }
    return {field["title"]["de"]: within[field["id"]] for field in made["dimension"]}  # fmt: skip


def test_the_group_in_the_codes_is_the_field_and_the_question_the_criterion(tmp_path: Path) -> None:
    questions = [f"G0{g}Q0{q}[SQ00{part}]" for g in (1, 2) for q in range(1, 10) for part in (1, 2)]
    file = survey(
        tmp_path, [*questions, "G03Q01"], ["adorf", *[0, 4, 1, 3] * 9, 2], ["bestadt", *[1, 2, 0, 4] * 9, 1]
    )
    made_of(tmp_path / "s", file)
    assert fields_and_criteria(tmp_path / "s") == {
        "G01": [f"G01Q0{q}" for q in range(1, 10)], "G02": [f"G02Q0{q}" for q in range(1, 10)], "G03": [],
    }  # fmt: skip


def test_of_more_questions_than_fields_each_is_a_criterion(tmp_path: Path) -> None:
    questions = [f"Kriterium {n} [Frage {n}{part}]" for n in range(20) for part in "ab"]
    file = survey(tmp_path, questions, ["adorf", *["ja", "nein"] * 20], ["bestadt", *["nein", "ja"] * 20])
    made_of(tmp_path / "s", file)
    assert fields_and_criteria(tmp_path / "s") == {"Alle Fragen": [f"Kriterium {n}" for n in range(20)]}
    rows = (tmp_path / "s" / "instrument" / "items.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].endswith(",Frage 0a")


def test_the_structure_beside_an_export_says_fields_criteria_texts_and_labels(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "v6-tokens" / "codes.csv", tmp_path / "selbstcheck.csv")
    shutil.copy(SAMPLES / "structure" / "selbstcheck-1.txt", tmp_path / "selbstcheck.txt")
    listed = made_of(tmp_path / "s", tmp_path / "selbstcheck.csv")
    assert listed["structure"] == "2026/selbstcheck.txt"
    made, right = (
        tomllib.loads((folder / "instrument.toml").read_text(encoding="utf-8"))
        for folder in (tmp_path / "s" / "instrument", SAMPLES / "instrument")
    )
    for level in ("dimension", "criterion"):
        assert [one["title"]["de"] for one in made[level]] == [one["title"]["de"] for one in right[level]]
    scale, known = made["scale"][0], right["scale"][0]
    assert [(o["code"], o["label"]["de"]) for o in scale["options"]] == [
        (o["code"], o["label"]["de"]) for o in known["options"]
    ]
    assert {(o["kind"], o["code"]) for o in scale["non_answers"]} == {
        ("dont_know", 98),
        ("not_applicable", 99),
    }
    found = {key: said for key, said in read_in(tmp_path / "s").items() if key[1] != "stellen"}
    assert found == expected_in("v6-tokens/codes.csv")


def test_a_structure_of_another_survey_beside_it_is_not_taken(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "structure" / "feld-1.lss", tmp_path / "feld-1.lss")
    shutil.copy(SAMPLES / "v6-tokens" / "codes.csv", tmp_path / "codes.csv")
    assert "structure" not in made_of(tmp_path / "s", tmp_path / "codes.csv")


def test_heads_that_are_not_of_the_questionnaire_are_named_with_what_would_be_read(tmp_path: Path) -> None:
    questions = ["G01Q02[SQ001]", "G01Q02[SQ002]"]
    file = survey(tmp_path, questions, ["adorf", 0, 4], ["bestadt", 1, 2])
    done = call_within(ROOT, "new", str(tmp_path / "s"), "--from", str(file), "--instrument", QUESTIONNAIRE)
    assert done.returncode == 3
    said = " ".join(done.stderr.split())
    assert (
        "none of its columns is a question of selbstcheck-1; they are headed G01Q02[SQ001], G01Q02[SQ002]"
        in said
    )
    assert "such as K01[MS01], or its wordings" in said and "structure too (.lss)" in said
    # that is what was done
    assert "Name its questionnaire with --instrument" not in said
    # with its structure beside, the questions are found by their wordings
    structure = "class\ttype/scale\tname\ttext\tlanguage\nS\t\tlanguage\tde\t\nQ\tF\tG01Q02\tZiele\tde\n"
    structure += "".join(f"SQ\t0\tSQ00{n}\t{text}\tde\n" for n, text in enumerate(_first_texts(2), start=1))
    structure += "".join(f"A\t0\t{code}\t{label}\tde\n" for code, label in enumerate(_labels()))
    (tmp_path / "x.txt").write_text(structure, encoding="utf-8")
    listed = made_of(tmp_path / "s", file, "--instrument", QUESTIONNAIRE)
    assert listed["structure"] == "2025/x.txt"
    assert {key: said for key, said in read_in(tmp_path / "s").items() if said not in ("not_asked", "skipped")} == {
        ("1", "MS01"): "0", ("1", "MS02"): "4", ("2", "MS01"): "1", ("2", "MS02"): "2",
    }  # fmt: skip


def _first_texts(count: int) -> list[str]:
    with (SAMPLES / "instrument" / "items.csv").open(encoding="utf-8", newline="") as stream:
        return [row["text_de"] for row in csv.DictReader(stream)][:count]


def _labels() -> list[str]:
    made = tomllib.loads((SAMPLES / "instrument" / "instrument.toml").read_text(encoding="utf-8"))
    return [option["label"]["de"] for option in made["scale"][0]["options"]]


def test_without_whose_a_response_is_it_says_how_limesurvey_exports_it(tmp_path: Path) -> None:
    done = call_within(
        ROOT,
        "new",
        str(tmp_path / "s"),
        "--from",
        str(SAMPLES / "v6-tokens" / "codes-without-attributes.csv"),
    )
    assert (done.returncode, "choose the participants' attributes (Kommune, AGS)" in done.stderr) == (3, True)
