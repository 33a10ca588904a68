"""What is said where a command hands out a study's own data."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError

if TYPE_CHECKING:
    import pandas as pd


#: Kinds of file whose rows are persons.
_OF_PERSONS = ("field_ratings", "participants")


def followed(out: Path) -> Path:
    """The place that ``--out`` names, whatever links and dots lead there.

    Raises
    ------
    CallError
        If the path cannot be followed: links in a circle, a forbidden sign, a name that is too long.
    """
    try:
        place = out.resolve()
        place.is_file()  # a name that is too long is noticed here only
        return place
    except (OSError, RuntimeError, ValueError):
        raise CallError(f"--out is {str(out)!r}, a path that cannot be followed.") from None


def check_apart_from_reports(out: Path | None) -> None:
    """Refuse to write a study's own data where reports lie, whether for the team or for everybody.

    Raises
    ------
    CallError
        If the place is in the folder of reports, or in one that holds the manifest of a run.
    """
    if out is None:
        return
    place = followed(out)
    around = (place, *place.parents)
    reports = (paths.project_folder() / "reports").resolve()
    if reports in around or any((folder / "manifest.json").is_file() for folder in around):
        raise CallError(f"--out is {out}, where reports lie; the study's own data is not for publication.")


def tell_own_data(records: pd.DataFrame, kinds: Collection[str] = ()) -> None:
    """Say that what holds answers of persons is the team's own; ``records`` as cleaning gives them.

    ``kinds``: the other kinds of file that are handed out too.
    """
    if (records["unit"] == "persons").any() or set(kinds).intersection(_OF_PERSONS):
        print("Not for publication: this holds answers of persons.", file=sys.stderr)
