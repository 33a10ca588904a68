"""What stands in the place of a questionnaire in a wave that has none: the fields that its rows may name."""

from __future__ import annotations

from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Instrument


def fields_alone(study: Study) -> Instrument:
    """A questionnaire without questions and without an id; its fields are those of all waves."""
    fields = {one.id: one for asked in study.instruments.values() for one in asked.dimensions}
    return Instrument("", "", {}, "", "", tuple(fields.values()), (), (), ())
