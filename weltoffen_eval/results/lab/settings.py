"""The settings of a scheme that the lab changes, by their names in the file: ``weights.dimension.access``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from weltoffen_eval.analysis.scheme import LEVELS, MEANS, Band, ScoringScheme
from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.results.scheme_model import MOST_WEIGHT
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Kinds of entries that have a weight.
KINDS = ("dimension", "criterion", "item")


class SettingError(CallError):
    """A value that a setting cannot have; ``reason`` names why, ``setting`` and ``found`` what was tried.

    ``reason`` is one of ``number`` (``least`` to ``most``), ``choice``, ``bands``, ``no_weight`` (a dimension
    would be left without any item), ``unknown`` (there is no such setting).
    """

    def __init__(
        self, reason: str, setting: str, found: Any, expected: str, least: float = 0.0, most: float = 0.0
    ):
        self.reason, self.setting, self.found = reason, setting, found
        self.least, self.most = least, most
        super().__init__(f"{setting} is {found!r}; it is {expected}.")


def value_of(scheme: ScoringScheme, instrument: Instrument, setting: str) -> Any:
    """What holds for a setting: of the scheme, else of the questionnaire.

    Raises
    ------
    SettingError
        If there is no such setting.
    """
    match _parts(setting, instrument):
        case ["weights", kind, name]:
            return scheme.weight(kind, name, _own_weight(instrument, kind, name))
        case ["points", scale, code]:
            return scheme.points.get(scale, {}).get(int(code), _own_points(instrument, scale, int(code)))
        case ["aggregation", level]:
            return scheme.aggregation[level]
        case ["bands"]:
            return tuple((band.below, next(iter(band.label.values()))) for band in scheme.bands)
        case [name]:
            return getattr(scheme, name)
    raise AssertionError(setting)


def with_value(scheme: ScoringScheme, instrument: Instrument, setting: str, value: Any) -> ScoringScheme:
    """The scheme with another value of a setting; it has no hash, for it lies in no file.

    Raises
    ------
    SettingError
        If there is no such setting, or it cannot have this value.
    """
    parts = _parts(setting, instrument)
    match parts:
        case ["weights", kind, name]:
            weight = _number(setting, value, 0, MOST_WEIGHT)
            changed = _in_table(scheme.weights, kind, name, weight)
            made = replace(scheme, weights=changed)
            _check_weights(made, instrument, setting, value)
        case ["points", scale, code]:
            points = _number(setting, value, 0, 100)
            made = replace(scheme, points=_in_table(scheme.points, scale, int(code), points))
        case ["aggregation", level]:
            mean = _choice(setting, value, MEANS)
            made = replace(scheme, aggregation={**scheme.aggregation, level: mean})
        case ["levels"]:
            made = replace(scheme, levels=_choice(setting, value, ("items", "criteria")))
        case ["overall"]:
            made = replace(scheme, overall=_choice(setting, value, (False, True)))
        case ["min_coverage"]:
            made = replace(scheme, min_coverage=_number(setting, value, 0, 1))
        case _:
            made = replace(scheme, bands=_bands(scheme, value))
    return replace(made, sha256="")


def _parts(setting: str, instrument: Instrument) -> list[str]:
    """The parts of a setting's name, an id with dots being one.

    Raises
    ------
    SettingError
        If there is no such setting.
    """
    first, _, rest = setting.partition(".")
    if setting in ("levels", "overall", "min_coverage", "bands"):
        return [setting]
    if first == "aggregation" and rest in LEVELS:
        return [first, rest]
    if first == "weights":
        kind, _, name = rest.partition(".")
        known = [entry.id for entry in entries_of(instrument, kind)]
        if name in known:
            return [first, kind, name]
        raise SettingError("unknown", setting, name, f"the id of a {kind}{did_you_mean(name, known)}")
    scale, _, code = rest.rpartition(".")
    if first == "points" and (scale, code) in {
        (s.id, str(o.code)) for s in instrument.scales for o in s.options
    }:
        return [first, scale, code]
    raise SettingError("unknown", setting, setting, "no setting of a scheme")


def entries_of(instrument: Instrument, kind: str) -> tuple[Any, ...]:
    """The dimensions, criteria or items of a questionnaire; none of any other kind."""
    tables = (instrument.dimensions, instrument.criteria, instrument.items)
    return dict(zip(KINDS, tables, strict=True)).get(kind, ())


def _own_weight(instrument: Instrument, kind: str, name: str) -> float:
    return float(next(entry.weight for entry in entries_of(instrument, kind) if entry.id == name))


def _own_points(instrument: Instrument, scale: str, code: int) -> float:
    options = next(s.options for s in instrument.scales if s.id == scale)
    return float(next(option.points for option in options if option.code == code))


def _in_table(
    tables: Mapping[str, Mapping[Any, float]], table: str, name: Any, value: float
) -> dict[str, dict[Any, float]]:
    made = {key: dict(given) for key, given in tables.items()}
    made.setdefault(table, {})[name] = value
    return made


def _number(setting: str, value: Any, least: float, most: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not least <= value <= most:
        raise SettingError("number", setting, value, f"a number from {least:g} to {most:g}", least, most)
    return float(value)


def _choice(setting: str, value: Any, known: tuple[Any, ...]) -> Any:
    if type(value) is not type(known[0]) or value not in known:
        raise SettingError("choice", setting, value, " or ".join(map(str, known)))
    return value


def _check_weights(scheme: ScoringScheme, instrument: Instrument, setting: str, value: Any) -> None:
    for dimension in instrument.dimensions:
        items = instrument.items_of(dimension.id)
        if items and not any(scheme.weight("item", item.id, item.weight) > 0 for item in items):
            expected = f"above 0 where no other item of {dimension.id} has a weight"
            raise SettingError("no_weight", setting, value, expected)


def _bands(scheme: ScoringScheme, value: Any) -> tuple[Band, ...]:
    """Bands from pairs of limit and word; a band whose word stays keeps its other languages."""
    given = list(value)
    limits = [_number("bands", below, 0, 1e9) for below, _ in given]
    words = [str(word).strip() for _, word in given]
    if not given or limits != sorted(set(limits)) or 0 in limits or limits[-1] <= 100 or not all(words):
        raise SettingError("bands", "bands", value, "rising limits above 0, the last above 100, with a word")
    language = next(iter(scheme.bands[0].label)) if scheme.bands else "de"
    known = {next(iter(band.label.values())): band.label for band in scheme.bands}
    return tuple(
        Band(below, known.get(word, {language: word})) for below, word in zip(limits, words, strict=True)
    )
