"""One report: how it is made, and how its files are put in place."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import SurroundingsError, WeltoffenError
from weltoffen_eval.publish.exporting.formats import FORMATS, NOTEBOOK
from weltoffen_eval.publish.keeping.files import write_whole

#: Seconds that a notebook may take.
TIME_LIMIT = 600.0
#: Why there is no report, where not even an error came back.
KILLED = "the process that ran the notebook was killed"
#: What was executed of a notebook that failed, for the person who repairs it.
_REMAINS = "failed.ipynb"
#: What the report says, for machines.
_TWIN = "json"
#: Whose twin may lie in a folder for everybody.
_PUBLIC = "public"
_NOT_FOR_PUBLIC = (
    "The notebook does not show its report for the public; hand its parameter audience on to load_profile."
)
#: What people finish has no other form.
_PAPER = ("docx",)
#: The numbers of a report lie as tables beside those of the other reports of a municipality.
_TABLES = "tables"


@dataclass(frozen=True, kw_only=True)
class Job:
    """One notebook with its parameters; ``target`` is the path of the report without its ending.

    ``report``: the name of its kind. ``inputs``: hashes of its data. ``formats``: those of FORMATS that are
    wanted. ``day``: the date of the data (ISO). ``attach``: whether a PDF holds the report's data files too.
    ``time_limit``: seconds. ``parts``: tags of cells that are exported alone too, under their ``part_names``
    (without: the tags); ``papers``: of cells that are exported alone only, in Word. ``public``: nothing that
    a page does not show goes along, and no papers: people finish them before anybody else sees them.
    ``recorded``: parameters that the executed notebook is to show otherwise than they were given, such as a
    folder, which is another elsewhere.
    """

    notebook: Path
    parameters: Mapping[str, str]
    title: str
    inputs: Mapping[str, str]
    target: Path
    report: str = ""
    formats: tuple[str, ...] = ("html",)
    day: str = ""
    attach: bool = False
    time_limit: float = TIME_LIMIT
    parts: tuple[str, ...] = ()
    part_names: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    public: bool = False
    recorded: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files without their ending: of the report, of each of its parts and papers."""
        return (self.target.name, *(self.part_names or self.parts), *self.papers_made)

    @property
    def papers_made(self) -> tuple[str, ...]:
        """The papers that are files: people finish them before anybody else sees them."""
        return () if self.public else self.papers

    @property
    def formats_made(self) -> tuple[str, ...]:
        """Those of FORMATS in which any of its files are."""
        return (*self.formats, *(_PAPER if self.papers_made else ()))

    def file(self, ending: str, name: str = "") -> Path:
        """The path of a file of the report, or of a part of it; a key in a name may hold a dot."""
        return self.target.with_name(f"{name or self.target.name}.{ending}")


@dataclass(frozen=True)
class Outcome:
    """What became of a job: ``done`` with its files; ``failed``, ``refused`` or ``skipped`` with the reason.

    ``files``: their paths in the folder of the report. ``renewed``: made in this run; else it was there
    already as it would be made.
    """

    job: Job
    state: str
    files: tuple[str, ...] = ()
    reason: str = ""
    renewed: bool = True


@dataclass(frozen=True)
class Made:
    """The files of a report by path; or why there are none, with what was executed of the notebook.

    ``state``: why: its notebook failed, the data were refused, or there are none (skipped). ``told``: what
    the page in its place says of refused data; ``reason`` is for who repairs a notebook.
    """

    files: Mapping[Path, bytes] = field(default_factory=dict)
    reason: str = ""
    remains: bytes = b""
    state: str = "failed"
    told: str = ""


def run_job(job: Job) -> Outcome:
    """Run one notebook and put its report in place; expected failures become an outcome."""
    return publish(job, make_report(job))


