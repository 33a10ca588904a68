"""Setting aside, saving and opening, by what the page sends with a press."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.display.lab.keeping import aside_part, saving_part
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.study.definition import load_study


def opened(folder: Path) -> ScoringLab:
    return ScoringLab(load_study(folder), "adorf")


def test_a_scheme_is_saved_with_what_stood_in_the_fields_when_the_button_was_pressed(example: Path) -> None:
    lab = opened(example)
    lab.change("weights.item.A3", 2)
    saving, opening = saving_part(lab).children
    saving._receive(None, {"pressed": ["eigenes", "Eigenes", ""]}, None)
    assert saving.told.startswith("Bitte schreiben Sie in die Notiz")
    saving._receive(None, {"pressed": ["standard", "Eigenes", "darum"]}, None)
    assert saving.told.startswith("standard heißt schon ein mitgeliefertes Schema")
    saving._receive(None, {"pressed": ["eigenes", "Eigenes", "darum\nso"]}, None)
    assert saving.told.endswith("weltoffen run --scheme eigenes")
    assert 'note = "darum so"' in (example / "schemes" / "eigenes.toml").read_text(encoding="utf-8")
    # what was saved can be opened, and is chosen already
    (field,) = opening.fields
    assert (field["value"], "eigenes" in field["options"]) == ("eigenes", True)
    lab.reset()
    opening._receive(None, {"pressed": ["eigenes"]}, None)
    assert (lab.value("weights.item.A3"), opening.told) == (2, "")
    (example / "schemes" / "eigenes.toml").unlink()
    opening._receive(None, {"pressed": ["eigenes"]}, None)
    assert "eigenes" in opening.told
    assert lab.value("weights.item.A3") == 2


def test_what_is_set_aside_has_a_name(example: Path) -> None:
    lab = opened(example)
    form, clear = aside_part(lab).children
    form._receive(None, {"pressed": [" "]}, None)
    assert form.told.endswith("jedes braucht einen Namen.")
    form._receive(None, {"pressed": ["doppelt"]}, None)
    assert (form.told, list(lab.beside)) == ("", ["doppelt"])
    clear.click()
    assert lab.beside == {}


def test_what_is_no_press_is_not_taken_for_one(example: Path) -> None:
    lab = opened(example)
    form, _ = aside_part(lab).children
    for content in ({"pressed": []}, {"pressed": ["a", "b"]}, {"pressed": "a"}, ["a"], None):
        form._receive(None, content, None)
    assert (lab.beside, form.told) == ({}, "")
