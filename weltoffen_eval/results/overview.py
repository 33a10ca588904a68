"""A study as a whole: what shows across its municipalities, and how its questionnaire works."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from weltoffen_eval import paths
from weltoffen_eval.analysis.across import FALSE_DISCOVERY_RATE
from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.disclosure import ALL, is_statement
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.ordinal_model import ordinal_shift
from weltoffen_eval.analysis.quartiles import quartiles
from weltoffen_eval.analysis.reliability import effective_weights
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.errors import CallError
from weltoffen_eval.results import statistics_table as analyses
from weltoffen_eval.results.agreement_table import agreements
from weltoffen_eval.results.healthy_study import read_healthy
from weltoffen_eval.results.provenance import provenance_of
from weltoffen_eval.results.reported_findings import as_reported
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import read_processed
from weltoffen_eval.study.definition import Study, Wave, load_study
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item
from weltoffen_eval.study.reported import as_self_check


@dataclass(frozen=True)
class Spread:
    """How the scores of a dimension lie across municipalities; quartiles NaN where there are too few."""

    n: int
    q25: float
    median: float
    q75: float


@dataclass(frozen=True)
class Overview:
    """A study with all answers and scores; municipalities are counted and never named.

    ``merging``: how its sheets are merged. ``left_out``: how many are not in it, since a fault lies in their
    rows. ``language``: in which its reports are written. ``known``: what was worked out
    of a wave, by its name.
    """

    study: Study
    scheme: ScoringScheme
    responses: pd.DataFrame
    scores: pd.DataFrame
    provenance: dict[str, object]
    merging: Merging = field(default_factory=Merging)
    left_out: int = 0
    language: str = "de"
    known: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def waves(self) -> list[Wave]:
        """The waves in which an administration answered."""
        there = set(map(str, self.own_scores["wave"].unique()))
        return [wave for wave in self.study.waves if wave.id in there]

    @cached_property
    def own_scores(self) -> pd.DataFrame:
        """The scores of the administrations' own answers."""
        return self.scores[is_self_check(self.scores)]

    def instrument(self, wave: str) -> Instrument:
        """The questionnaire of a wave."""
        return self.study.instruments[wave]

    def not_asked(self, wave: str) -> list[Item]:
        """The questions of a wave's questionnaire that nobody was asked, as study.toml says."""
        rows = self.own_scores
        rows = rows[(rows["wave"] == wave) & (rows["level"] == "item")]
        left = (rows["withheld"] == "not_asked").to_numpy(dtype=bool)
        only_left = set(rows["id"][left].astype(str)) - set(rows["id"][~left].astype(str))
        return [item for item in self.instrument(wave).items if item.id in only_left]

    def spread(self, wave: str, dimension: str) -> Spread:
        """Median and quartiles of the municipalities with a score, from 9 of them on."""
        rows = self.own_scores
        rows = rows[(rows["wave"] == wave) & (rows["level"] == "dimension") & (rows["id"] == dimension)]
        values = rows["score"].dropna().to_numpy(dtype=float)
        if len(values) <= LEAST_OTHERS:
            # with fewer, each could work out what the others' quartiles are made of
            return Spread(len(values), math.nan, math.nan, math.nan)
        q25, median, q75 = (float(q) for q in quartiles(values))
        return Spread(len(values), q25, median, q75)

    @cached_property
    def gaps(self) -> list[Finding]:
        """The gaps between persons and administration, of municipalities and across them."""
        return as_reported(
            analyses.gaps(self.study, self.responses, self.scheme, self.merging), self.study.report
        )

    @cached_property
    def across(self) -> list[Finding]:
        """What the gaps between persons and administration say together."""
        return [finding for finding in self.gaps if not finding.municipality]

    @cached_property
    def changes(self) -> list[Finding]:
        """What each administration states otherwise than in an earlier wave, as of the self-check."""
        rows = self.responses
        # of persons of two waves nothing is told over a study, and their door takes long
        sheets = rows[is_self_check(rows) & (rows["unit"] != "persons")]
        return analyses.changes(self.study, sheets, self.scheme, self.merging)

    @cached_property
    def reliability(self) -> list[Finding]:
        """Alpha, discrimination, difficulty in each wave."""
        found = analyses.reliabilities(self.study, self.responses, self.scheme, self.merging)
        return as_reported(found, self.study.report)

    @cached_property
    def agreement(self) -> list[Finding]:
        """How far the persons of the workshops agree; without the intervals that take long."""
        return agreements(self.study, self.responses, self.scheme, self.merging, bootstrap=False)

    def worth_asking(self, wave: str) -> list[Finding]:
        """The items of which persons and administrations say different things in many municipalities."""
        return [
            finding
            for finding in self.across
            if finding.quantity == "bh_p"
            and finding.wave == wave
            and not math.isnan(finding.value)
            and finding.value <= FALSE_DISCOVERY_RATE
        ]

    @cached_property
    def models(self) -> list[Finding]:
        """``ordinal_shift``, ``ordinal_p`` of each item that is worth asking about: a check of its gap."""
        found = []
        for wave in self.waves:
            for asked in self.worth_asking(wave.id):
                shift, p, why_not = self.shift(wave.id, asked.id)
                where = asked.having(n=math.nan, method="ordinal model, log odds ratio", reason=why_not)
                found.append(where.having(quantity="ordinal_shift", value=shift))
                found.append(where.having(quantity="ordinal_p", value=p))
        return found

    def shift(self, wave: str, item: str) -> tuple[float, float, str]:
        """Log odds ratio of more points from the persons, its p, and why there is none."""
        rows = self.responses
        rows = rows[(rows["wave"] == wave) & (rows["item"] == item) & rows["code"].notna()]
        told = {
            (of.municipality, of.setting)
            for of in self.gaps
            if (of.wave, of.level, of.id, of.quantity) == (wave, "item", item, "gap")
            and of.perspective == ALL
            and not math.isnan(of.value)
        }
        places = zip(rows["municipality"].astype(str), rows["setting"].astype(str), strict=True)
        # of persons, those whose gap is out: what is said of all would tell of the others
        of_persons = (rows["unit"] == "persons") & np.array([place in told for place in places], dtype=bool)
        rows = rows[is_statement(rows, self.scheme.min_group_size) | of_persons]
        persons = [str(unit) == "persons" for unit in rows["unit"]]
        instrument = self.instrument(wave)
        # a reversed item counts as it scores
        points_of, _, _ = item_points(instrument.item_by_id[item], instrument, self.scheme)
        points = [points_of[int(code)] for code in rows["code"]]
        return ordinal_shift(points, persons, [str(m) for m in rows["municipality"]])

    def weights(self, wave: str) -> list[tuple[str, float, float]]:
        """(dimension, its share of the weights, its r² with the mean of all) of every dimension."""
        dimensions = self.instrument(wave).dimensions
        rows = self.own_scores
        rows = rows[(rows["wave"] == wave) & (rows["level"] == "dimension")]
        texts = rows.astype({"municipality": str, "id": str})
        table = texts.pivot_table(index="municipality", columns="id", values="score")
        matrix = table.reindex(columns=[d.id for d in dimensions]).to_numpy(dtype=float)
        nominal = [self.scheme.weight("dimension", d.id, d.weight) for d in dimensions]
        total = sum(nominal)
        return [
            (d.id, weight / total, effective)
            for d, weight, effective in zip(dimensions, nominal, effective_weights(matrix), strict=True)
        ]


