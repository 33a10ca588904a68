"""The numbers of the Selbstcheck as tables, ready to be shown, each cell with the keys behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.answers import answer
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.selfcheck import wording
from weltoffen_eval.display.selfcheck.scales import words_for_points
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.study.questionnaire.instrument import Criterion, Dimension


def dimension_profile(telling: Telling) -> Table:
    """One row per dimension: points, bounds; the reference, where there is one."""
    profile = telling.profile
    dimensions = profile.instrument.dimensions
    compared = any(profile.reference("dimension", d.id) for d in dimensions)
    return keyed_table(
        telling.text("profile_table", municipality=profile.municipality.name),
        (
            _named(telling, "dimension", dimensions),
            *_score_columns(telling),
            *(_reference_columns(telling) if compared else ()),
        ),
        (
            [
                (telling.title(d.title), ()),
                *_score_cells(telling, "dimension", d.id),
                *(_reference_cells(telling, d.id) if compared else ()),
            ]
            for d in dimensions
        ),
        "profile",
    )


def bands(telling: Telling) -> Table | None:
    """The words for points; the bounds are those of printed, whole points. None where there are no words."""
    entries = telling.bands
    if not entries:
        return None
    rows: list[list[Cell]] = [[(points, ()), (word, ())] for points, word in words_for_points(telling)]
    return keyed_table(
        telling.text("bands_table"),
        (
            Column(telling.word("columns", "score")),
            Column(telling.word("columns", "state"), language=telling.foreign(entries[0].label)),
        ),
        rows,
        "bands",
    )


def criterion_profile(telling: Telling, dimension: str) -> Table:
    """One row per criterion of a dimension: points and bounds."""
    instrument = telling.profile.instrument
    criteria = instrument.criteria_of(dimension)
    return keyed_table(
        telling.text("criteria_table", field=telling.label(instrument.dimension(dimension).title)),
        (_named(telling, "criterion", criteria), *_score_columns(telling)),
        ([(telling.title(c.title), ()), *_score_cells(telling, "criterion", c.id)] for c in criteria),
        f"criteria-{dimension}",
    )


def robustness(telling: Telling) -> Table:
    """One row per dimension with points: what unanswered questions and other weights could make of them."""
    profile = telling.profile
    shown = [d for d in profile.instrument.dimensions if d.id in profile.bands]
    rows: list[list[Cell]] = []
    for dimension in shown:
        row, band = profile.score("dimension", dimension.id), profile.bands[dimension.id]
        of_score, of_band = (
            (telling.key("dimension", dimension.id, quantity),) for quantity in ("score", "band")
        )
        rows.append(
            [
                (telling.title(dimension.title), ()),
                (_possible(telling, row["low"], row["high"]), of_score),
                (_possible(telling, band.low, band.high), of_band),
            ]
        )
    heads = {"with_open_items": "points", "nine_of_ten": "points"}
    return keyed_table(
        telling.text("robustness_table"),
        (_named(telling, "dimension", shown), *_columns(telling, heads)),
        rows,
        "robustness",
    )


def items(telling: Telling, dimension: str) -> Table:
    """The questions of a dimension with the answer in words."""
    profile = telling.profile
    entries = profile.instrument.items_of(dimension)
    answers = [answer(telling, item.id) for item in entries]
    languages = {said.language for said in answers}
    aspects = any(item.aspect for item in entries)
    rows: list[list[Cell]] = []
    for item, said in zip(entries, answers, strict=True):
        kind = [(telling.word("aspects", item.aspect or "none"), ())] if aspects else []
        # the points of an answer are behind it too
        keys = (*said.rests_on, telling.key("item", item.id, "score"))
        marked = item.id in profile.evidence
        text = telling.text("answer_with_evidence", answer=said.text) if marked else said.text
        rows.append(
            [(item.id, ()), (telling.title(item.text), ()), *kind, (text, tuple(dict.fromkeys(keys)))]
        )
    return keyed_table(
        telling.text("questions_table", field=telling.label(profile.instrument.dimension(dimension).title)),
        (
            Column(telling.word("columns", "number")),
            Column(telling.word("columns", "question"), language=telling.foreign(entries[0].text)),
            *((Column(telling.word("columns", "aspect")),) if aspects else ()),
            Column(
                telling.word("columns", "answer"),
                language=languages.pop() if len(languages) == 1 else "",
            ),
        ),
        rows,
        f"items-{dimension}",
        anchors=tuple(f"item-{item.id}" for item in entries),
    )


def _columns(telling: Telling, units: Mapping[str, str]) -> tuple[Column, ...]:
    """Columns of numbers, by the name of their head, with their units."""
    return tuple(
        Column(telling.word("columns", head), True, telling.word("units", unit))
        for head, unit in units.items()
    )


def _named(telling: Telling, level: str, entries: Iterable[Dimension | Criterion]) -> Column:
    """The column of the names of fields or criteria."""
    first = next(iter(entries), None)
    language = telling.foreign(first.title) if first else ""
    return Column(telling.word("columns", level), language=language)


def _score_columns(telling: Telling) -> tuple[Column, ...]:
    word = telling.word
    return (
        Column(word("columns", "score"), True),
        Column(word("columns", "range"), True, word("units", "points")),
    )


def _score_cells(telling: Telling, level: str, entry: str) -> tuple[Cell, ...]:
    row = telling.profile.score(level, entry)
    behind = (telling.key(level, entry, "score"),)
    if row["withheld"] in ("group_size", "disclosure"):
        return (wording.score(telling, row), behind), (NOTHING, ())
    return (wording.score(telling, row), behind), (_possible(telling, row["low"], row["high"]), behind)


def _possible(telling: Telling, low: float, high: float) -> str:
    """A range of points; a dash where it is none, so that no number stands there again."""
    points = telling.language.points
    return NOTHING if points(low) == points(high) else telling.language.range(low, high)


def _reference_columns(telling: Telling) -> tuple[Column, ...]:
    units = {"median_of_others": "points", "middle_half_of_others": "points"}
    return _columns(telling, {**units, "n_of_others": "municipalities"})


def _reference_cells(telling: Telling, dimension: str) -> tuple[Cell, ...]:
    found = telling.profile.reference("dimension", dimension)
    if found is None or telling.profile.score("dimension", dimension)["withheld"]:
        return ((NOTHING, ()),) * 3
    median, q25, q75 = (
        telling.key("dimension", dimension, quantity, found.grouping) for quantity in ("median", "q25", "q75")
    )
    language = telling.language
    middle = language.range(found.q25, found.q75)
    return (language.points(found.median), (median,)), (middle, (q25, q75)), (str(found.n), (median,))
