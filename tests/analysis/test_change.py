"""Change between waves: comparable items only, counted by hand; persons as two cross-sections."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from weltoffen_eval.analysis.change import NotComparable, comparable_items, compare_waves
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.questionnaire.instrument import Instrument, ItemMapping

INSTRUMENT = load_study("beispiel").instruments["2021"]
SCHEME = load_scheme("standard")
ITEMS = [item.id for item in INSTRUMENT.items_of("management")]


def scores(wave: str, sheets: dict[tuple[str, str, str, str], list[int | None]]) -> pd.DataFrame:
    """(setting, perspective, unit, respondent) → codes of the first items of the field."""
    rows = [
        ("m", wave, *sheet, item, code, np.nan, None if code is not None else "skipped")
        for sheet, codes in sheets.items()
        for item, code in zip(ITEMS, [*codes, *[None] * len(ITEMS)], strict=False)
    ]
    columns = [
        "municipality",
        "wave",
        "setting",
        "perspective",
        "unit",
        "respondent",
        "item",
        "code",
        "value",
        "missing",
    ]
    frame = pd.DataFrame(rows, columns=columns).astype({"code": "Int64"})
    return score_responses(frame, INSTRUMENT, SCHEME, by="respondent")


OWN = ("questionnaire", "administration", "institution", "b1")


def person(number: int) -> tuple[str, str, str, str]:
    return "workshop", "politics", "persons", f"p{number}"


def found(before: pd.DataFrame, after: pd.DataFrame, **wanted: str) -> object:
    findings = compare_waves(before, after, (INSTRUMENT, INSTRUMENT), SCHEME).findings
    (finding,) = (
        f for f in findings if f.id == "management" and all(getattr(f, k) == v for k, v in wanted.items())
    )
    return finding


def test_what_moved_of_the_administration_by_hand() -> None:
    before = scores("1", {OWN: [0, 1, 2, 3, None, 4]})
    after = scores("2", {OWN: [2, 1, 1, 4, 4, None]})
    # both answered four: +50, 0, −25, +25 points
    change = found(before, after, quantity="change")
    assert (change.value, change.n, change.wave, change.variant) == (12.5, 4, "2", "1")  # type: ignore[attr-defined]
    counts = {q: found(before, after, quantity=q).value for q in ("items_up", "items_same", "items_down")}  # type: ignore[attr-defined]
    assert counts == {"items_up": 2, "items_same": 1, "items_down": 1}
    assert found(before, after, quantity="items_not_comparable").value == 0  # type: ignore[attr-defined]


def test_without_common_answers_there_is_no_change() -> None:
    change = found(scores("1", {OWN: [1, None]}), scores("2", {OWN: [None, 1]}), quantity="change")
    assert math.isnan(change.value)  # type: ignore[attr-defined]
    assert change.reason == "no_common_items"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("n", "reason"), [(4, "group_size"), (5, "too_few"), (9, "too_few"), (10, "")])
def test_persons_of_two_waves_are_two_cross_sections(n: int, reason: str) -> None:
    before = scores("1", {OWN: [2], **{person(k): [k % 3] for k in range(n)}})
    after = scores("2", {OWN: [2], **{person(k): [k % 3 + 1] for k in range(12)}})
    change = found(before, after, quantity="change", perspective="participants")
    assert change.reason == reason  # type: ignore[attr-defined]
    assert math.isnan(change.value) == (n < 5)  # type: ignore[attr-defined]
    if n == 10:
        # means of 0 1 2 0 1 2 0 1 2 0 and of 1 2 3 four times, in steps of 25 points
        assert change.value == pytest.approx(25 * (2 - 0.9))  # type: ignore[attr-defined]
        assert change.low < change.value < change.high  # type: ignore[attr-defined]


def other_edition() -> Instrument:
    mapping = [ItemMapping(item.id, item.id, "yes") for item in INSTRUMENT.items]
    mapping[0] = ItemMapping(ITEMS[0], ITEMS[0], "reworded")
    mapping[1] = ItemMapping(ITEMS[1], "", "no")
    return replace(INSTRUMENT, id="selbstcheck-2", sha256="x", previous=INSTRUMENT.id, mapping=tuple(mapping))


def test_only_what_is_comparable_enters_the_change() -> None:
    same, other = comparable_items(INSTRUMENT, other_edition())
    assert ITEMS[0] not in same
    assert set(same) == {item.id for item in INSTRUMENT.items[2:]}
    assert other[ITEMS[0]] == "management"
    findings, _ = compare_waves(
        scores("1", {OWN: [0, 0, 0]}), scores("2", {OWN: [4, 4, 1]}), (INSTRUMENT, other_edition()), SCHEME
    )
    by_quantity = {f.quantity: f.value for f in findings if f.id == "management"}
    assert by_quantity["change"] == 25
    assert by_quantity["items_not_comparable"] == 3


def test_editions_without_mapping_are_not_compared() -> None:
    with pytest.raises(NotComparable, match=r"mapping\.csv") as told:
        comparable_items(INSTRUMENT, replace(INSTRUMENT, id="other", sha256="x"))
    # 07: 2 is a call that cannot be carried out
    assert told.value.exit_code == 2


def test_the_administrations_answer_is_the_one_to_the_questionnaire_and_of_this_municipality() -> None:
    in_a_workshop = ("workshop", "administration", "persons", "x")
    before = scores("1", {OWN: [0]})
    other = scores("2", {OWN: [4]}).assign(municipality="n")
    after = pd.concat([scores("2", {OWN: [2], in_a_workshop: [4]}), other])
    assert found(before, after, quantity="change", perspective="administration").value == 50  # type: ignore[attr-defined]


def test_persons_who_came_in_one_wave_only_have_no_change() -> None:
    persons = {person(k): [k % 3] for k in range(10)}
    for one, other in ((persons, {}), ({}, persons)):
        before, after = scores("1", {OWN: [2], **one}), scores("2", {OWN: [2], **other})  # type: ignore[dict-item]
        findings = compare_waves(before, after, (INSTRUMENT, INSTRUMENT), SCHEME).findings
        assert {finding.perspective for finding in findings} == {"administration"}
