"""Instrument and scheme as the contract describes them, numbers as exact fractions."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

LEVELS = ("item", "criterion", "dimension", "overall")


class Refused(Exception):
    """The contract calls what was found a fault."""


@dataclass(frozen=True)
class Scale:
    """What answers there are: codes with points, or a range of numbers; and words for both and for none."""

    points: dict[int, Fraction]
    low: Fraction | None
    high: Fraction | None
    words: dict[str, int]
    non_answers: dict[str, str]
    non_answer_codes: dict[int, str]

    def points_of(self, answer: int | Fraction) -> Fraction:
        if self.low is None or self.high is None:
            return self.points[int(answer)]
        return 100 * (Fraction(answer) - self.low) / (self.high - self.low)

    def ends(self) -> tuple[Fraction, Fraction]:
        """The worst and the best points that an answer can have."""
        if self.points:
            return min(self.points.values()), max(self.points.values())
        return Fraction(0), Fraction(100)


@dataclass(frozen=True)
class Item:
    id: str
    dimension: str
    criterion: str
    scale: str
    reversed: bool
    weight: Fraction
    kinds: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()

    def is_put_to(self, kind: str) -> bool:
        """To everybody, or to these kinds of municipality; one without a kind is asked everything."""
        return not self.kinds or not kind or kind in self.kinds


@dataclass(frozen=True)
class Instrument:
    dimensions: dict[str, Fraction]
    criteria: dict[str, tuple[str, Fraction]]
    scales: dict[str, Scale]
    items: dict[str, Item]


@dataclass(frozen=True)
class Scheme:
    """Its defaults are those of the sample in the contract."""

    levels: str = "items"
    aggregation: dict[str, str] = field(default_factory=dict)
    min_coverage: Fraction = Fraction(6, 10)
    min_group_size: int = 5
    overall: bool = False
    weights: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    points: dict[str, dict[int, Fraction]] = field(default_factory=dict)

    def is_geometric(self, level: str) -> bool:
        return self.aggregation.get(level, "arithmetic") == "geometric"


def read_toml(path: Path) -> dict[str, Any]:
    """Decimal numbers as written: 0.1 is one tenth."""
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Fraction)


def _scale(table: dict[str, Any]) -> Scale:
    options, silent = table.get("options", []), table.get("non_answers", [])

    def words(entry: dict[str, Any]) -> list[str]:
        return [*entry["label"].values(), *entry.get("aliases", [])]

    numeric = table["kind"] == "numeric"
    return Scale(
        points={option["code"]: Fraction(option["points"]) for option in options},
        low=Fraction(table["min"]) if numeric else None,
        high=Fraction(table["max"]) if numeric else None,
        words={word: option["code"] for option in options for word in words(option)},
        non_answers={word: entry["kind"] for entry in silent for word in words(entry)},
        non_answer_codes={entry["code"]: entry["kind"] for entry in silent if "code" in entry},
    )


def read_instrument(folder: Path) -> Instrument:
    table = read_toml(folder / "instrument.toml")
    with (folder / "items.csv").open(encoding="utf-8", newline="") as stream:
        items = {
            row["item"]: Item(
                row["item"],
                row["dimension"],
                row.get("criterion") or "",
                row["scale"],
                row["direction"] == "-1",
                Fraction(row.get("weight") or 1),
                tuple(kind.strip() for kind in (row.get("applies_to") or "").split(";") if kind.strip()),
                tuple(text for head, text in row.items() if head.startswith(("text_", "label_")) and text),
            )
            for row in csv.DictReader(stream)
        }
    dimensions = {entry["id"]: Fraction(entry.get("weight", 1)) for entry in table["dimension"]}
    criteria = {
        entry["id"]: (entry["dimension"], Fraction(entry.get("weight", 1)))
        for entry in table.get("criterion", [])
    }
    if set(dimensions) - {item.dimension for item in items.values()}:
        raise Refused("a dimension without items")
    if set(criteria) - {item.criterion for item in items.values()}:
        raise Refused("a criterion without items")
    scales = {entry["id"]: _scale(entry) for entry in table["scale"]}
    return Instrument(dimensions, criteria, scales, items)


def read_scheme(path: Path) -> Scheme:
    table = read_toml(path)
    how = table.get("aggregation", "arithmetic")
    weights = {
        level: {key: Fraction(weight) for key, weight in entries.items()}
        for level, entries in table.get("weights", {}).items()
    }
    points = {
        scale: {int(code): Fraction(value) for code, value in entries.items()}
        for scale, entries in table.get("points", {}).items()
    }
    return Scheme(
        levels=table.get("levels", "items"),
        aggregation=dict.fromkeys(LEVELS, how) if isinstance(how, str) else how,
        min_coverage=Fraction(table.get("min_coverage", Fraction(6, 10))),
        min_group_size=table.get("min_group_size", 5),
        overall=table.get("overall", False),
        weights=weights,
        points=points,
    )


def under_scheme(instrument: Instrument, scheme: Scheme) -> Instrument:
    """The instrument with the weights and points that the scheme puts in place of its own."""

    def weight(level: str, key: str, own: Fraction) -> Fraction:
        return scheme.weights.get(level, {}).get(key, own)

    return Instrument(
        {key: weight("dimension", key, own) for key, own in instrument.dimensions.items()},
        {key: (place, weight("criterion", key, own)) for key, (place, own) in instrument.criteria.items()},
        {
            key: Scale(
                {**scale.points, **scheme.points.get(key, {})},
                scale.low,
                scale.high,
                scale.words,
                scale.non_answers,
                scale.non_answer_codes,
            )
            for key, scale in instrument.scales.items()
        },
        {
            key: Item(
                key,
                item.dimension,
                item.criterion,
                item.scale,
                item.reversed,
                weight("item", key, item.weight),
                item.kinds,
                item.wordings,
            )
            for key, item in instrument.items.items()
        },
    )
