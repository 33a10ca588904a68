"""The controls of the scoring lab: each changes a session, which tells all of them what holds now."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from weltoffen_eval.analysis.scheme import LEVELS, MEANS
from weltoffen_eval.block_json import to_json
from weltoffen_eval.blocks import MIME, Bundle
from weltoffen_eval.display.lab.bands_part import BandsPart
from weltoffen_eval.display.lab.choosing import Choosing
from weltoffen_eval.display.lab.keeping import aside_part, saving_part
from weltoffen_eval.display.lab.key_keeper import kept_box
from weltoffen_eval.display.lab.number_row import ChoiceRow, Control, NumberRow, button
from weltoffen_eval.display.lab.setting_words import said_in_scoring_lab
from weltoffen_eval.display.lab.state import told_of
from weltoffen_eval.display.lab.told_line import ToldLine
from weltoffen_eval.display.shown import note
from weltoffen_eval.results.lab.session import ScoringLab

#: The end of the sliders of weights; the field beside them goes further.
_MOST_WEIGHT, _MOST_POINTS = 5.0, 100.0
_VIEW = "application/vnd.jupyter.widget-view+json"
_WIDE: Any = {"description_width": "12em"}


class Controls:
    """All controls of a session, in groups; in a report a remark stands in their place.

    ``rows``: those of a setting each; ``told``: what the last change did.
    """

    def __init__(self, lab: ScoringLab):
        self.lab, self.rows = lab, list[Control]()
        said = said_in_scoring_lab()
        # a list, whose entries are reached by keys: the heads of an accordion are not
        self.group, self._shown = _list(said.text("label_group"), []), widgets.VBox()
        self._parts: dict[str, Any] = {}
        self.group.observe(lambda _: self._open(), names="value")
        self.undo, self.redo = self._step("undo"), self._step("redo")
        self._reset = button(said.text("button_reset"), lab.reset)
        self.choosing = Choosing(lab)
        self.told = ToldLine()
        self._fill()
        buttons = widgets.HBox([self.undo, self.redo, self._reset])
        self.box = kept_box([self.choosing.box, buttons, self.told, self.group, self._shown])
        lab.listeners["controls"] = self.show
        self.show()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        said = said_in_scoring_lab()
        remark = Bundle((note(said.language.word("labels", "hint"), said.say("only_live")),))
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        display({MIME: to_json(remark), _VIEW: view}, raw=True)

    def show(self) -> None:
        """Show what holds now in every control."""
        if self._filled_for is not self.lab.instrument:
            self._fill()
        self.choosing.show()
        for row in self.rows:
            row.show()
        self._bands.show()
        # what moves stands further down: who changes a number hears and reads here what it did
        self.told.text = " ".join(sentence.text for sentence in told_of(self.lab))

    def _step(self, name: str) -> Any:
        """A button by which one change is taken back or made again; it says where there is none.

        It is never disabled: who comes by keys would lose their place by pressing it.
        """

        def step() -> None:
            if getattr(self.lab, f"can_{name}"):
                getattr(self.lab, name)()
            else:
                self.told.text = said_in_scoring_lab().text(f"nothing_to_{name}")

        return button(said_in_scoring_lab().text(f"button_{name}"), step)

    # --- the groups ----------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """The groups of controls for the questionnaire of the wave."""
        lab, said = self.lab, said_in_scoring_lab()
        self.rows, self._filled_for, self._bands = [], lab.instrument, BandsPart(lab)
        means = [(said.text(f"value_{mean}"), mean) for mean in MEANS]
        kinds = [(said.text(f"value_{level}"), level) for level in ("items", "criteria")]
        whether = [(said.text("value_true"), True), (said.text("value_false"), False)]
        how: list[Control] = [
            ChoiceRow(lab, "levels", kinds),
            *(ChoiceRow(lab, f"aggregation.{level}", means) for level in LEVELS),
            ChoiceRow(lab, "overall", whether),
            NumberRow(lab, "min_coverage", 1.0, 0.05),
        ]
        groups = {
            "aggregation": self._rows(how),
            "dimension": self._weights("dimension", [d.id for d in lab.instrument.dimensions]),
            "criterion": self._weights("criterion", [c.id for c in lab.instrument.criteria]),
            "item": self._items(),
            "points": self._points(),
            "bands": self._bands.box,
            "beside": aside_part(lab),
            "saving": saving_part(lab),
        }
        if not lab.instrument.criteria:
            del groups["criterion"]
        self._parts = groups
        before = self.group.value
        self.group.options = [(said.text(f"group_{name}"), name) for name in groups]
        self.group.value = before if before in groups else "item"
        self._open()

    def _open(self) -> None:
        """Show the group that is chosen."""
        self._shown.children = [self._parts[self.group.value]] if self.group.value in self._parts else []

    def _rows(self, rows: list[Control]) -> Any:
        self.rows += rows
        return widgets.VBox([row.box for row in rows])

    def _weights(self, kind: str, names: list[str]) -> Any:
        return self._rows([NumberRow(self.lab, f"weights.{kind}.{n}", _MOST_WEIGHT, 0.25) for n in names])

    def _items(self) -> Any:
        """The questions of one field at a time."""
        said, instrument = said_in_scoring_lab(), self.lab.instrument
        fields = [(said.language.of(d.title).text, d.id) for d in instrument.dimensions]
        chosen, shown = _list(said.text("label_field"), fields), widgets.VBox()
        before: list[Control] = []

        def fill(change: dict[str, Any]) -> None:
            self.rows = [row for row in self.rows if row not in before]
            names = [item.id for item in instrument.items_of(change["new"])]
            shown.children = self._weights("item", names).children
            before[:] = self.rows[-len(names) :] if names else []

        fill({"new": fields[0][1]})
        chosen.observe(fill, names="value")
        return widgets.VBox([chosen, shown])

    def _points(self) -> Any:
        settings = [f"points.{s.id}.{o.code}" for s in self.lab.instrument.scales for o in s.options]
        return self._rows([NumberRow(self.lab, setting, _MOST_POINTS, 5.0) for setting in settings])


def _list(label: str, options: list[tuple[str, str]]) -> Any:
    return widgets.Dropdown(
        options=options, description=label, tooltip=label, style=_WIDE, layout=widgets.Layout(width="38em")
    )
