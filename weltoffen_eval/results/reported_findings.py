"""Findings on whose answers the report shows, under their own names where those are no administration's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.study.reported import SELF_CHECK, ReportedAnswers


def as_reported(findings: Iterable[Finding], report: ReportedAnswers) -> list[Finding]:
    """The findings with the setting and perspective of the report in place of those of the self-check."""
    return [_named(finding, report) for finding in findings] if report.of_others else list(findings)


def _named(finding: Finding, report: ReportedAnswers) -> Finding:
    if finding.other == SELF_CHECK.perspective:
        finding = replace(finding, other=report.perspective)
    if (finding.setting, finding.perspective) != (SELF_CHECK.setting, SELF_CHECK.perspective):
        return finding
    # a key names a unit only where it is not the one to be expected
    unit = finding.unit or "institution"
    return replace(
        finding,
        setting=report.setting,
        perspective=report.perspective,
        unit="" if unit == report.unit else unit,
    )
