"""Where a command may write: over nothing that the study is read from, or that was filled in."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.commands.own_data import followed
from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.keeping.files import write_whole
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.received import written_tables


def check_out(out: Path | None, study: Study) -> None:
    """Refuse ``--out`` where it names what was received: raw files are never written.

    Raises
    ------
    CallError
        If it is a file of the study, or lies in the folder of a questionnaire or scheme that is shipped.
    """
    if out is None:
        return
    place = followed(out)
    folder = study.folder.resolve()
    received = [folder / name for name in (*written_tables(folder, study.files), "corrections.csv")]
    received += [folder / file.path for file in study.files if file.path]
    folders = [folder / "schemes", folder / "corrections", paths.INSTRUMENTS, paths.SCHEMES]
    folders += [folder / wave.instrument for wave in study.waves if "/" in wave.instrument]
    folders += [folder / forms.path for forms in study.form_folders]
    is_scheme = place == (folder / study.scheme).resolve()
    if (
        is_scheme
        or any(is_same(place, file) for file in received)
        or any(place.is_relative_to(f.resolve()) for f in folders)
    ):
        raise CallError(f"--out is {out}, which the study {study.id} is read from; name another file.")


def check_apart_from_study(out: Path, study: Study) -> None:
    """Refuse to write into the folder of a study, where another run would find what was written as raw data.

    Raises
    ------
    CallError
        If the place is the folder, or lies in it.
    """
    if followed(out).is_relative_to(study.folder.resolve()):
        raise CallError(
            f"--out is {out}, in the folder of the study, which holds what was received; name one beside it."
        )


def write_table(out: Path, text: str) -> None:
    """Write a table to a file; that a folder was made for it is said.

    Raises
    ------
    SurroundingsError
        If it cannot be written.
    """
    made = not out.parent.exists()
    write_whole(out, text.encode("utf-8"))
    if made:
        print(f"The folder {out.parent} was not there; it was made.", file=sys.stderr)


def write_unfilled(contents: Mapping[Path, bytes]) -> None:
    """Write forms, all or none, over nothing that may have been filled in.

    Raises
    ------
    CallError
        Where a file is there already and holds something else.
    """
    others = [path for path, content in contents.items() if path.is_file() and path.read_bytes() != content]
    if others:
        more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
        raise CallError(
            f"{others[0]}{more} is there already with another content, which may have been filled in; "
            "move it away, or name another --out."
        )
    for path, content in contents.items():
        write_whole(path, content)


def is_same(place: Path, file: Path) -> bool:
    """Whether two paths are one file, by link or by another spelling."""
    try:
        return place == file.resolve() or (place.exists() and file.exists() and place.samefile(file))
    except (OSError, RuntimeError):
        return False
