"""``weltoffen run``: clean and score once, then one notebook per municipality and wave."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.commands.calls import Word
from weltoffen_eval.errors import CallError, RefusedError, describe_faults

if TYPE_CHECKING:
    from weltoffen_eval.publish.running.job import Outcome
    from weltoffen_eval.runs.plan import Plan
    from weltoffen_eval.runs.settings import Asked
    from weltoffen_eval.runs.stale import Stale


@dataclass(frozen=True, kw_only=True)
class _Call:
    """The words of a call, as :func:`command` declares them."""

    study: str | None
    municipality: tuple[str, ...]
    wave: tuple[str, ...]
    notebook: tuple[str, ...]
    form: tuple[str, ...]
    attach: bool
    scheme: str | None
    audience: str
    language: str | None
    keep_going: bool
    jobs: int | None
    scheduler: str | None
    time_limit: float
    fresh: bool
    explain: bool
    dry_run: bool
    as_json: bool
    out: Path | None


@options.as_command("run", "One report per municipality and wave.")
@options.study
@click.option("-m", "--municipality", multiple=True, help="Only this one, by key or name (repeatable).")
@click.option("-w", "--wave", multiple=True, help="Only this wave (repeatable).")
@click.option(
    "-n",
    "--notebook",
    multiple=True,
    shell_complete=options.complete_notebook,
    help="Only this one (repeatable).",
)
@click.option(
    "--format", "form", multiple=True, default=("html",), help="html, pdf, docx, or several (default: html)."
)
@click.option("--attach", is_flag=True, help="The PDF holds the numbers as CSV too (PDF/A-3a).")
@options.scheme
@click.option(
    "--audience",
    type=Word(("internal", "public")),
    default="internal",
    help="For whom (default: internal); those for the public lie in reports/<study>-public/.",
)
@click.option(
    "--language",
    metavar="L",
    shell_complete=options.complete_language,
    help="Of the reports (default: the study's); another one lies in reports/<study>-L/.",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Make the reports of all others where rows of some municipalities have faults (ends with 1).",
)
@click.option("--jobs", type=int, metavar="N", help="Processes (default: as cores and memory allow).")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster makes them, tcp://host:8786.")
@click.option(
    "--time-limit",
    type=float,
    default=600.0,
    metavar="S",
    help="Seconds for each notebook (default: 600).",
)
@click.option("--fresh", is_flag=True, help="Make all reports, also those that are there.")
@click.option("--explain", is_flag=True, help="Say of each report why it is made, and make it.")
@click.option("--dry-run", is_flag=True, help="Only say what would be made and why; nothing is written.")
@options.as_json
@click.option("--out", type=options.FilePath(), metavar="DIR", help="Where reports go (default: reports/).")
def command(**words: Any) -> int:
    """Execute and export; returns 0, 1 if a report failed or there is none, 130 if interrupted."""
    from weltoffen_eval.commands.check_hints import doubtful_scales
    from weltoffen_eval.drafting.open_guesses import open_guesses
    from weltoffen_eval.runs.jobs import modules_for
    from weltoffen_eval.runs.plan import plan_run
    from weltoffen_eval.runs.refusal import tell_refused
    from weltoffen_eval.runs.settings import check_asked

    call = _Call(**words)
    asked = _asked(call)
    if not call.scheduler and not call.dry_run:
        from weltoffen_eval.publish.running.workers import warm_up

        # first of all, for reading the notebooks' parameters takes as long as half of what workers import
        warm_up(modules_for(asked))
    check_asked(asked)
    for said in doubtful_scales(open_guesses(asked.folder)):
        print(f"weltoffen run: {said}", file=sys.stderr)
    try:
        plan = plan_run(asked, write=not call.dry_run)
        _tell_faults(plan, call.keep_going)
    except RefusedError as error:
        if not call.dry_run:
            tell_refused(asked, error.faults)
        raise
    return _look(call, asked, plan) if call.dry_run else _make(call, asked, plan)


def _asked(call: _Call) -> Asked:
    """What the call asks for, its formats and notebooks not checked yet."""
    from weltoffen_eval.runs.kinds import choose_kinds
    from weltoffen_eval.runs.settings import Asked, in_order

    if call.jobs is not None and call.jobs < 1:
        raise CallError(f"--jobs is {call.jobs}; it must be at least 1.")
    if call.scheduler is not None:
        from weltoffen_eval.publish.running.cluster import check_address

        check_address(call.scheduler)
    return Asked(
        folder=paths.study_folder(call.study),
        kinds=choose_kinds(call.notebook),
        scheme=call.scheme,
        municipalities=call.municipality,
        waves=call.wave,
        formats=in_order(name.strip() for names in call.form for name in names.split(",")),
        audience=call.audience,
        language=call.language,
        attach=call.attach,
        time_limit=call.time_limit,
        out=call.out.resolve() if call.out else None,
        named=bool(call.notebook),
    )


def _tell_faults(plan: Plan, keep_going: bool) -> None:
    """Faults of others are said; those of whom reports are wanted end the run, unless it is to go on."""
    from weltoffen_eval.runs.plan import RefusedRows
    from weltoffen_eval.study.responses.faulty_rows import number_of

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


def _make(call: _Call, asked: Asked, plan: Plan) -> int:
    from weltoffen_eval.commands import run_words
    from weltoffen_eval.commands.run_progress import progress_of
    from weltoffen_eval.runs.reports import make_reports
    from weltoffen_eval.runs.settings import How
    from weltoffen_eval.runs.summary import state_of

    def begin(found: Stale) -> Callable[[Outcome], None]:
        if not call.as_json:
            run_words.tell_stale(plan, found, call.explain)
        return progress_of(len(found.stale), quiet=call.as_json)

    batch = make_reports(asked, plan, How(call.fresh, call.jobs, call.scheduler), begin)
    run_words.tell_summary(plan, batch, call.as_json)
    if batch.interrupted:
        return 130
    if not batch.outcomes:
        run_words.tell_nothing(asked, plan)
    return 0 if state_of(batch) == "done" else 1


def _look(call: _Call, asked: Asked, plan: Plan) -> int:
    """What would be made; nothing is."""
    from weltoffen_eval.commands import run_words
    from weltoffen_eval.runs.stale import Account, find_stale

    account = Account(plan.study, plan.out, look_only=True)
    account.check_claim(asked.folder)
    found = find_stale(plan.jobs.wanted, account, call.fresh)
    run_words.tell_dry_run(plan, found, call.as_json)
    if not plan.jobs.wanted and not plan.jobs.refused:
        run_words.tell_nothing(asked, plan)
    return 0 if plan.jobs.wanted and not plan.jobs.refused else 1
