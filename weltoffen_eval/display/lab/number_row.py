"""A setting with its control: a number, or a choice; and the sentence that refuses a value."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, Protocol

import ipywidgets as widgets

from weltoffen_eval.display.lab.number_input import NumberInput
from weltoffen_eval.display.lab.setting_words import refusal, said_in_scoring_lab, setting_name
from weltoffen_eval.display.lab.typed_numbers import TypedError, typed_number, written
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.results.lab.settings import SettingError

_WIDE: Any = {"description_width": "22em"}


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
        try:
            self.lab.change(self.setting, typed_number(text))
            self.show()
        except TypedError as error:
            self.box.refuse(str(error))
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


def button(text: str, pressed: Callable[[], None]) -> Any:
    """A button with its word on it."""
    # as wide as its word also where parts stand below each other
    layout = widgets.Layout(width="auto", align_self="flex-start")
    made = widgets.Button(description=text, tooltip=text, layout=layout)
    made.on_click(lambda _: pressed())
    return made
