"""Findings: what a statistic says, one row each, with what it rests on or why it is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from operator import attrgetter
from typing import Any

import pandas as pd

from weltoffen_eval.analysis.finding_keys import KEY_PARTS, FindingKey


@dataclass(frozen=True)
class Finding:
    """One number, unrounded; NaN and empty text where a column does not apply.

    ``value``, ``low``, ``high``: scores and gaps in points (0–100), shares as 0–1. ``n``: persons,
    municipalities or items on which it rests, as ``quantity`` says. ``reason``: why ``value``, or the
    interval alone, is missing, one of REASONS.
    """

    quantity: str
    value: float = math.nan
    _: KW_ONLY
    low: float = math.nan
    high: float = math.nan
    n: float = math.nan
    n_applicable: float = math.nan
    variant: str = ""
    method: str = ""
    reason: str = ""
    wave: str = ""
    setting: str = ""
    municipality: str = ""
    level: str = ""
    id: str = ""
    perspective: str = ""
    other: str = ""
    unit: str = ""
    respondent: str = ""

    def having(self, **changes: Any) -> Finding:
        """The same finding but for some fields: ``dataclasses.replace``, at a fifth of its time."""
        if not changes.keys() <= self.__dict__.keys():
            raise TypeError(f"A finding has no {', '.join(sorted(changes.keys() - self.__dict__.keys()))}.")
        made = object.__new__(Finding)
        made.__dict__.update(self.__dict__, **changes)
        return made

    @property
    def key(self) -> str:
        """The key of the finding, unique in its study; see :mod:`weltoffen_eval.analysis.finding_keys`."""
        return str(FindingKey(**{part: getattr(self, part) for part in KEY_PARTS}))


#: Why a value, or its interval, is missing: there are no other reasons, and each has its sentence.
REASONS = (
    "not_chosen", "not_asked", "not_applicable", "group_size", "coverage", "disclosure", "no_responses",
    "no_reference", "no_common_items", "no_variance", "too_few", "not_estimable", "not_documented",
)  # fmt: skip

#: Their variant is the earlier wave.
OF_CHANGE = ("change", "items_up", "items_down", "items_same")
#: The variant of what is told where persons gave one number per field.
FIELD_RATING = "field_rating"

COLUMNS = (
    "wave", "setting", "municipality", "level", "id", "quantity", "variant", "perspective", "other",
    "value", "low", "high", "n", "n_applicable", "method", "reason",
)  # fmt: skip


def where_of(of: Finding, wave: str = "") -> tuple[str, str, str]:
    """Municipality, wave and setting of whom a finding tells; ratings of fields apart, as ``setting_of``.

    Parameters
    ----------
    wave : another wave of the same persons, where a change tells of two
    """
    rated = of.variant == FIELD_RATING and of.quantity not in OF_CHANGE
    return of.municipality, wave or of.wave, setting_of(of.setting, FIELD_RATING if rated else "")


def setting_of(setting: str, variant: str) -> str:
    """A setting, or ``setting=variant`` for what persons gave there in another way than by items."""
    return f"{setting}={variant}" if variant else setting


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """All findings, one row each, in the order in which they came; columns as COLUMNS."""
    return pd.DataFrame(map(attrgetter(*COLUMNS), findings), columns=list(COLUMNS))
