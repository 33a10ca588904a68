"""What a scheme file may say: the model of its tables."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator

from weltoffen_eval.analysis.scheme import DEFAULT_BANDS, LEVELS, MEANS, Band, ScoringScheme
from weltoffen_eval.study import declared
from weltoffen_eval.study.declared import DeclaredTable, required
from weltoffen_eval.study.languages import ByLanguage
from weltoffen_eval.study.toml_files import show_value

#: Beyond it, a weight would leave nothing to the others.
MOST_WEIGHT = 1e6
#: As TOML writes the key of an option's code; one spelling for each.
_CODE = re.compile(r"0|-?[1-9][0-9]{0,8}")


class BandTable(DeclaredTable):
    """One of ``bands``."""

    below: Annotated[float, declared.number(at_least=0)] = required()
    label: Annotated[ByLanguage, declared.title()] = required()


class AggregationTable(DeclaredTable):
    """The mean of each level."""

    criterion: Annotated[str, declared.choice(MEANS)] = "arithmetic"
    dimension: Annotated[str, declared.choice(MEANS)] = "arithmetic"
    overall: Annotated[str, declared.choice(MEANS)] = "arithmetic"


def _each_level(value: Any) -> Any:
    """One mean for all levels, or the table of them."""
    if isinstance(value, dict):
        return value
    return dict.fromkeys(LEVELS, declared.check_value(value, declared.choose(MEANS)))


def _families(value: Any) -> tuple[tuple[str, ...], ...]:
    """Lists of kinds of municipality, each kind once."""
    if not isinstance(value, list):
        value = [value]
    families = tuple(tuple(declared.check_value(family, lambda s: s.texts("value"))) for family in value)
    kinds = [kind for family in families for kind in family]
    if len(set(kinds)) < len(kinds) or not all(kinds) or not all(families):
        expected = "lists of kinds of municipality, each kind once"
        declared.check_value(value, lambda s: s.fault("value", show_value(value), expected))
    return families


def _code(written: str) -> int | None:
    return int(written) if _CODE.fullmatch(written) else None


Weights = dict[str, Annotated[float, declared.number(at_least=0, at_most=MOST_WEIGHT)]]
Code = Annotated[int, declared.name_of("the code of an option", _code)]
Points = dict[Code, Annotated[float, declared.number(at_least=0, at_most=100)]]


class WeightTables(DeclaredTable):
    """Weights by id, in place of the questionnaire's."""

    dimension: Weights = Field(default_factory=dict)
    criterion: Weights = Field(default_factory=dict)
    item: Weights = Field(default_factory=dict)


class SchemeFile(DeclaredTable):
    """A scheme file."""

    id: Annotated[str, declared.key("a scheme id")] = required()
    title: Annotated[ByLanguage, declared.title()] = required()
    note: Annotated[str, declared.any_text()] = ""
    levels: Annotated[str, declared.choice(("items", "criteria"))] = "items"
    aggregation: Annotated[AggregationTable, BeforeValidator(_each_level)] = AggregationTable()
    min_coverage: Annotated[float, declared.number(at_least=0, at_most=1)] = 0.6
    min_group_size: Annotated[int, declared.whole_number(at_least=1)] = 5
    overall: Annotated[bool, declared.boolean()] = False
    bands: list[BandTable] | None = None
    reference_families: Annotated[tuple[tuple[str, ...], ...], PlainValidator(_families)] = ()
    weights: WeightTables = WeightTables()
    points: dict[str, Points] = Field(default_factory=dict)

    def as_scheme(self, sha256: str) -> ScoringScheme:
        """The scheme that the file describes; bands that it does not name are those of the contract."""
        return ScoringScheme(
            id=self.id,
            title=self.title,
            note=self.note,
            levels=self.levels,
            aggregation=self.aggregation.model_dump(),
            min_coverage=self.min_coverage,
            min_group_size=self.min_group_size,
            overall=self.overall,
            bands=DEFAULT_BANDS
            if self.bands is None
            else tuple(Band(float(band.below), band.label) for band in self.bands),
            weights={kind: _as_floats(given) for kind, given in self.weights.model_dump().items()},
            points={scale: _as_floats(given) for scale, given in self.points.items()},
            sha256=sha256,
            reference_families=self.reference_families,
        )


def _as_floats(numbers: dict[Any, float]) -> dict[Any, float]:
    """The same with whole numbers as decimal ones."""
    return {name: float(number) for name, number in numbers.items()}
