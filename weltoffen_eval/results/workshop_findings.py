"""What the persons of a workshop say, as findings that have gone through the door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.agreement import average_deviation, van_der_eijk_a
from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.analysis.disclosure import ALL, cells_of
from weltoffen_eval.analysis.field_ratings import rated_fields, rating_findings
from weltoffen_eval.analysis.findings import FIELD_RATING, Finding
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.person_answers import Array, PersonAnswers
from weltoffen_eval.analysis.release import release
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.results.all_waves import AllWaves
from weltoffen_eval.results.persons import persons_of, scored_waves
from weltoffen_eval.results.reported_findings import as_reported
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.perspectives import PERSPECTIVES
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Non-answers of persons that are counted beside their answers.
OPEN = ("dont_know", "skipped")
#: At which all of this was said.
WORKSHOP = "workshop"


@dataclass(frozen=True, eq=False)
class Rated:
    """What persons of one workshop rated, questions or fields, as far as it may be told.

    ``told``: by (group, level, id, quantity); a quantity has its variant behind ``=``. What may not be told
    stands there without value, with its reason. ``variant``: of all quantities of ratings of fields.
    ``points``: of every question and code.
    """

    persons: PersonAnswers
    least: int
    told: Mapping[tuple[str, str, str, str], Finding]
    variant: str = ""
    points: Mapping[tuple[str, int], float] = field(default_factory=dict)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Persons by perspective: for counts of cells alone."""
        return self.persons.sizes

    @cached_property
    def cells(self) -> Mapping[str, int]:
        """The groups that are told of, with their persons; all together where there are no two."""
        parts = cells_of(self.sizes, self.least)
        counted = {cell: sum(self.sizes[name] for name in names) for cell, names in parts.items()}
        return counted or {ALL: sum(self.sizes.values())}

    def finding(self, group: str, level: str, entry: str, quantity: str) -> Finding | None:
        """What may be told of a group, with the reason where it is nothing; None where nobody asked."""
        named = f"{quantity}={self.variant}" if self.variant else quantity
        return self.told.get((group, level, entry, named))


def rated_at(
    study: Study,
    answers: AllWaves,
    ratings: pd.DataFrame,
    own: Mapping[str, float],
    scheme: ScoringScheme,
    wave: str,
    audience: str,
    earlier: Iterable[Finding] = (),
) -> tuple[Rated | None, Rated | None]:
    """What may be told of the persons of a municipality's workshop in a wave: of questions, and of fields.

    Parameters
    ----------
    answers : of the municipality, in all waves: what leaves of one wave depends on the others
    ratings : of fields, of this municipality, wave and workshop; columns as of ``rated_fields``
    own : scores of the administration by field, as far as they may be told
    earlier : findings that are out already
    """
    responses = answers.responses
    waves = list(scored_waves(study, responses, scheme, answers.merging))
    people = persons_of(waves, scheme)
    here = next((of for of in people if of.where[1:] == (wave, WORKSHOP)), None)
    by_field = None
    if len(ratings):
        (by_field,) = rated_fields(ratings, {(str(ratings["municipality"].iloc[0]), wave): own})
    wanted: list[Finding] = []
    points: dict[tuple[str, int], float] = {}
    if here is not None:
        instrument = next(found for of, found, _ in waves if of == wave)
        at = (responses["wave"] == wave) & (responses["setting"] == WORKSHOP)
        rows = responses[at & (responses["unit"] == "persons")]
        wanted += [f for f in gap_findings(here, scheme) if f.other in ("", "administration")]
        wanted += _means(here, scheme)
        wanted += _counts(here, rows, instrument, scheme)
        for item in instrument.items:
            of_item, _, _ = item_points(item, instrument, scheme)
            points |= {(item.id, code): value for code, value in of_item.items()}
    if by_field is not None:
        people.append(by_field)
        wanted += rating_findings(by_field, scheme)
    released = release(wanted, people, scheme=scheme, audience=audience, earlier=earlier)
    found = as_reported(released.findings, study.report)
    least = scheme.min_group_size
    return (
        None
        if here is None
        else Rated(here, least, _named(f for f in found if f.variant != FIELD_RATING), points=points),
        None
        if by_field is None
        else Rated(by_field, least, _named(f for f in found if f.variant == FIELD_RATING), FIELD_RATING),
    )


