"""The answers to a few questions, person by person where these are few: pictures with their table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.blocks import Column, Figure, Table
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.answers import answer, non_answer_label, short_name
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.workshop import answer_figures
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.workshop_findings import OPEN, Rated
from weltoffen_eval.results.workshop_views import question_views
from weltoffen_eval.study.questionnaire.instrument import Item

#: Questions in one picture: with a line for each group it is as tall as half a page.
_IN_ONE = 4


def figures(telling: WorkshopTelling, items: Sequence[Item]) -> list[Figure]:
    """Pictures of the answers, a few questions in each."""
    return figure_blocks(
        items,
        lambda part: answer_figures.answers(telling, part),
        "answers",
        " ".join(_caption(telling, items)),
        lambda part: _alternative(telling, part),
        _table(telling, items),
        telling.common,
        most=_IN_ONE,
    )


def _caption(telling: WorkshopTelling, items: Sequence[Item]) -> Iterator[str]:
    """What stands in the pictures for a person, for many, and for a group that shows its mean alone."""
    yield telling.text("answers_caption")
    views = [(item, view) for item in items for view in question_views(telling.workshop, item.id)]
    shown = [bool(in_words(telling, item, view.group)[1]) for item, view in views]
    if any(
        told and view.persons >= answer_figures.BARS_FROM
        for told, (_, view) in zip(shown, views, strict=True)
    ):
        yield telling.text("answers_bars")
    if not all(shown):
        yield telling.text("answers_means")


def _table(telling: WorkshopTelling, items: Sequence[Item]) -> Table:
    """A row per question: what the administration answered, and how many of each group answered what."""
    groups = list(
        dict.fromkeys(view.group for item in items for view in question_views(telling.workshop, item.id))
    )
    groups.sort(key=[*_rated(telling).cells, ALL].index)
    rows: list[list[Cell]] = [
        [
            (short_name(telling, item).text, ()),
            own_answer(telling, item),
            *(_cell(telling, item, group) for group in groups),
        ]
        for item in items
    ]
    return keyed_table(
        telling.text("answers_table", municipality=telling.profile.municipality.name),
        (
            Column(telling.word("columns", "question")),
            Column(telling.text("label_own")),
            *(Column(telling.group_label(group)) for group in groups),
        ),
        rows,
        "answers",
    )


def own_answer(telling: WorkshopTelling, item: Item) -> Cell:
    """What the administration answered, in words."""
    said = answer(telling, item.id)
    return said.text, said.rests_on


def _cell(telling: WorkshopTelling, item: Item, group: str) -> Cell:
    said, keys = in_words(telling, item, group)
    if keys:
        return said, keys
    for view in question_views(telling.workshop, item.id):
        if view.group == group:
            behind = (view.finding.key, telling.key("item", item.id, "score"))
            return telling.text("mean_of_persons", points=view.points), behind
    return NOTHING, ()


def in_words(telling: WorkshopTelling, item: Item, group: str) -> tuple[str, tuple[str, ...]]:
    """How many of a group gave which answer, lowest first, and the keys; nothing where it may not be told."""
    labels = {
        option.code: telling.title(option.label)
        for option in telling.profile.instrument.scale_of(item.id).options
    }
    parts, keys = [], []
    for code, label in labels.items():
        found = _rated(telling).finding(group, "item", item.id, f"n={code}")
        if found is None or math.isnan(found.value):
            return "", ()
        if found.value:
            times = telling.language.times(int(found.value))
            parts.append(telling.text("answer_counted", times=times, answer=telling.language.quoted(label)))
            keys.append(found.key)
    for kind in OPEN:
        found = _rated(telling).finding(group, "item", item.id, f"n_missing={kind}")
        if found is not None and found.value > 0:
            times = telling.language.times(int(found.value))
            label = non_answer_label(telling, item.id, kind).text
            parts.append(telling.text("answer_counted", times=times, answer=telling.language.quoted(label)))
            keys.append(found.key)
    return ", ".join(parts), tuple(keys)


def _rated(telling: WorkshopTelling) -> Rated:
    rated = telling.workshop.questions
    assert rated is not None
    return rated


def _alternative(telling: WorkshopTelling, part: Sequence[Item]) -> str:
    name = clipped(telling.profile.municipality.name)
    return fitting(
        [_in_alternative(telling, item) for item in part],
        lambda parts: telling.text("answers_alternative", municipality=name, questions=parts),
        lambda parts: telling.text("answers_alternative_cut", municipality=name, questions=parts),
    )


def _in_alternative(telling: WorkshopTelling, item: Item) -> str:
    own = telling.profile.item_scores[item.id]
    views = [telling.text("view_in_alternative", group=telling.text("label_own"), points=own)]
    views += [
        telling.text("view_in_alternative", group=telling.group_label(view.group), points=view.points)
        for view in question_views(telling.workshop, item.id)
    ]
    return telling.text(
        "field_in_alternative", field=clipped(short_name(telling, item).text, 60), views=views
    )
