"""Every sample of a running LimeSurvey is read as its database held it (tests/reference/limesurvey/README.md)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_exports import SAMPLES, answers_of, expected_answers, read, rows_of, write_study

from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses

BY_CODE = 'columns = { municipality = "attribute_1", ags = "attribute_2" }'
BY_TOKEN = 'attributes = "participants.csv"'
PARTICIPANTS = "v6-tokens/participants.csv"
STRUCTURE = 'structure = "selbstcheck-1.txt"'
#: Files, and what study.toml says of the first.
SAMPLE_FILES = {
    "question codes": (["v6-tokens/codes.csv"], BY_CODE),
    "a workbook": (["v6-tokens/codes.xlsx"], BY_CODE),
    "full texts and labels, as nothing was set": (["v6-tokens/default.csv"], ""),
    "full texts of which the attribute is named by its code": (["v6-tokens/default.csv"], BY_CODE),
    "completed responses only": (["v6-tokens/complete-codes.csv"], BY_CODE),
    "participants beside": (["v6-tokens/codes-without-attributes.csv", PARTICIPANTS], BY_TOKEN),
    "yes and no converted": (["v6-tokens/codes-yes-no-converted.csv"], BY_CODE),
    "code and text": (["v6-tokens/codetext-labels-semicolon.csv"], ""),
    "abbreviated texts": (["v6-tokens/abbreviated-codes.csv"], ""),
    "RemoteControl": (["v6-tokens/remotecontrol-codes.csv", PARTICIPANTS], BY_TOKEN),
    "VV": (["v6-tokens/vv.csv", PARTICIPANTS], BY_TOKEN),
    "SPSS": (["v6-tokens/spss-data.dat", "v6-tokens/spss-syntax.sps"], 'structure = "spss-syntax.sps"'),
    "version 5, a workbook": (["v5-tokens/default.xlsx"], ""),
    "version 5, nothing masked": (["v5-tokens/codes-unmasked-semicolon.csv"], BY_CODE),
    "codes by a structure": (["v6-tokens/codes.csv", "structure/selbstcheck-1.txt"], f"{BY_CODE}\n{STRUCTURE}"),
    "texts by a structure": (["v6-tokens/default.csv", "structure/selbstcheck-1.txt"], STRUCTURE),
    "attributes described by a structure": (["v6-tokens/codes.csv", "structure/selbstcheck-1.txt"], STRUCTURE),
}  # fmt: skip


@pytest.mark.parametrize("files, keys", SAMPLE_FILES.values(), ids=SAMPLE_FILES)
def test_every_sample_is_read_as_the_database_held_it(tmp_path: Path, files: list[str], keys: str) -> None:
    survey, complete = files[0].split("/")[0], "complete" in files[0]
    cleaned, faults = read(write_study(tmp_path / "study", *files, keys=keys))
    counted = expected_answers(survey, complete=complete)
    nobodys = expected_answers(survey, "no_municipality")
    assert answers_of(cleaned) == counted | nobodys

    # whose a response is cannot be known: a fault of its row, and nothing else is wrong
    rows = [fault.row for fault in faults]
    without = {row[0] for row in nobodys}
    assert len(rows) == len(without) and None not in rows
    # the user leaves these rows out, and the rest is clean
    again = write_study(tmp_path / "again", *files, keys=f"{keys}\nskip_rows = {rows}")
    assert answers_of(clean_responses(load_study(again))) == counted


def test_who_answered_nothing_is_logged_and_not_counted(tmp_path: Path) -> None:
    cleaned, _ = read(write_study(tmp_path / "study", "v6-tokens/codes.csv", keys=BY_CODE))
    statuses = {
        row["respondent"]: row["status"]
        for row in rows_of(SAMPLES / "expected_respondents.csv")
        if row["survey"] == "v6-tokens"
    }
    log = cleaned.cleaning_log
    assert [respondent for respondent, status in statuses.items() if status == "no_answers"] == ["8"]
    assert list(log.loc[log["rule"] == "sheet_without_answer", "row"]) == [15]
