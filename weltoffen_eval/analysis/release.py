"""The door: what of the findings of persons may leave, for the team (internal) or for everybody (public)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from weltoffen_eval.analysis.clearance import Clearance, clear
from weltoffen_eval.analysis.disclosure import (
    ALL,
    DISTRIBUTION,
    LEAST_MUNICIPALITIES,
    MEAN,
    NOTHING,
    cells_of,
    limits_for,
)
from weltoffen_eval.analysis.earlier_releases import (
    MEANS,
    NOT_PERSONS,
    NOTHING_TOLD,
    Told,
    Where,
    identity_of,
    told_before,
)
from weltoffen_eval.analysis.findings import OF_CHANGE, Finding, where_of
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.progress import counted
from weltoffen_eval.analysis.scheme import ScoringScheme

#: What does not come from answers.
_OF_QUESTIONNAIRES = ("items_not_comparable",)


@dataclass(frozen=True)
class Door:
    """What may be shown of the persons of every municipality, wave and setting.

    ``in_place``: municipality and wave of persons who stand for their administration.
    """

    clearances: Mapping[Where, Clearance]
    in_place: set[tuple[str, str]]

    def let_out(self, finding: Finding) -> Finding:
        """The finding, without what may not leave."""
        if finding.quantity in _OF_QUESTIONNAIRES:
            return finding
        if not finding.municipality:
            return self._of_study(finding)
        # whoever rates a field is a person
        own = where_of(finding)[2] == "questionnaire" and finding.perspective == "administration"
        if own and (finding.municipality, finding.wave) not in self.in_place:
            return finding
        level, reason = self._level(finding)
        if finding.quantity not in MEANS:
            return finding if level == DISTRIBUTION else _closed(finding, reason)
        alike = finding.reason == "no_variance"
        # that a change has no interval would say that the persons of both waves answered alike
        if level == NOTHING or (alike and finding.quantity in OF_CHANGE):
            return _closed(finding, reason)
        if level == MEAN and (alike or not (math.isnan(finding.low) and math.isnan(finding.high))):
            return finding.having(low=math.nan, high=math.nan, reason="disclosure")
        return finding

    def _level(self, finding: Finding) -> tuple[int, str]:
        """What may be shown of the persons behind a finding, and the reason if it is too little."""
        at = {finding.wave: finding.level}
        if finding.quantity in OF_CHANGE:
            of_persons = finding.perspective == ALL
            at = {finding.wave: "changed_from", finding.variant: "changed_to"} if of_persons else at
            at |= {} if of_persons else {finding.variant: finding.level}
        found = []
        for wave, level in at.items():
            clearance = self.clearances.get(where_of(finding, wave))
            if clearance is None:
                # nobody is known who said this
                return NOTHING, "disclosure"
            found += self._levels(finding, clearance, level)
        return min(found)

    def _levels(self, finding: Finding, clearance: Clearance, level: str) -> list[tuple[int, str]]:
        groups = [name for name in (finding.perspective, finding.other) if name not in NOT_PERSONS]
        if finding.perspective == "administration":
            groups.append("administration")
        if finding.quantity == "krippendorff_alpha":
            # over items, which must all be out
            told = len(clearance.shown("item", DISTRIBUTION))
            return [(DISTRIBUTION if finding.n_applicable <= told else NOTHING, "disclosure")]
        found = []
        for group in groups:
            size = clearance.size(level, finding.id, group)
            reason = "group_size" if size < clearance.least else "disclosure"
            found.append((clearance.level(level, finding.id, group), reason))
        return found

    def _of_study(self, finding: Finding) -> Finding:
        """Over a study: from 8 municipalities, of persons those alone whose numbers are out."""
        if math.isnan(finding.value) and finding.perspective != ALL:
            # of administrations, why there is none may be told
            return finding
        if finding.n < LEAST_MUNICIPALITIES:
            return _closed(finding, "disclosure")
        if finding.perspective != ALL:
            return finding
        detail = DISTRIBUTION if finding.quantity.startswith("icc") else MEAN
        told = sum(
            clearance.level(finding.level, finding.id) >= detail
            for where, clearance in self.clearances.items()
            if where[1:] == where_of(finding)[1:]
        )
        return finding if finding.n <= told else _closed(finding, "disclosure")


@dataclass(frozen=True)
class Released:
    """``findings``: those that were wanted, in their order, what may not leave without value and bounds.

    ``cells``: of every municipality, wave and setting, the cell of each perspective; empty where all persons
    are told together. ``clearances``: what may be shown of each. Of ratings of fields both stand apart, as
    ``PersonAnswers.where`` says.
    """

    findings: list[Finding]
    cells: dict[Where, dict[str, str]]
    clearances: dict[Where, Clearance]
    door: Door

    def also(self, wanted: Iterable[Finding]) -> list[Finding]:
        """Let out, through the same door, what rests on findings that are out."""
        return [self.door.let_out(finding) for finding in wanted]


def release(
    wanted: Iterable[Finding],
    persons: Sequence[PersonAnswers],
    *,
    scheme: ScoringScheme,
    audience: str,
    earlier: Iterable[Finding] = (),
) -> Released:
    """Let out what tells of no small group of persons what it said.

    Parameters
    ----------
    wanted : all findings that are to leave for a municipality or a study, at once
    persons : the answers from which they come, of every wave and setting
    audience : "internal" or "public"
    earlier : findings that are out already, unrounded; what they withhold is
        withheld again, and together with what they tell nothing narrows what is withheld

    Raises
    ------
    CallError
        If the scheme shows groups that are too small for the audience.
    """
    earlier, wanted = list(earlier), list(wanted)
    clearances = clearances_of(persons, scheme, audience, told_before(earlier, persons, wanted))
    cells = {
        of.where: {
            name: cell for cell, names in cells_of(of.sizes, scheme.min_group_size).items() for name in names
        }
        for of in persons
    }
    in_place = {(of.municipality, of.wave) for of in persons if of.in_place}
    withheld = {identity_of(finding): finding.reason for finding in earlier if math.isnan(finding.value)}
    door = Door(clearances, in_place)
    found = []
    for finding in wanted:
        passed = door.let_out(finding)
        if not math.isnan(passed.value) and withheld.get(identity_of(finding)) in (
            "group_size",
            "disclosure",
        ):
            passed = _closed(finding, "disclosure")
        found.append(passed)
    return Released(found, cells, clearances, door)


def clearances_of(
    persons: Sequence[PersonAnswers],
    scheme: ScoringScheme,
    audience: str,
    told: Mapping[Where, Told] = MappingProxyType({}),
) -> dict[Where, Clearance]:
    """What may be shown of the persons of every municipality, wave and setting, where some is out already."""
    limits = limits_for(scheme, audience)
    return {of.where: clear(of, limits, told.get(of.where, NOTHING_TOLD)) for of in counted(persons)}


def _closed(finding: Finding, reason: str) -> Finding:
    return finding.having(value=math.nan, low=math.nan, high=math.nan, method="",
        reason=finding.reason if _is_missing(finding) else reason,
    )  # fmt: skip


def _is_missing(finding: Finding) -> bool:
    """Whether there was no value to begin with, for a reason of its own."""
    return math.isnan(finding.value) and finding.reason in ("no_responses", "group_size", "disclosure")
