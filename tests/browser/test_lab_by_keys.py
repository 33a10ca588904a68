"""The scoring lab without a mouse, in a real JupyterLab: every key goes to the control that has the focus."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from live_lab import copy_project, open_page, run_all_cells_by_keys, served

pytestmark = pytest.mark.slow

#: The name of what has the focus, as a screen reader has it, and what stands in it.
FOCUSED = """() => { const at = document.activeElement;
  return [(at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent).trim(),
    at.selectedOptions ? at.selectedOptions[0].textContent : at.value ?? ''] }"""
CELLS = (
    "() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map(cell => cell.textContent.length > 0)"
)
#: Adds, deletes, cuts, pastes and undoes cells, or turns them into others, where JupyterLab is told of it.
LETTERS = ("b", "d", "d", "a", "x", "m", "z")


class Keys:
    """A person at the keyboard."""

    def __init__(self, page: Any):
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> tuple[str, str]:
        """Name and value of the control."""
        name, value = self.page.evaluate(FOCUSED)
        # blanks in lists of ipywidgets do not break
        return name, value.replace("\xa0", " ")

    def go_to(self, name: str, back: bool = False) -> None:
        """By Tab from where the focus is, or back."""
        passed = []
        for _ in range(60):
            self.press("Shift+Tab" if back else "Tab")
            if self.focused()[0] == name:
                return
            passed.append(self.focused()[0])
        raise AssertionError(f"{name} is not reached, only {passed}")

    def choose(self, wanted: str, first: str = "Home") -> None:
        """Of a list by its arrows, from its beginning."""
        self.press(first)
        for _ in range(60):
            if self.focused()[1] == wanted:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{wanted} is not in {self.focused()[0]}")

    def say(self, text: str) -> None:
        """Wait until the line above the controls says so."""
        self.page.get_by_role("status").get_by_text(text).wait_for()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("projekt"))


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    with served(project) as found:
        yield found


@pytest.fixture
def keys(browser: Any, address: str) -> Iterator[Keys]:
    with open_page(browser, 120_000) as page:
        run_all_cells_by_keys(page, address)
        cells = page.evaluate(CELLS)
        yield Keys(page)
        assert page.evaluate(CELLS) == cells == [True] * 6, "no key reached the notebook"


def eventually(holds: Callable[[], bool], what: str) -> None:
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError(what)


def test_every_kind_of_control_answers_to_its_keys_and_no_letter_reaches_the_notebook(keys: Keys) -> None:
    page = keys.page
    # a list: arrows, ends, first letters
    keys.go_to("Kommune")
    keys.press(*LETTERS, "End")
    assert keys.focused() == ("Kommune", "Vokabelstadt")
    page.get_by_text("(synthetisch): Vokabelstadt, Welle 2021").wait_for()
    # what is typed within a second is one word to a list
    page.wait_for_timeout(1500)
    keys.press("ArrowUp", *"musters")
    assert keys.focused() == ("Kommune", "Musterstadt")
    page.get_by_text("(synthetisch): Musterstadt, Welle 2021").wait_for()
    keys.go_to("Einstellen")
    keys.choose("Art der Auswertung")
    keys.go_to("Gesamtwert bilden")
    keys.press("ArrowUp")
    assert keys.focused()[1] == "ja"
    keys.say("Unter nur einem der beiden Schemata ausgewiesen: „Gesamtwert“.")
    # a slider: arrows and ends
    keys.go_to("Mindestanteil beantworteter Fragen")
    keys.press(*LETTERS, "ArrowRight")
    keys.say("weichen zwei Einstellungen ab")
    assert keys.focused()[1] == "0.65"
    # a field for a number: letters are typed and refused, Escape leaves them
    keys.press("Tab", "Control+a", *LETTERS, "Escape", "Enter")
    page.get_by_role("alert").get_by_text("Bitte geben Sie eine Zahl ein").wait_for()
    assert keys.focused() == ("Mindestanteil beantworteter Fragen, als Zahl", "".join(LETTERS))
    keys.press("Control+a", "0", ",", "9", "Shift+Enter")
    page.get_by_role("cell", name=re.compile(r"^90\s%$")).wait_for()
    assert keys.focused() == ("Mindestanteil beantworteter Fragen, als Zahl", "0,9")
    # a button: Enter and the blank; with nothing left to undo it says so and keeps the focus
    keys.go_to("Rückgängig", back=True)
    keys.press(*LETTERS, "Enter")
    keys.say("weichen zwei Einstellungen ab")
    keys.press("Space", "Enter")
    keys.say("Eingestellt ist nichts anderes als im Schema „Standard“.")
    keys.press("Enter")
    keys.say("Es gibt keine Änderung, die zurückgenommen werden könnte.")
    assert keys.focused()[0] == "Rückgängig"
    keys.press("Tab", "Space")
    keys.say("weicht eine Einstellung ab")


def test_words_for_points_are_changed_by_keys_and_a_number_in_them_is_read_as_everywhere(keys: Keys) -> None:
    keys.go_to("Einstellen")
    keys.choose("Worte für einen Stand")
    keys.go_to("Stufe 1: unter")
    keys.press("Control+a", "1", "2", ",", "5")
    keys.go_to("Stufe 1: Wort")
    keys.press("Control+a", *LETTERS)
    keys.go_to("Übernehmen")
    keys.press("Enter")
    keys.say("Sie betrifft nur die Worte, die zu den Punkten gesagt werden.")
    keys.page.get_by_text(f"unter 12,5: {''.join(LETTERS)};").wait_for()
    keys.go_to("Stufe 1: unter", back=True)
    keys.press("Control+a", "v", "i", "e", "l")
    keys.go_to("Übernehmen")
    keys.press("Space")
    keys.page.get_by_role("alert").get_by_text("Bitte geben Sie eine Zahl ein").wait_for()


def test_a_scheme_is_noted_saved_and_opened_by_keys(keys: Keys, project: Path, address: str) -> None:
    page = keys.page
    keys.go_to("Gewicht: MS01 Leitbild")
    keys.press("End")
    keys.say("weicht eine Einstellung ab")
    keys.go_to("Einstellen", back=True)
    keys.choose("Speichern und öffnen")
    for name, text in (("Kurzname der Datei", "tasten"), ("Titel", "add b"), ("Warum (Notiz)", "bdd x")):
        keys.go_to(name)
        page.keyboard.type(text)
    # a line of the note, where JupyterLab would run the cell
    keys.press("Shift+Enter")
    page.keyboard.type("dd")
    keys.go_to("Speichern")
    keys.press("Enter")
    page.get_by_text("weltoffen run --scheme tasten").wait_for()
    path = project / "data" / "raw" / "beispiel" / "schemes" / "tasten.toml"
    saved = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (saved["id"], saved["title"]["de"], saved["note"]) == ("tasten", "add b", "bdd x dd")
    assert saved["weights"]["item"] == {"MS01": 5}
    # what is JupyterLab's stays so: the notebook is saved from within a control
    keys.press("Control+s")
    notebook = project / "lab" / "beispiel.ipynb"
    eventually(lambda: "weicht eine" in json.dumps(json.loads(notebook.read_text("utf-8"))), "not saved")
    run_all_cells_by_keys(page, address)
    keys.say("Eingestellt ist nichts anderes")
    keys.go_to("Einstellen")
    keys.choose("Speichern und öffnen")
    keys.go_to("Gespeicherte Schemata")
    keys.choose("tasten")
    keys.go_to("Öffnen")
    keys.press("Space")
    keys.say("weicht eine Einstellung ab")
