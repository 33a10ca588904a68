"""What of an executed notebook everybody may have."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from weltoffen_eval.publish.exporting.public_notebook import for_everybody


def tagged(cell: nbformat.NotebookNode, *tags: str) -> nbformat.NotebookNode:
    cell.metadata["tags"] = list(tags)
    return cell


def test_nothing_stays_that_no_page_shows() -> None:
    failed = new_output("error", ename="ValueError", evalue="seven", traceback=["/home/kanarie/x.py"])
    notebook = new_notebook(
        cells=[
            tagged(new_code_cell('study = "/home/kanarie/studie"'), "parameters"),
            tagged(new_markdown_cell("### kanarie"), "internal"),
            tagged(new_code_cell("x", outputs=[new_output("stream", text="kanarie")]), "internal"),
            tagged(new_markdown_cell("kanarie"), "remove-cell"),
            tagged(new_code_cell("x", outputs=[new_output("stream", text="kanarie")]), "remove_output"),
            new_markdown_cell("# Titel\n<!-- kanarie -->\nText <!-- kanarie"),
            new_code_cell(
                "kanarie()",
                outputs=[
                    new_output("stream", name="stderr", text="kanarie"),
                    new_output("stream", name="stdout", text="Sechs"),
                ],
            ),
            tagged(new_code_cell("kanarie", outputs=[failed]), "raises-exception"),
        ]
    )
    before = nbformat.writes(notebook)
    made = for_everybody(notebook)
    assert "kanarie" not in nbformat.writes(made)
    assert [cell.source for cell in made.cells] == ["# Titel\n\nText ", "", ""]
    assert made.cells[1].outputs[0].text == "Sechs"
    assert made.cells[2].outputs[0].evalue == "seven"
    # what is executed of a failed one is for those who repair it
    assert nbformat.writes(notebook) == before
