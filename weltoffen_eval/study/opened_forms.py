"""A returned workbook opened in its study: inside its folder, with faults told to whose form it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.forms.returned import ReturnedForm, Wanted, read_returned
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.study_files import leads_out

Made = TypeVar("Made")


def is_led_out(study: Study, raw: RawFile, path: Path | None, faults: list[Fault]) -> bool:
    """True, with a fault, for a file of the study that a link leads out of its folder.

    Parameters
    ----------
    path : where the file lies, if not yet in the study folder
    """
    # a link may have been changed since study.toml was read
    if path is not None or not leads_out(study.folder, raw.path):
        return False
    faults.append(Fault(raw.path, "a path that leads out of the study folder", "a file inside it"))
    return True


def open_workbook(
    study: Study,
    raw: RawFile,
    path: Path | None,
    wanted: Wanted,
    take: Callable[[ReturnedForm], Made],
    faults: list[Fault],
) -> Made | None:
    """What ``take`` makes of a returned workbook; None, with faults, where it is no form.

    Faults of a form of this study, told when it was opened or taken, are those of its municipality.

    Parameters
    ----------
    path : where the workbook lies, if not yet in the study folder
    wanted : as :func:`read_returned` takes it
    """
    before = len(faults)
    inside = study.folder if path is None else None
    form = read_returned(path or study.folder / raw.path, raw.path, wanted, faults, inside)
    if form is None:
        return None
    made = take(form)
    faults[before:] = told_to_its_own(study, form, faults[before:])
    return made


def told_to_its_own(study: Study, form: ReturnedForm, faults: list[Fault]) -> list[Fault]:
    """The faults of a form, each of its municipality where it is one of this study."""
    key = form.identity.get("municipality", "")
    if key not in study.register.by_key or form.identity.get("study") != study.id:
        return faults
    return [replace(fault, municipality=key) for fault in faults]
