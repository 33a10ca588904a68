"""``weltoffen run``: clean and score once, then one notebook per municipality and wave."""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.commands.run_jobs import choose_notebooks, formats_of, make_jobs, modules_for
from weltoffen_eval.commands.run_summary import (
    clipped,
    plain,
    tell_summary,
    write_index,
    write_record,
)
from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.lock import only_run, only_writer
from weltoffen_eval.publish.manifest import Manifest

if TYPE_CHECKING:
    from weltoffen_eval.publish.batch import Batch
    from weltoffen_eval.publish.job import Job, Outcome
    from weltoffen_eval.publish.workers import Ready


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
        "--jobs", type=int, metavar="N", help="processes (default: as cores and memory allow)"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster makes them, tcp://host:8786")
    parser.add_argument(
        "--time-limit", type=float, default=600, metavar="S", help="seconds for each notebook (default: 600)"
    )
    parser.add_argument("--fresh", action="store_true", help="make all reports, also those that are there")
    parser.add_argument("--explain", action="store_true", help="say of each report why it is made")
    parser.add_argument("--json", action="store_true", help="print what a script needs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where reports go (default: reports/)")
    parser.set_defaults(run=run)


def run(call: argparse.Namespace) -> int:
    """Execute and export; returns 0, 1 if a report failed, 130 if interrupted."""
    from weltoffen_eval.publish.workers import Ready, run_once, warm_up

    folder = check_call(call)
    modules = modules_for(formats_of(call))
    if not call.scheduler:
        warm_up(modules)
    from weltoffen_eval.analysis.provenance import stored_provenance
    from weltoffen_eval.analysis.report_inputs import read_report_inputs
    from weltoffen_eval.analysis.scheme import load_scheme
    from weltoffen_eval.analysis.whole_folder import clear_leftovers
    from weltoffen_eval.study.definition import load_study

    study = load_study(folder)
    for key in call.municipality:
        study.check_municipality(key)
    if call.wave is not None:
        study.wave(call.wave)
    scheme = load_scheme(call.scheme, study)

    store = paths.processed_folder(study.id)
    with only_writer(store):
        clear_leftovers(store)
        if stored_provenance(store, study, scheme) is None:
            # apart, so that the command stays small, however large the study
            run_once(_store, folder, call.scheme, store)
        rests_on = read_report_inputs(store)

    out = paths.reports_folder(study.id, call.out.resolve() if call.out else None)
    wanted = [m for m in study.register.municipalities if not call.municipality or m.key in call.municipality]
    waves = [wave for wave in study.waves if call.wave in (None, wave.id)]
    jobs, left_out = make_jobs(call, folder, study, scheme, rests_on, wanted, waves, out)
    with only_run(out):
        ready = Ready(modules, partial(load_study, folder))
        batch = _run_stale(call, Manifest(out), jobs, len(left_out), ready)
        if not batch.interrupted:
            names = {m.key: m.name for m in wanted}
            note = (
                "Diese Daten sind synthetisch erzeugt; die Kommunen sind erfunden." if study.synthetic else ""
            )
            write_index(out, study.title, note, names, batch, left_out)
        write_record(out, study.id, batch, left_out)
    tell_summary(call, out, batch, left_out)
    if batch.interrupted:
        return 130
    return 1 if batch.failed else 0


def _store(folder: Path, scheme: str | None, store: Path) -> None:
    from weltoffen_eval.analysis.processed import store_study
    from weltoffen_eval.analysis.scheme import load_scheme
    from weltoffen_eval.study.definition import load_study

    study = load_study(folder)
    store_study(store, study, load_scheme(scheme, study))


def _run_stale(
    call: argparse.Namespace, manifest: Manifest, jobs: list[Job], left_out: int, ready: Ready
) -> Batch:
    """Run the jobs whose reports are not there as they would be made; the others are kept."""
    from weltoffen_eval.publish.batch import Batch, run_batch
    from weltoffen_eval.publish.job import Outcome
    from weltoffen_eval.publish.workers import fitting_workers

    reasons = {job.target: ["--fresh"] if call.fresh else manifest.reasons(job) for job in jobs}
    stale = [job for job in jobs if reasons[job.target]]
    kept = [job for job in jobs if not reasons[job.target]]
    if not call.json:
        print(f"{len(stale)} reports to make, {len(kept)} kept, {left_out} left out.", flush=True)
    if call.explain:
        for job in stale:
            print(f"{clipped(job.title)}: {', '.join(reasons[job.target])}", flush=True)
    progress = _Progress(len(stale), quiet=call.json)

    def tell(outcome: Outcome) -> None:
        if outcome.state == "done":
            manifest.add(outcome.job, outcome.files)
        else:
            manifest.drop(outcome.job)
        progress(outcome)

    if not stale:
        batch = Batch()
    elif call.scheduler:
        from weltoffen_eval.publish.cluster import run_on_cluster

        batch = run_on_cluster(stale, call.scheduler, tell)
    else:
        workers = min(call.jobs or fitting_workers(), len(stale))
        batch = run_batch(stale, workers, tell, ready)
    manifest.write()
    batch.outcomes += [Outcome(job, "done", manifest.files_of(job), renewed=False) for job in kept]
    batch.outcomes.sort(key=lambda outcome: str(outcome.job.target))
    return batch


def check_call(call: argparse.Namespace) -> Path:
    """What can be told of a wrong call before anything is imported; returns the folder of the study."""
    formats_of(call)
    if call.jobs is not None and call.jobs < 1:
        raise CallError(f"--jobs is {call.jobs}; it must be at least 1.")
    if not call.time_limit > 0:
        raise CallError(f"--time-limit is {call.time_limit:g}; it must be more than 0 seconds.")
    choose_notebooks(call.notebook)
    if call.scheduler is not None:
        from weltoffen_eval.publish.cluster import check_address

        check_address(call.scheduler)
    return paths.study_folder(call.study)


class _Progress:
    """A line per report; on a terminal one that overwrites itself, with rate and remaining time."""

    def __init__(self, total: int, quiet: bool):
        self.total, self.done, self.quiet = total, 0, quiet
        self.begin = time.monotonic()

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        if outcome.state == "failed":
            said = f"failed: {clipped(outcome.job.title)}: {plain(outcome.reason)}"
            print(said, file=sys.stderr, flush=True)
        if self.quiet:
            return
        line = f"[{self.done}/{self.total}] {clipped(outcome.job.title)}"
        if sys.stdout.isatty():
            end = "\n" if self.done == self.total else ""
            print(f"\r\x1b[K{line}{self.rate()}", end=end, flush=True)
        else:
            print(line, flush=True)

    def rate(self) -> str:
        """How many a second, and how long the rest takes at that rate."""
        rate = self.done / max(time.monotonic() - self.begin, 1e-9)
        seconds = (self.total - self.done) / rate
        left = f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
        return f" ({rate:.1f}/s, {left} left)"
