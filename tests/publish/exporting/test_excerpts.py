"""A part of a report is the cells with its tag, and says of itself which part it is."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from weltoffen_eval.blocks import MIME
from weltoffen_eval.publish.exporting.excerpts import PART, excerpt


def test_a_part_holds_the_tagged_cells_in_their_order_and_leaves_the_report_as_it_is() -> None:
    about = {MIME: {"about": {"report": "selfcheck", "municipality": "adorf"}}}
    shown = new_output("display_data", data={"text/plain": "x"}, metadata=about)
    whole = new_notebook(
        cells=[
            new_code_cell("title", metadata={"tags": ["summary"]}, outputs=[shown]),
            new_markdown_cell("## Anhang"),
            new_markdown_cell("## Das Wichtigste", metadata={"tags": ["other", "summary"]}),
        ]
    )
    part = excerpt(whole, "summary")
    assert part is not None
    assert [cell.source for cell in part.cells] == ["title", "## Das Wichtigste"]
    assert part.metadata[PART] == "summary"
    told = part.cells[0].outputs[0].metadata[MIME]["about"]
    assert told == {"report": "summary", "municipality": "adorf"}
    assert whole.cells[0].outputs[0].metadata[MIME]["about"]["report"] == "selfcheck"
    assert len(whole.cells) == 3


def test_where_no_cell_has_the_tag_there_is_no_part() -> None:
    assert excerpt(new_notebook(cells=[new_markdown_cell("a")]), "summary") is None
