"""Fields that are handed on together by a button, and the sentence that says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets


@dataclass(frozen=True)
class Field:
    """A field with its name; ``kind`` is text, note (of several lines) or list (of ``options``)."""

    label: str
    value: str = ""
    kind: str = "text"
    options: tuple[str, ...] = ()


class TypedForm(anywidget.AnyWidget):
    """Hands on what stands in its fields when its button is pressed.

    The fields and buttons of ipywidgets are sent one by one, and a press can overtake what was typed last.

    Parameters
    ----------
    pressed : called with the values of the fields; what it returns is told beside the button
    across : so many fields stand in a line
    """

    _esm = Path(__file__).with_suffix(".js")
    _css = Path(__file__).with_suffix(".css")
    fields: Any = traitlets.List().tag(sync=True)
    button = traitlets.Unicode().tag(sync=True)
    across = traitlets.Int().tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, fields: Sequence[Field], button: str, pressed: Callable[[list[str]], str], across: int = 1
    ):
        super().__init__(button=button, across=across)
        self._pressed = pressed
        self.show(fields)
        self.on_msg(self._receive)

    def show(self, fields: Sequence[Field]) -> None:
        """Show these fields, where they are others than before."""
        made = [{**asdict(field), "options": list(field.options)} for field in fields]
        if made != self.fields:
            self.fields = made

    def press(self, values: list[str]) -> None:
        """As if this stood in the fields and the button was pressed."""
        self.told = self._pressed(values)

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        values = content.get("pressed") if isinstance(content, dict) else None
        if isinstance(values, list) and len(values) == len(self.fields):
            self.press([str(value) for value in values])
