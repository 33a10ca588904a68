"""The numbers of the Selbstcheck as tables, ready to be shown, each cell with the keys behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.answers import answer
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.selfcheck import wording
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.study.questionnaire.instrument import Criterion, Dimension

#: The text of a cell and the keys behind it.
Cell = tuple[str, tuple[str, ...]]


def dimension_profile(telling: Telling) -> Table:
    """One row per dimension: points, bounds, answered questions, n; the reference, where there is one."""
    profile = telling.profile
    dimensions = profile.instrument.dimensions
    compared = any(profile.reference("dimension", d.id) for d in dimensions)
    return _table(
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


def criterion_profile(telling: Telling, dimension: str) -> Table:
    """One row per criterion of a dimension: points, bounds, answered questions, n."""
    instrument = telling.profile.instrument
    criteria = instrument.criteria_of(dimension)
    return _table(
        telling.text("criteria_table", field=telling.label(instrument.dimension(dimension).title)),
        (_named(telling, "criterion", criteria), *_score_columns(telling)),
        ([(telling.title(c.title), ()), *_score_cells(telling, "criterion", c.id)] for c in criteria),
        f"criteria-{dimension}",
    )


def robustness(telling: Telling) -> Table:
    """One row per dimension with a score: what open questions and other choices could make of it."""
    profile, language = telling.profile, telling.language
    shown = [d for d in profile.instrument.dimensions if d.id in profile.bands]
    rows = []
    for dimension in shown:
        row, band = profile.score("dimension", dimension.id), profile.bands[dimension.id]

        def key(quantity: str, variant: str = "", entry: str = dimension.id) -> tuple[str, ...]:
            return (telling.key("dimension", entry, quantity, variant),)

        influence = tuple(key_of for choice in band.influence for key_of in key("influence", choice))
        rows.append(
            [
                (telling.title(dimension.title), ()),
                (language.points(row["score"]), key("score")),
                (language.decimal(row["n_items"] - row["n_answered"]), key("coverage")),
                (language.range(row["low"], row["high"]), key("score")),
                (language.range(band.low, band.high), key("band")),
                (telling.word("choices", band.strongest or "none"), influence),
                (language.points(band.geometric), key("geometric_score")),
            ]
        )
    heads = {"score": "points", "open": "questions", "with_open_items": "points", "nine_of_ten": "points"}
    return _table(
        telling.text("robustness_table"),
        (
            _named(telling, "dimension", shown),
            *_columns(telling, heads),
            Column(telling.word("columns", "strongest")),
            *_columns(telling, {"geometric": "points"}),
        ),
        rows,
        "robustness",
    )


def items(telling: Telling, dimension: str) -> Table:
    """The questions of a dimension with the answer in words and its points."""
    profile = telling.profile
    entries = profile.instrument.items_of(dimension)
    answers = [answer(telling, item.id) for item in entries]
    languages = {said.language for said in answers}
    rows = []
    for item, said in zip(entries, answers, strict=True):
        row = profile.score("item", item.id)
        shown = NOTHING if row["withheld"] else telling.language.points(row["score"])
        rows.append(
            [
                (item.id, ()),
                (telling.title(item.text), ()),
                (telling.word("aspects", item.aspect or "none"), ()),
                (said.text, said.rests_on),
                (shown, (telling.key("item", item.id, "score"),)),
            ]
        )
    return _table(
        telling.text("questions_table", field=telling.label(profile.instrument.dimension(dimension).title)),
        (
            Column(telling.word("columns", "number")),
            Column(telling.word("columns", "question"), language=telling.foreign(entries[0].text)),
            Column(telling.word("columns", "aspect")),
            Column(
                telling.word("columns", "answer"),
                language=languages.pop() if len(languages) == 1 else "",
            ),
            *_columns(telling, {"score": "points"}),
        ),
        rows,
        f"items-{dimension}",
        anchors=tuple(f"item-{item.id}" for item in entries),
    )


def all_scores(telling: Telling) -> Table:
    """Every score of the administration below the dimensions' items: criteria and dimensions."""
    instrument = telling.profile.instrument
    rows = []
    for dimension in instrument.dimensions:
        rows.append(_level_row(telling, "dimension", dimension))
        rows += [_level_row(telling, "criterion", c) for c in instrument.criteria_of(dimension.id)]
    language = telling.foreign(instrument.dimensions[0].title)
    if telling.profile.scheme.overall:
        cells = _score_cells(telling, "overall", "overall")
        name = telling.word("cells", "all_dimensions")
        rows.append([(name, ()), (telling.word("levels", "overall"), ()), *cells])
        # the last row is in the reader's language
        language = ""
    return _table(
        telling.text("all_scores_table"),
        (
            Column(telling.word("columns", "name"), language=language),
            Column(telling.word("columns", "level")),
            *_score_columns(telling),
        ),
        rows,
        "scores",
    )


def _level_row(telling: Telling, level: str, entry: Dimension | Criterion) -> list[Cell]:
    """Name, level and scores of a field or criterion."""
    named: list[Cell] = [(telling.title(entry.title), ()), (telling.word("levels", level), ())]
    return [*named, *_score_cells(telling, level, entry.id)]


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
    return _columns(telling, {"score": "points", "range": "points", "answered": "questions", "n": "sheets"})


def _score_cells(telling: Telling, level: str, entry: str) -> tuple[Cell, ...]:
    row = telling.profile.score(level, entry)
    of_score, of_coverage = ((telling.key(level, entry, name),) for name in ("score", "coverage"))
    if row["withheld"] == "group_size":
        # how much few persons answered is theirs too
        said = wording.score(telling, row)
        return (said, of_score), (NOTHING, ()), (NOTHING, ()), (str(row["n"]), of_score)
    return (
        (wording.score(telling, row), of_score),
        (telling.language.range(row["low"], row["high"]), of_score),
        (telling.language.part_of(row["n_answered"], row["n_items"]), of_coverage),
        (str(row["n"]), of_score),
    )


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


def _table(
    caption: str,
    columns: tuple[Column, ...],
    rows: Iterable[list[Cell]],
    name: str,
    anchors: tuple[str, ...] = (),
) -> Table:
    """A table of cells that know what they rest on."""
    filled = list(rows)
    return Table(
        caption,
        columns,
        tuple(tuple(text for text, _ in row) for row in filled),
        name,
        anchors,
        rests_on=tuple(keys for row in filled for _, keys in row),
    )
