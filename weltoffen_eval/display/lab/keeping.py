"""The part of the lab that sets schemes aside, saves and opens them."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from weltoffen_eval.display.lab.form import Field, TypedForm
from weltoffen_eval.display.lab.number_row import button
from weltoffen_eval.display.lab.setting_words import said_in_scoring_lab
from weltoffen_eval.errors import CallError, RefusedError, SurroundingsError
from weltoffen_eval.results.lab.saved import SavingError
from weltoffen_eval.results.lab.session import ScoringLab


def aside_part(lab: ScoringLab) -> Any:
    """A name, and a button by which what is tried is set aside under it."""
    said = said_in_scoring_lab()

    def set_aside(values: list[str]) -> str:
        try:
            lab.set_aside(*values)
        except CallError:
            return said.text("aside_refused")
        return ""

    form = TypedForm([Field(said.text("label_name"))], said.text("button_aside"), set_aside)
    return widgets.VBox([form, button(said.text("button_clear"), lab.clear_aside)])


def saving_part(lab: ScoringLab) -> Any:
    """Id, title and note of what is saved, and a list of what can be opened."""
    said = said_in_scoring_lab()

    def schemes(chosen: str = "") -> list[Field]:
        names = tuple(lab.saved())
        return [Field(said.text("label_saved"), chosen or names[0], "list", names)]

    def save(values: list[str]) -> str:
        try:
            made = lab.save(*values)
        except SavingError as error:
            named = {"id": error.found} if error.reason in ("shipped", "foreign") else {}
            return said.text(f"saving_{error.reason}", **named)
        except SurroundingsError:
            return said.text("saving_surroundings")
        known = made.named if made.named in lab.saved() else str(made.path)
        opening.show(schemes(known))
        return said.text("saved", path=str(made.path), named=made.named)

    def open_saved(values: list[str]) -> str:
        try:
            lab.open(*values)
        except (CallError, RefusedError):
            return said.text("refused_scheme", named=values[0])
        return ""

    fields = [Field(said.text("label_id")), Field(said.text("label_title"))]
    note = Field(said.text("label_note"), kind="note")
    saving = TypedForm([*fields, note], said.text("button_save"), save)
    opening = TypedForm(schemes(), said.text("button_open"), open_saved)
    return widgets.VBox([saving, opening])
