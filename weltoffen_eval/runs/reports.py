"""The reports of a plan made: what is there is kept, the rest is run, and the folder says what lies in it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault, describe_faults
from weltoffen_eval.publish.keeping.lock import only_run
from weltoffen_eval.publish.keeping.manifest import Absent, Manifest
from weltoffen_eval.runs.jobs import modules_for
from weltoffen_eval.runs.kinds import choose_kinds
from weltoffen_eval.runs.plan import Plan
from weltoffen_eval.runs.settings import Asked, How
from weltoffen_eval.runs.stale import Account, Stale, find_stale
from weltoffen_eval.runs.summary import write_record

if TYPE_CHECKING:
    from weltoffen_eval.publish.running.batch import Batch
    from weltoffen_eval.publish.running.job import Job, Outcome

_UNDER_WAY = (
    "Ein Lauf ist im Gange oder wurde vorzeitig beendet. Diese Übersicht zeigt den Stand davor; einzelne "
    "Berichte können inzwischen neuer sein oder fehlen."
)
_INTERRUPTED = "Der letzte Lauf wurde abgebrochen. Einzelne Berichte können aus einem früheren Lauf stammen."
_EARLIER = "Die Angaben enthalten inzwischen Fehler; die Berichte zeigen einen früheren Stand."


def make_reports(
    asked: Asked,
    plan: Plan,
    how: How,
    begin: Callable[[Stale], Callable[[Outcome], None]],
) -> Batch:
    """Make what is stale and put pages in place of what cannot be made; then index, manifest and record.

    Parameters
    ----------
    begin : is told what is to be made; returns what is called as each report ends

    Raises
    ------
    SurroundingsError
        If another run holds the folder, or it cannot be written.
    """
    from weltoffen_eval.publish.exporting.index import write_index
    from weltoffen_eval.publish.running.job import Outcome

    with only_run(plan.out):
        account = Account(plan.study, plan.out)
        account.claim(asked.folder)
        _keep_ledger(asked, plan)
        manifest = account.manifest
        found = find_stale(plan.jobs.wanted, account, how.fresh)
        progress = begin(found)
        if found.stale or plan.jobs.refused or plan.jobs.gone:
            manifest.begin()
        # of which state the folder is, is said of a whole run
        state = manifest.about.get("state", "")
        if found.stale and (plan.out / "index.html").is_file():
            write_index(manifest, _UNDER_WAY)
        manifest.about = {**plan.about, "state": state}

        def tell(outcome: Outcome) -> None:
            _keep_account(account, outcome)
            progress(outcome)

        batch = _run(asked, found.stale, how, tell)
        batch.outcomes += [Outcome(job, "done", account.files_of(job), renewed=False) for job in found.kept]
        if not batch.interrupted:
            batch.outcomes += _put_pages(asked.folder, plan, account)
            # who sent nothing is nobody's business but theirs
            for entry in () if asked.public else plan.jobs.left_out:
                manifest.absent[f"{entry.wave}/{entry.municipality}"] = Absent("skipped", entry.remark)
            if not asked.part:
                manifest.about["state"] = manifest.state()
        batch.outcomes.sort(key=lambda outcome: str(outcome.job.target))
        _keep_ledger(asked, plan)
        if asked.public:
            manifest.name_only_those_there()
        account.write()
        others = set(plan.faulty.waves) - set(plan.names)
        write_index(manifest, _INTERRUPTED if batch.interrupted else "", dict.fromkeys(others, _EARLIER))
        write_record(plan.out, plan.study, batch, () if asked.public else plan.jobs.left_out, asked.public)
    return batch


def _keep_ledger(asked: Asked, plan: Plan) -> None:
    """Enter what lies as released in the folder, also what a run left there that was killed."""
    if asked.public:
        # findings come with pandas, which takes longer than the rest of the start
        from weltoffen_eval.runs.releasing import enter_released

        enter_released(asked.folder, plan.study, plan.out)


def _keep_account(account: Account, outcome: Outcome) -> None:
    if outcome.state == "done":
        account.add(outcome.job, outcome.files)
    else:
        account.lack(outcome.job, outcome.state, outcome.files)


def _run(asked: Asked, stale: Sequence[Job], how: How, tell: Callable[[Outcome], None]) -> Batch:
    from weltoffen_eval.publish.running.batch import Batch, run_batch
    from weltoffen_eval.publish.running.workers import Ready, fitting_workers

    if not stale:
        return Batch()
    made = {job.report for job in stale}
    late = [module for kind in asked.kinds if kind.name in made for module in kind.late_imports]
    formats = dict.fromkeys(form for job in stale for form in job.formats_made)
    ready = Ready(modules_for(asked), partial(_prepare, asked.folder, late), tuple(formats))
    if how.scheduler:
        from weltoffen_eval.publish.running.cluster import run_on_cluster

        return run_on_cluster(stale, how.scheduler, tell, ready)
    return run_batch(stale, min(how.workers or fitting_workers(), len(stale)), tell, ready)


def _prepare(folder: Path, modules: Sequence[str]) -> None:
    """What is the same for all notebooks of a worker: the study as it is declared, and slow modules."""
    from weltoffen_eval.results.provenance import hash_inputs
    from weltoffen_eval.results.stored_rows import remember_layouts
    from weltoffen_eval.study.definition import load_study

    for module in modules:
        importlib.import_module(module)
    study = load_study(folder)
    hash_inputs(study)
    remember_layouts(paths.processed_folder(study.id))


def _put_pages(folder: Path, plan: Plan, account: Account) -> list[Outcome]:
    """A page in place of each report whose data are refused, or are not there any more; old files go."""
    from weltoffen_eval.publish.running.job import Made, publish

    outcomes = _put_refusals(folder, plan, account) if plan.jobs.refused else []
    for job in plan.jobs.gone:
        name = account.manifest.name_of(job.target)
        manifest = account.manifest
        if name in manifest.reports or (name in manifest.absent and manifest.absent[name].state != "skipped"):
            (kind,) = choose_kinds([job.report])
            _keep_account(account, publish(job, Made(reason=kind.absent, state="skipped")))
    return outcomes


def _put_refusals(folder: Path, plan: Plan, account: Account) -> list[Outcome]:
    from weltoffen_eval.display.fault_list import list_plainly
    from weltoffen_eval.publish.running.job import Made, publish
    from weltoffen_eval.study.definition import load_study

    study, outcomes = load_study(folder), []
    for job in plan.jobs.refused:
        faults = plan.faulty.of([job.parameters["municipality"]])
        told = list_plainly(study, faults)
        outcomes.append(publish(job, Made(reason=describe_faults(faults), state="refused", told=told)))
        _keep_account(account, outcomes[-1])
    return outcomes


def tell_refusal(out: Path, study: str, faults: Sequence[Fault]) -> None:
    """Say in a reports folder that the last run was refused, and of which state its pages are.

    Nothing where there are no reports yet.
    """
    from weltoffen_eval.publish.exporting.index import write_index
    from weltoffen_eval.publish.running.batch import Batch

    if not (out / "manifest.json").is_file():
        return
    with only_run(out):
        manifest = Manifest(out)
        count = "einen Fehler" if len(faults) == 1 else f"{len(faults)} Fehler"
        state = manifest.about.get("state", "")
        of_state = f"; der letzte vollständige hatte den Stand {state[:12]}" if state else ""
        write_index(
            manifest,
            f"Der letzte Lauf wurde abgewiesen, denn die Angaben enthalten {count}. Die Berichte hier "
            f"stammen aus früheren Läufen{of_state}.",
        )
        write_record(out, study, Batch(), [], refused=len(faults))
