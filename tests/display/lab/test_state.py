"""What the scoring lab says and shows of a session, and that it is what an export holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from executed import executed
from places import REFERENCE, ROOT

from weltoffen_eval.blocks import Figure, Heading, Paragraph, Table
from weltoffen_eval.display.lab.controls import Controls
from weltoffen_eval.display.lab.setting_words import said_in_scoring_lab, setting_name
from weltoffen_eval.display.lab.state import state
from weltoffen_eval.display.lab.state import title as title_of
from weltoffen_eval.display.sentence_list import example_of
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.lab.session import ScoringLab, open_lab

MINI = str(REFERENCE / "example" / "study")


@pytest.fixture
def lab() -> Iterator[ScoringLab]:
    yield open_lab(MINI, "adorf")


def texts(shown: Shown) -> list[str]:
    """Everything a reader sees, block by block."""
    found = []
    for block in shown.bundle.blocks:
        if isinstance(block, Heading | Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [block.caption, *(" | ".join(row) for row in block.rows)]
        elif isinstance(block, Figure):
            found += [block.caption, block.alternative, *(" | ".join(row) for row in block.table.rows)]
    return found


def test_the_standard_is_said_to_be_one() -> None:
    said = texts(state(open_lab(MINI, "adorf")))
    assert "Eingestellt ist nichts anderes als im Schema „Klein“." in said
    assert "Feld A | 88 | 88 | 0,0 | " in " ".join(said)
    assert "Eine Verteilung ohne Namen wird ab acht Teilnehmenden gezeigt; hier sind es drei." in said


def test_a_change_is_told_in_words_and_in_numbers_by_hand(lab: ScoringLab) -> None:
    lab.change("weights.item.A3", 2)
    lab.set_aside("doppelt")
    said = texts(state(lab))
    assert "Vom Schema „Klein“ weicht eine Einstellung ab." in said
    assert "Gewicht: A3 Wird berichtet? | 1 | 2" in said
    # (100 + 2·100 + 2·50)/5 in place of 87.5; overall (80 + 3·37.5)/4 in place of 50
    assert any(line.startswith("Feld A | 88 | 80 | -7,5 | ") for line in said)
    assert any(
        "ändern sich zwei von drei Werten; am weitesten bewegt sich „Feld A“, um 7,5 Punkte." in s
        for s in said
    )
    assert "Feld A | 88 | 80" in said, "beside the standard"
    # without A2 (100 + 2·50)/3, without A3 300/3
    assert "A3 Wird berichtet? | Feld A | -20,0" in said
    assert "A2 Fehlen Zuständigkeiten? | Feld A | 13,3" in said
    assert any(
        "Feld A 88, mit der Einstellung 80; Feld B 38, mit der Einstellung 38" in line for line in said
    )


def test_a_score_that_comes_or_goes_is_told(lab: ScoringLab) -> None:
    lab.choose("bestadt")
    lab.change("min_coverage", 0)
    assert any(
        "Unter nur einem der beiden Schemata ausgewiesen: „Feld A“" in line for line in texts(state(lab))
    )


def test_every_sentence_of_the_lab_is_a_whole_one() -> None:
    catalogue = said_in_scoring_lab()
    for name in catalogue.declared:
        assert "{" not in example_of(catalogue, name)


def test_every_setting_has_a_name_of_its_own(lab: ScoringLab) -> None:
    settings = [f"points.stufen.{code}" for code in (0, 1, 2)]
    settings += [
        f"weights.{kind}.{name}"
        for kind, name in (("dimension", "alpha"), ("criterion", "alpha.eins"), ("item", "A1"))
    ]
    settings += [
        "levels",
        "overall",
        "min_coverage",
        "bands",
        "aggregation.criterion",
        "aggregation.dimension",
        "aggregation.overall",
    ]
    names = [setting_name(setting, lab.instrument) for setting in settings]
    assert len(set(names)) == len(settings)
    assert "Gewicht: Kriterium A1" in names


def test_the_executed_notebook_holds_the_state_and_a_remark_in_place_of_the_controls(shared: Path) -> None:
    from weltoffen_eval.publish.exporting.exports import export_notebook

    node = executed(shared, "scoring_lab", {})
    page = export_notebook(node, "html").decode("utf-8")
    assert "Die Regler lassen sich nur in JupyterLab bedienen." in page
    assert "Musterstadt, Welle 2021" in page
    assert re.search(r"<svg", page)
    # nothing that a report cannot hold
    assert "Steuerelement" not in page
    assert isinstance(node, nbformat.NotebookNode)


def control(controls: Controls, setting: str) -> Any:
    (row,) = (row for row in controls.rows if row.setting == setting)
    return row.box


def test_a_number_changes_the_scheme_and_follows_what_is_undone(lab: ScoringLab) -> None:
    controls = Controls(lab)
    box = control(controls, "weights.dimension.alpha")
    box.enter("2,5")
    assert (lab.value("weights.dimension.alpha"), box.value, box.text) == (2.5, 2.5, "2,5")
    box.enter(" 40 ")
    assert (lab.value("weights.dimension.alpha"), box.text) == (40, "40"), "the slider ends before"
    before = box.answers
    box.enter("-1")
    assert box.error == "Möglich ist eine Zahl von 0 bis 1000000."
    assert box.answers > before, "the page is told to draw anew"
    assert lab.value("weights.dimension.alpha") == 40
    lab.undo()
    assert (box.value, box.text, box.error) == (2.5, "2,5", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("viel", "Bitte geben Sie eine Zahl ein, zum Beispiel 1,5."),
        ("", "Bitte geben Sie eine Zahl ein, zum Beispiel 1,5."),
        ("1,2,3", "Bitte geben Sie eine Zahl ein, zum Beispiel 1,5."),
        ("1.234", "1.234 kann zweierlei heißen"),
        ("1e999", "Möglich ist eine Zahl von 0 bis 1000000."),
    ],
)
def test_what_is_typed_and_is_no_certain_number_is_refused(lab: ScoringLab, typed: str, said: str) -> None:
    box = control(Controls(lab), "weights.item.A1")
    box.enter(typed)
    assert box.error.startswith(said)
    assert (lab.differences, box.text) == ([], "1")


@pytest.mark.parametrize(("typed", "value"), [("1,5", 1.5), ("1.5", 1.5), ("1,234", 1.234), ("0,1", 0.1)])
def test_a_number_is_typed_as_in_german_or_with_a_point(lab: ScoringLab, typed: str, value: float) -> None:
    box = control(Controls(lab), "weights.item.A1")
    box.enter(typed)
    assert (lab.value("weights.item.A1"), box.text) == (value, typed.replace(".", ","))


def test_only_what_the_page_sends_as_a_text_is_entered(lab: ScoringLab) -> None:
    box = control(Controls(lab), "weights.item.A1")
    for content in ({"entered": 2}, {"other": "2"}, ["2"], None):
        box._receive(None, content, None)
    assert lab.differences == []
    box._receive(None, {"entered": "2", "as": "x-1"}, None)
    assert (lab.value("weights.item.A1"), box.answered) == (2, "x-1")


def test_a_choice_that_is_only_shown_is_not_tried(lab: ScoringLab) -> None:
    controls = Controls(lab)
    chosen = control(controls, "levels")
    chosen.value = "criteria"
    assert (lab.value("levels"), lab.tried.moved) == ("criteria", True)
    lab.undo()
    assert (chosen.value, lab.tried.reason) == ("items", "")


def test_where_nothing_is_to_be_undone_or_done_again_it_is_said(lab: ScoringLab) -> None:
    controls = Controls(lab)
    lab.change("weights.item.A3", 2)
    controls.redo.click()
    assert controls.told.text == "Es gibt keine zurückgenommene Änderung, die wiederholt werden könnte."
    controls.undo.click()
    assert lab.differences == []
    controls.undo.click()
    assert controls.told.text == "Es gibt keine Änderung, die zurückgenommen werden könnte."


def test_every_control_has_a_name_of_its_own(lab: ScoringLab) -> None:
    controls = Controls(lab)
    names = [getattr(row.box, "description", None) or row.box.label for row in controls.rows]
    assert all(names) and len(names) == len(set(names))
    settings = [row.setting for row in controls.rows]
    assert len(settings) == len(set(settings))
    assert {
        "levels",
        "min_coverage",
        "weights.criterion.alpha.eins",
        "weights.item.A1",
        "points.stufen.1",
    } <= set(settings)


def test_beside_the_controls_it_is_said_what_a_change_did_or_why_nothing(lab: ScoringLab) -> None:
    controls = Controls(lab)
    control(controls, "weights.item.A3").enter("2")
    assert "am weitesten bewegt sich „Feld A“, um 7,5 Punkte." in controls.told.text
    control(controls, "min_coverage").enter("0,45")
    assert "Die letzte Änderung bewegt keinen Wert. Kein Wert liegt" in controls.told.text


def test_another_study_has_its_waves_municipalities_and_controls_and_one_without_answers_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(ROOT))
    lab = open_lab(MINI, "adorf")
    controls = Controls(lab)
    choosing = controls.choosing
    assert {name for name, _ in choosing.study.options} == {MINI, "beispiel", "egi-chile", "wilhelmshaven"}
    choosing.study.value = "egi-chile"
    assert lab.study.id == "egi-chile"
    assert [value for _, value in choosing.municipality.options] == lab.answers.municipalities
    assert [value for _, value in choosing.wave.options] == lab.waves
    items = {item.id for item in lab.instrument.items}
    shown = {row.setting for row in controls.rows if row.setting.startswith("weights.item.")}
    assert shown == {f"weights.item.{item}" for item in items}
    choosing.study.value = "wilhelmshaven"
    assert (lab.study.id, choosing.study.value) == ("egi-chile", "egi-chile")
    assert "wilhelmshaven lässt sich hier nicht auswählen" in choosing.error.value
    heading = title_of(lab).bundle.blocks[0]
    assert isinstance(heading, Heading)
    assert heading.text == "Bewertungslabor: E-Government der Gemeinden in Chile"
    # what is chosen further down lets what was chosen above be
    choosing.municipality.value = lab.answers.municipalities[1]
    assert (lab.municipality, choosing.error.value) == (lab.answers.municipalities[1], "")


def test_another_wave_has_the_controls_of_its_questionnaire() -> None:
    lab = open_lab("egi-chile")
    controls = Controls(lab)
    before = {row.setting for row in controls.rows}
    lab.choose("", lab.waves[-1])
    items = {item.id for item in lab.answers.instrument.items}
    shown = {
        row.setting.removeprefix("weights.item.")
        for row in controls.rows
        if row.setting.startswith("weights.item")
    }
    assert shown <= items
    assert before


def test_the_title_says_which_study(lab: ScoringLab) -> None:
    (heading, *_) = title_of(lab).bundle.blocks
    assert isinstance(heading, Heading)
    assert heading.text == f"Bewertungslabor: {lab.study.title}"
