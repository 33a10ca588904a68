"""Whose answers stand in the self-check report: the administration's, or those that [report] names.

Everything that is told of an administration, and the door before it, knows it by its setting and
perspective. Where a study reports on others, their rows take that place on the way in, and get their own
names back on the way out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weltoffen_eval.study.perspectives import is_self_check

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ReportedAnswers:
    """Whose answers the self-check report shows: [report] of study.toml."""

    setting: str = "questionnaire"
    perspective: str = "administration"

    @property
    def of_others(self) -> bool:
        """Whether they are not those of the administration to the questionnaire."""
        return self != SELF_CHECK

    @property
    def unit(self) -> str:
        """The unit that the contract expects of such answers."""
        return "persons" if self.of_others else "institution"


SELF_CHECK = ReportedAnswers()


def as_self_check(rows: pd.DataFrame, report: ReportedAnswers) -> pd.DataFrame:
    """The rows with those of the report in the place of the self-check; any table with both columns.

    Answers of an administration that is not reported on are left out.
    """
    if not report.of_others or not len(rows):
        return rows
    chosen = (rows["setting"] == report.setting) & (rows["perspective"] == report.perspective)
    kept = rows[chosen | ~is_self_check(rows)].astype({"setting": str, "perspective": str})
    chosen = chosen[kept.index]
    kept.loc[chosen, "setting"] = SELF_CHECK.setting
    kept.loc[chosen, "perspective"] = SELF_CHECK.perspective
    return kept


def under_own_names(rows: pd.DataFrame, report: ReportedAnswers) -> pd.DataFrame:
    """Rows that stand in the place of the self-check with the setting and perspective that they are of."""
    own = is_self_check(rows)
    if not report.of_others or not own.any():
        return rows
    named = rows.astype({"setting": str, "perspective": str})
    named.loc[own, "setting"] = report.setting
    named.loc[own, "perspective"] = report.perspective
    return named
