"""Invented answers hang together as those of administrations do."""

from __future__ import annotations

import csv

import numpy as np
import pandas as pd
import pytest
from places import ROOT

from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.register import invent_register
from weltoffen_eval.study.example.standing import Standings, codes, draw_standings
from weltoffen_eval.study.questionnaire.files import load_instrument
from weltoffen_eval.study.responses.cleaning import clean_responses

REGISTER = invent_register(2000)
EXAMPLE = ROOT / "data" / "raw" / "beispiel"


@pytest.fixture(scope="module")
def standings() -> Standings:
    instruments = [load_instrument("selbstcheck-1"), load_instrument("selbstcheck-2")]
    return draw_standings(np.random.default_rng(5), REGISTER, instruments)


@pytest.fixture(scope="module")
def points() -> pd.Series:
    """Mean points of the administrations by municipality, wave and item; 25 points a step."""
    said = clean_responses(load_study("beispiel")).responses
    own = said[(said["setting"] == "questionnaire") & said["code"].notna()]
    return 25 * own.groupby(["municipality", "wave", "item"], observed=True)["code"].mean()


def test_fields_rise_and_fall_together(standings: Standings) -> None:
    together = np.corrcoef(standings.of_field[0].T)
    assert together[np.triu_indices(7, 1)].min() > 0.4


def test_large_administrations_are_further_where_staff_decides_and_not_in_cohesion(
    standings: Standings,
) -> None:
    size = np.log10([m.population for m in REGISTER])
    with_size = {
        name: np.corrcoef(size, standings.of_field[0][:, place])[0, 1]
        for place, name in enumerate(standings.fields)
    }
    assert with_size["management"] > 0.25
    assert with_size["opening"] > 0.25
    assert with_size["access"] > 0.15
    assert abs(with_size["cohesion"]) < 0.1


def test_every_third_municipality_loses_in_one_field(standings: Standings) -> None:
    fallen = standings.of_field[1] - standings.of_field[0] < -0.3
    assert set(fallen.sum(axis=1)) == {0, 1}
    assert fallen.any(axis=1).mean() == pytest.approx(1 / 3, abs=0.01)
    assert not fallen[0].any()


def test_what_was_lost_is_told_and_is_lost_in_the_answers(points: pd.Series) -> None:
    with (EXAMPLE / "2024" / "anmerkungen.csv").open(encoding="utf-8", newline="") as stream:
        notes = list(csv.DictReader(stream))
    assert len(notes) == 12  # a third of 36
    field_of = {item.id: item.dimension for item in load_instrument("selbstcheck-1").items}
    both = {item.id for item in load_instrument("selbstcheck-2").items} & field_of.keys()
    told = 0
    for note in notes:
        assert "befristete Stelle" in note["text"]
        of_field = [item for item in both if field_of[item] == note["dimension"]]
        before, after = (
            points.reindex([(note["municipality"], wave, item) for item in of_field])
            for wave in ("2021", "2024")
        )
        change = (after.to_numpy() - before.to_numpy())[before.notna().to_numpy() & after.notna().to_numpy()]
        if len(change):  # kommafelde's first sheet came back empty
            told += 1
            assert change.mean() <= -5, note
    assert told == 11


def test_easy_items_are_far_ahead_of_hard_ones(points: pd.Series) -> None:
    means = points.groupby("item").mean()
    # rooms that stand open, against complaints that are recorded and agreements with landlords
    assert means["ZB02"] - means["IO14"] > 40
    assert means["ZB02"] - means["FZ12"] > 40


def test_all_options_are_chosen() -> None:
    assert codes(np.array([-3.0, -0.6, 0.0, 0.9, 3.0])).tolist() == [0, 1, 2, 3, 4]
