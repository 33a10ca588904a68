"""Tables of numbers as CSV: counts are whole, nothing else is rounded, what is missing is empty."""

from __future__ import annotations

import csv
import io
import math

import pytest
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis.findings import Finding, findings_frame
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.results.csv_text import findings_csv, scores_csv


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_counts_of_the_score_file_are_whole_and_their_means_where_they_are() -> None:
    sheets = [{"a": 4, "b": 1, "c": 0}, {"a": 1, "b": "skipped", "c": 0}]
    questionnaire = instrument([item("a"), item("b"), item("c")])
    scores = score_responses(responses(sheets), questionnaire, ScoringScheme("t", TITLE))  # type: ignore[arg-type]
    by_id = {row["id"]: row for row in rows(scores_csv(scores))}
    assert [by_id["d"][name] for name in ("n", "n_items", "n_answered")] == ["2", "3", "2.5"]
    assert [by_id["b"][name] for name in ("n", "n_items", "n_answered", "score")] == ["1", "1", "0.5", "25.0"]
    # (125/3 + 25/2) / 2
    assert float(by_id["d"]["score"]) == pytest.approx(325 / 12, abs=1e-13)


@pytest.mark.parametrize(
    ("finding", "value", "n", "n_applicable"),
    [
        (Finding("items_up", 5.0, n=9.0, n_applicable=15.0), "5", "9", "15"),
        (Finding("position", -1.0, n=13.0), "-1", "13", ""),
        (Finding("municipalities_above", math.nan), "", "", ""),
        (Finding("gap", 5.0, n=9.0), "5.0", "9", ""),
        (Finding("gap", 1 / 3, n=36.0), "0.3333333333333333", "36", ""),
    ],
)
def test_counts_of_findings_are_whole_and_points_are_not_rounded(
    finding: Finding, value: str, n: str, n_applicable: str
) -> None:
    (row,) = rows(findings_csv(findings_frame([finding])))
    assert (row["value"], row["n"], row["n_applicable"]) == (value, n, n_applicable)


def test_one_number_does_not_change_how_another_is_written() -> None:
    findings = [Finding("gap", 0.1 + 0.2, n=1.0), Finding("items_up", 2.0), Finding("gap")]
    together = rows(findings_csv(findings_frame(findings)))
    assert [row["value"] for row in together] == ["0.30000000000000004", "2", ""]
    assert rows(findings_csv(findings_frame([]))) == []


def test_the_first_line_names_the_columns_and_no_row_has_a_number() -> None:
    text = findings_csv(findings_frame([Finding("gap", 5.0)]))
    # as in the methods, "The command"
    assert text.splitlines()[0] == (
        "wave,setting,municipality,level,id,quantity,variant,perspective,other,"
        "value,low,high,n,n_applicable,method,reason"
    )
    scores = score_responses(responses([{"a": 4}]), instrument([item("a")]), ScoringScheme("t", TITLE))
    assert scores_csv(scores).splitlines()[0].startswith("municipality,wave,setting,perspective,")
    assert all(line.startswith("m,w,") for line in scores_csv(scores).splitlines()[1:])
