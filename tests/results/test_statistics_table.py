"""Every analysis as findings, from a study that is small enough to be worked out by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small import TITLE, instrument, item, responses

from weltoffen_eval.analysis.findings import COLUMNS
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.commands.analyse import WHAT
from weltoffen_eval.results.statistics_table import ANALYSES, administration_points, analyse
from weltoffen_eval.study.register import Municipality, Register
from weltoffen_eval.study.reported import SELF_CHECK
from weltoffen_eval.study.succession import Successions

QUESTIONNAIRE = instrument([item("a", "c"), item("b", "c"), item("e", "f")])
SCHEME = ScoringScheme("t", TITLE, min_coverage=0.5)
KEYS = [f"m{n}" for n in range(10)]


def study(rows: pd.DataFrame) -> Any:
    """What the analyses ask of a study."""
    register = Register(tuple(Municipality(key, key, kind="Stadt", population=5_000) for key in KEYS))
    waves = sorted(set(rows["wave"].astype(str)))
    return SimpleNamespace(
        id="s",
        instruments=dict.fromkeys(waves, QUESTIONNAIRE),
        register=register,
        files=(),
        report=SELF_CHECK,
        successions=Successions(),
    )


def found(rows: pd.DataFrame, what: str, **wanted: str) -> pd.DataFrame:
    frame = analyse(study(rows), rows, SCHEME, what)
    assert list(frame.columns) == list(COLUMNS)
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    return frame.reset_index(drop=True)


@pytest.fixture(scope="module")
def administrations() -> pd.DataFrame:
    """Ten municipalities; a: 0 1 2 3 4 twice, b and e the same; the last leaves e open."""
    sheets = [{"a": n % 5, "b": n % 5, "e": n % 5} for n in range(10)]
    sheets[9]["e"] = "skipped"  # type: ignore[assignment]
    return pd.concat([responses([sheet], key) for key, sheet in zip(KEYS, sheets, strict=True)])  # type: ignore[list-item]


def test_the_command_offers_every_analysis() -> None:
    assert set(WHAT) == set(ANALYSES)


def test_the_reference_of_each_is_that_of_the_others(administrations: pd.DataFrame) -> None:
    rows = found(administrations, "reference", level="dimension", municipality="m2").set_index("quantity")
    # by mpmath 1.3 (see test_quartiles): the others have 0 0 25 25 50 75 75 100 100
    expected = {"median": 50.0, "q25": 15.9844734, "q75": 84.0155266, "position": 0.0}
    assert rows["value"].to_dict() == pytest.approx(expected, abs=1e-6)
    assert set(rows["n"]) == {9}
    assert set(rows["variant"]) == {"size_and_kind"}


def test_the_robustness_of_each_administration_is_told(administrations: pd.DataFrame) -> None:
    rows = found(administrations, "robustness", municipality="m9")
    assert rows["quantity"].tolist() == ["band", "same_side_share"] + ["influence"] * 4
    # a and b at 100, e open: 100, and with e at worst 200/3
    assert rows["value"][0] == 100
    assert rows["low"][0] < 80
    assert rows["high"][0] == pytest.approx(100)
    assert rows["value"][1] == 1, "the others' median is 50"
    assert set(found(administrations, "robustness")["municipality"]) == set(KEYS)


def test_reliability_says_difficulty_and_why_there_is_no_alpha(administrations: pd.DataFrame) -> None:
    rows = found(administrations, "reliability")
    alpha = rows[rows["quantity"] == "alpha"]
    # nine complete sheets
    assert set(alpha["reason"]) == {"too_few"}
    assert set(alpha["n"]) == {9}
    difficulty = rows[rows["quantity"] == "difficulty"].set_index("id")
    assert difficulty["value"].to_dict() == pytest.approx({"a": 50, "b": 50, "e": 400 / 9})
    assert difficulty["n"].to_dict() == {"a": 10, "b": 10, "e": 9}
    discrimination = rows[rows["quantity"] == "discrimination"]
    assert set(discrimination["reason"]) == {"too_few"}


def test_equal_items_have_an_alpha_of_one_and_discriminate_fully(administrations: pd.DataFrame) -> None:
    rows = administrations.copy()
    last = (rows["municipality"] == "m9") & (rows["item"] == "e")
    rows.loc[last, "code"], rows.loc[last, "missing"] = 4, None
    alpha = found(rows, "reliability", level="dimension").set_index(["quantity", "variant"])
    assert alpha["value"]["alpha", ""] == pytest.approx(1)
    assert alpha["value"]["alpha_standardised", ""] == pytest.approx(1)
    assert alpha["reason"]["alpha", "feldt"] == "no_variance"
    assert found(rows, "reliability", quantity="discrimination")["value"].tolist() == pytest.approx([1, 1, 1])


def test_a_municipalitys_points_are_the_mean_of_its_sheets() -> None:
    rows = responses([{"a": 4, "b": "skipped", "e": 0}, {"a": 1, "b": "skipped", "e": "skipped"}])
    by_respondent = score_responses(rows, QUESTIONNAIRE, SCHEME, by="respondent")
    points = administration_points(by_respondent, QUESTIONNAIRE, SCHEME)
    assert list(points.columns) == ["a", "b", "e"]
    np.testing.assert_array_equal(points.to_numpy(dtype=float), [[62.5, np.nan, 0]])


def workshop(*codes: int, key: str = "m0", wave: str = "w") -> pd.DataFrame:
    return responses([{"a": c, "b": 2, "e": 2} for c in codes], key, "persons", "politics", "workshop", wave)


def test_agreement_within_a_workshop_by_hand() -> None:
    rows = found(workshop(0, 0, 2, 4, 4), "agreement", municipality="m0")
    by_item = rows[rows["level"] == "item"].set_index(["id", "quantity"])["value"]
    # from the median 2: 2 2 0 2 2
    assert by_item["a", "average_deviation"] == 1.6
    assert by_item["b", "average_deviation"] == 0
    assert by_item["b", "van_der_eijk_a"] == 1
    alpha = rows[rows["quantity"] == "krippendorff_alpha"]
    assert alpha["variant"].tolist() == ["nominal", "ordinal", "interval"]
    assert set(alpha["reason"]) == {"too_few"}
    assert set(alpha["n"]) == {5}
    assert set(alpha["n_applicable"]) == {3}


def test_a_workshop_of_four_is_withheld() -> None:
    rows = found(workshop(0, 1, 2, 3), "agreement", municipality="m0")
    assert set(rows["reason"]) == {"group_size"}
    assert rows["value"].isna().all()


def workshops(*codes: tuple[int, ...]) -> pd.DataFrame:
    """One of each in turn in eight municipalities."""
    return pd.concat([workshop(*codes[n % len(codes)], key=KEYS[n]) for n in range(8)])


def test_what_municipalities_have_in_common_is_over_their_persons() -> None:
    icc = found(
        workshops((0, 0, 0, 2, 2, 2), (2, 2, 2, 4, 4, 4)), "agreement", municipality="", level="dimension"
    ).set_index("quantity")
    # persons 33.3 and 50, or 50 and 66.7, six each: between 48·8.33²/7 = 476.19, within 48·8.33²/40 = 83.33
    assert icc["value"]["icc_1_1"] == pytest.approx((476.190 - 83.333) / (476.190 + 5 * 83.333), rel=1e-5)
    assert icc["value"]["icc_1_k"] == pytest.approx(1 - 83.333 / 476.190, rel=1e-5)
    assert icc["n"].tolist() == [8, 8]
    assert icc["n_applicable"].tolist() == [48, 48]


def test_a_municipality_that_is_withheld_is_in_no_icc_and_of_seven_there_is_none() -> None:
    rows = pd.concat([workshops((0, 0, 0, 2, 2, 2), (2, 2, 2, 4, 4, 4)), workshop(4, 4, 4, 4, key="m8")])
    assert found(rows, "agreement", municipality="", level="dimension")["n"].tolist() == [8, 8]
    few = found(rows[rows["municipality"] != "m0"], "agreement", municipality="", level="dimension")
    assert few["n"].tolist() == [7, 7]
    assert few["value"].isna().all() and few["low"].isna().all()
    assert set(few["reason"]) == {"disclosure"}


def test_gaps_of_a_municipality_and_across() -> None:
    own = pd.concat([responses([{"a": 2, "b": 2, "e": 2}], key) for key in KEYS[:8]])
    rows = pd.concat([own, workshops((4, 4, 4, 4, 1, 1))])
    gap = found(
        rows, "gaps", municipality="m0", level="item", id="a", quantity="gap", perspective="participants"
    )
    # four times +50, twice −25
    assert gap["value"].tolist() == [25]
    across = found(rows, "gaps", municipality="", level="item", id="a").set_index("quantity")
    assert across["value"]["mean_gap"] == 25
    assert across["value"]["municipalities_above"] == 8
    # eight of one size to one side: z = (18 − ½)/√(8·9·17/24 − (8³ − 8)/48) = 2.75
    assert across["value"]["wilcoxon_p"] == pytest.approx(math.erfc(2.75 / math.sqrt(2)), abs=1e-4)
    few = found(rows[rows["municipality"] != "m0"], "gaps", municipality="", level="item", id="a")
    assert few["value"].isna().all()
    assert set(few["reason"]) == {"disclosure"}


def test_a_change_is_told_only_where_both_waves_are() -> None:
    own = [responses([{"a": 2, "b": 2, "e": 2}], "m0", wave=wave) for wave in "12"]
    rows = pd.concat([*own, workshop(0, 1, 2, 3, 4, wave="1"), workshop(0, 1, 2, 3, wave="2")])
    change = found(rows, "change", setting="workshop")
    assert change["reason"].tolist() == ["group_size"]
    enough = pd.concat([*own, workshop(0, 1, 2, 3, 4, wave="1"), workshop(2, 3, 4, 3, 3, wave="2")])
    # a from 2 to 3 on average, of three items
    assert found(enough, "change", setting="workshop")["value"].tolist() == pytest.approx([25 / 3])


def test_agreement_over_all_items_leaves_out_those_that_are_withheld() -> None:
    rows = workshop(0, 0, 2, 4, 4)
    late = rows["respondent"].isin(["r0", "r1"]) & (rows["item"] == "e")
    rows.loc[late, "code"], rows.loc[late, "missing"] = None, "skipped"
    told = found(rows, "agreement", municipality="m0")
    assert told[(told["id"] == "e")]["value"].isna().all()
    assert set(told[told["quantity"] == "krippendorff_alpha"]["n_applicable"]) == {2}


def test_changes_are_from_each_wave_to_the_next() -> None:
    codes = {"1": 0, "2": 2, "3": 1}
    rows = pd.concat([responses([{"a": c, "b": 2, "e": 2}], "m0", wave=w) for w, c in codes.items()])
    change = found(rows, "change", quantity="change")
    assert change[["variant", "wave"]].to_numpy().tolist() == [["1", "2"], ["2", "3"]]
    # 50 of three items, and −25
    assert change["value"].tolist() == pytest.approx([50 / 3, -25 / 3])


def test_where_there_is_no_number_there_is_its_reason() -> None:
    sheets = [{"a": n % 5, "b": 2, "e": "skipped"} for n in range(10)]
    rows = pd.concat([responses([sheet], key) for key, sheet in zip(KEYS, sheets, strict=True)])  # type: ignore[list-item]
    difficulty = found(rows, "reliability", quantity="difficulty").set_index("id")
    assert difficulty["reason"].to_dict() == {"a": "", "b": "", "e": "no_responses"}
    assert math.isnan(difficulty["value"]["e"])
    # one item of three varies: alpha is 3/2·(1 − 1), and no two items correlate
    rows.loc[rows["item"] == "e", ["code", "missing"]] = [2, None]
    alpha = found(rows, "reliability", level="dimension").set_index(["quantity", "variant"])
    assert alpha["value"]["alpha", ""] == pytest.approx(0)
    assert alpha["reason"].to_dict() == {
        ("alpha", ""): "",
        ("alpha", "feldt"): "",
        ("alpha", "bonett"): "",
        ("alpha_standardised", ""): "no_variance",
    }
    # three persons are below the minimum, so their dimension is in no ICC; over one workshop nothing is told
    assert not len(found(workshop(0, 2, 4), "agreement", level="dimension"))
    icc = found(workshop(0, 0, 0, 2, 2, 2), "agreement", level="dimension")
    assert icc["quantity"].tolist() == ["icc_1_1", "icc_1_k"]
    assert icc["n"].tolist() == [1, 1]
    assert set(icc["reason"]) == {"disclosure"} and icc["value"].isna().all()


def test_municipalities_and_settings_without_persons_have_no_agreement() -> None:
    # as cleaning gives them: columns know what stands in other rows
    rows = pd.concat([responses([{"a": 1, "b": 2, "e": 3}], "m1"), workshop(0, 0, 2, 4, 4)])
    known = rows.astype(dict.fromkeys(["municipality", "setting", "perspective", "unit"], "category"))
    pd.testing.assert_frame_equal(found(known, "agreement"), found(rows, "agreement"))


@pytest.mark.parametrize(("persons", "told"), [(4, False), (5, True)])
@pytest.mark.parametrize("what", ["reference", "robustness"])
def test_persons_in_the_place_of_their_administration_go_through_the_door(
    administrations: pd.DataFrame, what: str, persons: int, told: bool
) -> None:
    # m0 sends no sheet of its own: its persons answer, each differently
    said = [{"a": n % 5, "b": (n + 1) % 5, "e": n % 3} for n in range(persons)]
    stand_in = responses(said, "m0", "persons", "administration")  # type: ignore[arg-type]
    rows = pd.concat([administrations[administrations["municipality"] != "m0"], stand_in])
    of = found(rows, what, municipality="m0", level="dimension", id="d")
    assert bool(of["value"].notna().any()) is told
    # who sent a sheet says what it did
    assert found(rows, what, municipality="m1", level="dimension", id="d")["value"].notna().any()


def test_a_reversed_item_counts_in_agreement_as_it_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    # five persons answer 0 0 2 4 4, and to the reversed item the opposite: in points they say the same twice
    reversed_item = instrument([item("a", "c"), item("b", "c", direction=-1)])
    monkeypatch.setitem(globals(), "QUESTIONNAIRE", reversed_item)
    codes = (0, 0, 2, 4, 4)
    rows = responses([{"a": code, "b": 4 - code} for code in codes], "m0", setting="workshop",
                     perspective="politics", unit="persons")  # fmt: skip
    alphas = found(rows, "agreement", municipality="m0", quantity="krippendorff_alpha").set_index("variant")
    points = np.array([[25.0 * code for code in codes]] * 2)
    # two units with the same ratings: observed Σ(x − y)² within a unit over pairs, expected over all ten
    within = 2 * sum((x - y) ** 2 for x in points[0] for y in points[0]) / 4
    every = points.ravel()
    expected = sum((x - y) ** 2 for x in every for y in every) / 9
    assert alphas["value"]["interval"] == pytest.approx(1 - within / expected)
