"""What differs between two scoring schemes, what that moves, and what in a scheme can move nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.silent_settings import why_silent
from weltoffen_eval.study.questionnaire.instrument import Instrument

_UNSET = "that of the questionnaire"
_KEY = ["municipality", "wave", "setting", "perspective", "unit", "respondent", "level", "id"]
#: Points from which a score has moved.
_MOVED = 1e-9
#: Levels whose scores a reader sees by name.
_LEVELS = ("dimension", "overall")
_ALONE = "In {questionnaire} the weights of {names} move nothing: nothing stands beside them."
#: By the reason and the table of settings that move nothing.
_SILENT = {
    ("needs_overall", "weights.dimension"): (
        "Weights of dimensions move nothing: they enter the overall score, and overall = false."
    ),
    ("needs_overall", "aggregation.overall"): (
        "The mean of the overall score moves nothing, since overall = false."
    ),
    ("needs_criteria", "weights.criterion"): (
        'Weights of criteria move nothing: levels = "items" takes a dimension from its items; '
        'with levels = "criteria" they count.'
    ),
    ("needs_criteria", "aggregation.criterion"): (
        'The mean of a criterion moves no dimension: levels = "items" takes a dimension from its items.'
    ),
    ("no_criteria", "levels"): 'levels = "criteria" moves nothing in {questionnaire}, which has no criteria.',
    ("no_criteria", "aggregation.criterion"): (
        "The mean of a criterion moves nothing in {questionnaire}, which has no criteria."
    ),
    ("alone", "weights.dimension"): _ALONE,
    ("alone", "weights.criterion"): _ALONE,
    ("alone", "weights.item"): _ALONE,
}


@dataclass(frozen=True)
class SchemeDifference:
    """One setting that differs: ``what`` as it stands in the file, and its value before and after.

    Where a scheme says nothing of it, the questionnaire does.
    """

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class MovedScores:
    """How the scores of a dimension move, over all municipalities, waves and perspectives.

    ``scores``: shown under both; ``moved``: those that differ, by ``least`` to ``most`` points. ``withheld``:
    shown before only; ``shown``: shown after only.
    """

    level: str
    id: str
    scores: int
    moved: int
    least: float
    most: float
    withheld: int
    shown: int


def differences(before: ScoringScheme, after: ScoringScheme) -> list[SchemeDifference]:
    """Every setting by which scores can differ, in the order of a scheme file; titles and notes are none."""
    one, other = _settings(before), _settings(after)
    return [
        SchemeDifference(what, one.get(what, _UNSET), other.get(what, _UNSET))
        for what in dict.fromkeys((*one, *other))
        if one.get(what, _UNSET) != other.get(what, _UNSET)
    ]


def _settings(scheme: ScoringScheme) -> dict[str, str]:
    found = {"levels": scheme.levels}
    found |= {f"aggregation.{level}": mean for level, mean in scheme.aggregation.items()}
    found |= {
        "min_coverage": f"{scheme.min_coverage:g}",
        "min_group_size": str(scheme.min_group_size),
        "overall": "true" if scheme.overall else "false",
        "bands": ", ".join(
            f"below {band.below:g}: {next(iter(band.label.values()))}" for band in scheme.bands
        ),
        "reference_families": "; ".join(", ".join(family) for family in scheme.reference_families),
    }
    for kind, weights in scheme.weights.items():
        found |= {f"weights.{kind}.{name}": f"{weight:g}" for name, weight in sorted(weights.items())}
    for scale, points in scheme.points.items():
        found |= {f"points.{scale}.{code}": f"{value:g}" for code, value in sorted(points.items())}
    return found


def moved_scores(before: pd.DataFrame, after: pd.DataFrame) -> list[MovedScores]:
    """How the scores of each dimension, and of all, move between two tables of scores of the same answers."""
    joined = before[before["level"].isin(_LEVELS)].merge(
        after[after["level"].isin(_LEVELS)], on=_KEY, how="outer", suffixes=("_before", "_after")
    )
    found = []
    for (level, name), rows in joined.groupby(["level", "id"], observed=True, sort=True):
        change = (rows["score_after"] - rows["score_before"]).astype(float)
        both = change.dropna()
        found.append(
            MovedScores(
                str(level),
                str(name),
                len(both),
                int((both.abs() > _MOVED).sum()),
                float(both.min()) if len(both) else 0.0,
                float(both.max()) if len(both) else 0.0,
                int((rows["score_before"].notna() & rows["score_after"].isna()).sum()),
                int((rows["score_before"].isna() & rows["score_after"].notna()).sum()),
            )
        )
    return found


def remarks_on(scheme: ScoringScheme, instruments: Sequence[Instrument]) -> list[str]:
    """What in a scheme moves nothing, or surprises, each as a sentence."""
    found = []
    for instrument in instruments:
        own = _own_weights(instrument)
        found += _silent(scheme, instrument, own)
        found += _beside_the_ends(scheme, instrument)
        for kind, weights in scheme.weights.items():
            same = sorted(name for name, weight in weights.items() if own[kind].get(name) == weight)
            if same:
                found.append(
                    f"In {instrument.id} the weights of {', '.join(same)} are as without the scheme."
                )
    return list(dict.fromkeys(found))


def _silent(
    scheme: ScoringScheme, instrument: Instrument, own: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """A sentence for each table of settings of which some move nothing, with the reason."""
    given = ["levels"] if scheme.levels != "items" else []
    given += [f"aggregation.{level}" for level, mean in scheme.aggregation.items() if mean != "arithmetic"]
    given += [
        f"weights.{k}.{name}" for k, by_id in scheme.weights.items() for name in by_id if name in own[k]
    ]
    silent: dict[tuple[str, str], list[str]] = {}
    for setting in given:
        table = ".".join(setting.split(".")[:2])
        if why := why_silent(setting, scheme, instrument):
            silent.setdefault((why, table), []).append(setting.removeprefix(f"{table}."))
    return [
        _SILENT[why, table].format(names=", ".join(sorted(names)), questionnaire=instrument.id)
        for (why, table), names in silent.items()
    ]


def _own_weights(instrument: Instrument) -> dict[str, dict[str, float]]:
    return {
        "dimension": {entry.id: entry.weight for entry in instrument.dimensions},
        "criterion": {entry.id: entry.weight for entry in instrument.criteria},
        "item": {entry.id: entry.weight for entry in instrument.items},
    }


def _beside_the_ends(scheme: ScoringScheme, instrument: Instrument) -> list[str]:
    """Of scales whose options do not reach 0 and 100: a score can lie outside its bounds' usual ends."""
    found = []
    for scale in instrument.scales:
        if scale.kind != "ordinal":
            continue
        override = scheme.points.get(scale.id, {})
        points = [float(override.get(option.code, option.points)) for option in scale.options]
        if points and (min(points) > 0 or max(points) < 100):
            found.append(
                f"The options of {scale.id} ({instrument.id}) are worth {min(points):g} to {max(points):g} "
                "points, not 0 to 100: open questions count at these ends, and a score can lie outside."
            )
    return found
