"""A slider and a field for one number, both with its name, and the sentence that refuses what was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets


class NumberInput(anywidget.AnyWidget):
    """Shows a number, and hands on what was entered for it, as it was typed.

    The sliders of ipywidgets have handles without a name, so that who hears the page cannot tell them apart.

    Parameters
    ----------
    label, field_label : the name of the number; what is said behind it of the field
    most, step : the end of the slider, which begins at 0, and its steps
    entered : called with what was typed, or with where the slider was left
    """

    _esm = Path(__file__).with_suffix(".js")
    _css = Path(__file__).with_suffix(".css")
    label = traitlets.Unicode().tag(sync=True)
    field_label = traitlets.Unicode().tag(sync=True)
    most = traitlets.Float().tag(sync=True)
    step = traitlets.Float().tag(sync=True)
    value = traitlets.Float().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    answers = traitlets.Int().tag(sync=True)
    answered = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, label: str, field_label: str, most: float, step: float, entered: Callable[[str], None]
    ):
        super().__init__(label=label, field_label=field_label, most=most, step=step)
        self._entered = entered
        self.on_msg(self._receive)

    def enter(self, text: str, called: str = "") -> None:
        """As if it was typed; ``called``: by which the page knows the answer to it."""
        try:
            self._entered(text)
        finally:
            # also where nothing else changed: the slider goes back, the number is written as others are
            self._answer(answered=called)

    def show(self, value: float, text: str) -> None:
        """Show the number that holds, and how it is written."""
        if (value, text, "") != (self.value, self.text, self.error):
            self._answer(value=value, text=text, error="")

    def refuse(self, sentence: str) -> None:
        """Say why what was entered is refused; the field keeps it, the slider goes back."""
        self._answer(error=sentence)

    def _answer(self, **shown: Any) -> None:
        with self.hold_sync():
            for name, value in shown.items():
                self.set_trait(name, value)
            # the page draws anew whenever this is another
            self.set_trait("answers", self.answers + 1)

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("entered"), str):
            self.enter(content["entered"], str(content.get("as", "")))
