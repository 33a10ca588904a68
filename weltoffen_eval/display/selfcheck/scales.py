"""What each answer counts: the steps of the scales by their points, their states, and words for points."""

from __future__ import annotations

import math

from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.language import NOTHING, whole
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.standing import state_of_points
from weltoffen_eval.study.questionnaire.instrument import Item


def table(telling: Telling) -> Table | None:
    """One row per number of points that an answer can have; nothing where all answers are numbers."""
    profile = telling.profile
    stepped = [
        item for item in profile.instrument.items if profile.instrument.scale_of(item.id).kind == "ordinal"
    ]
    columns = _columns(stepped)
    labels: dict[int, dict[str, list[str]]] = {}
    languages = set()
    for item in stepped:
        points, _, _ = item_points(item, profile.instrument, profile.scheme)
        for option in profile.instrument.scale_of(item.id).options:
            row = labels.setdefault(whole(points[option.code]), {head: [] for head in columns.values()})
            label, head = telling.title(option.label), columns[item.scale]
            if label not in row[head]:
                row[head].append(label)
                languages.add(telling.foreign(option.label))
    if not labels:
        return None
    language = languages.pop() if len(languages) == 1 else ""
    heads = list(dict.fromkeys(columns.values()))
    return Table(
        telling.text("scales_table"),
        (
            Column(telling.word("columns", "score"), True),
            *(Column(telling.word("columns", head), language=language) for head in heads),
            Column(telling.word("columns", "item_state")),
        ),
        tuple(
            (
                str(points),
                *("; ".join(labels[points][head]) or NOTHING for head in heads),
                telling.word("item_states", state_of_points(points)),
            )
            for points in sorted(labels)
        ),
        "scales",
    )


def _columns(items: list[Item]) -> dict[str, str]:
    """The head of a column for every scale: one for each aspect if scales are parted so, else one for all."""
    aspects: dict[str, set[str]] = {}
    for item in items:
        aspects.setdefault(item.scale, set()).add(item.aspect)
    parted = len(aspects) > 1 and all(len(found) == 1 and "" not in found for found in aspects.values())
    return {scale: f"answer_{min(found)}" if parted else "answer" for scale, found in aspects.items()}


def words_for_points(telling: Telling) -> list[tuple[str, str]]:
    """Printed bounds and the word of the scheme for what lies between them; of whole points, as printed."""
    found: list[tuple[str, str]] = []
    lower = 0
    for entry in telling.bands:
        upper = math.ceil(entry.below)
        if not found and upper <= 100:
            points = telling.text("band_below", upper=float(upper))
        elif upper > 100:
            points = telling.text("band_from", lower=float(lower))
        else:
            points = telling.text("band_between", lower=float(lower), last=float(upper - 1))
        found.append((points, telling.title(entry.label)))
        lower = upper
    return found
