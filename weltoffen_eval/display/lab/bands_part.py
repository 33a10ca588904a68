"""The part of the lab that changes the words for points: up to which limit which word is said."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from weltoffen_eval.display.lab.number_row import button, refused
from weltoffen_eval.display.lab.setting_words import refusal, said_in_scoring_lab
from weltoffen_eval.display.lab.typed_numbers import TypedError, typed_number, written
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.results.lab.settings import SettingError

_WIDE: Any = {"description_width": "8em"}


class BandsPart:
    """A row for each band, and an empty one for another; all are taken at once. ``box`` is what is shown."""

    def __init__(self, lab: ScoringLab):
        self.lab, said = lab, said_in_scoring_lab()
        self.rows: list[tuple[Any, Any]] = []
        self._list, self.error = widgets.VBox(), widgets.HTML()
        how = widgets.HTML(said.text("bands_how"))
        self.box = widgets.VBox([how, self._list, button(said.text("button_bands"), self.take), self.error])
        self.show()

    def show(self) -> None:
        """Show the bands that hold; nothing is refused any more."""
        bands = [(written(below), word) for below, word in self.lab.value("bands")]
        if len(self.rows) != len(bands) + 1:
            self.rows = [_row(number) for number in range(1, len(bands) + 2)]
            self._list.children = [widgets.HBox(row) for row in self.rows]
        for (limit, word), (below, text) in zip(self.rows, [*bands, ("", "")], strict=True):
            limit.value, word.value = below, text
        self.error.value = ""

    def take(self) -> None:
        """Try what stands in the rows; one that is empty is none."""
        given = [(limit.value, word.value) for limit, word in self.rows]
        try:
            bands = [(typed_number(below), word) for below, word in given if below.strip() or word.strip()]
            self.lab.change("bands", bands)
        except TypedError as error:
            self.error.value = refused(str(error))
        except SettingError as error:
            self.error.value = refused(refusal(error))


def _row(number: int) -> tuple[Any, Any]:
    said = said_in_scoring_lab()
    limit, word = (said.text(label, number=number) for label in ("band_limit", "band_word"))
    return widgets.Text(description=limit, style=_WIDE), widgets.Text(description=word, style=_WIDE)
