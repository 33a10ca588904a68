"""The codebook of an exported wave: every variable with its wording and codes, and how often each came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from weltoffen_eval.display.export.tables import CodedAnswers
from weltoffen_eval.display.export.variables import WHO
from weltoffen_eval.display.language import Language
from weltoffen_eval.study.questionnaire.instrument import Instrument

COLUMNS = (
    "variable", "item", "text", "label", "dimension", "criterion", "scale", "direction", "code", "answer",
    "missing", "n",
)  # fmt: skip


def codebook(
    instrument: Instrument, answers: Iterable[CodedAnswers], language: Language
) -> Iterator[tuple[str | int | float, ...]]:
    """A row per variable × code; of a scale of numbers one for all numbers (``code``: from … to …).

    ``missing`` names the kind of a missing answer; ``n`` counts sheets.
    """
    for name in WHO:
        yield name, "", "", "", "", "", "", "", "", "", "", ""
    criteria = {criterion.id: criterion for criterion in instrument.criteria}
    for of_item in answers:
        variable, item, scale = of_item.variable, of_item.variable.item, of_item.scale
        criterion = criteria.get(item.criterion)
        about = (
            variable.name, item.id, variable.label, language.of(item.label).text if item.label else "",
            language.of(instrument.dimension(item.dimension).title).text,
            language.of(criterion.title).text if criterion else "", scale.id, item.direction,
        )  # fmt: skip
        if scale.kind == "numeric":
            yield *about, f"{scale.minimum:g}–{scale.maximum:g}", "", "", int((of_item.kinds < 0).sum())
        kind_of = {code: kind for kind, code in variable.missing.items()}
        for code, label in variable.labels.items():
            yield *about, code, label, kind_of.get(code, ""), int(np.sum(of_item.numbers == code))
