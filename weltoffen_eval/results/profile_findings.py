"""All numbers of a profile as findings by key: scores, answers, references, robustness."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from weltoffen_eval.analysis.comparison import METHOD
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.robustness import robustness_findings
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.reported_findings import as_reported
from weltoffen_eval.results.talking_points import aspect_scores, pair_items
from weltoffen_eval.results.waves import compared_scores, participants_change

_REFERENCE = ("median", "q25", "q75", "position")


class KnownFindings(dict[str, Finding]):
    """Findings by key, each kind computed when a key is looked up that is not among those before it."""

    def __init__(self, profile: Profile):
        super().__init__()
        self._profile = profile
        # robustness takes long, persons of two waves longest, and few cells show them
        self._kinds = [_answers, _scores, _pairs, _references, _changes, _robustness, participants_change]

    def __missing__(self, key: str) -> Finding:
        while self._kinds:
            kind = self._kinds.pop(0)
            self.update((finding.key, finding) for finding in kind(self._profile))
            if key in self:
                return self[key]
        raise KeyError(key)


# one process makes the report of one municipality; all cells of it ask for the same, those of a final report
# for two waves, each with and without a reference
@lru_cache(maxsize=4)
def findings_of(profile: Profile) -> KnownFindings:
    """The findings by key: the municipality's own unrounded, those of the reference as they are printed."""
    return KnownFindings(profile)


@lru_cache(maxsize=2)
def place_of(profile: Profile) -> Finding:
    """What the keys of the administration's own answers have in common, as a finding without a quantity."""
    units = set(profile.own_responses["unit"].astype(str))
    found = Finding(
        "",
        municipality=profile.municipality.key,
        wave=profile.wave.id,
        setting="questionnaire",
        perspective="administration",
        # the key names a unit only where it is not the one to be expected
        unit="persons" if units == {"persons"} else "",
    )
    return as_reported([found], profile.study.report)[0]


def key_of(profile: Profile, level: str, entry: str, quantity: str, variant: str = "") -> str:
    """The key of one number of the administration's own answers."""
    return replace(place_of(profile), level=level, id=entry, quantity=quantity, variant=variant).key


def _scores(profile: Profile) -> Iterator[Finding]:
    """``score`` with its bounds, and ``coverage``: of ``n_applicable`` questions ``n`` are answered."""
    for row in profile.own_scores.to_dict("records"):
        where = replace(place_of(profile), level=str(row["level"]), id=str(row["id"]))
        answered, asked = float(row["n_answered"]), float(row["n_items"])
        yield replace(
            where,
            quantity="score",
            value=float(row["score"]),
            low=float(row["low"]),
            high=float(row["high"]),
            n=float(row["n"]),
            n_applicable=asked,
            method="weighted mean",
            reason=str(row["withheld"]),
        )
        yield replace(
            where,
            quantity="coverage",
            value=answered / asked if asked else math.nan,
            n=answered,
            n_applicable=asked,
            method="answered of applicable questions",
            reason="" if asked else "not_applicable",
        )


def _answers(profile: Profile) -> Iterator[Finding]:
    """How many sheets gave which answer to a question, or none: ``n=<code>``, ``n_missing=<kind>``."""
    counted: dict[tuple[str, str, str], int] = {}
    for item in profile.instrument.items:
        for given in profile.answers_to(item.id):
            if given.missing is not None:
                told = (item.id, "n_missing", given.missing)
            elif given.code is not None:
                told = (item.id, "n", str(given.code))
            else:
                # a number stands behind its score alone
                continue
            counted[told] = counted.get(told, 0) + 1
    for (item_id, quantity, variant), count in counted.items():
        where = replace(place_of(profile), level="item", id=item_id, quantity=quantity, variant=variant)
        yield replace(where, value=float(count), n=float(profile.sheets), method="count of sheets")


def _pairs(profile: Profile) -> Iterator[Finding]:
    """``aspect_score`` of the concept and the practice of one object; ``id``: that of the pair."""
    for pair, items in pair_items(profile).items():
        for aspect, found in aspect_scores(profile, items).items():
            yield replace(
                place_of(profile),
                level="criterion",
                id=pair,
                quantity="aspect_score",
                variant=aspect,
                value=math.nan if found.score is None else found.score,
                n=float(found.n_answered),
                n_applicable=float(found.n_items),
                method="weighted mean",
                reason="no_responses" if found.score is None else "",
            )


def _changes(profile: Profile) -> Iterator[Finding]:
    """``change`` over the comparable questions, and what was and is stated; variant: the other wave."""
    change = change_since(profile)
    for finding in change.findings if change is not None else ():
        if finding.perspective == "administration":
            yield from as_reported([finding], profile.study.report)
    yield from compared_scores(profile)


def _references(profile: Profile) -> Iterator[Finding]:
    """Median and quartiles of the others in whole points, and the position; variant: the group."""
    for level, entry in zip(profile.references["level"], profile.references["id"], strict=True):
        found = profile.reference(str(level), str(entry))
        if found is None:
            continue
        where = replace(
            place_of(profile), level=str(level), id=str(entry), variant=found.grouping, n=float(found.n)
        )
        for quantity in _REFERENCE:
            value = float(getattr(found, quantity))
            method = "against the middle half" if quantity == "position" else METHOD
            yield replace(where, quantity=quantity, value=value, method=method)


def _robustness(profile: Profile) -> Iterator[Finding]:
    """``band``, ``same_side_share``, ``influence=<choice>``, ``geometric_score`` of every field."""
    unit = place_of(profile).unit
    for finding in robustness_findings(profile.bands, profile.wave.id, profile.municipality.key):
        place = place_of(profile)
        yield replace(finding, unit=unit, setting=place.setting, perspective=place.perspective)
    for dimension, band in profile.bands.items():
        yield replace(
            place_of(profile),
            level="dimension",
            id=dimension,
            quantity="geometric_score",
            value=band.geometric,
            method="geometric mean of the criteria",
            reason="not_estimable" if math.isnan(band.geometric) else "",
        )
