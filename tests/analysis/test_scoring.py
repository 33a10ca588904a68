"""Scores against values worked out by hand, and the rules that hold for all answers."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import small
from hypothesis import given, settings
from hypothesis import strategies as st
from places import REFERENCE

from weltoffen_eval.analysis.answers import ScoringError
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses, score_study
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.questionnaire.instrument import (
    Criterion,
    Dimension,
    Instrument,
    Item,
    Option,
    ResponseScale,
)
from weltoffen_eval.study.responses.cleaning import clean_responses

TITLE = {"de": "x"}


def scores_of(folder: Path, by: str = "municipality") -> pd.DataFrame:
    study = load_study(folder)
    return score_study(study, clean_responses(study).responses, load_scheme(None, study), by)


def as_read(scores: pd.DataFrame, tmp_path: Path) -> pd.DataFrame:
    scores.to_csv(tmp_path / "scores.csv", index=False)
    return pd.read_csv(tmp_path / "scores.csv", dtype={"wave": str})


def test_the_worked_example_has_the_scores_that_were_worked_out_by_hand(tmp_path: Path) -> None:
    # ../shared/example: every row worked out by hand
    expected = pd.read_csv(REFERENCE / "example" / "expected_scores.csv", dtype={"wave": str})
    made = as_read(scores_of(REFERENCE / "example" / "study"), tmp_path)
    pd.testing.assert_frame_equal(made, expected, rtol=0, atol=1e-9)


def test_by_respondent_each_person_has_a_row_of_its_own() -> None:
    scores = scores_of(REFERENCE / "example" / "study", by="respondent")
    of_alpha = scores[(scores["id"] == "alpha") & (scores["perspective"] == "civil_society")]
    # by hand, see the README of the example: 100, 37.5 and 0; the fourth answered only field B
    assert of_alpha["score"].tolist()[:3] == [100.0, 37.5, 0.0]
    assert of_alpha["withheld"].tolist() == ["", "", "", "coverage"]


# --- the published index of the Chilean municipalities ----------------------------------------------

PUBLISHED_WEIGHTS = {
    **dict.fromkeys(("forms", "news", "webmap"), 0.25),
    **dict.fromkeys(("streetmap", "transport"), 0.50),
    **dict.fromkeys(("socialmedia", "phone", "mobile"), 0.75),
    **dict.fromkeys(("transac", "followup", "digital_certificate", "citizen", "payments"), 1.00),
    "part": 1.25,
}


@pytest.mark.parametrize("wave", ["2019", "2021"])
def test_egi_overall_is_the_published_weighted_sum(wave: str) -> None:
    study = load_study("egi-chile")
    scores = scores_of(study.folder)
    overall = scores[(scores["wave"] == wave) & (scores["level"] == "overall")]
    made = dict(zip(overall["municipality"].astype(str), overall["score"], strict=True))
    with (study.folder / wave / f"egi_{wave}.csv").open(encoding="utf-8-sig", newline="") as stream:
        raw = list(csv.DictReader(stream))
    by_ags = {entry.ags: entry.key for entry in study.register.municipalities}
    # what the README of the data says is wrong with the codes of 2019
    repaired = {"GENERAL LAGOS": "15202", "MAFIL": "14105", "RANQUIL": "16206"}
    answered = set()
    for row in raw:
        key = by_ags[repaired.get(row["commune"], row["cut_com"])]
        if row["forms"] == "":
            assert key not in made, "no answers, no score"
            continue
        answered.add(key)
        published = sum(weight * int(row[item]) for item, weight in PUBLISHED_WEIGHTS.items())
        assert made[key] * 10.25 / 100 == pytest.approx(published, abs=1e-9)
    assert set(made) == answered
    assert len(answered) == {"2019": 337, "2021": 333}[wave]
    assert {"putre", "general-lagos", "mafil", "ranquil"} <= answered


# --- ASEM Sustainable Connectivity, computed with COINr in R ----------------------------------------


def asem_study(folder: Path, normalised: str, aggregation: str, weights: str) -> Path:
    """The reference case as a study: its indicators as numeric items with goalposts 0 and 100."""
    source = REFERENCE / "asem"
    structure = pd.read_csv(source / "structure.csv")
    weight = dict(zip(structure["iCode"], structure["Weight"], strict=True))
    if weights:
        changed = pd.read_csv(source / weights)
        weight |= dict(zip(changed["iCode"], changed["Weight"], strict=True))
    level = {n: structure[structure["Level"] == n] for n in (1, 2, 3)}
    (folder / "instrument").mkdir(parents=True)
    toml = 'id = "asem"\nedition = "1"\ntitle = { de = "ASEM" }\nsource = "COINr"\nlicence = "MIT"\n'
    for code in level[3]["iCode"]:
        toml += f'[[dimension]]\nid = "{code}"\ntitle = {{ de = "x" }}\nweight = {weight[code]}\n'
    for _, row in level[2].iterrows():
        toml += (
            f'[[criterion]]\nid = "{row["iCode"]}"\ndimension = "{row["Parent"]}"\n'
            f'title = {{ de = "x" }}\nweight = {weight[row["iCode"]]}\n'
        )
    toml += '[[scale]]\nid = "points"\nkind = "numeric"\nmin = 0\nmax = 100\n'
    (folder / "instrument" / "instrument.toml").write_text(toml, encoding="utf-8")
    parent = dict(zip(level[2]["iCode"], level[2]["Parent"], strict=True))
    rows = [
        {
            "item": row["iCode"], "dimension": parent[row["Parent"]], "criterion": row["Parent"],
            "position": n, "scale": "points", "direction": 1, "weight": weight[row["iCode"]],
            "text_de": row["iName"],
        }
        for n, (_, row) in enumerate(level[1].iterrows(), start=1)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "instrument" / "items.csv", index=False)
    answers = pd.read_csv(source / normalised, keep_default_na=False, dtype=str)
    answers = answers.replace({"NA": ""}).rename(columns={"uCode": "municipality"})
    answers.to_csv(folder / "answers.csv", index=False)
    answers[["municipality"]].assign(name=answers["municipality"]).to_csv(
        folder / "municipalities.csv", index=False
    )
    (folder / "scheme.toml").write_text(
        f'id = "asem"\ntitle = {{ de = "x" }}\nlevels = "criteria"\naggregation = "{aggregation}"\n'
        "min_coverage = 0\noverall = true\n",
        encoding="utf-8",
    )
    (folder / "study.toml").write_text(
        'id = "asem"\ntitle = "ASEM"\ninstrument = "./instrument"\nscheme = "./scheme.toml"\n'
        '[[wave]]\nid = "w2018"\ndate = 2018-01-01\n'
        '[[file]]\npath = "answers.csv"\nwave = "w2018"\nsetting = "questionnaire"\n'
        'perspective = "administration"\n',
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(
    ("expected", "normalised", "aggregation", "weights"),
    [
        ("arithmetic", "minmax_0_100", "arithmetic", ""),
        ("geometric", "minmax_1_100", "geometric", ""),
        ("arithmetic_altweights", "minmax_0_100", "arithmetic", "weights_alternative.csv"),
        ("geometric_altweights", "minmax_1_100", "geometric", "weights_alternative.csv"),
        ("arithmetic_minmax_1_100", "minmax_1_100", "arithmetic", ""),
    ],
)
def test_asem_is_reproduced(
    tmp_path: Path, expected: str, normalised: str, aggregation: str, weights: str
) -> None:
    # R 4.2.2, COINr 1.1.14: Aggregate(); tolerance as its README says
    folder = asem_study(tmp_path / "asem", f"expected_normalised_{normalised}.csv", aggregation, weights)
    scores = scores_of(folder).astype({"id": str, "municipality": str})
    scores = scores[scores["level"] != "item"]
    made = scores.pivot(index="municipality", columns="id", values="score")
    made = made.rename(columns={"overall": "Index"})
    reference = pd.read_csv(
        REFERENCE / "asem" / f"expected_aggregated_{expected}.csv", index_col="uCode"
    ).drop(columns="rank_Index")
    assert made.shape == reference.shape == (51, 11)
    difference = made.loc[reference.index, reference.columns] - reference
    assert np.abs(difference.to_numpy()).max() < 1e-6


# --- rules that hold for all answers ----------------------------------------------------------------

SCALE = ResponseScale(
    "s", "ordinal", tuple(Option(c, p, {"de": str(c)}) for c, p in ((0, 0.0), (1, 40.0), (2, 100.0)))
)
KINDS = ["skipped", "dont_know", "not_applicable"]


def make_instrument(directions: list[int], weights: list[float]) -> Instrument:
    items = tuple(
        Item(
            f"i{n}", "a" if n % 2 else "b", "a.1" if n % 4 == 1 else "", n, "s", direction, weight, "", TITLE
        )
        for n, (direction, weight) in enumerate(zip(directions, weights, strict=True))
    )
    return Instrument(
        "t", "1", TITLE, "", "",
        (Dimension("a", TITLE), Dimension("b", TITLE, 2.0)),
        (Criterion("a.1", "a", TITLE),),
        (SCALE,), items,
    )  # fmt: skip


def make_responses(answers: list[list[int | str]], municipalities: list[str]) -> pd.DataFrame:
    rows = [
        {
            "municipality": municipality, "wave": "w", "setting": "questionnaire",
            "perspective": "administration", "unit": "institution", "respondent": f"r{n}",
            "item": f"i{i}",
            "code": answer if isinstance(answer, int) else None, "value": None,
            "missing": answer if isinstance(answer, str) else None,
        }
        for n, (given_answers, municipality) in enumerate(zip(answers, municipalities, strict=True))
        for i, answer in enumerate(given_answers)
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"code": "Int64", "value": "Float64", "missing": "str"})


def plain(scores: pd.DataFrame) -> pd.DataFrame:
    """Texts as texts: categories may hold names that no row has any more."""
    texts = scores.select_dtypes("category").columns
    return scores.astype(dict.fromkeys(texts, "str"))


ITEMS = 6
ANSWER = st.one_of(st.sampled_from([0, 1, 2]), st.sampled_from(KINDS))
SHEETS = st.lists(st.lists(ANSWER, min_size=ITEMS, max_size=ITEMS), min_size=1, max_size=5)
DIRECTIONS = st.lists(st.sampled_from([1, -1]), min_size=ITEMS, max_size=ITEMS)
WEIGHTS = st.lists(
    st.floats(0.1, 10, allow_nan=False).map(lambda w: round(w, 2)), min_size=ITEMS, max_size=ITEMS
)
SCHEMES = st.builds(
    ScoringScheme,
    id=st.just("t"),
    title=st.just(TITLE),
    levels=st.sampled_from(["items", "criteria"]),
    aggregation=st.sampled_from(["arithmetic", "geometric"]).map(
        lambda mean: dict.fromkeys(("criterion", "dimension", "overall"), mean)
    ),
    min_coverage=st.sampled_from([0.0, 0.5, 0.6, 1.0]),
    overall=st.just(True),
)
quick = settings(max_examples=30, deadline=None)


@quick
@given(SHEETS, DIRECTIONS, WEIGHTS, SCHEMES)
def test_scores_and_bounds_lie_between_0_and_100_and_the_score_between_its_bounds(
    sheets: list[list[int | str]], directions: list[int], weights: list[float], scheme: ScoringScheme
) -> None:
    instrument = make_instrument(directions, weights)
    scores = score_responses(make_responses(sheets, ["m"] * len(sheets)), instrument, scheme)
    there = scores[scores["withheld"] == ""]
    for name in ("score", "low", "high"):
        assert there[name].between(0, 100).all()
    # the options of this scale reach 0 and 100; a sum may be off in its last digit
    assert (there["low"] <= there["score"] + 1e-9).all()
    assert (there["score"] <= there["high"] + 1e-9).all()
    withheld = scores[scores["withheld"] != ""]
    assert withheld[["score", "low", "high"]].isna().all(axis=None)


@quick
@given(SHEETS, DIRECTIONS, WEIGHTS, SCHEMES)
def test_a_municipality_more_changes_no_digit_of_another(
    sheets: list[list[int | str]], directions: list[int], weights: list[float], scheme: ScoringScheme
) -> None:
    instrument = make_instrument(directions, weights)
    names = [f"m{n}" for n in range(len(sheets))]
    together = score_responses(make_responses(sheets, names), instrument, scheme)
    alone = score_responses(make_responses(sheets[:1], names[:1]), instrument, scheme)
    of_first = together[together["municipality"] == "m0"].reset_index(drop=True)
    pd.testing.assert_frame_equal(plain(of_first), plain(alone), check_exact=True)


@quick
@given(SHEETS, DIRECTIONS, WEIGHTS, SCHEMES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_digit(
    sheets: list[list[int | str]],
    directions: list[int],
    weights: list[float],
    scheme: ScoringScheme,
    random: object,
) -> None:
    instrument = make_instrument(directions, weights)
    responses = make_responses(sheets, ["m"] * len(sheets))
    order = list(range(len(responses)))
    random.shuffle(order)  # type: ignore[attr-defined]
    once = score_responses(responses, instrument, scheme)
    again = score_responses(responses.iloc[order], instrument, scheme)
    pd.testing.assert_frame_equal(plain(once), plain(again), check_exact=True)


@quick
@given(SHEETS, DIRECTIONS, WEIGHTS)
def test_reversing_all_items_mirrors_the_score_and_reversing_twice_changes_nothing(
    sheets: list[list[int | str]], directions: list[int], weights: list[float]
) -> None:
    scheme = ScoringScheme("t", TITLE, overall=True)
    responses = make_responses(sheets, ["m"] * len(sheets))
    once = score_responses(responses, make_instrument(directions, weights), scheme)
    mirrored = score_responses(responses, make_instrument([-d for d in directions], weights), scheme)
    np.testing.assert_allclose(mirrored["score"], 100 - once["score"], atol=1e-9)
    twice = make_instrument([d * -1 * -1 for d in directions], weights)
    pd.testing.assert_frame_equal(once, score_responses(responses, twice, scheme))


@quick
@given(SHEETS, DIRECTIONS, WEIGHTS, st.integers(0, ITEMS - 1), st.sampled_from(["skipped", "dont_know"]))
def test_a_skipped_answer_never_counts_as_zero(
    sheets: list[list[int | str]], directions: list[int], weights: list[float], item: int, kind: str
) -> None:
    """The score with an answer skipped is that of a questionnaire in which the item does not exist."""
    scheme = ScoringScheme("t", TITLE, min_coverage=0.0)
    skipped = [[kind if n == item else a for n, a in enumerate(sheet)] for sheet in sheets]
    instrument = make_instrument(directions, weights)
    without = Instrument(
        "t", "1", TITLE, "", "", instrument.dimensions, instrument.criteria, (SCALE,),
        tuple(i for i in instrument.items if i.id != f"i{item}"),
    )  # fmt: skip
    responses = make_responses(skipped, ["m"] * len(sheets))
    made = score_responses(responses, instrument, scheme)
    expected = score_responses(responses[responses["item"] != f"i{item}"], without, scheme)
    for level in ("dimension", "criterion"):
        a = made[made["level"] == level].set_index("id")["score"]
        b = expected[expected["level"] == level].set_index("id")["score"]
        np.testing.assert_allclose(a[b.index], b, atol=1e-9)


def test_a_geometric_mean_counts_parts_below_one_point_as_one() -> None:
    scheme = ScoringScheme(
        "t", TITLE, aggregation=dict.fromkeys(("criterion", "dimension", "overall"), "geometric")
    )
    instrument = make_instrument([1] * ITEMS, [1.0] * ITEMS)
    scores = score_responses(make_responses([[2, 0, 2, 0, 0, 2]], ["m"]), instrument, scheme)
    # by hand: items 0, 2, 4 are 100, 100 and 0, taken as 1: (100·100·1)^(1/3)
    assert scores.set_index("id")["score"]["b"] == pytest.approx(10_000 ** (1 / 3))


def test_an_item_of_weight_zero_has_a_score_but_no_part_in_coverage() -> None:
    instrument = make_instrument([1] * ITEMS, [1, 1, 0, 1, 1, 1])
    sheet: list[int | str] = [2, 2, "skipped", 2, 1, 2]
    scores = score_responses(make_responses([sheet], ["m"]), instrument, ScoringScheme("t", TITLE))
    by_id = scores.set_index("id")
    assert by_id.loc["b", "n_items"] == 2
    assert by_id.loc["b", "coverage"] == 1
    assert by_id.loc["b", "score"] == pytest.approx(70)


def test_an_item_that_the_questionnaire_does_not_have_is_an_error() -> None:
    responses = make_responses([[2] * ITEMS], ["m"]).replace({"item": {"i0": "zz"}})
    with pytest.raises(ScoringError, match="zz"):
        score_responses(responses, make_instrument([1] * ITEMS, [1.0] * ITEMS), ScoringScheme("t", TITLE))


def test_a_second_answer_of_one_respondent_is_an_error() -> None:
    responses = make_responses([[2] * ITEMS], ["m"])
    doubled = pd.concat([responses, responses.iloc[:1]])
    with pytest.raises(ScoringError, match="twice"):
        score_responses(doubled, make_instrument([1] * ITEMS, [1.0] * ITEMS), ScoringScheme("t", TITLE))


def test_an_item_not_asked_is_withheld_as_that() -> None:
    study = load_study("egi-chile")
    scores = scores_of(study.folder).astype({"id": str})
    asked = scores[(scores["id"] == "pladeco") & (scores["n_items"] > 0)]
    assert set(asked["wave"]) == {"2021"}
    not_asked = scores[(scores["id"] == "pladeco") & (scores["wave"] == "2019")]
    assert set(not_asked["withheld"]) == {"not_asked"}


def test_shipped_instrument_and_scheme_given_by_path_score_the_same(tmp_path: Path) -> None:
    from weltoffen_eval import paths

    study = load_study("egi-chile")
    folder = tmp_path / "study"
    shutil.copytree(study.folder, folder)
    shutil.copytree(paths.INSTRUMENTS / "egi", folder / "questionnaire")
    shutil.copy(paths.SCHEMES / "egi.toml", folder / "own.toml")
    text = (folder / "study.toml").read_text(encoding="utf-8")
    text = text.replace('instrument = "egi"', 'instrument = "./questionnaire"')
    (folder / "study.toml").write_text(
        text.replace('scheme = "egi"', 'scheme = "./own.toml"'), encoding="utf-8"
    )
    pd.testing.assert_frame_equal(scores_of(folder), scores_of(study.folder))


# --- decided cases of the contract --------------------------------------------------------------------


def test_bounds_are_never_widened_to_hold_the_score() -> None:
    questionnaire = small.instrument([small.item("a"), small.item("b", scale="narrow")])
    points = {"five": {3: 70.0}, "narrow": {0: 0.0, 1: 60.0}}
    scheme = ScoringScheme("t", TITLE, min_coverage=0.5, points=points, overall=True)
    scores = score_responses(small.responses([{"a": 3, "b": "skipped"}]), questionnaire, scheme)
    for level in ("dimension", "overall"):
        # one answer of 70 points; the open one has 0 to 60
        row = scores[scores["level"] == level].iloc[0]
        assert (row["score"], row["low"], row["high"]) == (70, 35, 65)


def test_persons_and_institutions_under_one_perspective_are_two_rows() -> None:
    rows = pd.concat([
        small.responses([{"a": 4}] * 5, unit="persons"), small.responses({"office": {"a": 0}})
    ])  # fmt: skip
    scores = score_responses(rows, small.instrument([small.item("a")]), ScoringScheme("t", TITLE))
    of_dimension = scores[scores["level"] == "dimension"].set_index("unit")
    assert of_dimension["score"].to_dict() == {"institution": 0, "persons": 100}
    assert of_dimension["n"].to_dict() == {"institution": 1, "persons": 5}


PERSONS: list[tuple[list[str | int], str]] = [
    # five persons each: what they say to one question, and why there is no score
    ([4, 4, 4, 4, 4], ""),
    ([4, 4, 4, 4, "skipped"], "group_size"),
    (["skipped"] * 5, "group_size"),
    (["not_applicable"] * 5, "not_applicable"),
    (["not_asked"] * 5, "not_asked"),
    (["not_asked"] * 4 + ["not_applicable"], "not_applicable"),
    (["not_asked"] * 4 + ["not_chosen"], "not_chosen"),
    (["not_chosen"] * 5, "not_chosen"),
    (["not_chosen"] * 4 + [4], "group_size"),
]


@pytest.mark.parametrize(("said", "reason"), PERSONS)
def test_the_first_reason_that_holds_is_named(said: list[str | int], reason: str) -> None:
    rows = small.responses([{"a": answer} for answer in said], unit="persons")
    scores = score_responses(rows, small.instrument([small.item("a", "c")]), ScoringScheme("t", TITLE))
    assert set(scores["withheld"]) == {reason}
    assert set(scores["n"]) == {sum(answer == 4 for answer in said)}
    assert scores["score"].isna().all() == (reason != "")


def test_by_respondent_the_size_of_a_group_is_no_reason() -> None:
    rows = small.responses([{"a": 4}, {"a": "skipped"}], unit="persons")
    scores = score_responses(
        rows, small.instrument([small.item("a")]), ScoringScheme("t", TITLE), by="respondent"
    )
    assert set(scores[scores["respondent"] == "r0"]["withheld"]) == {""}
    assert set(scores[scores["respondent"] == "r1"]["withheld"]) == {"coverage"}


def test_a_group_of_institutions_has_a_score_if_one_of_them_has() -> None:
    questionnaire = small.instrument([small.item("a"), small.item("b")])
    rows = small.responses([{"a": 4, "b": "skipped"}, {"a": 2, "b": 0}])
    scores = score_responses(rows, questionnaire, ScoringScheme("t", TITLE)).set_index("id")
    # the first sheet has one of two, below 0.6: score and bounds are those of the second
    row = scores.loc["d"]
    assert (row["score"], row["low"], row["high"], row["n"]) == (25, 25, 25, 1)
    assert (row["n_items"], row["n_answered"], row["coverage"]) == (2, 1.5, 0.75)


def test_a_study_in_which_nothing_was_answered_has_the_columns_of_scores(example: Path) -> None:
    study = load_study(example)
    answers = clean_responses(study).responses
    none, some = (score_study(study, of, load_scheme(None, study)) for of in (answers.iloc[:0], answers))
    assert len(none) == 0
    assert list(none.columns) == list(some.columns)
    assert none["n"].dtype == some["n"].dtype == "int64"
