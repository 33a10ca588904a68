"""A setting with its control: a number, or a choice; and the sentence that refuses a value."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, Protocol

import ipywidgets as widgets

from weltoffen_eval.display.lab.number_input import NumberInput
from weltoffen_eval.display.lab.setting_words import refusal, said_in_scoring_lab, setting_name
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.results.lab.settings import SettingError
from weltoffen_eval.study.raw.written_numbers import NumberStyle

_WIDE: Any = {"description_width": "22em"}
#: In German: 1.234 may be a little more than one, or a thousand.
_STYLE = NumberStyle(dot_in_doubt=True)
#: Numbers between which one with two readings is one of both.
_ANY = (float("-inf"), float("inf"))


def refused(sentence: str) -> str:
    """A sentence beside a control, which a screen reader speaks when it appears."""
    return f'<span role="alert">{escape(sentence)}</span>' if sentence else ""


class Control(Protocol):
    """A setting with its control; ``box`` is what is shown."""

    setting: str
    box: Any

    def show(self) -> None:
        """Show the value that holds; nothing is refused any more."""


class NumberRow:
    """A number: a slider to ``most``, and a field for any that may be."""

    def __init__(self, lab: ScoringLab, setting: str, most: float, step: float):
        self.lab, self.setting = lab, setting
        name, field = setting_name(setting, lab.instrument), said_in_scoring_lab().text("label_number")
        self.box = NumberInput(name, field, most, step, self._try)
        self.show()

    def show(self) -> None:
        value = self.lab.value(self.setting)
        self.box.show(value, written(value))

    def _try(self, text: str) -> None:
        said, given = said_in_scoring_lab(), text.strip()
        read = _STYLE.read(given)
        if read is None:
            self.box.refuse(said.text("refused_no_number"))
            return
        if _STYLE.doubt(given, *_ANY):
            self.box.refuse(said.text("refused_two_readings", given=given))
            return
        try:
            self.lab.change(self.setting, read[0])
            self.show()
        except SettingError as error:
            self.box.refuse(refusal(error))


class ChoiceRow:
    """A list to choose from."""

    def __init__(self, lab: ScoringLab, setting: str, options: list[tuple[str, Any]]):
        self.lab, self.setting = lab, setting
        name = setting_name(setting, lab.instrument)
        self.box = widgets.Dropdown(
            options=options, description=name, tooltip=name, style=_WIDE, layout=widgets.Layout(width="38em")
        )
        self.show()
        self.box.observe(self._chosen, names="value")

    def show(self) -> None:
        self.box.value = self.lab.value(self.setting)

    def _chosen(self, change: dict[str, Any]) -> None:
        # what is only shown is not tried
        if change["new"] != self.lab.value(self.setting):
            self.lab.change(self.setting, change["new"])


def written(value: float) -> str:
    """A number in full, as it is typed: the shortest decimal, with a comma."""
    return f"{value:.0f}" if float(value).is_integer() else repr(float(value)).replace(".", ",")


def button(text: str, pressed: Callable[[], None]) -> Any:
    """A button with its word on it."""
    # as wide as its word also where parts stand below each other
    layout = widgets.Layout(width="auto", align_self="flex-start")
    made = widgets.Button(description=text, tooltip=text, layout=layout)
    made.on_click(lambda _: pressed())
    return made
