"""What ``weltoffen run`` says: what it is going to make, what it left out, what became of it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from weltoffen_eval.errors import visible
from weltoffen_eval.runs.jobs import NO_QUESTIONNAIRE
from weltoffen_eval.runs.summary import plain, state_of

if TYPE_CHECKING:
    from weltoffen_eval.publish.running.batch import Batch
    from weltoffen_eval.runs.plan import Plan
    from weltoffen_eval.runs.settings import Asked
    from weltoffen_eval.runs.stale import Stale


def clipped(title: str, longest: int = 100) -> str:
    """A title for a line of a terminal: not longer than that, nothing in it that moves the cursor."""
    shown = visible(title)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def tell_summary(plan: Plan, batch: Batch, as_json: bool) -> None:
    """The summary of a run on the console: in words, or as JSON."""
    done = sum(outcome.state == "done" and outcome.renewed for outcome in batch.outcomes)
    kept = sum(not outcome.renewed for outcome in batch.outcomes)
    if as_json:
        summary = {
            "state": state_of(batch),
            "reports": done,
            "kept": kept,
            "failed": len(batch.failed),
            "refused": len(batch.refused),
            "left_out": plan.left_out,
            "interrupted": batch.interrupted,
            "index": str(plan.out / "index.html"),
            "record": str(plan.out / "run.json"),
        }
        print(json.dumps(summary, ensure_ascii=False))
        return
    tell_left_out(plan)
    for outcome in batch.failed:
        print(f"failed: {clipped(outcome.job.title)}: {plain(outcome.reason)}")
    for outcome in batch.refused:
        print(f"refused: {clipped(outcome.job.title)}: faults in its rows")
    if batch.interrupted:
        print(f"Interrupted after {done} reports; what is finished is in {plan.out}.")
        return
    refused = f"{len(batch.refused)} refused, " if batch.refused else ""
    print(f"{done} reports made, {kept} kept, {len(batch.failed)} failed, {refused}{plan.left_out} left out.")
    print(f"Open {plan.out / 'index.html'}")


def tell_left_out(plan: Plan) -> None:
    """Who has no report, and which reports nobody has, and why."""
    for kind in plan.closed:
        print(f"left out: {kind.name}: it is not for the public")
    for kind in plan.unspoken:
        print(f"left out: {kind.name}: there are no sentences of it in {plan.language!r}")
    for entry in plan.jobs.left_out:
        print(f"left out: {entry.municipality}, {entry.wave}: {entry.reason}")


def tell_stale(plan: Plan, found: Stale, explain: bool) -> None:
    """How many reports are made and kept; with ``explain`` also why each is made."""
    print(
        f"{len(found.stale)} reports to make, {len(found.kept)} kept, {plan.left_out} left out.", flush=True
    )
    if explain and found.stale:
        for job in found.stale:
            print(f"{clipped(job.title)}: {', '.join(found.reasons[job.target])}")
        print("They are made now; --dry-run only says so.", flush=True)


def tell_dry_run(plan: Plan, found: Stale, as_json: bool) -> None:
    """What a run would make, keep and leave out."""
    if as_json:
        made = [
            {
                "report": job.target.relative_to(plan.out).as_posix(),
                "reasons": list(found.reasons[job.target]),
            }
            for job in found.stale
        ]
        summary = {
            "would_make": made,
            "would_keep": [job.target.relative_to(plan.out).as_posix() for job in found.kept],
            "would_refuse": [job.target.relative_to(plan.out).as_posix() for job in plan.jobs.refused],
            "left_out": plan.left_out,
        }
        print(json.dumps(summary, ensure_ascii=False))
        return
    for job in found.stale:
        print(f"would make: {clipped(job.title)}: {', '.join(found.reasons[job.target])}")
    for job in found.kept:
        print(f"would keep: {clipped(job.title)}")
    for job in plan.jobs.refused:
        print(f"would refuse: {clipped(job.title)}: faults in rows of {job.parameters['municipality']}")
    tell_left_out(plan)
    refused = f"{len(plan.jobs.refused)} to refuse, " if plan.jobs.refused else ""
    print(
        f"{len(found.stale)} reports to make, {len(found.kept)} to keep, {refused}"
        f"{plan.left_out} left out. Nothing was written."
    )


def tell_nothing(asked: Asked, plan: Plan) -> None:
    """Why no report was made."""
    names = ", ".join(kind.name for kind in asked.kinds)
    scopes = {kind.scope for kind in asked.kinds}
    if plan.jobs.left_out and {left.reason for left in plan.jobs.left_out} == {NO_QUESTIONNAIRE}:
        reason = "nothing was asked in the waves asked for: they have no questionnaire"
    elif plan.jobs.left_out:
        reason = _nobody_of_these(plan)
    elif asked.part and scopes == {"study"}:
        reason = f"{names} is about the study as a whole; call it without -m and -w"
    elif asked.waves and not any(asked.includes(kind) for kind in asked.kinds):
        reason = f"{names} tells of all waves; call it without -w"
    elif not any(need.kind == "responses" for kind in asked.kinds for needs in kind.needs for need in needs):
        reason = f"nothing came of which {names} tells"
    else:
        reason = _nobody_of_these(plan)
    print(f"weltoffen run: no report was made: {reason}.", file=sys.stderr)


def _nobody_of_these(plan: Plan) -> str:
    """Whose answers are missing, who answered instead, and the key that changes whose are shown."""
    setting, _, perspective = plan.wanted_of.partition("/")
    wanted = "an administration" if perspective == "administration" else perspective
    missing = f"there is no answer of {wanted} ({setting}) in what was asked for"
    others = [group for group in plan.groups if group != plan.wanted_of]
    if plan.wanted_of in plan.groups or not others:
        return missing
    told = ", ".join(f"{who} ({at})" for at, _, who in (group.partition("/") for group in others))
    at, _, who = others[0].partition("/")
    also = f'setting = "{at}" and ' if at != setting else ""
    key = f'[report] with {also}perspective = "{who}"'
    return f"{missing}; {told} answered. To report on these: {key} in study.toml"
