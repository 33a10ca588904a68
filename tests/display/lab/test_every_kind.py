"""The lab of every kind of study: somebody else's, with fields that are missing, one municipality, forty fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from lab_studies import study_of_fields
from places import REFERENCE
from reading import read_pdf, read_word

from weltoffen_eval.blocks import Figure, Paragraph, Table
from weltoffen_eval.display.lab.controls import Controls
from weltoffen_eval.display.lab.state import state, title
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.publish.exporting.exports import export_notebook
from weltoffen_eval.results.lab.session import ScoringLab, open_lab
from weltoffen_eval.study.definition import load_study


def said(shown: Shown) -> str:
    """All paragraphs."""
    return " ".join(block.text for block in shown.bundle.blocks if isinstance(block, Paragraph))


def rows_of(shown: Shown, name: str) -> list[tuple[str, ...]]:
    """The rows of a table, or of those behind figures, whose names begin so."""
    tables = [block for block in shown.bundle.blocks if isinstance(block, Table)]
    tables += [block.table for block in shown.bundle.blocks if isinstance(block, Figure)]
    return [row for table in tables if table.name.startswith(name) for row in table.rows]


def row(controls: Controls, setting: str) -> Any:
    (found,) = (entry for entry in controls.rows if entry.setting == setting)
    return found.box


def test_somebody_elses_study_has_its_own_words_and_scheme() -> None:
    lab = open_lab("egi-chile", "putre")
    controls = Controls(lab)
    (field,) = lab.instrument.dimensions
    names = [getattr(entry.box, "description", None) or entry.box.label for entry in controls.rows]
    assert f"Gewicht: {field.title['de']}" in names
    row(controls, f"weights.item.{lab.instrument.items[0].id}").enter("3")
    shown = state(lab)
    assert "Vom Schema „Electronic Government Index“ weicht eine Einstellung ab." in said(shown)
    assert [cells[0] for cells in rows_of(shown, "lab-profile")] == [field.title["de"], "Gesamtwert"]
    (move,) = rows_of(shown, "scheme-change")
    # as many as answered, all of them moved or not under the same rules
    assert move[4] == str(len(lab.answers.municipalities))


def test_fields_that_were_not_answered_are_withheld_before_and_after() -> None:
    """Silbenstadt chose four of seven fields."""
    lab = open_lab("beispiel", "silbenstadt", "2021")
    lab.change("weights.item.MS01", 3.0)
    rows = rows_of(state(lab), "lab-profile")
    withheld = [cells for cells in rows if cells[1:4] == ("–", "–", "–")]
    assert (len(rows), len(withheld)) == (7, 3)
    (figure,) = (
        b for b in state(lab).bundle.blocks if isinstance(b, Figure) and b.table.name == "lab-profile"
    )
    assert figure.alternative.count("nicht ausgewiesen") == 2 * 3


def test_one_municipality_and_forty_fields_are_shown_whole(tmp_path: Path) -> None:
    lab = ScoringLab(load_study(study_of_fields(tmp_path, 40)))
    controls = Controls(lab)
    row(controls, "overall").value = True
    row(controls, "weights.dimension.f1").enter("10")
    shown = state(lab)
    rows = rows_of(shown, "lab-profile")
    assert [cells[0] for cells in rows] == [*(f"Feld {n}" for n in range(1, 41)), "Gesamtwert"]
    # 10 · 100 of (10 + 39): the first field alone has points
    assert rows[-1][2] == "20"
    assert "hier ist es einer" in said(shown) or "hier sind es eins" in said(shown)
    pictures = [block for block in shown.bundle.blocks if isinstance(block, Figure)]
    assert len(pictures) == 4, "no picture is taller than a page"


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_a_notebook_saved_after_a_change_shows_that_state_in_every_format(tmp_path: Path, form: str) -> None:
    lab = open_lab(str(REFERENCE / "example" / "study"), "adorf")
    lab.change("weights.item.A3", 2)
    node = nbformat.v4.new_notebook()
    node.metadata["title"] = "Bewertungslabor"
    for shown in (title(lab), state(lab)):
        if node.cells:
            node.cells.append(nbformat.v4.new_markdown_cell("## Was ändert sich dadurch?"))
        output = nbformat.v4.new_output("display_data", shown._mimebundle(), metadata=shown._metadata())
        node.cells.append(nbformat.v4.new_code_cell("x", outputs=[output], execution_count=1))
    made = export_notebook(node, form)
    if form == "pdf":
        (tmp_path / "x.pdf").write_bytes(made)
        text = str(read_pdf(tmp_path / "x.pdf"))
    else:
        text = made.decode("utf-8") if form == "html" else str(read_word(made))
    assert "Vom Schema „Klein“ weicht eine Einstellung ab." in text
    assert "am weitesten bewegt sich „Feld A“, um 7,5 Punkte" in text
    assert "A3 Wird berichtet?" in text
