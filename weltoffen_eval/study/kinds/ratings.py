"""Ratings of fields: a number from 0 to 100, or an option of the questionnaire's scale, as points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.raw.written_numbers import NumberStyle
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.kinds.rows import Given
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import ResponseScale
from weltoffen_eval.study.responses.decoding import is_certain, style_of

_COLUMN = "rating"
#: Where study.toml names no scale.
_POINTS = ResponseScale("0–100", "numeric", minimum=0.0, maximum=100.0)


class Ratings:
    """Reads the ratings of one file."""

    def __init__(
        self, study: Study, raw: RawFile, table: RawTable, columns: Mapping[str, str], faults: list[Fault]
    ):
        self.study, self.raw, self.table, self.faults = study, raw, table, faults
        self.head = columns.get(_COLUMN, _COLUMN)
        self.style = style_of(raw, table, [self.head]) if raw.kind == "field_ratings" else NumberStyle()
        self.scale = cache(self._scale)

    def _scale(self, wave: str) -> ResponseScale | None:
        """The scale of a wave; None, with a fault, where its questionnaire has no such scale."""
        if not self.raw.scale:
            return _POINTS
        instrument = self.study.instruments.get(wave)
        if instrument is None:
            return None
        scales = [scale for scale in instrument.scales if scale.kind == "ordinal"]
        found = next((scale for scale in scales if scale.id == self.raw.scale), None)
        if found is None:
            expected = f"an ordinal scale of {instrument.id}: {', '.join(scale.id for scale in scales)}"
            place = f"{self.raw.path} scale"
            self.faults.append(Fault("study.toml", repr(self.raw.scale), expected, column=place))
        return found

    def translate(self, cells: Mapping[str, str], texts: dict[str, str], at: Given) -> bool:
        """Put points in the place of a rating; False where the row says that it is none, which is logged."""
        cell = cells.get(_COLUMN, "")
        scale = self.scale(at.wave)
        if plain(cell) == "" or scale is None:
            # that it is empty is a fault of the row, that there is no scale one of study.toml
            texts[_COLUMN] = "" if scale is not None else "0"
            return True
        certain = is_certain(self.table, cell)
        doubt = ""
        if not certain and scale.kind == "numeric":
            doubt = self.style.doubt(scale.numeral(plain(cell)), scale.minimum, scale.maximum)
        decoded = None if doubt else scale.decode(cell, NumberStyle() if certain else self.style)
        if decoded is None:
            self._tell(plain(cell), doubt, scale, at)
            texts[_COLUMN] = "0"
            return True
        if decoded.missing is not None:
            self.table.log_change(at.row, self.head, cell, decoded.missing, "no_rating")
            return False
        points = scale.option(decoded.code).points if decoded.code is not None else decoded.value
        texts[_COLUMN] = f"{points or 0.0:.12f}".rstrip("0").rstrip(".")
        if decoded.rule:
            self.table.log_change(at.row, self.head, cell, texts[_COLUMN], decoded.rule)
        return True

    def _tell(self, text: str, doubt: str, scale: ResponseScale, at: Given) -> None:
        if doubt:
            found, expected = f"{text!r}, which is {doubt}", "a number that can be read in one way only"
            advice = 'Say in study.toml which sign parts decimals: decimal = "," or decimal = ".".'
        else:
            found, advice = repr(text), "Correct it in the file, or in corrections.csv."
            expected = "a number from 0 to 100" if scale is _POINTS else scale.expected()
        self.faults.append(at.fault(self.head, found, expected, advice))
