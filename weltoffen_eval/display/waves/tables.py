"""The fields then and now as tables, each cell with the keys behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.waves import wording
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.waves import FieldChange, participants_change


def then_and_now(telling: Telling, shown: Sequence[FieldChange]) -> Table:
    """One row per field: points earlier and now, how that is stated, how many questions moved which way."""
    since = change_since(telling.profile)
    assert since is not None
    words, points = wording.catalogue(telling), telling.word("units", "points")
    questions = telling.word("units", "questions")
    return keyed_table(
        words.text("table", earlier=since.wave, wave=telling.profile.wave.id),
        (
            _fields(telling, shown),
            Column(since.wave, True, points),
            Column(telling.profile.wave.id, True, points),
            Column(telling.word("waves", "stated")),
            *(
                Column(telling.word("waves", name), True, questions)
                for name in ("higher", "lower", "unchanged", "not_comparable")
            ),
        ),
        ([_named(telling, found), *_cells(telling, found)] for found in shown),
        "waves",
    )


def _fields(telling: Telling, shown: Sequence[FieldChange]) -> Column:
    language = telling.foreign(shown[0].dimension.title) if shown else ""
    return Column(telling.word("columns", "dimension"), language=language)


def _named(telling: Telling, found: FieldChange) -> Cell:
    return telling.title(found.dimension.title), ()


def _cells(telling: Telling, found: FieldChange) -> list[Cell]:
    return [
        *((telling.language.points(side.value), (side.key,)) for side in (found.earlier, found.now)),
        (telling.word("waves", found.moved), (found.change.key,)),
        *(
            (str(int(count.value)), (count.key,))
            for count in (found.up, found.down, found.same, found.not_comparable)
        ),
    ]


def participants(telling: Telling) -> Table | None:
    """One row per setting and field in which persons may be told of in both waves; None without any."""
    told = [found for found in participants_change(telling.profile) if not math.isnan(found.value)]
    if not told:
        return None
    titles = {d.id: telling.title(d.title) for d in telling.profile.instrument.dimensions}
    return keyed_table(
        wording.catalogue(telling).text(
            "participants_table", earlier=told[0].variant, wave=telling.profile.wave.id
        ),
        (
            Column(telling.word("columns", "dimension")),
            Column(telling.word("columns", "setting")),
            Column(telling.word("waves", "difference"), True, telling.word("units", "points")),
            Column(telling.word("statistics", "interval"), True, telling.word("units", "points")),
            Column(telling.word("columns", "n"), True),
        ),
        (
            [
                (titles[found.id], ()),
                (telling.word("settings", found.setting), ()),
                (wording.signed(telling, found.value), (found.key,)),
                (_interval(telling, found), (found.key,)),
                (str(int(found.n)), (found.key,)),
            ]
            for found in told
        ),
        "waves-participants",
    )


def _interval(telling: Telling, found: Finding) -> str:
    if math.isnan(found.low):
        return NOTHING
    ends = (wording.signed(telling, end) for end in (found.low, found.high))
    return telling.word("forms", "range").format(**dict(zip(("low", "high"), ends, strict=True)))
