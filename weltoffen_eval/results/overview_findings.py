"""Numbers of a whole study that no analysis gives as a finding yet: by key, no municipality in them."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import pandas as pd

from weltoffen_eval.analysis.disclosure import is_statement
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.overview import Overview
from weltoffen_eval.results.reported_findings import as_reported
from weltoffen_eval.study.file_words import SETTINGS

#: Findings by id and quantity, with its variant where there is one: ``found["MS01"]["share=4"]``.
ByQuantity = dict[str, dict[str, Finding]]
_WITHOUT_VALUE = ("skipped", "dont_know", "not_applicable")


def by_quantity(findings: list[Finding], wave: str, level: str, setting: str = "") -> ByQuantity:
    """The findings of one wave and level by id and quantity; ``setting``: of one only."""
    found: ByQuantity = {}
    for finding in findings:
        if (finding.wave, finding.level) == (wave, level) and setting in ("", finding.setting):
            name = f"{finding.quantity}={finding.variant}" if finding.variant else finding.quantity
            found.setdefault(finding.id, {})[name] = finding
    return found


def every(found: ByQuantity) -> list[Finding]:
    """All of these findings."""
    return [finding for of in found.values() for finding in of.values()]


def spread_findings(overview: Overview, wave: str) -> ByQuantity:
    """``median``, ``q25``, ``q75`` of each dimension over the municipalities, in whole points as printed."""
    made = []
    for dimension in overview.instrument(wave).dimensions:
        found = overview.spread(wave, dimension.id)
        for quantity in ("median", "q25", "q75"):
            value = float(getattr(found, quantity))
            reason = "disclosure" if math.isnan(value) else ""
            made.append(
                replace(
                    _of_reported(overview, wave, "dimension", dimension.id),
                    quantity=quantity,
                    value=value if reason else math.floor(value + 0.5),
                    n=float(found.n),
                    method="of the municipalities, Harrell–Davis",
                    reason=reason,
                )
            )
    return by_quantity(made, wave, "dimension")


def answer_findings(overview: Overview, wave: str) -> ByQuantity:
    """Of each item ``coverage``, ``n_missing=<kind>``, and ``share=<code>`` of the ends of its scale.

    They count sheets of the administrations, not municipalities.
    """
    instrument = overview.instrument(wave)
    rows = overview.responses
    rows = rows[(rows["wave"] == wave) & is_statement(rows, overview.scheme.min_group_size)]
    by_item = {str(name): part for name, part in rows.groupby("item", observed=True)}
    made = []
    for item in instrument.items:
        part = by_item.get(item.id, rows.iloc[:0])
        options = sorted(instrument.scale_of(item.id).options, key=lambda option: option.points)
        answered = part["code"].dropna() if options else part["value"].dropna()
        where = replace(_of_reported(overview, wave, "item", item.id), n=float(len(answered)))
        ends = dict.fromkeys((options[0].code, options[-1].code) if options else ())
        made += [*_missing(part, where), *(_share(answered, code, where) for code in ends)]
    return by_quantity(made, wave, "item")


def _missing(part: pd.DataFrame, where: Finding) -> list[Finding]:
    kinds = part["missing"].astype(str)
    counts = {kind: int((kinds == kind).sum()) for kind in _WITHOUT_VALUE}
    asked = where.n + counts["skipped"] + counts["dont_know"]
    coverage = replace(
        where,
        quantity="coverage",
        value=where.n / asked if asked else math.nan,
        n_applicable=asked,
        method="answered of applicable questions, sheets",
        reason="" if asked else "no_responses",
    )
    missing = (
        replace(
            where, quantity="n_missing", variant=kind, value=float(count), n=float(len(part)), method="count"
        )
        for kind, count in counts.items()
    )
    return [coverage, *missing]


def _share(answered: pd.Series, code: int, where: Finding) -> Finding:
    value = int((answered == code).sum()) / len(answered) if len(answered) else math.nan
    reason = "" if len(answered) else "no_responses"
    return replace(where, quantity="share", variant=str(code), value=value, method="of sheets", reason=reason)


def weight_findings(overview: Overview, wave: str) -> ByQuantity:
    """``effective_weight`` of each dimension: its r² with the mean of all."""
    made = [
        replace(
            _of_reported(overview, wave, "dimension", name),
            quantity="effective_weight",
            value=effective,
            method="r² with the unweighted mean of all",
            reason="not_estimable" if math.isnan(effective) else "",
        )
        for name, _, effective in overview.weights(wave)
    ]
    return by_quantity(made, wave, "dimension")


def settings_of(findings: list[Finding], wave: str) -> list[str]:
    """The settings of a wave at which persons answered of whom there are findings."""
    there = {f.setting for f in findings if f.wave == wave and f.perspective == "participants"}
    return sorted(there, key=lambda setting: (setting not in SETTINGS, SETTINGS.index(setting), setting))


def settings_agreement(overview: Overview, wave: str, setting: str) -> Finding | None:
    """The median of Krippendorff's ordinal alpha over municipalities; nothing without any."""
    found = [
        finding.value
        for finding in overview.agreement
        if (finding.wave, finding.setting) == (wave, setting)
        and (finding.quantity, finding.variant) == ("krippendorff_alpha", "ordinal")
        and not math.isnan(finding.value)
    ]
    if not found:
        return None
    return Finding(
        "krippendorff_alpha",
        statistics.median(found),
        n=float(len(found)),
        variant="ordinal",
        method="median of the municipalities",
        wave=wave,
        setting=setting,
        perspective="participants",
        level="overall",
        id="overall",
    )


def _of_reported(overview: Overview, wave: str, level: str, name: str) -> Finding:
    """Where findings on those stand whose answers the reports show."""
    own = Finding("", wave=wave, setting="questionnaire", perspective="administration", level=level, id=name)
    return as_reported([own], overview.study.report)[0]
