"""``weltoffen run``: clean and score once, then one notebook per municipality and wave."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.commands import run_summary
from weltoffen_eval.commands.run_jobs import Asked, modules_for
from weltoffen_eval.commands.run_notebooks import check_kinds, choose_kinds
from weltoffen_eval.commands.run_plan import Plan, RefusedRows, plan_run
from weltoffen_eval.commands.run_progress import Progress
from weltoffen_eval.commands.run_refusal import tell_refused
from weltoffen_eval.commands.run_reports import How, Stale, find_stale, make_reports
from weltoffen_eval.errors import CallError, RefusedError, describe_faults, did_you_mean
from weltoffen_eval.publish.manifest import Manifest
from weltoffen_eval.study.faulty_rows import number_of

if TYPE_CHECKING:
    from weltoffen_eval.publish.job import Outcome


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("run", help="one report per municipality and wave")
    parser.add_argument("study", nargs="?", metavar="STUDY", help="a folder or a name (default: beispiel)")
    parser.add_argument(
        "-m", "--municipality", action="append", default=[], help="only this one (repeatable)"
    )
    parser.add_argument("-w", "--wave", help="only this wave")
    parser.add_argument("-n", "--notebook", action="append", default=[], help="only this one (repeatable)")
    parser.add_argument("--format", default="html", help="html, pdf, docx, or several (default: html)")
    parser.add_argument(
        "--attach", action="store_true", help="the PDF holds the numbers as CSV too (PDF/A-3a)"
    )
    parser.add_argument("--scheme", metavar="S", help="a shipped scheme or the path of one")
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help="make the reports of all others where rows of some municipalities have faults (ends with 1)",
    )
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="processes (default: as cores and memory allow)"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster makes them, tcp://host:8786")
    parser.add_argument(
        "--time-limit", type=float, default=600, metavar="S", help="seconds for each notebook (default: 600)"
    )
    parser.add_argument("--fresh", action="store_true", help="make all reports, also those that are there")
    parser.add_argument(
        "--explain", action="store_true", help="say of each report why it is made, and make it"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would be made and why; nothing is written"
    )
    parser.add_argument("--json", action="store_true", help="print what a script needs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where reports go (default: reports/)")
    parser.set_defaults(run=run)


def run(call: argparse.Namespace) -> int:
    """Execute and export; returns 0, 1 if a report failed or there is none, 130 if interrupted."""
    asked = check_call(call)
    if not call.scheduler and not call.dry_run:
        from weltoffen_eval.publish.workers import warm_up

        warm_up(modules_for(asked.formats))
    try:
        plan = plan_run(asked, write=not call.dry_run)
        _tell_faults(plan, call.keep_going)
    except RefusedError as error:
        if not call.dry_run:
            tell_refused(asked, error.faults)
        raise
    if call.dry_run:
        return _dry_run(call, asked, plan)

    def begin(found: Stale) -> Callable[[Outcome], None]:
        if not call.json:
            run_summary.tell_stale(plan, found, call.explain)
        return Progress(len(found.stale), quiet=call.json)

    batch = make_reports(asked, plan, How(call.fresh, call.jobs, call.scheduler), begin)
    run_summary.tell_summary(plan, batch, call.json)
    if batch.interrupted:
        return 130
    if not batch.outcomes:
        run_summary.tell_nothing(asked, plan)
    return 0 if run_summary.state_of(batch) == "done" else 1


def _tell_faults(plan: Plan, keep_going: bool) -> None:
    """Faults of others are said; those of whom reports are wanted end the run, unless it is to go on."""
    if plan.faults and not keep_going:
        raise RefusedRows(plan.faults)
    for faults, whose in ((plan.faults, "wanted"), (plan.other_faults, "other")):
        if faults:
            names = ", ".join(sorted({fault.municipality for fault in faults}))
            print(
                f"weltoffen run: {number_of(faults)} in rows of {whose} municipalities ({names}); no "
                f"numbers rest on these.\n{describe_faults(faults)}",
                file=sys.stderr,
            )


def _dry_run(call: argparse.Namespace, asked: Asked, plan: Plan) -> int:
    found = find_stale(plan, Manifest(plan.out, look_only=True), call.fresh)
    run_summary.tell_dry_run(plan, found, call.json)
    if not plan.jobs.wanted and not plan.jobs.refused:
        run_summary.tell_nothing(asked, plan)
    return 0 if plan.jobs.wanted and not plan.jobs.refused else 1


def check_call(call: argparse.Namespace) -> Asked:
    """What is wrong in a call or in a notebook is told before anything is started.

    Raises
    ------
    CallError
        If an option, the study or a notebook is not as it must be.
    """
    formats = formats_of(call)
    if call.jobs is not None and call.jobs < 1:
        raise CallError(f"--jobs is {call.jobs}; it must be at least 1.")
    if not call.time_limit > 0:
        raise CallError(f"--time-limit is {call.time_limit:g}; it must be more than 0 seconds.")
    kinds = choose_kinds(call.notebook)
    if call.scheduler is not None:
        from weltoffen_eval.publish.cluster import check_address

        check_address(call.scheduler)
    asked = Asked(
        paths.study_folder(call.study),
        kinds,
        call.scheme,
        tuple(call.municipality),
        call.wave,
        formats,
        call.attach,
        call.time_limit,
        call.out.resolve() if call.out else None,
    )
    check_kinds([kind for kind in kinds if not (asked.part and kind.of_study)])
    return asked


def formats_of(call: argparse.Namespace) -> tuple[str, ...]:
    """The formats named by ``--format``, in their order."""
    from weltoffen_eval.publish.job import FORMATS

    named = [name.strip() for name in call.format.split(",")]
    if call.attach and "pdf" not in named:
        raise CallError("--attach is for PDF; add pdf to --format.")
    for name in named:
        if name not in FORMATS:
            raise CallError(
                f"The format {name!r} is not known; a run writes {', '.join(FORMATS)}."
                f"{did_you_mean(name, FORMATS)}"
            )
    return tuple(name for name in FORMATS if name in named)
