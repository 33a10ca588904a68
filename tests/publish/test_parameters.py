"""The parameters of a notebook: what a run sets is what the notebook takes, and nothing sets it again."""

from __future__ import annotations

from pathlib import Path

import nbformat
import papermill
import pytest
from places import ROOT

from weltoffen_eval.commands.run_notebooks import KINDS, check_kinds
from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.parameters import check_parameters, names_of

EXPECTED = {"study": str, "municipality": str}
DECLARED = 'study = "x"  # a study\nmunicipality = "musterstadt"'


def write(tmp_path: Path, *cells: tuple[str, str], name: str = "probe.ipynb") -> Path:
    """A notebook of (tag, source); an empty tag is none, the tag ``text`` makes a Markdown cell."""
    node = nbformat.v4.new_notebook()
    for tag, source in cells:
        make = nbformat.v4.new_markdown_cell if tag == "text" else nbformat.v4.new_code_cell
        node.cells.append(make(source, metadata={"tags": [tag]} if tag not in ("", "text") else {}))
    path = tmp_path / name
    nbformat.write(node, path)
    return path


def check(tmp_path: Path, *cells: tuple[str, str]) -> None:
    check_parameters(write(tmp_path, *cells), EXPECTED, ("municipality",))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_papermill_finds_the_parameters_in_the_notebooks_that_a_run_sets(
    kind: object, recwarn: pytest.WarningsRecorder
) -> None:
    found = papermill.inspect_notebook(str(ROOT / "notebooks" / kind.file))  # type: ignore[attr-defined]
    assert list(found) == list(kind.parameters)  # type: ignore[attr-defined]
    check_kinds([kind])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (
            'study = "x"\nkommune = "musterstadt"',
            "cell 1 of probe.ipynb: the parameter municipality is missing; kommune is none; "
            "a run sets study, municipality.",
        ),
        ('study = "x"\nmunicipalty = "a"', "Did you mean 'municipality'"),
        ('study = "x"', "the parameter municipality is missing"),
        (f'{DECLARED}\nyear = "2021"', "year is none"),
        ('study = "x"\nmunicipality = 7', "the parameter municipality is 7; expected is a text"),
        ('study = "x"\nmunicipality = None', "municipality is None"),
        ('study = "x"\nmunicipality = ["a"]', "expected is a text"),
        ('study = municipality = "x"', "expected is a parameter with a plain value"),
        ('study, municipality = "x", "y"', "line 1: found 'study, municipality"),
        (f"{DECLARED}\nprofile = load(study)", "line 3: found 'profile = load(study)'"),
        ("study = 'x", "cannot be read"),
    ],
)
def test_a_notebook_that_declares_other_parameters_is_refused(
    tmp_path: Path, declared: str, said: str
) -> None:
    with pytest.raises(CallError) as refused:
        check(tmp_path, ("parameters", declared), ("", "print(municipality)"))
    assert said in str(refused.value)


#: All of these set the name in the notebook, as Python (or IPython) understands them.
SETS_AGAIN = (
    "municipality = 'musterstadt'",
    "x, (municipality, *y) = 1, (2, 3)",
    "*municipality, x = 'ab'",
    "municipality += ''",
    "municipality: str = 'x'",
    "for municipality in ['x']: pass",
    "with open('x') as municipality: pass",
    "(municipality := 'x')",
    "[(municipality := x) for x in 'ab']",
    "import os as municipality",
    "from os import path as municipality",
    "def municipality(): pass",
    "class municipality: pass",
    "del municipality",
    "try: 1 / 0\nexcept ZeroDivisionError as municipality: pass",
    "match study:\n    case municipality: pass",
    "def change():\n    global municipality\n    municipality = 'x'\nchange()",
    "await something()\nmunicipality = 'x'",
    "%time municipality = 'x'",
    "%%time\nmunicipality = 'x'",
    "%%capture municipality\nprint(1)",
    "municipality = !ls",
    "municipality = %pwd",
    "%%bash --out municipality\nls",
)