def load_overview(study: str | Path, scheme: str | None = None, language: str = "de") -> Overview:
    """A study as a whole; from data/processed where that is up to date, else computed.

    Parameters
    ----------
    language : in which its reports are written; there are sentences on a whole study in German

    Raises
    ------
    CallError
        If there is no such study, or nobody's administration answered in it.
    RefusedError
        With all faults, if the study cannot be read.
    """
    loaded = load_study(study)
    rules = load_scheme(scheme, loaded)
    stored = read_processed(paths.processed_folder(loaded.id), loaded, rules)
    if stored is not None:
        responses, scores, records = (stored.whole_table(name) for name in ("responses", "scores", "records"))
        merging = merging_of(loaded, records)
        provenance, left_out = stored.provenance, stored.left_out
    else:
        cleaned, _, left_out = read_healthy(loaded)
        responses, merging = cleaned.responses, merging_of(loaded, cleaned.records)
        scores = score_study(loaded, responses, rules, merging=merging)
        provenance = provenance_of(loaded, rules)
    responses, scores = (as_self_check(frame, loaded.report) for frame in (responses, scores))
    overview = Overview(
        loaded,
        rules,
        responses,
        scores,
        provenance,
        merging.as_self_check(loaded.report),
        len(left_out.waves),
        language,
    )
    if not overview.waves:
        whose = "Nobody whose answers a report shows" if loaded.report.of_others else "No administration"
        raise CallError(f"{whose} answered in {loaded.id}.")
    return overview
