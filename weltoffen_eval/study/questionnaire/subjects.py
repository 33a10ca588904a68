"""What the answers of a scale are about: how far something is in place, or anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from weltoffen_eval.study.questionnaire.instrument import Instrument, ResponseScale

#: What ``about`` of a scale may be: of the first, reports say what is in place, of the other the points.
SUBJECTS = (IMPLEMENTATION, OTHER) = "implementation", "other"

#: Words of a label by which a scale shows that it asks how far something is in place.
_TELLING = re.compile(
    r"vorhanden|umgesetzt|umsetzung|geplant|planung|vorbereitung|im aufbau|in arbeit|verankert|eingeführt"
    r"|in place|implemented|planned|in preparation|under way",
    re.IGNORECASE,
)
#: Words of a label by which it says that something is not.
_DENYING = re.compile(r"\b(nicht|kein\w*|nein|ohne|not|no|none|never|without)\b", re.IGNORECASE)


def labels_tell(labels: Iterable[str]) -> bool:
    """Whether one of the labels of a scale says that something is in place, or is to be."""
    return any(map(_TELLING.search, labels))


def is_of_implementation(scale: ResponseScale) -> bool:
    """Whether a scale asks how far something is in place: as it says, else by its labels."""
    if scale.about:
        return scale.about == IMPLEMENTATION
    return labels_tell(label for option in scale.options for label in option.label.values())


def asks_what_is_in_place(
    instrument: Instrument, points: Mapping[str, Mapping[int, float]] | None = None
) -> bool:
    """Whether all answers of a questionnaire are about what is in place, and the more points, the more is.

    A numeric scale that does not say what it is about is of what the others are. Where a question counts the
    other way round, many points mean that little is there, so the words for what is in place would be false.

    Parameters
    ----------
    points : by scale and code, where a scheme gives answers others than the questionnaire
    """
    used = {item.scale for item in instrument.items}
    asked = [scale for scale in instrument.scales if scale.id in used]
    saying = [scale for scale in asked if scale.kind == "ordinal" or scale.about]
    return (
        bool(saying)
        and all(map(is_of_implementation, saying))
        and all(item.direction > 0 for item in instrument.items)
        and not any(_most_is_none(scale, (points or {}).get(scale.id, {})) for scale in asked)
    )


def _most_is_none(scale: ResponseScale, points: Mapping[int, float]) -> bool:
    """Whether an answer with the most points says that something is not."""
    given = [(points.get(option.code, option.points), option) for option in scale.options]
    most = max((each for each, _ in given), default=0.0)
    return any(
        _DENYING.search(label) for each, option in given if each == most for label in option.label.values()
    )
