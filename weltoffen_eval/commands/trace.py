"""``weltoffen trace``: from a sentence or a number of a report back to the answers it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import CallError, visible

if TYPE_CHECKING:
    from weltoffen_eval.analysis.scheme import ScoringScheme
    from weltoffen_eval.results.trace import Trace, TracedAnswer, TracedParty
    from weltoffen_eval.results.twins import SaidInReport


@options.as_command(
    "trace", "How a number came about: scheme, items, answers, raw file, row, column, corrections."
)
@click.argument("report", type=options.FilePath(), metavar="REPORT")
@click.argument("wanted", metavar="ID")
@click.option("--study", metavar="STUDY", help="The study it was made from (default: the one it names).")
@options.scheme
@options.as_json
def command(report: Path, wanted: str, study: str | None, scheme: str | None, as_json: bool) -> int:
    """REPORT is any file of a report, ID a sentence, figure, table or text of it, or a key."""
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.trace import Tracer
    from weltoffen_eval.results.twins import find_said, read_twin, shown
    from weltoffen_eval.study.definition import load_study

    twin = read_twin(report)
    said = find_said(twin, wanted)
    loaded = load_study(paths.study_folder(study or str(twin.get("study", ""))))
    if loaded.id != twin.get("study"):
        raise CallError(
            f"The report is of the study {visible(str(twin.get('study', '')))!r}, not of {loaded.id!r}."
        )
    rules = load_scheme(scheme, loaded)
    tracer = Tracer(loaded, rules) if said.keys else None
    traces = [tracer.trace(key) for key in said.keys] if tracer is not None else []
    findings = {trace.key: shown(twin, trace.key) for trace in traces}
    if as_json:
        told = [{**_as_told(trace), "shown": findings[trace.key]} for trace in traces]
        given = dict(said.entry) if said.kind == "given" else {}
        about = {"id": said.id, "kind": said.kind, "text": said.text, "given": given, "traces": told}
        print(json.dumps(about, ensure_ascii=False))
        return 0
    for line in _lines(said, twin, rules, traces, findings):
        print(line)
    return 0


def _as_told(trace: Trace) -> dict[str, Any]:
    """A trace for programs; of a cell its place, its text and its correction."""
    told = asdict(trace)
    for party in told["parties"]:
        for item in party["items"]:
            for answer in item["answers"]:
                cell = answer["place"]
                if cell is not None:
                    named = dict(zip(("file", "tab", "row", "column"), cell["place"], strict=True))
                    answer["place"] = {**named, "text": cell["text"], "correction": cell["correction"]}
    return told


def _lines(
    said: SaidInReport,
    twin: Mapping[str, Any],
    scheme: ScoringScheme,
    traces: list[Trace],
    findings: Mapping[str, Mapping[str, Any]],
) -> Iterator[str]:
    if said.text:
        yield f"{said.id}: {visible(said.text)}"
    if said.kind == "given":
        tab = f", tab {visible(said.entry['tab'])}" if said.entry.get("tab") else ""
        yield (
            f"  as written in {visible(said.entry['file'])}{tab}, row {said.entry['row']}, "
            f"column {visible(said.entry['column'])}"
        )
    elif not traces:
        yield "  It rests on no number."
    if traces:
        made = twin.get("scheme", {})
        if made.get("sha256") not in (None, "", scheme.sha256):
            yield (
                f"  The report was made with the scheme {made.get('id')} ({made['sha256'][:12]}), this is "
                f"{scheme.id} ({scheme.sha256[:12]}): name it with --scheme."
            )
        means = ", ".join(f"{level} {mean}" for level, mean in scheme.aggregation.items())
        yield (
            f"  scheme {scheme.id} ({scheme.sha256[:12]}): over {scheme.levels}, {means}, "
            f"coverage from {scheme.min_coverage:.0%}"
        )
    for trace in traces:
        yield f"  {trace.key}{_number(findings[trace.key])}"
        if trace.score is not None:
            yield f"    computed anew from the answers: {trace.score:.10g}"
        for party in trace.parties:
            yield from _party(party)
        for note in trace.notes:
            yield f"    {note}"


def _number(finding: Mapping[str, Any]) -> str:
    if not finding:
        return " (not shown itself)"
    if finding.get("value") is None:
        return f" has no value: {finding.get('reason')}"
    span = f", {finding['low']:.10g} to {finding['high']:.10g}" if finding.get("low") is not None else ""
    count = f", n {finding['n']:g}" if finding.get("n") is not None else ""
    return f" = {finding['value']:.10g}{span}{count}"


def _party(party: TracedParty) -> Iterator[str]:
    where = f"    {party.wave}, {party.setting}, {party.perspective}"
    if party.of_persons:
        few = party.persons is None
        yield f"{where}: {'fewer persons than are counted' if few else f'{party.persons} persons'}"
        return
    yield f"{where}:"
    for item in party.items:
        yield f"      {item.item}, weight {item.weight:g}: {visible(item.text)}"
        for answer in item.answers:
            yield from _answer(answer)
        if not item.answers:
            yield "        no answer"


def _answer(answer: TracedAnswer) -> Iterator[str]:
    points = f" = {answer.points:g} points" if answer.points is not None else ""
    place = answer.place
    if place is None:
        yield f"        {visible(answer.respondent)}: {answer.read}{points}; no cell of its own"
        return
    file, of_tab, row, column = place.place
    tab = f", tab {visible(of_tab)}" if of_tab else ""
    yield (
        f"        {visible(answer.respondent)}: {answer.read}{points}; {visible(file)}{tab}, "
        f"row {row}, column {visible(column)}: {visible(place.text)!r}"
    )
    if place.correction is not None:
        one = place.correction
        yield (
            f"          corrected by {visible(one.source)}, row {one.line}: {visible(one.old)!r} to "
            f"{visible(one.new)!r} ({visible(one.reason)})"
        )
