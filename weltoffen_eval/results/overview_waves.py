"""Where gaps repeat across municipalities, and what changed between waves: counted, nobody named."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from weltoffen_eval.analysis.comparison import whole, whole_of
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.intervals import mean_interval
from weltoffen_eval.analysis.release import release
from weltoffen_eval.results.earlier import LEAST_CHANGE
from weltoffen_eval.results.overview import Overview
from weltoffen_eval.results.reported_findings import as_reported
from weltoffen_eval.results.standing import ABSENT_BELOW
from weltoffen_eval.study.earlier_answers import earlier_of

#: Below so many printed points a field is counted as one in which more is missing than is there.
LOW_FIELD = 50
#: Findings by id and quantity.
ByName = dict[str, dict[str, Finding]]
Made = TypeVar("Made")


def _once(make: Callable[[Overview, str], Made]) -> Callable[[Overview, str], Made]:
    """The same of an overview and a wave is worked out once: a report asks for it again and again."""

    @wraps(make)
    def known(overview: Overview, wave: str) -> Made:
        key = make.__name__, wave
        if key not in overview.known:
            overview.known[key] = make(overview, wave)
        made: Made = overview.known[key]
        return made

    return known


@_once
def repeated_gaps(overview: Overview, wave: str) -> dict[str, list[Finding]]:
    """By level (dimension, item) in how many municipalities the printed points lie below a limit.

    ``municipalities_below``, variant: the limit, 50 of a field and 25 of a question; ``n``: of how many. From
    8 municipalities on.
    """
    rows = overview.own_scores
    rows = rows[(rows["wave"] == wave) & rows["score"].notna() & (rows["withheld"].astype(str) == "")]
    if not overview.study.report.of_others:
        # persons in the place of an administration are told of by their own door
        rows = rows[rows["unit"] != "persons"]
    found = {}
    for level, limit in (("dimension", LOW_FIELD), ("item", ABSENT_BELOW)):
        of_level = rows[rows["level"] == level].astype({"id": str})
        entries = overview.instrument(wave).dimensions if level == "dimension" else ()
        names = [e.id for e in entries] or [item.id for item in overview.instrument(wave).items]
        scores = {str(name): part["score"].to_numpy(dtype=float) for name, part in of_level.groupby("id")}
        made = [_below(scores.get(name, np.array([])), level, name, wave, limit) for name in names]
        found[level] = _let_out(overview, made)
    return found


def _below(scores: NDArray[np.float64], level: str, name: str, wave: str, limit: int) -> Finding:
    return Finding(
        "municipalities_below", float((whole_of(scores) < limit).sum()), n=float(len(scores)),
        variant=str(limit), method="count of municipalities", wave=wave, setting="questionnaire",
        perspective="administration", level=level, id=name,
    )  # fmt: skip


@_once
def changes_across(overview: Overview, wave: str) -> dict[str, ByName]:
    """By the earlier wave, and by field: what municipalities state otherwise than then.

    ``mean_change`` in points with its t-interval; ``municipalities_up``, ``municipalities_down``: in how many
    the field is stated higher, lower, from the threshold of a single report on; variant: the earlier wave.
    """
    instrument = overview.instrument(wave)
    rows = overview.own_scores
    shown = rows[(rows["wave"] == wave) & (rows["level"] == "dimension") & rows["score"].notna()]
    there = set(zip(shown["municipality"].astype(str), shown["id"].astype(str), strict=True))
    moves: dict[tuple[str, str], list[Finding]] = {}
    for finding in overview.changes:
        if (finding.wave, finding.quantity, finding.level) != (wave, "change", "dimension"):
            continue
        if finding.perspective == "administration" and (finding.municipality, finding.id) in there:
            moves.setdefault((finding.variant, finding.id), []).append(finding)
    found: dict[str, ByName] = {}
    for (earlier, name), findings in moves.items():
        told = [finding for finding in findings if not math.isnan(finding.value)]
        scales = [instrument.scale_by_id[item.scale] for item in instrument.items_of(name)]
        steps = [100 / (len(scale.options) - 1) for scale in scales if len(scale.options) > 1]
        made = _let_out(overview, _across(told, max(steps, default=0.0), earlier, name, wave))
        found.setdefault(earlier, {})[name] = {finding.quantity: finding for finding in made}
    return found


def _across(told: list[Finding], step: float, earlier: str, name: str, wave: str) -> list[Finding]:
    where = Finding(
        "", n=float(len(told)), variant=earlier, wave=wave, setting="questionnaire",
        perspective="administration", level="dimension", id=name,
    )  # fmt: skip
    values = [finding.value for finding in told]
    interval = mean_interval(values)
    named = [f.value for f in told if whole(abs(f.value)) >= max(LEAST_CHANGE, step / f.n)]
    return [
        replace(
            where, quantity="mean_change", value=float(np.mean(values)) if values else math.nan,
            low=interval.low, high=interval.high, method="mean of the municipalities", reason=interval.reason,
        ),
        *(
            replace(where, quantity=quantity, value=float(count), method="count of municipalities")
            for quantity, count in (
                ("municipalities_up", sum(value > 0 for value in named)),
                ("municipalities_down", sum(value < 0 for value in named)),
            )
        ),
    ]  # fmt: skip


def _let_out(overview: Overview, found: Iterable[Finding]) -> list[Finding]:
    out = release(found, (), scheme=overview.scheme, audience="internal").findings
    return as_reported(out, overview.study.report)


def compared_from(overview: Overview, wave: str, earlier: str) -> int:
    """How many municipalities a change between two waves rests on, in any field."""
    return len({
        finding.municipality
        for finding in overview.changes
        if (finding.wave, finding.variant, finding.quantity) == (wave, earlier, "change")
        and not math.isnan(finding.value)
        and finding.perspective == "administration"
    })  # fmt: skip


def not_joined_in(overview: Overview, wave: str) -> int:
    """How many municipalities of a wave took the place of others, and are compared with nothing before."""
    study = overview.study
    if not study.successions:
        return 0
    keys = overview.own_scores[["municipality", "wave"]].astype(str).drop_duplicates()
    there = set(keys.itertuples(index=False, name=None))
    waves = [one.id for one in study.waves if one.id in study.instruments]
    before = waves[: waves.index(wave)]
    found = (
        earlier_of(study.successions, key, wave, before, lambda *of: of in there)
        for key, one in there
        if one == wave
    )
    return sum(bool(one.holder.refused or one.silent) for one in found)
