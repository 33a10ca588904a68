"""The part of the lab that sets schemes aside, saves and opens them."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from weltoffen_eval.display.lab.number_row import button, refused
from weltoffen_eval.display.lab.setting_words import said_in_scoring_lab
from weltoffen_eval.errors import CallError, WeltoffenError
from weltoffen_eval.results.lab.saved import SavingError
from weltoffen_eval.results.lab.session import ScoringLab

_WIDE: Any = {"description_width": "12em"}


def aside_part(lab: ScoringLab) -> Any:
    """A name, and a button by which what is tried is set aside under it."""
    said = said_in_scoring_lab()
    name, told = _text("label_name"), widgets.HTML()

    def set_aside() -> None:
        try:
            lab.set_aside(name.value)
            told.value = ""
        except CallError:
            told.value = refused(said.text("aside_refused"))

    buttons = button(said.text("button_aside"), set_aside), button(said.text("button_clear"), lab.clear_aside)
    return widgets.VBox([name, widgets.HBox(buttons), told])


def saving_part(lab: ScoringLab) -> Any:
    """Id, title and note of what is saved, and a list of what can be opened."""
    said = said_in_scoring_lab()
    scheme_id, title, told = _text("label_id"), _text("label_title"), widgets.HTML()
    note = widgets.Textarea(description=said.text("label_note"), style=_WIDE, layout=_layout())
    saved = widgets.Dropdown(
        options=lab.saved(), description=said.text("label_saved"), style=_WIDE, layout=_layout()
    )

    def save() -> None:
        try:
            made = lab.save(scheme_id.value, title.value, note.value)
            told.value = refused(said.text("saved", path=str(made.path), named=made.named))
            saved.options = lab.saved()
        except SavingError as error:
            named = {"id": error.found} if error.reason in ("shipped", "foreign") else {}
            told.value = refused(said.text(f"saving_{error.reason}", **named))
        except WeltoffenError as error:
            told.value = refused(str(error))

    def open_saved() -> None:
        try:
            lab.open(saved.value)
            told.value = ""
        except WeltoffenError as error:
            told.value = refused(str(error))

    buttons = button(said.text("button_save"), save), button(said.text("button_open"), open_saved)
    return widgets.VBox([scheme_id, title, note, buttons[0], saved, buttons[1], told])


def _text(label: str) -> Any:
    return widgets.Text(description=said_in_scoring_lab().text(label), style=_WIDE, layout=_layout())


def _layout() -> Any:
    return widgets.Layout(width="38em")
