"""Small questionnaires and answers that a test can work out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from weltoffen_eval.study.instrument import Criterion, Dimension, Instrument, Item, Option, ResponseScale

TITLE = {"de": "x"}
#: Five options of 0, 25, 50, 75 and 100 points.
FIVE = ResponseScale("five", "ordinal", tuple(Option(n, 25.0 * n, {"de": str(n)}) for n in range(5)))
NUMBER = ResponseScale("number", "numeric", minimum=10.0, maximum=30.0)
#: Whose options do not reach the ends.
NARROW = ResponseScale("narrow", "ordinal", (Option(0, 40.0, {"de": "0"}), Option(1, 60.0, {"de": "1"})))
Given = int | float | str | None


def item(
    name: str, criterion: str = "", weight: float = 1.0, scale: str = "five", dimension: str = "d",
    direction: int = 1,
) -> Item:  # fmt: skip
    return Item(name, dimension, criterion, 0, scale, direction, weight, "", TITLE)


def instrument(
    items: Sequence[Item],
    criteria: Mapping[str, float] | None = None,
    dimensions: Mapping[str, float] | None = None,
) -> Instrument:
    """A questionnaire; weights of criteria and dimensions by id. Criteria belong to where their items are."""
    at = {entry.criterion: entry.dimension for entry in items}
    weights = dict.fromkeys((e.criterion for e in items if e.criterion), 1.0) | dict(criteria or {})
    of_dimension = dict.fromkeys((e.dimension for e in items), 1.0) | dict(dimensions or {})
    return Instrument(
        "t", "1", TITLE, "", "",
        tuple(Dimension(name, TITLE, weight) for name, weight in of_dimension.items()),
        tuple(Criterion(name, at.get(name, "d"), TITLE, weight) for name, weight in weights.items()),
        (FIVE, NUMBER, NARROW), tuple(items),
    )  # fmt: skip


def responses(
    sheets: Mapping[str, Mapping[str, Given]] | Sequence[Mapping[str, Given]], municipality: str = "m",
    unit: str = "institution", perspective: str = "administration", setting: str = "questionnaire",
    wave: str = "w",
) -> pd.DataFrame:  # fmt: skip
    """One row per sheet × item: an option's code, a number with a decimal point, or a kind of non-answer."""
    named = sheets if isinstance(sheets, Mapping) else {f"r{n}": sheet for n, sheet in enumerate(sheets)}
    rows = [
        {
            "municipality": municipality, "wave": wave, "setting": setting, "perspective": perspective,
            "unit": unit, "respondent": name, "item": entry,
            "code": given if isinstance(given, int) else None,
            "value": given if isinstance(given, float) else None,
            "missing": given if isinstance(given, str) else None,
        }
        for name, sheet in named.items()
        for entry, given in sheet.items()
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"code": "Int64", "value": "Float64", "missing": "str"})
