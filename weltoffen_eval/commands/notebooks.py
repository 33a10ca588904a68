"""``weltoffen notebooks``: the notebooks of the package as files, for those who change them."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import CallError


@options.as_command("notebooks", "The notebooks as files, for those who change them.")
@click.option(
    "--out", type=options.FilePath(), required=True, help="The folder for them; what was changed there stays."
)
@options.as_json
def command(out: Path, as_json: bool) -> int:
    """Write each notebook that is not there; one that differs is somebody's work and is kept."""
    from weltoffen_eval.publish.keeping.files import write_whole

    if os.path.lexists(out) and not out.is_dir():
        raise CallError(f"--out is {out}, which is no folder; name a folder for the notebooks.")
    told: dict[str, list[str]] = {"written": [], "kept": [], "same": []}
    for notebook in paths.shipped_notebooks():
        content, place = notebook.read_bytes(), out / notebook.name
        if not os.path.lexists(place):
            write_whole(place, content)
            told["written"].append(notebook.name)
        else:
            same = place.is_file() and place.read_bytes() == content
            told["same" if same else "kept"].append(notebook.name)
    if as_json:
        print(json.dumps({"folder": str(out), **told, "used": is_used(out)}, ensure_ascii=False))
        return 0
    for name in told["written"]:
        print(out / name)
    for name in told["kept"]:
        print(f"{out / name}: differs from that of the package and was kept; delete it to get that one.")
    if told["same"]:
        print(f"{len(told['same'])} are there already as the package has them.")
    print(_tell_use(out))
    return 0


def is_used(folder: Path) -> bool:
    """Whether a run from the working folder takes its notebooks from this folder."""
    return folder.resolve() == paths.notebooks_folder().resolve()


def _tell_use(folder: Path) -> str:
    rest = "One that is not there is taken from the package."
    if is_used(folder):
        return f"weltoffen run takes its notebooks from here. {rest}"
    setting = f"WELTOFFEN_NOTEBOOKS={shlex.quote(str(folder.resolve()))}"
    return (
        f"weltoffen run takes its notebooks from here when it is called as `{setting} weltoffen run …`, "
        f"or when the folder lies as notebooks/ in the folder from which it is called. {rest}"
    )
