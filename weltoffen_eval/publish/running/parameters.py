"""The parameters of a notebook, held against what a run will set, before anything starts.

papermill puts the values of a run into a cell below the one tagged ``parameters``. A notebook that names a
parameter otherwise, or sets it again further down, would show the same municipality under every name.
"""

from __future__ import annotations

import ast
import dis
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.publish.running.notebook_source import Cell, read_cells

if TYPE_CHECKING:
    # with all it imports it takes 1 s, for which no run is to wait before it begins
    from nbformat import NotebookNode

_TAG, _INJECTED = "parameters", "injected-parameters"
_BINDS = {"STORE_NAME", "DELETE_NAME", "STORE_GLOBAL", "DELETE_GLOBAL"}
_BINDS_EVERYWHERE = {"STORE_GLOBAL", "DELETE_GLOBAL"}
#: Magics whose cell is no Python of this notebook.
_OTHER_LANGUAGES = frozenset({
    "!", "bash", "sh", "script", "system", "sx", "cmd", "perl", "ruby", "python", "python2", "python3",
    "pypy", "html", "HTML", "svg", "SVG", "latex", "markdown", "javascript", "js", "writefile", "file",
})  # fmt: skip
#: How a type is called in a message.
_WORDS = {str: "a text", int: "a whole number", float: "a number", bool: "True or False"}


def check_parameters(notebook: Path, expected: Mapping[str, type], named: Sequence[str] = ()) -> None:
    """Raise CallError where a notebook does not take the parameters of a run, and nothing else.

    Parameters
    ----------
    expected : the names that a run sets, each with its type
    named : those after which a report is called; the notebook must use them
    """
    cells = read_cells(notebook)
    place = _parameters_cell(notebook, cells)
    _check_declared(notebook, place, _declared(notebook, place, cells[place]), expected)
    injected = [n for n, cell in enumerate(cells) if _INJECTED in cell.tags]
    # papermill replaces a cell of its own where an earlier run left one
    start = injected[0] if injected else place
    used: set[str] = set()
    for number, cell in enumerate(cells):
        if cell.kind != "code" or number == start or (number == place and start > place):
            continue
        bound, read = names_of(cell.source)
        if number < start:
            for name in sorted((bound | read) & expected.keys()):
                raise CallError(
                    f"{_where(notebook, number)} uses the parameter {name} before a run sets it; "
                    f"move it below the cell tagged {_TAG}."
                )
        for name in sorted(bound & expected.keys()):
            raise CallError(
                f"{_where(notebook, number)} sets the parameter {name} again, so that every report would "
                "show the same; give what it sets there another name."
            )
        used |= read
    for name in named:
        if name in expected and name not in used:
            raise CallError(
                f"{notebook.name} declares the parameter {name} and never uses it, so that every report "
                "would show the same."
            )


def record_parameters(node: NotebookNode, recorded: Mapping[str, str]) -> None:
    """In the cell that papermill put in, some parameters as they are to be kept; the others stay."""
    for cell in node.cells:
        if _INJECTED in cell.metadata.get("tags", []):
            for name, value in recorded.items():
                line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
                cell.source = re.sub(rf"(?m)^{re.escape(name)} = .*$", line.replace("\\", r"\\"), cell.source)


def _parameters_cell(notebook: Path, cells: Sequence[Cell]) -> int:
    tagged = [number for number, cell in enumerate(cells) if _TAG in cell.tags]
    if len(tagged) != 1 or cells[tagged[0]].kind != "code":
        found = f"{len(tagged)} cells are" if tagged[1:] else "a cell of text is" if tagged else "no cell is"
        raise CallError(
            f"{notebook.name}: {found} tagged {_TAG}; expected is one cell of code with a line for each "
            'parameter, such as wave = "2021".'
        )
    return tagged[0]


def _declared(notebook: Path, number: int, cell: Cell) -> dict[str, object]:
    """The parameters and their defaults; CallError for a line that is no plain literal."""
    declared: dict[str, object] = {}
    try:
        statements = ast.parse(cell.source).body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise CallError(f"{_where(notebook, number)} cannot be read: {error}.") from error
    for statement in statements:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        target = (
            statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1
            else statement.target if isinstance(statement, ast.AnnAssign) else None
        )  # fmt: skip
        value = getattr(statement, "value", None)
        try:
            if not isinstance(target, ast.Name) or value is None:
                raise ValueError
            declared[target.id] = ast.literal_eval(value)
        except (ValueError, TypeError, RecursionError) as error:
            found = (ast.get_source_segment(cell.source, statement) or "").splitlines()
            raise CallError(
                f"{_where(notebook, number)}, line {statement.lineno}: found {found[0][:80]!r}; expected is "
                'a parameter with a plain value, such as wave = "2021". Move everything else below.'
            ) from error
    return declared


def _check_declared(
    notebook: Path, number: int, declared: Mapping[str, object], expected: Mapping[str, type]
) -> None:
    missing = [name for name in expected if name not in declared]
    unknown = [name for name in declared if name not in expected]
    if missing or unknown:
        parts = [f"the parameter {name} is missing" for name in missing]
        parts += [f"{name} is none{did_you_mean(name, missing)}" for name in unknown]
        raise CallError(f"{_where(notebook, number)}: {'; '.join(parts)}; a run sets {', '.join(expected)}.")
    for name, kind in expected.items():
        # exactly: True would be a whole number too
        if type(declared[name]) is not kind:
            raise CallError(
                f"{_where(notebook, number)}: the parameter {name} is {declared[name]!r}; expected is "
                f"{_WORDS.get(kind, kind.__name__)}."
            )


def _where(notebook: Path, number: int) -> str:
    return f"cell {number + 1} of {notebook.name}"


def names_of(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell binds in the notebook, and those that it reads; as Python compiles it.

    A cell that cannot be compiled fails when it is run, and binds nothing.
    """
    code = _compiled(source)
    if code is None:
        source = _without_magics(source)
        code = _compiled(source)
    if code is None:
        return set(), set()
    bound, read = _names_in(code)
    for magic, line, body in _magics(source) if "get_ipython" in read else ():
        # what it is given may be code (%time x = 1); the first line may name what it sets (%%capture x)
        words = set(re.findall(r"\w+", line))
        for text in (line, body) if magic not in _OTHER_LANGUAGES else ():
            if (of_magic := _compiled(text)) is not None:
                inner_bound, inner_read = _names_in(of_magic)
                bound, read = bound | inner_bound, read | inner_read
        bound |= words if body else set()
        read |= words
    return bound, read


def _compiled(source: str) -> CodeType | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            code: CodeType = compile(source, "cell", "exec", flags, dont_inherit=True)
            return code
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _names_in(code: CodeType) -> tuple[set[str], set[str]]:
    bound, read = set(), set()
    for inner, binds in ((code, _BINDS), *((each, _BINDS_EVERYWHERE) for each in _nested(code))):
        for instruction in dis.get_instructions(inner):
            if instruction.opname in binds:
                bound.add(instruction.argval)
            elif instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"):
                read.add(instruction.argval)
    return bound, read


def _nested(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _nested(constant)


def _without_magics(source: str) -> str:
    """What IPython makes of a cell with magics and shell commands."""
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]


def _magics(source: str) -> Iterator[tuple[str, str, str]]:
    """(name, line, body) of every magic and shell command in what IPython made of a cell."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "get_ipython()":
            given = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if call.func.attr in ("run_line_magic", "run_cell_magic"):
                name, line, body = [*given, "", "", ""][:3]
                yield name, line, body
            else:
                yield "!", " ".join(given), ""
