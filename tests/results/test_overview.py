"""A study as a whole: from nine municipalities on there are quartiles; weights; what is stored serves. Its
tables, with all numbers by hand, are in tests/display/study/test_tables.py."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small import TITLE, Given, instrument, item, responses

from weltoffen_eval import study_report
from weltoffen_eval.analysis.ordinal_model import ordinal_shift
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_responses
from weltoffen_eval.blocks import Paragraph, Table
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.overview import Overview, load_overview
from weltoffen_eval.study.reported import SELF_CHECK


def with_scores(overview: Overview, values: list[float]) -> Overview:
    rows = [
        (f"m{n}", "2021", "questionnaire", "administration", "dimension", "access", value)
        for n, value in enumerate(values)
    ]
    columns = ["municipality", "wave", "setting", "perspective", "level", "id", "score"]
    return replace(overview, scores=pd.DataFrame(rows, columns=columns))


def test_quartiles_are_told_from_nine_municipalities_on() -> None:
    overview = load_overview("beispiel")
    eight = with_scores(overview, [10.0 * n for n in range(8)]).spread("2021", "access")
    assert eight.n == 8
    assert math.isnan(eight.median)
    nine = with_scores(overview, [10.0 * n for n in range(9)] + [math.nan]).spread("2021", "access")
    # by mpmath 1.3 (see test_quartiles)
    assert nine.n == 9
    assert (nine.q25, nine.median, nine.q75) == pytest.approx((17.4858440828, 40, 62.5141559172), abs=1e-9)
    # of this wave, level and field only, and of administrations
    others = with_scores(overview, [100.0] * 12).scores
    mixed = pd.concat(
        [
            with_scores(overview, [10.0 * n for n in range(9)]).scores,
            others.assign(wave="2024"),
            others.assign(level="criterion"),
            others.assign(id="work"),
            others.assign(setting="workshop"),
        ]
    )
    assert replace(overview, scores=mixed).spread("2021", "access") == nine


def test_only_waves_with_an_administration_are_there(example: Path) -> None:
    assert [wave.id for wave in load_overview(example).waves] == ["2021"]
    assert [wave.id for wave in load_overview("beispiel").waves] == ["2021", "2024"]


def test_nominal_weights_are_shares_of_all(example: Path) -> None:
    # dimension weights 1 and 3; with three municipalities nothing is said of what they move
    first, second = load_overview(example).weights("2021")
    assert (first[:2], second[:2]) == (("alpha", 0.25), ("beta", 0.75))
    assert math.isnan(first[2])


def test_a_study_without_any_administration_has_no_overview(example: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\nadorf,,,,,\n", encoding="utf-8")
    with pytest.raises(CallError, match="No administration answered"):
        load_overview(example)


def test_worth_asking_is_what_is_false_in_one_of_ten_at_most() -> None:
    questionnaire = instrument([item("a"), item("b")])
    frames = []
    for n in range(10):
        frames.append(responses([{"a": 2, "b": 2}], f"m{n}"))
        said = {"a": 4, "b": 4 if n % 2 else 0}
        frames.append(responses([said] * 5, f"m{n}", "persons", "politics", "workshop"))
    rows = pd.concat(frames)
    study: Any = SimpleNamespace(
        id="s", instruments={"w": questionnaire}, waves=(), files=(), report=SELF_CHECK
    )
    overview = Overview(study, ScoringScheme("t", TITLE), rows, pd.DataFrame(), {})
    adjusted = {f.id: f.value for f in overview.across if f.quantity == "bh_p"}
    # ten times +50, with ties: z = 27/√(10·11·21/24 − (10³ − 10)/48), times two items; five to either side
    z = 27 / (10 * 11 * 21 / 24 - 990 / 48) ** 0.5
    assert adjusted == pytest.approx({"a": 2 * math.erfc(z / 2**0.5), "b": 1})
    assert [finding.id for finding in overview.worth_asking("w")] == ["a"]
    assert overview.worth_asking("other") == []


def test_the_shift_of_an_item_is_over_its_answers_by_persons_and_administrations() -> None:
    random = np.random.default_rng(5)
    codes = random.integers(0, 5, (12, 6))
    frames = []
    for n, (own, *persons) in enumerate(codes.tolist()):
        frames.append(responses([{"a": own, "b": 4 - own}], f"m{n}"))
        # one leaves it open; an institution in a workshop is neither
        said: list[dict[str, Given]] = [*({"a": code, "b": 0} for code in persons), {"a": "skipped", "b": 0}]
        frames.append(responses(said, f"m{n}", "persons", "politics", "workshop"))
        frames.append(responses([{"a": 0}], f"m{n}", "institution", "politics", "workshop"))
        frames.append(responses([{"a": 4}], f"m{n}", wave="other"))
    # four persons elsewhere are too few to count
    frames.append(responses([{"a": 4, "b": 0}] * 4, "m0", "persons", "politics", "dialogue"))
    questionnaire = instrument([item("a"), item("b")])
    study: Any = SimpleNamespace(
        id="s",
        instruments={"w": questionnaire, "other": questionnaire},
        waves=("w", "other"),
        register=None,
        files=(),
        report=SELF_CHECK,
    )
    overview = Overview(study, ScoringScheme("t", TITLE), pd.concat(frames), pd.DataFrame(), {})
    expected = ordinal_shift(
        (25.0 * codes.ravel()).tolist(),
        [False, *[True] * 5] * 12,
        [f"m{n}" for n in range(12) for _ in range(6)],
    )
    assert expected[2] == ""
    assert overview.shift("w", "a") == pytest.approx(expected)


def test_what_really_moves_the_whole_is_the_squared_correlation_with_the_mean_of_all() -> None:
    questionnaire = instrument([item("a"), item("b", dimension="e")], dimensions={"e": 3.0})
    # a: 0 1 2 3 4 twice; b is 2 for all: the mean of both moves with a alone
    rows = pd.concat([responses([{"a": n % 5, "b": 2}], f"m{n}") for n in range(10)])
    scheme = ScoringScheme("t", TITLE)
    scores = score_responses(rows, questionnaire, scheme)
    # another wave, in which a has other scores, is none of it
    later = score_responses(
        pd.concat([responses([{"a": 4 - n % 3}], f"m{n}", wave="v") for n in range(10)]),
        questionnaire,
        scheme,
    )
    scores = pd.concat([scores, later])
    study: Any = SimpleNamespace(
        id="s", instruments={"w": questionnaire}, waves=(), files=(), report=SELF_CHECK
    )
    first, second = Overview(study, scheme, rows, scores, {}).weights("w")
    assert first == pytest.approx(("d", 0.25, 1.0))
    assert second[:2] == ("e", 0.75)
    assert math.isnan(second[2])


def test_an_item_that_nobody_was_asked_leaves_the_scale() -> None:
    # egi-chile 2019 did not record pladeco, one of eighteen items; 337 municipalities answered all others
    overview = load_overview("egi-chile")
    (alpha,) = (f for f in overview.reliability if (f.wave, f.quantity, f.variant) == ("2019", "alpha", ""))
    assert (alpha.n, alpha.n_applicable) == (337, 17)
    # by the definition, from the file itself
    rows = pd.read_csv(overview.study.folder / "2019" / "egi_2019.csv")
    items = [item.id for item in overview.instrument("2019").items if item.id != "pladeco"]
    answers = rows[items].dropna()
    variances, total = answers.var(ddof=1).sum(), answers.sum(axis=1).var(ddof=1)
    assert alpha.value == pytest.approx(17 / 16 * (1 - variances / total))
    left = {f.id: f.reason for f in overview.reliability if f.wave == "2019" and f.quantity == "difficulty"}
    assert left["pladeco"] == "not_asked"
    assert [item.id for item in overview.not_asked("2019")] == ["pladeco"]
    assert overview.not_asked("2021") == []


def test_a_study_of_web_sites_says_what_was_not_recorded_and_names_its_questions() -> None:
    overview = load_overview("egi-chile")
    first = study_report.spread(overview).bundle.blocks
    text = " ".join(block.text for block in first if isinstance(block, Paragraph))
    # its short name in the questionnaire, and eighteen questions there
    assert "In der Welle 2019 ist eine der 18 Fragen nicht erhoben: „Entwicklungsplan“." in text
    assert "Grundlage: Angebote der Webseite der Gemeinde." in text
    assert not re.search("Antworten|Teilnehmende|angegeben", text)
    (table, *_) = (block for block in study_report.items(overview).bundle.blocks if isinstance(block, Table))
    assert (table.columns[0].head, table.rows[0][0]) == ("Frage", "Formulare")
    assert "pladeco" not in {row[0] for row in table.rows}


def test_nothing_is_told_of_persons_where_nobody_answered() -> None:
    overview = load_overview("egi-chile")
    assert overview.across == []
    assert overview.worth_asking("2019") == []
