"""Keys that are pressed in a control are the control's, not JupyterLab's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets


class KeyKeeper(anywidget.AnyWidget):
    """Keeps JupyterLab from taking the keys that are pressed within a box, in which it is put itself.

    Without it a list does not answer to arrows, and a letter on a button adds or deletes a cell.
    """

    _esm = Path(__file__).with_suffix(".js")

    def __init__(self) -> None:
        super().__init__(layout=widgets.Layout(display="none"))


def kept_box(parts: list[Any]) -> Any:
    """Parts below each other, which have the keys that are pressed in them."""
    box = widgets.VBox([*parts, KeyKeeper()])
    box.add_class("weltoffen-controls")
    return box
