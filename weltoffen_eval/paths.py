"""Where things lie: the only module that knows folder names. Nothing is created on import."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from weltoffen_eval.errors import CallError, did_you_mean

PACKAGE = Path(__file__).resolve().parent
TEMPLATES = PACKAGE / "templates"
INSTRUMENTS = PACKAGE / "instruments"
SCHEMES = PACKAGE / "schemes"
SENTENCES = PACKAGE / "sentences"
#: Of a package that was installed: notebooks and studies come with it. A checkout has them where they lie.
SHIPPED_NOTEBOOKS = PACKAGE / "shipped" / "notebooks"
SHIPPED_STUDIES = PACKAGE / "shipped" / "studies"

#: The study that is taken where none is named.
EXAMPLE_STUDY = "beispiel"
#: In bytes, for a path and for one name; of the usual systems.
_LONGEST_PATH, _LONGEST_NAME = 1024, 255


def project_folder() -> Path:
    """The folder below which everything is written, and in which own notebooks and studies are looked for.

    ``WELTOFFEN_PROJECT`` names it; else it is the first from the working folder upwards that holds
    ``notebooks/`` and ``data/raw/``, else the checkout that holds the package, else the working folder.
    """
    named = os.environ.get("WELTOFFEN_PROJECT")
    if named:
        return Path(named).resolve()
    here = Path.cwd()
    for folder in (here, *here.parents, PACKAGE.parent):
        if (folder / "notebooks").is_dir() and (folder / "data" / "raw").is_dir():
            return folder
    return here


@contextlib.contextmanager
def within_project(folder: Path) -> Iterator[None]:
    """Meanwhile the project is this folder, for this process and those that it starts."""
    before = os.environ.get("WELTOFFEN_PROJECT")
    os.environ["WELTOFFEN_PROJECT"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["WELTOFFEN_PROJECT"]
        else:
            os.environ["WELTOFFEN_PROJECT"] = before


def notebooks_folder() -> Path:
    """Where own notebooks lie: as ``WELTOFFEN_NOTEBOOKS`` names it, else ``notebooks/`` in the project."""
    named = os.environ.get("WELTOFFEN_NOTEBOOKS")
    return Path(named).resolve() if named else project_folder() / "notebooks"


def notebook_file(name: str) -> Path:
    """A notebook by the name of its file: one's own, else that of the package."""
    own = notebooks_folder() / name
    return own if own.is_file() or not (SHIPPED_NOTEBOOKS / name).is_file() else SHIPPED_NOTEBOOKS / name


def shipped_notebooks() -> list[Path]:
    """The notebooks that come with the package, sorted: installed with it, or those of the checkout."""
    folder = SHIPPED_NOTEBOOKS if SHIPPED_NOTEBOOKS.is_dir() else PACKAGE.parent / "notebooks"
    return sorted(folder.glob("*.ipynb"))


def lock_file() -> Path:
    """The lock of the libraries: that of the checkout, or the one that was installed with the package."""
    return _beside_package("uv.lock")


def licence_file() -> Path:
    """The licence of the program."""
    return _beside_package("LICENSE")


def citation_file() -> Path:
    """How the program is cited."""
    return _beside_package("CITATION.cff")


def _beside_package(name: str) -> Path:
    """What lies at the top of a checkout, and in an installed package within it."""
    installed = PACKAGE / "shipped" / name
    return installed if installed.is_file() else PACKAGE.parent / name


def raw_folder() -> Path:
    """Where own studies lie as received."""
    return project_folder() / "data" / "raw"


def ledger_home(study: Path) -> Path:
    """The folder that holds the ledger of a study: its own; of one of the package, which is not written to,
    the folder of its name under ``data/raw/``."""
    return raw_folder() / study.name if study.parent == SHIPPED_STUDIES else study


def processed_folder(study_id: str) -> Path:
    """Where the tables of a study are stored."""
    return project_folder() / "data" / "processed" / study_id


def reports_folder(study_id: str, out: Path | None = None, ending: str = "") -> Path:
    """Where the reports of a study go; ``out`` replaces reports/, ``ending`` tells language and audience."""
    return (out if out is not None else project_folder() / "reports") / f"{study_id}{ending}"


def origins_file(study_id: str, reports: Path) -> Path:
    """Where it is kept from what the reports in a folder were made: beside the study's processed tables."""
    project = project_folder()
    place = reports.relative_to(project) if reports.is_relative_to(project) else reports
    name = hashlib.sha256(place.as_posix().encode("utf-8")).hexdigest()[:16]
    return project / "data" / "processed" / f".{study_id}.origins" / f"{name}.jsonl"


def study_names() -> list[str]:
    """Names of the studies under ``data/raw/`` and of those that come with the package, sorted."""
    found = [path for folder in (raw_folder(), SHIPPED_STUDIES) for path in folder.glob("*/study.toml")]
    return sorted({path.parent.name for path in found if path.is_file()})


def study_name(folder: Path) -> str:
    """The name by which a study is found again; empty where only its folder says which it is."""
    for studies in (raw_folder(), SHIPPED_STUDIES):
        if os.path.lexists(studies / folder.name / "study.toml"):
            return folder.name if folder.parent == studies else ""
    return ""


def study_folder(study: str | Path | None) -> Path:
    """The folder of a study: one with study.toml, or a name under ``data/raw/`` or of the package."""
    name = EXAMPLE_STUDY if study is None else str(study)
    as_folder = Path(name)
    # whatever lies there under this name: what is no ordinary file is refused by who reads it
    if os.path.lexists(as_folder / "study.toml"):
        return as_folder.resolve()
    for folder in (raw_folder(), SHIPPED_STUDIES):
        if name and not as_folder.is_absolute() and os.path.lexists(folder / name / "study.toml"):
            return folder / name
    if len(os.fsencode(name)) > _LONGEST_PATH or any(
        len(os.fsencode(part)) > _LONGEST_NAME for part in as_folder.parts
    ):
        raise CallError(f"There is no study with a name of {len(name):,} characters.")
    if as_folder.is_dir():
        raise CallError(f"The folder {as_folder} has no study.toml.")
    raise CallError(
        f"There is no study {name!r}: neither a folder with a study.toml nor a name under "
        f"data/raw/ ({', '.join(study_names()) or 'empty'}).{did_you_mean(name, study_names())}"
    )


def languages() -> list[str]:
    """The languages in which there are sentences, sorted."""
    return sorted(path.parent.name for path in SENTENCES.glob("*/words.toml"))


def shipped(folder: Path, pattern: str) -> list[str]:
    """Ids of the instruments or schemes that come with the package."""
    return sorted(path.stem for path in folder.glob(pattern))
