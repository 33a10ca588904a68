"""Nothing is done in the example with what does not exist."""

from __future__ import annotations

import pandas as pd
import pytest

from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.implications import Implication, fit, load_implications
from weltoffen_eval.study.responses.cleaning import clean_responses

BODY = (Implication("EB11", ("EB10",)),)
EVENTS = (Implication("KK06", ("KK04", "KK05")),)


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    """Codes and kinds of missing of the example, one row per sheet; of parts one sheet per municipality."""
    cleaned = clean_responses(load_study("beispiel")).responses
    said = (
        cleaned["code"].astype("object").where(cleaned["code"].notna(), cleaned["missing"].astype("object"))
    )
    cleaned = cleaned.assign(said=said)
    offices = cleaned["respondent"].isin(
        ["Hauptamt", "Sozialamt", "Stadtentwicklung", "Wirtschaftsförderung"]
    )
    asked_of_all = cleaned["item"].isin(["MS04", "MS13", "IO10"])
    merged = cleaned[offices & ~asked_of_all & (cleaned["missing"] != "skipped")].assign(respondent="merged")
    whole = pd.concat([cleaned[~offices], merged])
    keys = ["municipality", "wave", "setting", "perspective", "respondent"]
    return whole.pivot_table(index=keys, columns="item", values="said", aggfunc="first", observed=True)


def test_a_body_that_does_not_exist_is_not_heard(answers: pd.DataFrame) -> None:
    # written out: the first of the list
    without = answers[answers["EB10"].isin([0])]
    assert len(without) > 20
    assert set(without["EB11"].dropna()) - {"skipped", "dont_know", "not_applicable", "not_chosen"} == {0}


@pytest.mark.parametrize(
    ("item", "needs"),
    [("EB11", ["EB10"]), ("FZ06", ["FZ05"]), ("ZB03", ["ZB02"]), ("ZB04", ["ZB02"]), ("KK06", ["KK04", "KK05"]),
     ("N09", ["IO13"])],
)  # fmt: skip
def test_nothing_goes_further_than_the_plan_of_what_it_needs(
    answers: pd.DataFrame, item: str, needs: list[str]
) -> None:
    held = 0
    for _, row in answers.iterrows():
        first_wave = row.name[1] == "2021"
        known = [row[need] for need in needs if first_wave or need != "KK04"]
        if item == "N09" and first_wave:
            continue
        if all(code in (0, 1) for code in known) and row[item] in range(5):
            held += 1
            assert row[item] <= max(known), row.name
    assert held >= 5


def test_the_list_is_the_one_tested_here() -> None:
    assert {entry.item for entry in load_implications()} == {"EB11", "FZ06", "ZB03", "ZB04", "KK06", "N09"}


@pytest.mark.parametrize(
    ("body", "hearing", "then"),
    [
        (0, 3, 0),
        (1, 4, 1),
        (1, 0, 0),
        (2, 4, 4),
        (0, 98, 98),
        (98, 3, 3),
        (-1, 3, 3),
        (99, 3, 99),
    ],
)
def test_a_hearing_follows_its_body(body: int, hearing: int, then: int) -> None:
    assert fit({"EB10": body, "EB11": hearing}, BODY) == {"EB10": body, "EB11": then}


def test_one_of_several_needs_is_enough() -> None:
    assert fit({"KK04": 0, "KK05": 2, "KK06": 4}, EVENTS)["KK06"] == 4
    assert fit({"KK04": 0, "KK05": 1, "KK06": 4}, EVENTS)["KK06"] == 1
    # the second edition asks for one of the two only
    assert fit({"KK05": 0, "KK06": 4}, EVENTS)["KK06"] == 0
    # what is not known allows anything
    assert fit({"KK04": 0, "KK05": 98, "KK06": 4}, EVENTS)["KK06"] == 4
