"""The part of the lab that changes the words for points: up to which limit which word is said."""

from __future__ import annotations

import ipywidgets as widgets

from weltoffen_eval.display.lab.form import Field, TypedForm
from weltoffen_eval.display.lab.setting_words import refusal, said_in_scoring_lab
from weltoffen_eval.display.lab.typed_numbers import TypedError, typed_number, written
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.results.lab.settings import SettingError


class BandsPart:
    """A row for each band, and an empty one for another; all are taken at once. ``box`` is what is shown."""

    def __init__(self, lab: ScoringLab):
        self.lab, said = lab, said_in_scoring_lab()
        self.form = TypedForm(self._fields(), said.text("button_bands"), self._take, across=2)
        self.box = widgets.VBox([widgets.HTML(said.text("bands_how")), self.form])

    def show(self) -> None:
        """Show the bands that hold; nothing is refused any more."""
        self.form.show(self._fields())
        self.form.told = ""

    def _fields(self) -> list[Field]:
        said = said_in_scoring_lab()
        rows = [*((written(below), word) for below, word in self.lab.value("bands")), ("", "")]
        return [
            Field(said.text(label, number=number), value)
            for number, row in enumerate(rows, start=1)
            for label, value in zip(("band_limit", "band_word"), row, strict=True)
        ]

    def _take(self, values: list[str]) -> str:
        """Try what stands in the rows; one that is empty is none."""
        rows = zip(values[::2], values[1::2], strict=True)
        try:
            bands = [(typed_number(below), word) for below, word in rows if below.strip() or word.strip()]
            self.lab.change("bands", bands)
        except TypedError as error:
            return str(error)
        except SettingError as error:
            return refusal(error)
        return ""
