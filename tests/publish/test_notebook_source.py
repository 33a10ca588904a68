"""A notebook as it was written: what its last run left in it changes no report."""

from __future__ import annotations

from pathlib import Path

import nbformat
from places import ROOT

from weltoffen_eval.publish.execution import run_notebook
from weltoffen_eval.publish.exports import export_notebook
from weltoffen_eval.publish.notebook_source import hash_notebook, read_cells


def probe() -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell('study = "x"', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_markdown_cell("# T\n\nText"),
            nbformat.v4.new_code_cell("print(study)"),
        ]
    )


def saved(node: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """As an editor saves it after a run, with another kernel and other ids."""
    for number, cell in enumerate(node.cells):
        cell.id = f"other-{number}"
        cell.metadata["collapsed"] = False
        if cell.cell_type == "code":
            cell.execution_count = number + 7
            cell.outputs = [nbformat.v4.new_output("stream", text="aus einem früheren Lauf\n")]
    node.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Andere", "language": "python", "name": "weltoffen"},
            "language_info": {"name": "python", "version": "3.99"},
            "widgets": {},
        }
    )
    return node


def written(path: Path, node: nbformat.NotebookNode) -> Path:
    nbformat.write(node, path)
    return path


def test_saved_outputs_counts_ids_and_kernel_leave_the_hash_and_the_bytes(tmp_path: Path) -> None:
    plain = written(tmp_path / "a.ipynb", probe())
    after = written(tmp_path / "b.ipynb", saved(probe()))
    assert hash_notebook(plain) == hash_notebook(after)
    made = [export_notebook(run_notebook(path, {"study": "y"}, "T"), "ipynb") for path in (plain, after)]
    assert made[0] == made[1]


def test_another_source_tag_kind_or_order_gives_another_hash(tmp_path: Path) -> None:
    hashes = {hash_notebook(written(tmp_path / "0.ipynb", probe()))}
    for number, change in enumerate(
        (
            lambda node: node.cells[2].update(source="print(study, 1)"),
            lambda node: node.cells[0].metadata.update(tags=["parameters", "summary"]),
            lambda node: node.cells[1].update(source="# T\n\nAnderer Text"),
            lambda node: node.cells.reverse(),
            lambda node: node.cells.pop(),
            lambda node: node.cells[1].update(attachments={"a.png": {"image/png": "AAAA"}}),
        ),
        1,
    ):
        node = probe()
        change(node)
        hashes.add(hash_notebook(written(tmp_path / f"{number}.ipynb", node)))
    assert len(hashes) == 7


def test_cells_are_those_that_nbformat_reads() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        expected = [(c.cell_type, c.source) for c in nbformat.read(path, 4).cells]
        assert [(cell.kind, cell.source) for cell in read_cells(path)] == expected


def test_what_is_no_notebook_has_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    # FIPS 180-2, appendix B.1
    assert hash_notebook(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_notebook(tmp_path / "nowhere") == ""
