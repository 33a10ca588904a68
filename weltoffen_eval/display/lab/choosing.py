"""The part of the lab that chooses whose answers are scored: study, wave, municipality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from weltoffen_eval.display.lab.number_row import refused
from weltoffen_eval.display.lab.setting_words import said_in_scoring_lab
from weltoffen_eval.errors import CallError, RefusedError
from weltoffen_eval.results.lab.session import ScoringLab


class Choosing:
    """Three lists, each of what there is under the one before; ``box`` is what is shown."""

    def __init__(self, lab: ScoringLab):
        self.lab = lab
        said = said_in_scoring_lab()
        self.study, self.wave, self.municipality = (
            self._list(label, chosen)
            for label, chosen in (
                (said.text("label_study"), lab.choose_study),
                (said.text("label_wave"), lambda wave: lab.choose("", wave)),
                (said.language.word("terms", "municipality"), lab.choose),
            )
        )
        self.error = widgets.HTML()
        lists = widgets.HBox([self.study, self.wave, self.municipality], layout=_WRAPPED)
        self.box = widgets.VBox([lists, self.error])
        self.show()

    def show(self) -> None:
        """Show what there is, and what is chosen of it; nothing is refused any more."""
        lab, self._silent = self.lab, True
        names = {entry.key: entry.name for entry in lab.study.register.municipalities}
        for shown, options, value in (
            (self.study, [(name, name) for name in lab.studies], lab.study_name),
            (self.wave, [(wave, wave) for wave in lab.waves], lab.answers.wave.id),
            (self.municipality, [(names[key], key) for key in lab.answers.municipalities], lab.municipality),
        ):
            if list(shown.options) != options:
                shown.options = options
            shown.value = value
        self.error.value = ""
        self._silent = False

    def _list(self, label: str, chosen: Callable[[str], None]) -> Any:
        made = widgets.Dropdown(description=label, tooltip=label, style={"description_width": "7em"})

        def choose(change: dict[str, Any]) -> None:
            if self._silent:
                return
            try:
                chosen(change["new"])
            except (CallError, RefusedError) as error:
                self.show()
                why = "refused_faulty" if isinstance(error, RefusedError) else "refused_empty"
                self.error.value = refused(said_in_scoring_lab().text(why, named=change["new"]))

        made.observe(choose, names="value")
        return made


_WRAPPED = widgets.Layout(flex_flow="row wrap")
