"""The fields of action that a row may name: those of the questionnaire of its wave, by id or title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.definition import Study


@dataclass(frozen=True)
class Fields:
    """``ids`` by spelling; ``any_word``: a questionnaire is named, but was refused, so any may be one."""

    ids: Mapping[str, str]
    expected: str
    any_word: bool = False

    def find(self, text: str) -> str | None:
        """The id of the field that a text names; None where it names none."""
        return text if self.any_word else self.ids.get(folded(text))


def fields_of(study: Study, wave: str) -> Fields:
    """The fields of a wave; those of all waves where it has no questionnaire, or none is named."""
    here = study.instruments.get(wave)
    instruments = [here] if here is not None else list(study.instruments.values())
    if not instruments:
        named = any(one.instrument for one in study.waves)
        expected = "nothing: the study names no questionnaire whose fields these could be"
        return Fields({}, expected, any_word=named)
    dimensions = {one.id: one for instrument in instruments for one in instrument.dimensions}
    ids: dict[str, str] = {}
    for key, dimension in dimensions.items():
        for spelling in (key, *dimension.title.values()):
            ids.setdefault(folded(spelling), key)
    return Fields(ids, "one of " + ", ".join(dimensions) + ", or the title of one of them")
