"""``weltoffen run``: clean and score once, then one notebook per municipality and wave."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval import paths
from weltoffen_eval.commands.run_summary import (
    LeftOut,
    clipped,
    plain,
    tell_summary,
    write_index,
    write_record,
)
from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.publish.lock import only_run
from weltoffen_eval.publish.manifest import Manifest

if TYPE_CHECKING:
    from weltoffen_eval.publish.batch import Batch
    from weltoffen_eval.publish.job import Job, Outcome
    from weltoffen_eval.study.definition import Study, Wave
    from weltoffen_eval.study.register import Municipality

#: The notebooks that a run executes: file, name of the report, German title.
NOTEBOOKS = (
    ("01_data_quality.ipynb", "data_quality", "Datenqualität"),
    ("02_selfcheck.ipynb", "selfcheck", "Selbstcheck"),
)
#: What they import: once for all reports of a run.
MODULES = (
    "weltoffen_eval.display.report",
    "weltoffen_eval.display.figures",
    "matplotlib.backends.backend_svg",
    "matplotlib.style",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
)


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
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (default: cores)"
    )
    parser.add_argument("--fresh", action="store_true", help="make all reports, also those that are there")
    parser.add_argument("--explain", action="store_true", help="say of each report why it is made")
    parser.add_argument("--json", action="store_true", help="print what a script needs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where reports go (default: reports/)")
    parser.set_defaults(run=run)


def run(call: argparse.Namespace) -> int:
    """Execute and export; returns 0, 1 if a report failed, 130 if interrupted."""
    from weltoffen_eval.publish.job import Job
    from weltoffen_eval.publish.workers import warm_up

    folder = check_call(call)
    warm_up(MODULES)
    from weltoffen_eval.analysis.data_hashes import hash_by_municipality
    from weltoffen_eval.analysis.processed import read_processed, write_processed
    from weltoffen_eval.analysis.scheme import load_scheme
    from weltoffen_eval.analysis.scoring import score_study
    from weltoffen_eval.study.cleaning import clean_responses
    from weltoffen_eval.study.definition import load_study

    study = load_study(folder)
    for key in call.municipality:
        study.check_municipality(key)
    if call.wave is not None:
        study.wave(call.wave)
    scheme = load_scheme(call.scheme, study)
    scheme_argument = "" if call.scheme is None else _absolute(call.scheme)

    store = paths.processed_folder(study.id)
    stored = read_processed(store, study, scheme)
    if stored is None:
        cleaned = clean_responses(study)
        scores = score_study(study, cleaned.responses, scheme)
        stored = write_processed(store, study, cleaned, scores, scheme)

    records, responses = stored.table("records"), stored.table("responses")
    own_data = hash_by_municipality(responses, records, stored.cleaning_log())
    out = paths.reports_folder(study.id, call.out.resolve() if call.out else None)
    wanted_waves = [wave for wave in study.waves if call.wave in (None, wave.id)]
    wanted = [m for m in study.register.municipalities if not call.municipality or m.key in call.municipality]
    notebooks, formats, study_argument = (
        choose_notebooks(call.notebook),
        formats_of(call),
        _study_argument(folder),
    )
    jobs, left_out = [], []
    for wave in wanted_waves:
        of_wave = records[records["wave"] == wave.id]
        self_checks = of_wave[
            (of_wave["setting"] == "questionnaire") & (of_wave["perspective"] == "administration")
        ]
        came = set(self_checks["municipality"])
        counted = set(self_checks[self_checks["counted"].astype(bool)]["municipality"])
        for municipality in wanted:
            if municipality.key not in counted:
                empty = municipality.key in came
                left_out.append(
                    LeftOut(
                        municipality.key,
                        wave.id,
                        "its sheet holds no answer" if empty else "no sheet of the administration",
                        f"{wave.id}: " + ("Bogen ohne Antwort" if empty else "kein Bogen der Verwaltung"),
                    )
                )
                continue
            for file, name, title in notebooks:
                parameters = {
                    "study": study_argument,
                    "municipality": municipality.key,
                    "wave": wave.id,
                    "scheme": scheme_argument,
                }
                jobs.append(
                    Job(
                        paths.notebooks_folder() / file,
                        parameters,
                        f"{title}: {municipality.name}, {wave.id}",
                        {
                            "answers": own_data[(municipality.key, wave.id)],
                            "register": hash_register(study, municipality, wave),
                            "questionnaire": study.instruments[wave.id].sha256,
                            "scheme": scheme.sha256,
                        },
                        out / wave.id / municipality.key / name,
                        formats,
                        wave.date.isoformat(),
                        call.attach,
                    )
                )
    with only_run(out):
        batch = _run_stale(call, Manifest(out), jobs, len(left_out))
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


def _run_stale(call: argparse.Namespace, manifest: Manifest, jobs: list[Job], left_out: int) -> Batch:
    """Run the jobs whose reports are not there as they would be made; the others are kept."""
    from weltoffen_eval.publish.batch import Batch, run_batch
    from weltoffen_eval.publish.job import Outcome

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

    batch = run_batch(stale, min(call.jobs, max(1, len(stale))), tell, MODULES) if stale else Batch()
    manifest.write()
    batch.outcomes += [Outcome(job, "done", manifest.files_of(job), renewed=False) for job in kept]
    batch.outcomes.sort(key=lambda outcome: str(outcome.job.target))
    return batch


def hash_register(study: Study, municipality: Municipality, wave: Wave) -> str:
    """A hash of what study.toml and the register say of a municipality and wave."""
    said = [*vars(municipality).values(), wave.id, wave.date, study.id, study.title, study.source]
    said += [study.licence, study.synthetic]
    return hashlib.sha256(json.dumps([str(entry) for entry in said]).encode("utf-8")).hexdigest()


def check_call(call: argparse.Namespace) -> Path:
    """What can be told of a wrong call before anything is imported; returns the folder of the study."""
    formats_of(call)
    if call.jobs < 1:
        raise CallError(f"--jobs is {call.jobs}; it must be at least 1.")
    choose_notebooks(call.notebook)
    return paths.study_folder(call.study)


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


def choose_notebooks(wanted: Sequence[str]) -> list[tuple[str, str, str]]:
    """The notebooks named by file or by the name of their report; all without a name."""
    known: dict[str, tuple[str, str, str]] = {}
    for entry in NOTEBOOKS:
        for name in (entry[0], entry[0].removesuffix(".ipynb"), entry[1]):
            known[name] = entry
    for name in wanted:
        if name not in known:
            names = [entry[1] for entry in NOTEBOOKS]
            raise CallError(
                f"There is no notebook {name!r}; a run has {', '.join(names)}.{did_you_mean(name, known)}"
            )
    return [entry for entry in NOTEBOOKS if not wanted or entry in [known[name] for name in wanted]]


def _study_argument(folder: Path) -> str:
    """How a notebook names the study: by its name where it lies under data/raw, else by its folder."""
    return folder.name if folder.parent == paths.raw_folder() else str(folder)


def _absolute(scheme: str) -> str:
    """A path of a scheme for a notebook, which runs in another folder; a shipped id stays."""
    path = Path(scheme)
    return str(path.resolve()) if path.is_file() else scheme


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
