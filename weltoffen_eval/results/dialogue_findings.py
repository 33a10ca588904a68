"""All numbers of a dialogue as findings by key: who came, what how many groups raised, how coders agree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from weltoffen_eval.analysis.coding import CoderAgreement, Raised, coder_agreement, count_raised
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.results.dialogue import DIALOGUE, Dialogue

_GIVEN = "as documented"


# one process makes the report of one municipality; all cells of it ask for the same
@lru_cache(maxsize=2)
def findings_of(dialogue: Dialogue) -> dict[str, Finding]:
    """The findings by key."""
    kinds = (_event(dialogue), _measures(dialogue), _codes(dialogue), _agreement(dialogue))
    return {finding.key: finding for kind in kinds for finding in kind}


@lru_cache(maxsize=2)
def raised_in(dialogue: Dialogue) -> dict[tuple[str, str], Raised]:
    """By question and code how often it was raised; nothing where so few came that it is not counted."""
    if dialogue.is_small:
        return {}
    rows = {row.values.statement: (row.values.question, row.values.group) for row in dialogue.statements}
    return count_raised(rows, dialogue.settled)


@lru_cache(maxsize=2)
def agreements_of(dialogue: Dialogue) -> dict[str, CoderAgreement]:
    """By code how far coders agree; nothing of what would tell how often few people said something.

    From agreement and its coefficients it follows how many statements have a code.
    """
    if dialogue.is_small:
        return {}
    hidden = {code.id for code in dialogue.codebook.values() if code.sensitive and dialogue.groups_are_small}
    found = {code: coder_agreement(dialogue.coded, code) for code in dialogue.codebook if code not in hidden}
    return {code: agreement for code, agreement in found.items() if agreement.n}


def key_of(dialogue: Dialogue, level: str, entry: str, quantity: str, variant: str = "") -> str:
    """The key of one number."""
    return _finding(dialogue, level, entry, quantity, variant).key


def _finding(
    dialogue: Dialogue,
    level: str,
    entry: str,
    quantity: str,
    variant: str = "",
    value: float | None = None,
    **more: object,
) -> Finding:
    return Finding(
        quantity,
        value=math.nan if value is None else float(value),
        variant=variant,
        municipality=dialogue.municipality.key,
        wave=dialogue.wave.id,
        setting=DIALOGUE,
        level=level,
        id=entry,
        **more,  # type: ignore[arg-type]  # fields of a finding
    )


def _event(dialogue: Dialogue) -> Iterator[Finding]:
    """``n_participants``, ``n_registered``, ``n_groups``; what nobody wrote down is not documented."""
    numbers = {
        "n_participants": dialogue.participants,
        "n_registered": dialogue.registered,
        "n_groups": dialogue.groups,
    }
    for quantity, value in numbers.items():
        reason = "not_documented" if value is None else ""
        yield _finding(dialogue, "event", DIALOGUE, quantity, value=value, method=_GIVEN, reason=reason)


def _measures(dialogue: Dialogue) -> Iterator[Finding]:
    """``n_measures``: all intentions of the dialogue, and those of each status."""
    statuses = [row.values.status for row in dialogue.measures]
    for status in ("", *dict.fromkeys(filter(None, statuses))):
        count = statuses.count(status) if status else len(statuses)
        yield _finding(dialogue, "measure", "", "n_measures", status, count, method="count of measures")


def _codes(dialogue: Dialogue) -> Iterator[Finding]:
    """``n_groups=<question>`` of how many groups, and ``n_statements=<question>``."""
    groups = math.nan if dialogue.groups is None else float(dialogue.groups)
    for (question, code), raised in raised_in(dialogue).items():
        known = dialogue.groups is not None
        yield _finding(
            dialogue, "code", code, "n_groups", question, raised.n_groups if known else None,
            n_applicable=groups, method="count of groups", reason="" if known else "not_documented",
        )  # fmt: skip
        yield _finding(
            dialogue,
            "code",
            code,
            "n_statements",
            question,
            raised.n_statements,
            method="count of statements",
        )


def _agreement(dialogue: Dialogue) -> Iterator[Finding]:
    """Of each code, over statements that several have coded, how far the coders agree."""
    for code, found in agreements_of(dialogue).items():
        for quantity, variant, value in (
            ("percent_agreement", "", found.percent),
            ("gwet_ac1", "", found.ac1),
            ("krippendorff_alpha", "nominal", found.alpha),
        ):
            yield _finding(
                dialogue, "code", code, quantity, variant, value, n=float(found.n),
                method="coders on statements", reason="no_variance" if math.isnan(value) else "",
            )  # fmt: skip
