"""What the scoring lab shows: two schemes, and what the change moves."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.blocks import Heading
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.lab import figures, tables, wording
from weltoffen_eval.display.lab.catalogue import said_in_lab
from weltoffen_eval.display.shown import Shown, facts, note, paragraph
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Instrument


def title(study: Study, before: ScoringScheme, after: ScoringScheme) -> Shown:
    """The title of the scoring lab: which study, which two schemes."""
    said = said_in_lab()
    terms = (said.language.word("columns", column) for column in ("before", "after"))
    return Shown(
        Heading(1, said.text("title", study=study.title), "title"),
        facts(zip(terms, (_describe(before), _describe(after)), strict=True)),
        note(said.language.word("labels", "synthetic"), said.say("synthetic")) if study.synthetic else None,
    )


def _describe(scheme: ScoringScheme) -> str:
    said = said_in_lab()
    rules = [
        said.text("mean_of_items" if scheme.levels == "items" else "mean_of_criteria"),
        said.text("least_answered", share=scheme.min_coverage),
        *(
            said.text("weight", entry=entry, weight=weight)
            for by_id in scheme.weights.values()
            for entry, weight in by_id.items()
        ),
    ]
    title = said.language.of(scheme.title)
    return said.text("scheme", title=title, id=scheme.id, rules=", ".join(rules))


def scheme_change(compared: pd.DataFrame, instrument: Instrument) -> Shown:
    """What another scheme moves: sentence, picture, numbers."""
    said, sentence = said_in_lab(), wording.scheme_change(compared, instrument)
    return Shown(
        paragraph(sentence, lead=True),
        *figure_blocks(
            instrument.dimensions,
            lambda part: figures.scheme_change(compared, instrument, part),
            "change",
            said.text("caption"),
            lambda part: said.text("alternative", said=sentence.text),
            tables.scheme_change(compared, instrument),
        ),
    )
