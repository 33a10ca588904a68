"""What several files of tests look at, made once for all workers of a test run: reports, by runs of the command.

A new kind of report joins by standing in ``runs.kinds``; ``folder`` is the one that the fixture ``shared`` gives.
"""

from __future__ import annotations

from pathlib import Path

from calls import call_within
from dialogues import hostile_dialogue
from shared_project import made_once, project_of, store_studies
from studies import extreme_study, hostile_study

from weltoffen_eval.runs.kinds import KINDS

ALL_FORMATS = ("html", "pdf", "docx")
#: The reports on a study as a whole, as arguments of a run.
OF_ALL = tuple(part for kind in KINDS if kind.scope == "study" for part in ("-n", kind.name))
#: Those on a self-check.
OF_MUNICIPALITIES = ("-n", "data_quality", "-n", "selfcheck")
#: Those on what came after the self-check.
OF_MODULES = ("-n", "workshop", "-n", "dialogue", "-n", "final_report")
#: In every format, as a page only.
IN_ALL_FORMATS = ("modellstadt", "silbenstadt")
AS_A_PAGE = ("musterstadt", "vokabelstadt", "beispielstadt")
#: Names: a tag, 10,000 letters; the questions hold all texts in each. In check-slow a call, marks of direction, too.
HOSTILE, HOSTILE_TOO = ("m0", "m9"), ("m6", "m8")


def run(folder: Path, study: str | Path, out: str, *arguments: str, formats: tuple[str, ...]) -> None:
    """Calls the command as a user does; the folder for the reports is named from ``folder``."""
    store_studies(folder)
    given = (str(study), "--out", str(folder / out), "--format", ",".join(formats))
    done = call_within(project_of(folder), "run", *given, *arguments)
    assert done.returncode == 0, done.stderr


def municipalities(*keys: str) -> tuple[str, ...]:
    return tuple(part for key in keys for part in ("-m", key))


def example_reports(folder: Path) -> Path:
    """Those of the shipped study for 2021, two municipalities in all formats."""

    def make() -> None:
        chosen = municipalities(*IN_ALL_FORMATS)
        run(folder, "beispiel", "out", "-w", "2021", *chosen, formats=ALL_FORMATS)
        # of all modules, which are told together
        run(folder, "beispiel", "out", "-m", "musterstadt", *OF_MODULES, formats=ALL_FORMATS)

    made_once(folder, "beispiel", make)
    return folder / "out" / "beispiel"


def example_archive(folder: Path) -> Path:
    """What the command makes of ``example_reports`` for the team."""
    out = folder / "beispiel.zip"

    def make() -> None:
        example_reports(folder)
        words = ("--out", str(out), "--reports", str(folder / "out"))
        done = call_within(project_of(folder), "archive", "beispiel", *words)
        assert done.returncode == 0, done.stderr
        assert done.stderr == "Not for publication: this archive holds the study's own data.\n"

    made_once(folder, "archive-of-beispiel", make)
    return out


def example_pages(folder: Path) -> Path:
    """Those of the shipped study as pages: some more municipalities for 2021, and the reports on all."""

    def make() -> None:
        # both read the scores of the study, which are worked out once
        example_reports(folder)
        run(folder, "beispiel", "pages", "-w", "2021", *municipalities(*AS_A_PAGE), formats=("html",))
        run(folder, "beispiel", "pages", *OF_ALL, formats=("html",))

    made_once(folder, "pages-of-beispiel", make)
    return folder / "pages" / "beispiel"


def dialogue_reports(folder: Path) -> Path:
    """Hostile text in all that was given of a dialogue."""

    def make() -> None:
        run(folder, hostile_dialogue(folder / "hostiledialogue"), "out", formats=ALL_FORMATS)

    made_once(folder, "hostiledialogue", make)
    return folder / "out" / "hostiledialogue"


def foreign_reports(folder: Path) -> Path:
    """Those of the other shipped study."""

    def make() -> None:
        run(folder, "egi-chile", "out", "-w", "2019", "-m", "putre", formats=ALL_FORMATS)

    made_once(folder, "egi-chile", make)
    return folder / "out" / "egi-chile"


def extreme_reports(folder: Path) -> Path:
    """Everything answered, next to nothing, long names: the reports on each in all formats."""

    def make() -> None:
        study = extreme_study(folder / "extreme")
        run(folder, study, "out", *OF_MUNICIPALITIES, formats=ALL_FORMATS)
        # in every format those of the hostile study
        run(folder, study, "out", *OF_ALL, formats=("html",))

    made_once(folder, "extreme", make)
    return folder / "out" / "extreme"


def hostile_reports(folder: Path) -> Path:
    """Hostile text everywhere: all reports in all formats."""

    def make() -> None:
        study = hostile_study(folder / "hostile")
        run(folder, study, "out", *municipalities(*HOSTILE), formats=ALL_FORMATS)
        run(folder, study, "out", *OF_ALL, formats=ALL_FORMATS)

    made_once(folder, "hostile", make)
    return folder / "out" / "hostile"


def hostile_reports_too(folder: Path) -> None:
    """As ``hostile_reports``, of the other names."""

    def make() -> None:
        hostile_reports(folder)
        run(folder, folder / "hostile", "out", *municipalities(*HOSTILE_TOO), formats=ALL_FORMATS)

    made_once(folder, "hostile-too", make)
