"""The project of a test run: notebooks and studies of the checkout, and beside them what is made once for all workers.

``folder`` is the one that the fixture ``shared`` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from places import ROOT

SHIPPED_STUDIES = ("beispiel", "egi-chile", "wilhelmshaven")


def made_once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Makes what has this name, unless a worker has; while one is making it, others wait."""
    done = folder / f"{name}.done"
    with FileLock(folder / f"{name}.lock"):
        if not done.exists():
            make()
            done.touch()


def project_of(folder: Path) -> Path:
    """A project with the notebooks and studies of ours, for runs of the tests."""
    project = folder / "projekt"

    def make() -> None:
        (project / "data" / "raw").mkdir(parents=True)
        (project / "notebooks").symlink_to(ROOT / "notebooks")
        for name in SHIPPED_STUDIES:
            (project / "data" / "raw" / name).symlink_to(ROOT / "data" / "raw" / name)

    made_once(folder, "projekt", make)
    return project


def store_studies(folder: Path) -> None:
    """Read and score the shipped studies, as the command does; to do it for each test takes half a second each."""

    def make() -> None:
        from calls import call_within

        for study in SHIPPED_STUDIES:
            done = call_within(project_of(folder), "clean", study)
            assert done.returncode == 0, done.stderr

    made_once(folder, "stored", make)
