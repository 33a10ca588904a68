"""The house as a whole: its rooms, its notebooks, its promises in README, environment and package."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from itertools import groupby, takewhile
from pathlib import Path

import click
import pytest
from places import ROOT

from weltoffen_eval.commands.main import main, weltoffen

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MODULES = sorted((ROOT / "weltoffen_eval").rglob("*.py"))


def commands() -> dict[str, click.Command]:
    context = click.Context(weltoffen)
    found = {name: weltoffen.get_command(context, name) for name in weltoffen.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_the_rooms_import_only_one_way() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


#: What reads or writes a file, in whatever module it is called.
_DISK_MODULES = {
    "os",
    "io",
    "pathlib",
    "shutil",
    "tempfile",
    "glob",
    "tomllib",
    "csv",
    "sqlite3",
    "pyarrow",
    "pickle",
}
_DISK_CALLS = re.compile(r"open|(?:read|write)_(?:text|bytes)|(?:from|to)file|loadtxt|savetxt|genfromtxt")
_TABLE_CALLS = re.compile(r"(?:read|to)_(?:csv|parquet|excel|json|feather|pickle|sql|hdf|html|table)")
#: Modules of our own that open files.
_DISK_ROOMS = ("weltoffen_eval.paths", "weltoffen_eval.study.toml_files", "weltoffen_eval.study.study_files")


def touches_disk(tree: ast.Module) -> list[str]:
    """What in a module could read or write a file, wherever in it it stands."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [
                a.name for a in node.names if a.name.split(".")[0] in _DISK_MODULES or a.name in _DISK_ROOMS
            ]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
            found += [n for n in names if n.split(".")[0] in _DISK_MODULES or n in _DISK_ROOMS]
            found += [n for n in names if n.startswith("weltoffen_eval.raw")]
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if _DISK_CALLS.fullmatch(called) or _TABLE_CALLS.fullmatch(called) or called == "__import__":
                found.append(f"{called}()")
    return found


@pytest.mark.parametrize(
    "module", sorted((ROOT / "weltoffen_eval" / "analysis").rglob("*.py")), ids=lambda p: p.stem
)
def test_analysis_touches_no_disk(module: Path) -> None:
    assert touches_disk(ast.parse(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "from pathlib import Path", "import os.path", "def f():\n    import io", "from weltoffen_eval import paths",
        "from weltoffen_eval.study.toml_files import read_toml", "open('x')", "frame.to_csv('x')", "pd.read_parquet(x)",
        "path.read_bytes()", "import pyarrow.parquet", "from weltoffen_eval.raw.files import read",
    ],
)  # fmt: skip
def test_what_touches_the_disk_is_seen_as_that(line: str) -> None:
    assert touches_disk(ast.parse(line))


def test_the_conda_environment_names_the_packages_of_pyproject() -> None:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    named = [line.strip().removeprefix("- ") for line in lines if line.strip().startswith("- ")]
    named = [n for n in named if n not in ("conda-forge", "pip", "pip:", "-e .")]
    wanted = PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]
    assert sorted(named) == sorted([*wanted, "python" + PYPROJECT["project"]["requires-python"]])