@pytest.mark.parametrize("source", SETS_AGAIN)
def test_a_cell_that_sets_a_parameter_again_is_refused(tmp_path: Path, source: str) -> None:
    cells = (("parameters", DECLARED), ("text", "# Titel"), ("", "print(municipality)"), ("", source))
    with pytest.raises(CallError, match=r"cell 4 of probe\.ipynb sets the parameter municipality again"):
        check(tmp_path, *cells)


@pytest.mark.parametrize(
    "source",
    [
        "[municipality for municipality in 'ab']",
        "def show(municipality): return municipality",
        "lambda municipality: municipality",
        "class Place:\n    municipality = 'x'",
        "profile = load(study, municipality=municipality)",
        "place.municipality = 'x'",
        "municipality == 'x'",
        "%%bash\nmunicipality=1",
        "%matplotlib inline\nprint(municipality)",
        "this is no Python",
        "'\\d'",
    ],
)
def test_a_cell_that_only_uses_the_name_is_taken(tmp_path: Path, source: str) -> None:
    check(tmp_path, ("parameters", DECLARED), ("", "print(municipality)"), ("", source))


def test_a_notebook_without_or_with_two_cells_of_parameters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="no cell is tagged parameters"):
        # case 53: papermill would put its values on top, and the cell would overwrite them
        check(tmp_path, ("text", "# T"), ("", "x = 1\nmunicipality = 'musterstadt'"), ("", "municipality"))
    with pytest.raises(CallError, match="2 cells are tagged parameters"):
        check(tmp_path, ("parameters", DECLARED), ("parameters", DECLARED), ("", "municipality"))
    node = write(tmp_path, ("", "municipality"))
    content = nbformat.read(node, 4)
    content.cells.insert(0, nbformat.v4.new_markdown_cell("# T", metadata={"tags": ["parameters"]}))
    nbformat.write(content, node)
    with pytest.raises(CallError, match="a cell of text is tagged parameters"):
        check_parameters(node, EXPECTED)


@pytest.mark.parametrize("before", ["municipality = 'x'\nprofile = municipality", "print(study)"])
def test_what_uses_a_parameter_above_its_cell_is_refused(tmp_path: Path, before: str) -> None:
    with pytest.raises(
        CallError, match=r"cell 1 of probe\.ipynb uses the parameter \w+ before a run sets it"
    ):
        check(tmp_path, ("", before), ("parameters", DECLARED), ("", "municipality"))


def test_words_and_other_code_may_stand_above_the_parameters(tmp_path: Path) -> None:
    check(tmp_path, ("text", "# T"), ("", "import os"), ("parameters", DECLARED), ("", "municipality"))


def test_the_cell_that_an_earlier_papermill_left_is_replaced_and_sets_nothing_again(tmp_path: Path) -> None:
    left = ("injected-parameters", 'municipality = "bestadt"')
    check(tmp_path, ("parameters", DECLARED), left, ("", "municipality"))
    with pytest.raises(CallError, match="before a run sets it"):
        # papermill would put its values between the two
        check(tmp_path, ("parameters", DECLARED), ("", "print(municipality)"), left, ("", "municipality"))
    with pytest.raises(CallError, match="sets the parameter municipality again"):
        check(tmp_path, left, ("parameters", DECLARED), ("", "municipality"))


def test_a_report_that_does_not_use_the_name_under_which_it_is_filed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="declares the parameter municipality and never uses it"):
        check(tmp_path, ("parameters", DECLARED), ("", "load(study, 'musterstadt')"))
    check(tmp_path, ("parameters", DECLARED), ("", "def f(): return municipality"))
    check(tmp_path, ("parameters", DECLARED), ("", "!echo $municipality"))


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4, "cells": [1]}', "[" * 50_000],
)
def test_what_is_no_notebook_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CallError, match=r"x\.ipynb"):
        check_parameters(path, EXPECTED)
    with pytest.raises(CallError, match="cannot be read"):
        check_parameters(tmp_path / "nowhere.ipynb", EXPECTED)


def test_names_are_those_of_the_notebook_and_not_of_its_functions() -> None:
    bound, read = names_of("import a.b\nfor x in y: z = lambda q: q + w")
    assert bound == {"a", "x", "z"}
    assert read == {"y", "w"}
