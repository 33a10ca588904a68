"""``weltoffen lab``: JupyterLab, opened at the scoring lab of a study."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import CallError

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Study

#: Below the project: copies of the notebook, so that trying something out changes none that others use.
FOLDER = "lab"
_NOTEBOOK = "scoring_lab.ipynb"


@options.as_command("lab", "The scoring lab in JupyterLab, on this machine alone; Ctrl-C ends it.")
@options.study
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8888, help="The first port that is tried (8888; 0: any)."
)
@click.option("--no-browser", is_flag=True, help="Print the address only.")
def command(study: str | None, port: int, no_browser: bool) -> int:
    """Copy the notebook where it is not there yet, start JupyterLab, print the address."""
    from weltoffen_eval.publish.running.jupyter_lab import serve_lab
    from weltoffen_eval.study.definition import load_study

    loaded = load_study(study)
    notebook = copy_notebook(loaded)
    serve_lab(notebook, paths.project_folder(), port, not no_browser, lambda line: print(line, flush=True))
    return 0


def copy_notebook(study: Study) -> Path:
    """The notebook of a study's lab, made where it is not there yet: what somebody did in it stays.

    Raises
    ------
    CallError
        If no wave of the study has a questionnaire.
    """
    from weltoffen_eval.publish.keeping.files import write_whole

    waves = [wave.id for wave in study.waves if wave.id in study.instruments]
    if not waves:
        raise CallError(f"{study.id} has no questionnaire, so there is nothing to score.")
    place = paths.project_folder() / FOLDER / f"{study.id}.ipynb"
    if os.path.lexists(place):
        print(f"{place} was there and is opened as it is.")
        return place
    named = paths.study_name(study.folder) or str(study.folder)
    values = {"study": named, "municipality": "", "wave": waves[0]}
    own = paths.notebooks_folder() / _NOTEBOOK
    shipped = next(path for path in paths.shipped_notebooks() if path.name == _NOTEBOOK)
    content = json.loads((own if own.is_file() else shipped).read_text(encoding="utf-8"))
    cell = next(c for c in content["cells"] if "parameters" in c["metadata"].get("tags", []))
    cell["source"] = [_with_value(line, values) for line in cell["source"]]
    write_whole(place, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))
    print(place)
    return place


def _with_value(line: str, values: dict[str, str]) -> str:
    name, _, rest = line.partition(" = ")
    _, hint, comment = rest.partition("  # ")
    return f"{name} = {json.dumps(values[name])}{hint}{comment}" if name in values else line
