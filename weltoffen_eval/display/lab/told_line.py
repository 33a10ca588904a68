"""A line beside the controls that says what a change did, and is spoken by a screen reader."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class ToldLine(anywidget.AnyWidget):
    """Shows ``text``; each other text is announced."""

    _esm = Path(__file__).with_suffix(".js")
    text = traitlets.Unicode().tag(sync=True)