def make_report(job: Job) -> Made:
    """All files of a report, nothing of it written yet.

    Raises
    ------
    SurroundingsError
        If there is no room to work.
    """
    from weltoffen_eval.publish.exporting.exports import export_notebook
    from weltoffen_eval.publish.exporting.public_notebook import for_everybody
    from weltoffen_eval.publish.exporting.report_metadata import about_report
    from weltoffen_eval.publish.running.execution import NotebookFailed, run_notebook
    from weltoffen_eval.publish.running.forked import run_apart
    from weltoffen_eval.publish.running.parameters import record_parameters

    try:
        node = run_notebook(job.notebook, job.parameters, job.title, job.time_limit, job.day)
        record_parameters(node, job.recorded)
        if job.public:
            if about_report(node).get("audience") != _PUBLIC:
                return Made(reason=_NOT_FOR_PUBLIC)
            node = for_everybody(node)
        return Made(run_apart(_export, job, node))
    except SurroundingsError:
        raise
    except NotebookFailed as error:
        remains = b"" if error.notebook is None else export_notebook(error.notebook, NOTEBOOK)
        return Made(reason=str(error), remains=remains)
    except WeltoffenError as error:
        return Made(reason=str(error))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise SurroundingsError(f"{job.target.parent}: {error.strerror}.") from error
        return Made(reason=f"{type(error).__name__}: {error}")
    except Exception as error:  # whatever a notebook or a library raises concerns this report only
        return Made(reason=f"{type(error).__name__}: {error}")


def _export(job: Job, node: Any) -> dict[Path, bytes]:
    """The report in every format, and each of its parts and papers, which are no notebooks of their own."""
    from weltoffen_eval.publish.exporting.excerpts import excerpt, without
    from weltoffen_eval.publish.exporting.exports import export_notebook

    report = without(node, job.papers)
    files = _export_one(job, report, job.target.name, job.formats)
    # whoever runs it again makes its papers again too
    files[job.file(NOTEBOOK)] = export_notebook(report if job.public else node, NOTEBOOK)
    forms = dict.fromkeys(job.parts, job.formats) | dict.fromkeys(job.papers_made, _PAPER)
    for (part, formats), name in zip(forms.items(), job.names[1:], strict=True):
        if (cells := excerpt(node, part)) is not None:
            files |= _export_one(job, cells, name, formats)
    return files


def _export_one(job: Job, node: Any, name: str, formats: tuple[str, ...]) -> dict[Path, bytes]:
    from weltoffen_eval.publish.exporting.contents import read_report
    from weltoffen_eval.publish.exporting.exports import export_data, export_report

    folder, report = job.target.parent, read_report(node)
    files = {folder / f"{name}.{form}": export_report(report, form, job.attach) for form in formats}
    data = export_data(node, report, name, _TABLES)
    return {**files, **{folder / path: content for path, content in data.items()}}


def publish(job: Job, made: Made) -> Outcome:
    """Put a report in place, each file whole; or an error page, since an old report must not look current.

    Raises
    ------
    SurroundingsError
        If a file cannot be written.
    """
    from weltoffen_eval.publish.exporting.pages import error_page

    remains, page = job.file(_REMAINS), job.file("html")
    twins = [job.file(_TWIN, name) for name in job.names]
    # what was released is entered in the ledger by the twin, so that of a killed run nothing is unknown
    files = {path: made.files[path] for path in sorted(made.files, key=lambda path: path not in twins)}
    outdated = [path for path in (*_tables_of(job), remains, *twins) if path not in files]
    if made.reason:
        outdated += [job.file(form, name) for name in job.names for form in (*FORMATS, NOTEBOOK)]
        # why, and what was executed, may name folders and show single answers
        kept = {remains: made.remains} if made.remains and not job.public else {}
        shown = made.reason if made.state == "failed" else made.told
        reason = "" if job.public else shown
        files = {page: error_page(job.title, reason, remains.name if kept else "", made.state), **kept}
    for path in outdated:
        path.unlink(missing_ok=True)
    for path, content in files.items():
        write_whole(path, content)
    written = tuple(path.relative_to(job.target.parent).as_posix() for path in files)
    return Outcome(job, made.state if made.reason else "done", written, made.reason)


def _tables_of(job: Job) -> list[Path]:
    """The tables that an earlier run made of this job."""
    folder = job.target.parent / _TABLES
    return [path for name in job.names for path in folder.glob(f"{name}-*.csv")]
