"""Tables on a whole study: every number by hand, from answers of 21 administrations that were made up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.display.study import instrument_tables
from weltoffen_eval.display.study import tables as study_tables
from weltoffen_eval.display.study.telling import ALL_MUNICIPALITIES, INSTRUMENT_QUALITY, StudyTelling
from weltoffen_eval.results.overview import Overview, load_overview

WAVE = "2021"


@pytest.fixture(scope="module")
def overview() -> Overview:
    """MS01: code 0 to 4 in turn, 0 once more, and three non-answers; MS02: always 2; others: as MS01, reversed."""
    made = load_overview("beispiel")
    keys = sorted(made.study.register.by_key)[:24]
    rows = []
    for number, key in enumerate(keys):
        for item in made.instrument(WAVE).items:
            code: int | None = 2 if item.id == "MS02" else number % 5 if item.id == "MS01" else 4 - number % 5
            missing = None
            if item.id == "MS01" and number >= 21:
                code, missing = None, ["skipped", "dont_know", "not_applicable"][number - 21]
            rows.append(
                (
                    key,
                    WAVE,
                    "questionnaire",
                    "administration",
                    "institution",
                    "b1",
                    item.id,
                    code,
                    None,
                    missing,
                )
            )
    columns = [
        "municipality", "wave", "setting", "perspective", "unit", "respondent", "item", "code", "value", "missing"
    ]  # fmt: skip
    responses = pd.DataFrame(rows, columns=columns).astype({"code": "Int64", "value": "Float64"})
    return replace(made, responses=responses, scores=score_study(made.study, responses, made.scheme))


def test_items_are_counted_and_have_their_ends_mean_and_discrimination(overview: Overview) -> None:
    by_item = {
        row[0]: row[1:]
        for row in instrument_tables.items(StudyTelling(overview, INSTRUMENT_QUALITY), WAVE).rows
    }
    # MS01: 0 five times, 1, 2, 3, 4 four times each: (5·0 + 4·(25 + 50 + 75 + 100))/21 = 47.6
    n, skipped, unknown, foreign, mean, lowest, highest, discrimination = by_item["MS01"]
    assert (n, skipped, unknown, foreign) == ("21", "1", "1", "1")
    assert (mean, lowest, highest) == ("48", "24\N{NO-BREAK SPACE}%", "19\N{NO-BREAK SPACE}%")
    # the sum of the others falls as it rises
    assert discrimination == "−1,00"
    assert by_item["MS02"] == ("24", "0", "0", "0", "50", "0\N{NO-BREAK SPACE}%", "0\N{NO-BREAK SPACE}%", "–")


def test_below_twenty_answers_a_share_is_a_count(overview: Overview) -> None:
    few = overview.responses[
        overview.responses["municipality"].isin(sorted(set(overview.responses["municipality"]))[:12])
    ]
    small = replace(overview, responses=few)
    (row,) = (
        row
        for row in instrument_tables.items(StudyTelling(small, INSTRUMENT_QUALITY), WAVE).rows
        if row[0] == "MS01"
    )
    # 0 1 2 3 4, 0 1 2 3 4, 0 1
    assert (row[1], row[6], row[7]) == ("12", "3 von 12", "2 von 12")


def test_the_spread_of_a_field_is_median_and_middle_half(overview: Overview) -> None:
    by_field = {
        row[0]: row[1:] for row in study_tables.spread(StudyTelling(overview, ALL_MUNICIPALITIES), WAVE).rows
    }
    title = overview.instrument(WAVE).dimension("access").title["de"]
    # 24 of 100 75 50 25 0 in turn: five times each, 0 four times: by mpmath 1.3 (see test_quartiles) 22.9, 52.5, 82.5
    assert by_field[title] == ("24", "52", "23 bis 83")


def test_fields_that_go_along_share_the_weights_and_move_the_whole(overview: Overview) -> None:
    rows = instrument_tables.weights(StudyTelling(overview, INSTRUMENT_QUALITY), WAVE).rows
    assert [row[1] for row in rows] == ["0,14"] * 7
    # all but the first field have the same scores
    assert {row[2] for row in rows[1:]} == {"1,00"}


def test_alpha_of_equal_items_and_why_there_is_none(overview: Overview) -> None:
    rows = {
        row[0]: row[1:]
        for row in instrument_tables.alpha(StudyTelling(overview, INSTRUMENT_QUALITY), WAVE).rows
    }
    instrument = overview.instrument(WAVE)
    items = str(len(instrument.items_of("access")))
    assert rows[instrument.dimension("access").title["de"]] == ("24", items, "1,00", "–", "–", "1,00")
    assert rows[instrument.dimension("management").title["de"]][:2] == ("21", "15")
    few = overview.responses[
        overview.responses["municipality"].isin(sorted(set(overview.responses["municipality"]))[:9])
    ]
    rows = {
        row[0]: row[1:]
        for row in instrument_tables.alpha(
            StudyTelling(replace(overview, responses=few), INSTRUMENT_QUALITY), WAVE
        ).rows
    }
    assert rows[instrument.dimension("access").title["de"]] == (
        "9",
        items,
        "zu wenige Angaben für diese Zahl",
        "–",
        "–",
        "–",
    )


def test_gaps_are_printed_with_sign_interval_and_corrected_p(overview: Overview) -> None:
    about = {"wave": WAVE, "level": "dimension", "id": "access", "n": 36.0}
    made = replace(overview)
    made.__dict__["across"] = [
        Finding("mean_gap", -5.25, low=-9.24, high=-1.26, **about),  # type: ignore[arg-type]
        Finding("hodges_lehmann", 0.04, **about),  # type: ignore[arg-type]
        Finding("municipalities_above", 7.0, **about),  # type: ignore[arg-type]
        Finding("municipalities_below", 28.0, **about),  # type: ignore[arg-type]
        Finding("holm_p", 0.0004, **about),  # type: ignore[arg-type]
    ]
    title = overview.instrument(WAVE).dimension("access").title["de"]
    assert study_tables.gaps(StudyTelling(made, ALL_MUNICIPALITIES), WAVE).rows == (
        (title, "36", "−5,2", "−9,2 bis −1,3", "0,0", "7 / 28", "< 0,001"),
    )
    assert [
        (name, found.value)
        for name, found in study_tables.mean_gaps(StudyTelling(made, ALL_MUNICIPALITIES), WAVE)
    ] == [(title, -5.25)]


def test_only_findings_below_the_rate_are_worth_asking_about(overview: Overview) -> None:
    def found(item: str, p: float) -> list[Finding]:
        about = {"wave": WAVE, "level": "item", "id": item, "n": 12.0}
        return [Finding("mean_gap", 12.5, **about), Finding("bh_p", p, **about)]  # type: ignore[arg-type]

    made = replace(overview)
    made.__dict__["across"] = [
        *found("MS03", 0.1),
        *found("MS01", 0.11),
        *found("MS02", 0.02),
        *found("MS04", np.nan),
    ]
    table = study_tables.worth_asking(StudyTelling(made, ALL_MUNICIPALITIES), WAVE)
    # no persons answered: the check has nothing to compare
    assert [(row[0], *row[2:]) for row in table.rows] == [
        ("MS02", "12", "+12,5", "0,020", "keine Unterschiede in den Antworten"),
        ("MS03", "12", "+12,5", "0,100", "keine Unterschiede in den Antworten"),
    ]


def test_agreement_is_printed_with_its_intervals_or_the_reason(overview: Overview) -> None:
    about = {"wave": WAVE, "level": "dimension", "n": 12.0, "n_applicable": 96.0}
    made = replace(overview)
    made.__dict__["agreement"] = [
        Finding("icc_1_1", -0.05, low=-0.123, high=0.456, id="access", **about),  # type: ignore[arg-type]
        Finding("icc_1_k", 0.4, low=-0.2, high=0.7, id="access", **about),  # type: ignore[arg-type]
        Finding("icc_1_1", id="management", reason="no_variance", **about),  # type: ignore[arg-type]
        Finding("icc_1_k", id="management", reason="no_variance", **about),  # type: ignore[arg-type]
    ]
    rows = {
        row[0]: row[1:]
        for row in instrument_tables.agreement(StudyTelling(made, INSTRUMENT_QUALITY), WAVE).rows
    }
    title = overview.instrument(WAVE).dimension
    assert rows[title("access").title["de"]][:2] == ("12", "96")
    assert rows[title("access").title["de"]][3:] == ("−0,12 bis 0,46", "0,40", "−0,20 bis 0,70")
    nothing = "keine Unterschiede in den Antworten"
    assert rows[title("management").title["de"]] == ("12", "96", nothing, "–", nothing, "–")
