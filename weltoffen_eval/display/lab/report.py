"""What the scoring lab shows: two schemes, and what the change moves."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.blocks import Heading, Note, Paragraph
from weltoffen_eval.display import numbers
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.lab import figures, tables, wording
from weltoffen_eval.display.shown import Shown, facts
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Instrument


def title(study: Study, before: ScoringScheme, after: ScoringScheme) -> Shown:
    """The title of the scoring lab: which study, which two schemes."""
    return Shown(
        Heading(1, f"Bewertungslabor: {study.title}", "title"),
        facts((("vorher", _describe(before)), ("nachher", _describe(after)))),
        Note("Diese Daten sind synthetisch erzeugt.", "Beispieldaten") if study.synthetic else None,
    )


def _describe(scheme: ScoringScheme) -> str:
    weights = [
        f"{entry} zählt {numbers.decimal(weight)}-fach"
        for by_id in scheme.weights.values()
        for entry, weight in by_id.items()
    ]
    level = "Fragen" if scheme.levels == "items" else "Kriterien"
    least = numbers.percent(scheme.min_coverage)
    parts = [f"Mittel der {level}", f"mindestens {least} beantwortet", *weights]
    return f"{scheme.title['de']} ({scheme.id}): {', '.join(parts)}"


def scheme_change(compared: pd.DataFrame, instrument: Instrument) -> Shown:
    """What another scheme moves: sentence, picture, numbers."""
    sentence = wording.scheme_change(compared, instrument)
    return Shown(
        Paragraph(sentence, lead=True),
        *figure_blocks(
            instrument.dimensions,
            lambda part: figures.scheme_change(compared, instrument, part),
            "change",
            "Veränderung je Handlungsfeld; ein Punkt steht für eine Kommune in einer Welle.",
            lambda part: "Punktediagramm der Veränderungen in Punkten je Handlungsfeld. " + sentence,
            tables.scheme_change(compared, instrument),
        ),
    )
