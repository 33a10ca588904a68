"""What the answers of a scale are about: how far something is in place, or anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from weltoffen_eval.study.questionnaire.instrument import Instrument, ResponseScale

#: What ``about`` of a scale may be: of the first, reports say what is in place, of the other the points.
SUBJECTS = (IMPLEMENTATION, OTHER) = "implementation", "other"

#: Words of a label by which a scale shows that it asks how far something is in place.
_TELLING = re.compile(
    r"vorhanden|umgesetzt|umsetzung|geplant|planung|vorbereitung|im aufbau|in arbeit|verankert|eingeführt"
    r"|in place|implemented|planned|in preparation|under way",
    re.IGNORECASE,
)


def labels_tell(labels: Iterable[str]) -> bool:
    """Whether one of the labels of a scale says that something is in place, or is to be."""
    return any(map(_TELLING.search, labels))


def is_of_implementation(scale: ResponseScale) -> bool:
    """Whether a scale asks how far something is in place: as it says, else by its labels."""
    if scale.about:
        return scale.about == IMPLEMENTATION
    return labels_tell(label for option in scale.options for label in option.label.values())


def asks_what_is_in_place(instrument: Instrument) -> bool:
    """Whether all answers of a questionnaire are about what is in place.

    A numeric scale that does not say what it is about is of what the others are.
    """
    used = {item.scale for item in instrument.items}
    saying = [
        scale for scale in instrument.scales if scale.id in used and (scale.kind == "ordinal" or scale.about)
    ]
    return bool(saying) and all(map(is_of_implementation, saying))
