"""Where schemes lie: shipped ones, those of a study, and what a call names; nothing is opened here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, Fault, did_you_mean
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.keys import is_key
from weltoffen_eval.study.study_files import is_there, leads_out


def scheme_names() -> list[str]:
    """Ids of the schemes that come with the package."""
    return paths.shipped(paths.SCHEMES, "*.toml")


def scheme_path(name: str, study_folder: Path | None = None) -> Path:
    """The file of a scheme: a path, else ``schemes/<name>.toml`` of the study, else a shipped one.

    A path is taken from the study folder, or from the working folder where no study is given.
    """
    if name.endswith(".toml") or "/" in name:
        return (study_folder or Path.cwd()) / name
    if study_folder is not None and is_key(name) and is_there(study_folder / "schemes" / f"{name}.toml"):
        return study_folder / "schemes" / f"{name}.toml"
    if name in scheme_names():
        return paths.SCHEMES / f"{name}.toml"
    raise CallError(
        f"There is no scheme {name!r}; shipped are {', '.join(scheme_names())}. One of your own is "
        f"named by its path, such as ./scheme.toml.{did_you_mean(name, scheme_names())}"
    )


def scheme_of_study(study: Study, faults: list[Fault]) -> tuple[Path, str] | None:
    """The file that study.toml names, and its name in messages; None, with a fault, where it is refused."""
    chosen = study.scheme
    place = Fault("study.toml", repr(chosen), "a scheme that exists", column="scheme")
    if chosen.endswith(".toml") or "/" in chosen or "\\" in chosen:
        reason = leads_out(study.folder, chosen)
        if reason:
            expected = "a path inside the study folder, or a shipped scheme"
            faults.append(replace(place, found=f"{chosen!r}: {reason}", expected=expected))
            return None
    try:
        path = scheme_path(chosen, study.folder)
    except CallError as error:
        faults.append(replace(place, advice=str(error)))
        return None
    if "/" in chosen:
        return path, chosen
    return path, path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else path.name


def scheme_of_call(chosen: str, study: Study | None) -> tuple[Path, str]:
    """The file that the call names: from the working folder, else from the study folder."""
    is_path = chosen.endswith(".toml") or "/" in chosen
    folder = study.folder if study else None
    if folder is None or (is_path and is_there(Path.cwd() / chosen)):
        return scheme_path(chosen), chosen
    path = scheme_path(chosen, folder)
    return (path if is_there(path) or not is_path else Path.cwd() / chosen), chosen


def chosen_path(chosen: str | None, study: Study) -> Path:
    """The file of the scheme that a call names, or without a name the study."""
    found = scheme_of_call(chosen, study) if chosen else scheme_of_study(study, [])
    if found is None:
        raise CallError(f"The scheme {study.scheme!r} of {study.id} is refused.")
    return found[0]