def test_the_lock_is_that_of_pyproject() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    (own,) = (p for p in lock["package"] if p["name"] == "weltoffen-eval")
    named = {d["name"] + d.get("specifier", "") for d in own["metadata"]["requires-dist"]}
    optional = PYPROJECT["project"]["optional-dependencies"].values()
    assert named == {*PYPROJECT["project"]["dependencies"], *(name for names in optional for name in names)}
    assert all("hash" in wheel for p in lock["package"] for wheel in p.get("wheels", []))


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_every_option_has_help_and_stands_in_the_readme(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (row,) = (line for line in readme.splitlines() if re.match(rf"\| `weltoffen {name}\b", line))
    command = commands()[name]
    assert command.help
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"Usage: weltoffen {name}" in shown
    for option in (param for param in command.params if isinstance(param, click.Option)):
        assert option.help
        assert option.opts[-1] in shown
        # --debug and --json are told once for all
        assert option.opts[0] in (
            row if option.name not in ("as_json",) and option.opts[0] != "--debug" else readme
        )


def test_the_readme_names_no_command_that_is_not_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\| `weltoffen (\w+)", readme)) == set(commands())


def test_ci_calls_the_test_command_of_the_readme_and_what_is_long_and_rare() -> None:
    assert "\nmake test " in (ROOT / "README.md").read_text(encoding="utf-8")
    called = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in called if line.startswith("make ")] == ["make test", "make check-slow"]


def test_links_in_the_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), (page.name, target)


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_opens_with_one_sentence_and_fits_in_one_sitting(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", "?"))
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_plain(notebook: Path) -> None:
    """No outputs, a parameters cell first, small cells that neither define, read nor write."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert code[0]["metadata"]["tags"] == ["parameters"]
    for line in "".join(code[0]["source"]).splitlines():
        assert re.fullmatch(r'\w+ = "[^"]*"  # .+', line), line
    for cell in code[1:]:
        source = "".join(cell["source"])
        assert len(source.splitlines()) <= 6
        assert not re.search(r"\bdef |\bclass |pd\.read|open\(|\.to_csv|Path\(|import os", source)
    imports = [line for cell in code for line in "".join(cell["source"]).splitlines() if "import " in line]
    assert len(imports) == 1


def test_importing_the_package_imports_no_pandas() -> None:
    program = "import sys, weltoffen_eval; sys.exit('pandas' in sys.modules or 'matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_verbs_of_the_package_are_there() -> None:
    import weltoffen_eval

    for name in weltoffen_eval.__all__:
        assert getattr(weltoffen_eval, name).__doc__
    with pytest.raises(AttributeError):
        _ = weltoffen_eval.load_everything


def test_the_exporter_is_found_by_nbconvert() -> None:
    from nbconvert.exporters import get_exporter

    from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
    from weltoffen_eval.publish.exporting.pdf import WeltoffenPDFExporter

    assert get_exporter("weltoffen-html") is WeltoffenHTMLExporter
    assert get_exporter("weltoffen-pdf") is WeltoffenPDFExporter


def test_no_way_through_the_rooms_leads_back_and_no_room_holds_a_quarter_of_the_lines() -> None:
    from drawing import arrows, sizes_of_rooms

    ways: dict[str, set[str]] = {}
    for one, other in arrows():
        ways.setdefault(one, set()).add(other)
    # raises CycleError, which names the circle
    order = list(TopologicalSorter(ways).static_order())
    assert (
        order.index("raw")
        < order.index("study")
        < order.index("results")
        < order.index("runs")
        < order.index("commands")
    )
    lines = sizes_of_rooms()
    (room, most), *_ = lines.most_common(1)
    assert most < lines.total() / 4, room


def test_a_class_has_its_name_for_itself() -> None:
    places: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(module.name)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


#: So many neighbours of one type can be told apart where they are called; more are called by name.
_MOST_NEIGHBOURS = 4


def neighbours_without_names(node: ast.ClassDef) -> int:
    """The longest row of fields of one type that a data class takes by their places alone."""
    decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
    if not any("dataclass" in text for text in decorators) or any("kw_only=True" in t for t in decorators):
        return 0
    types = [ast.unparse(field.annotation) for field in node.body if isinstance(field, ast.AnnAssign)]
    by_place = takewhile(lambda text: text != "KW_ONLY", types)
    return max((len(list(alike)) for _, alike in groupby(by_place)), default=0)


def test_fields_of_a_data_class_with_many_neighbours_of_one_type_are_called_by_name() -> None:
    classes = [
        node
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assert {node.name for node in classes if neighbours_without_names(node) > _MOST_NEIGHBOURS} == set()


@pytest.mark.parametrize(
    ("decorator", "fields", "neighbours"),
    [
        ("@dataclass", "a: str; b: str; c: int; d: int; e: int", 3),
        ("@dataclass(frozen=True)", "a: str; _: KW_ONLY; b: str; c: str", 1),
        ("@dataclass(frozen=True, kw_only=True)", "a: str; b: str; c: str", 0),
    ],
)
def test_neighbours_are_counted_as_they_are_called(decorator: str, fields: str, neighbours: int) -> None:
    (node,) = ast.parse(f"{decorator}\nclass X: {fields}").body
    assert isinstance(node, ast.ClassDef)
    assert neighbours_without_names(node) == neighbours
