"""A parameter that is another after a cell than the run set ends the notebook, however the cell did it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from probes import notebook_of, run

from weltoffen_eval.publish.running import processes
from weltoffen_eval.publish.running.execution import NotebookFailed, run_notebook
from weltoffen_eval.publish.running.given_values import GivenValues
from weltoffen_eval.publish.running.parameters import check_parameters

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


@pytest.fixture(params=["forked", "ordinary"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(processes, "can_fork", lambda: request.param == "forked")
    return str(request.param)


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: True)


SAID = (
    r"^cell 3 of probe\.ipynb, lines? [\d to]+: after this cell the parameter study shows something else than "
    "the run set; give what the cell sets another name$"
)
#: None of these can be seen in the source of a cell for certain.
REBINDS = (
    "exec('study = 1')",
    "globals()['study'] = 'x'",
    "globals().update(study='x')",
    "del globals()['study']",
    "get_ipython().push({'study': 'x'})",
    "import __main__\n__main__.study = 'x'",
    "setattr(__import__('__main__'), 'stu' + 'dy', 'x')",
    "get_ipython().run_cell('stu' + 'dy = 2')",
    "open('other.py', 'w').write('study = 1')\n%run other.py",
    "open('other.ipy', 'w').write('study = 1')\n%run -i other.ipy",
    "%load_ext storemagic\nget_ipython().db['autorestore/study'] = 'x'\n%store -r",
    "from IPython.display import display\nexec('class Y(str): pass'); globals()['study'] = (study,)",
    "import threading\nt = threading.Thread(target=exec, args=('study = 1', globals())); t.start(); t.join()",
    "open('others.py', 'w').write('study = 1')\nfrom others import *",
    "vars()['study'] = 'x'",
    "get_ipython().user_ns['study'] = 'x'",
    "exec('for study in (1,): pass')",
    "exec('import os as study')",
    "repr = lambda given: \"('y',)\"\ntuple = str = repr\nexec('study = 1')",
)


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("source", REBINDS)
def test_a_cell_after_which_a_parameter_is_another_ends_the_notebook(tmp_path: Path, source: str) -> None:
    check_parameters(notebook_of(tmp_path, "print(study)", source), {"study": str}, ("study",))
    with pytest.raises(NotebookFailed, match=SAID) as failed:
        run(tmp_path, "print(study)", source, "print('never')")
    assert failed.value.notebook is not None
    assert failed.value.notebook.cells[2].outputs[0].text == "y\n"
    assert failed.value.notebook.cells[-1].outputs == []


def test_both_ways_of_running_a_notebook_see_it_alike(tmp_path: Path, way: str) -> None:
    with pytest.raises(NotebookFailed, match=SAID):
        run(tmp_path, "print(study)", "exec('study = 1')", "print('never')")


def may_fail(path: Path, position: int) -> Path:
    node = nbformat.read(path, 4)
    node.cells[position].metadata["tags"] = ["raises-exception"]
    nbformat.write(node, path)
    return path


def test_the_last_cell_changes_no_parameter_where_it_may_fail(tmp_path: Path, way: str) -> None:
    sources = ("1 + 1", "exec('study = 1')\nprint(study)\n1 / 0")
    with pytest.raises(NotebookFailed, match=SAID):
        run_notebook(may_fail(notebook_of(tmp_path, *sources), 2), {"study": "y"}, "Probe")


@pytest.mark.usefixtures("forking")
def test_a_cell_that_may_fail_is_asked_before_the_next_can_put_the_parameter_back(tmp_path: Path) -> None:
    sources = ("1 + 1", "exec('study = 1')\nprint(study)\n1 / 0", "exec('study = \"y\"')", "print('never')")
    with pytest.raises(NotebookFailed, match=SAID) as failed:
        run_notebook(may_fail(notebook_of(tmp_path, *sources), 2), {"study": "y"}, "Probe")
    assert failed.value.notebook is not None
    assert failed.value.notebook.cells[-1].outputs == []


def test_a_notebook_that_leaves_its_parameters_alone_shows_nothing_of_the_question(
    tmp_path: Path, way: str
) -> None:
    wordy = {"study": "y", "other": "zwei\n'Zeilen' \"ä\" \\ " + "lang " * 60}
    sources = (
        "(lambda study: study)(1)",
        "sorted(n for n in dir() if n[0] != '_')",
        "1 / 0",
        "In[-2], len(In)",
    )
    node = run_notebook(may_fail(notebook_of(tmp_path, *sources), 3), wordy, "Probe")
    # the cell of the parameters that papermill puts in is the second
    shown = [node.cells[n].outputs[0].data["text/plain"] for n in (2, 3, 5)]
    names = "['In', 'Out', 'exit', 'get_ipython', 'open', 'other', 'quit', 'study']"
    # a list of what was run begins with an empty one
    assert shown == ["1", names, "('1 / 0', 7)"]
    assert node.cells[4].outputs[0].ename == "ZeroDivisionError"
    assert [cell.execution_count for cell in node.cells] == [1, 2, 3, 4, 5, 6]


def answered(text: str) -> dict[str, object]:
    return {"status": "ok", "user_expressions": {"given": {"status": "ok", "data": {"text/plain": text}}}}


def test_the_sentence_names_what_changed() -> None:
    given = GivenValues({"study": "y", "wave": "2021"})
    injected = nbformat.v4.new_code_cell(metadata={"tags": ["injected-parameters"]})
    cells = [nbformat.v4.new_code_cell(), injected, nbformat.v4.new_code_cell()]
    assert given.reason(cells, 2, answered("\"('y', '2021')\"")) == ""
    assert "the parameter wave shows" in given.reason(cells, 2, answered("\"('y', '2024')\""))
    assert "the parameters study, wave show" in given.reason(cells, 1, answered('"(1, 2)"'))
    # what is no plain value can be told from none of them
    assert "the parameters study, wave show" in given.reason(cells, 2, answered("'(<a frame>, 1)'"))
    # the defaults of the notebook stand above what the run gives
    assert given.reason(cells, 0, answered('"(1, 2)"')) == ""
    # a cell that failed was not asked
    assert given.reason(cells, 2, {"status": "error", "user_expressions": {}}) == ""