def _named(findings: Iterable[Finding]) -> dict[tuple[str, str, str, str], Finding]:
    return {
        (f.perspective, f.level, f.id, f"{f.quantity}={f.variant}" if f.variant else f.quantity): f
        for f in findings
    }


def _where(of: PersonAnswers) -> Finding:
    return Finding("", municipality=of.municipality, wave=of.wave, setting=of.setting)


def _means(of: PersonAnswers, scheme: ScoringScheme) -> Iterator[Finding]:
    """``score``: what persons say of a question that the administration left open, in points.

    Of a field too, where the administration answered nothing at all.
    """
    minimum = scheme.min_group_size
    nothing = bool(np.isnan(of.own).all())
    for name, rows in of.groups(minimum).items():
        where = _where(of).having(perspective=name, quantity="score", method="mean of the persons")
        for column in np.flatnonzero(np.isnan(of.own)):
            values = of.points[rows, column]
            yield _mean(where.having(level="item", id=of.items[column]), values[~np.isnan(values)])
        for dimension in dict.fromkeys(of.dimensions) if nothing else ():
            weights = of.compared_weights(dimension)[rows]
            sums = (weights * np.nan_to_num(of.points[rows])).sum(axis=1)
            yield _mean(where.having(level="dimension", id=dimension), sums[weights.any(axis=1)])


def _mean(where: Finding, values: Array) -> Finding:
    if not len(values):
        return where.having(n=0.0, reason="no_responses", method="")
    return where.having(n=float(len(values)), value=float(np.mean(values)))


def _counts(
    of: PersonAnswers, rows: pd.DataFrame, instrument: Instrument, scheme: ScoringScheme
) -> Iterator[Finding]:
    """How many persons of each group gave which answer, or none; and how far all of them agree.

    ``n=<code>`` of every option, also of those that nobody chose: that one is missing would tell of it.
    """
    chosen, left_open = _numbers(rows, instrument)
    minimum = scheme.min_group_size
    for name, members in {ALL: tuple(of.sizes), **cells_of(of.sizes, minimum)}.items():
        where = _where(of).having(perspective=name, level="item", method="count of persons")
        for item in (instrument.item_by_id[entry] for entry in of.items):
            points, _, _ = item_points(item, instrument, scheme)
            options = sorted(points, key=lambda code: points[code])
            told = [sum(chosen.get((item.id, one, code), 0) for one in members) for code in options]
            about = where.having(id=item.id, n=float(sum(told)))
            if not options or about.n < minimum:
                continue
            for code, count in zip(options, told, strict=True):
                yield about.having(quantity="n", variant=str(code), value=float(count))
            for kind in OPEN:
                count = sum(left_open.get((item.id, one, kind), 0) for one in members)
                yield about.having(quantity="n_missing", variant=kind, value=float(count))
            if name == ALL:
                places = np.repeat(np.arange(len(options), dtype=float), told)
                for quantity, value, method in (
                    ("average_deviation", average_deviation(places), "from the median, in categories"),
                    ("van_der_eijk_a", van_der_eijk_a(told), "of the frequencies"),
                ):
                    yield about.having(quantity=quantity, value=value, method=method)


def _numbers(
    rows: pd.DataFrame, instrument: Instrument
) -> tuple[Counter[tuple[str, str, int]], Counter[tuple[str, str, str]]]:
    """Persons by item, perspective and code; and by item, perspective and kind of non-answer.

    Of non-answers only those of persons who answered something in the field: others did not take it up.
    """
    of_item = {item.id: item.dimension for item in instrument.items}
    names = ("perspective", "respondent", "item", "code", "value", "missing")
    sheets = list(zip(*(rows[name].tolist() for name in names), strict=True))
    taken_up = {(who, one, of_item[item]) for who, one, item, _, _, missing in sheets if pd.isna(missing)}
    chosen = Counter((item, who, int(code)) for who, _, item, code, _, _ in sheets if not pd.isna(code))
    left_open = Counter(
        (item, who, missing)
        for who, one, item, _, _, missing in sheets
        if missing in OPEN and (who, one, of_item[item]) in taken_up
    )
    return chosen, left_open


def in_order(perspectives: Iterable[str]) -> list[str]:
    """Perspectives as reports name them: the five in their order, then those of the study."""
    order = {name: n for n, name in enumerate(PERSPECTIVES)}
    return sorted(perspectives, key=lambda name: (order.get(name, len(order)), name))
