"""A number that is changed by a slider or a field beside it, with the sentence that refuses it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from weltoffen_eval.display.lab.setting_words import refusal, said_in_scoring_lab, setting_name
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.results.lab.settings import SettingError

_WIDE: Any = {"description_width": "22em"}


def refused(sentence: str) -> str:
    """A sentence beside a control, which a screen reader speaks when it appears."""
    return f'<span role="alert">{escape(sentence)}</span>' if sentence else ""


class Control:
    """One setting with its control; ``box`` is what is shown.

    ``make``: the widgets that hold its value, each with ``value``; a change in one of them is tried.
    """

    def __init__(self, lab: ScoringLab, setting: str, inputs: list[Any]):
        self.lab, self.setting, self.inputs = lab, setting, inputs
        self.error = widgets.HTML()
        self.box = widgets.HBox([*inputs, self.error], layout=widgets.Layout(flex_flow="row wrap"))
        self._silent = False
        self.show()
        for one in inputs:
            one.observe(self._changed, names="value")

    def show(self) -> None:
        """Show the value that holds; nothing is refused any more."""
        self._silent = True
        try:
            value = self.lab.value(self.setting)
            for one in self.inputs:
                one.value = min(max(value, one.min), one.max) if hasattr(one, "max") else value
            self.error.value = ""
        finally:
            self._silent = False

    def _changed(self, change: dict[str, Any]) -> None:
        if self._silent:
            return
        try:
            self.lab.change(self.setting, change["new"])
        except SettingError as error:
            self.error.value = refused(refusal(error))


def number_row(lab: ScoringLab, setting: str, most: float, step: float) -> Control:
    """A slider to ``most`` and a field for any number that may be."""
    name = setting_name(setting, lab.instrument)
    number = said_in_scoring_lab().text("label_number")
    slider = widgets.FloatSlider(
        min=0.0, max=most, step=step, description=name, tooltip=name, continuous_update=False, style=_WIDE,
        layout=widgets.Layout(width="38em"), readout=False,
    )  # fmt: skip
    field = widgets.FloatText(
        description=f"{number}: {name}", tooltip=name, continuous_update=False, style=_WIDE, step=step,
        layout=widgets.Layout(width="30em"),
    )  # fmt: skip
    return Control(lab, setting, [slider, field])


def choice_row(lab: ScoringLab, setting: str, options: list[tuple[str, Any]]) -> Control:
    """A list to choose from."""
    name = setting_name(setting, lab.instrument)
    chosen = widgets.Dropdown(
        options=options, description=name, tooltip=name, style=_WIDE, layout=widgets.Layout(width="38em")
    )
    return Control(lab, setting, [chosen])


def button(text: str, pressed: Callable[[], None]) -> Any:
    """A button with its word on it."""
    made = widgets.Button(description=text, tooltip=text, layout=widgets.Layout(width="auto"))
    made.on_click(lambda _: pressed())
    return made
