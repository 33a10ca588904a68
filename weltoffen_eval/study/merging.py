"""Which sheets are parts of one questionnaire that several offices filled in, and whose answer counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.reported import SELF_CHECK, ReportedAnswers
from weltoffen_eval.study.responses.healthy import clean_healthy

#: What the respondent of merged sheets is called.
MERGED = "merged"


@dataclass(frozen=True)
class MergedFile:
    """A file whose sheets are merged; without ``perspective`` those of any.

    ``groups``: of which municipality and perspective sheets are in it, where that matters; None: what holds
    for one holds for all.
    ``responsible``: by municipality ("": all) and item the respondent whose answer counts.
    """

    wave: str
    setting: str
    perspective: str
    responsible: Mapping[tuple[str, str], str]
    groups: frozenset[tuple[str, str]] | None = None

    def holds(self, municipality: str, wave: str, setting: str, perspective: str) -> bool:
        """Whether it may hold sheets of a group."""
        there = (self.wave, self.setting, self.perspective or perspective) == (wave, setting, perspective)
        return there and (self.groups is None or (municipality, perspective) in self.groups)


@dataclass(frozen=True)
class Merging:
    """How the sheets of a study are merged; false where none are."""

    files: tuple[MergedFile, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.files)

    def merges(self, sheets: pd.DataFrame) -> NDArray[np.bool_]:
        """Which rows are of sheets that are merged; any table with the columns of a sheet."""
        merged = np.zeros(len(sheets), dtype=bool)
        of_institution = (sheets["unit"] == "institution").to_numpy(dtype=bool)
        for file in self.files:
            here = of_institution & (sheets["wave"] == file.wave).to_numpy(dtype=bool)
            here &= (sheets["setting"] == file.setting).to_numpy(dtype=bool)
            if file.perspective:
                here &= (sheets["perspective"] == file.perspective).to_numpy(dtype=bool)
            if file.groups is not None:
                pairs = zip(sheets["municipality"][here], sheets["perspective"][here], strict=True)
                here[here] = [pair in file.groups for pair in pairs]
            merged |= here
        return merged

    def as_self_check(self, report: ReportedAnswers) -> Merging:
        """The same where the answers of a report stand in the place of the self-check."""
        if not report.of_others:
            return self
        return Merging(tuple(told for file in self.files for told in _as_self_check(file, report)))

    def whose(self, municipality: str, wave: str, setting: str, perspective: str, item: str) -> str:
        """The name of the respondent whose answer to an item counts; empty: nobody's does."""
        for file in self.files:
            if file.holds(municipality, wave, setting, perspective):
                name = file.responsible.get((municipality, item), file.responsible.get(("", item), ""))
                if name:
                    return name
        return ""

    def rule_for(self, municipality: str, wave: str) -> str:
        """A text that is another one whenever the sheets of a municipality are merged otherwise."""
        rules = []
        for file in self.files:
            groups = file.groups or ()
            own = sorted(perspective for key, perspective in groups if key == municipality)
            if file.wave == wave and (own or file.groups is None):
                named = sorted(
                    (item, key, name)
                    for (key, item), name in file.responsible.items()
                    if key in ("", municipality)
                )
                rules.append((file.setting, file.perspective or own, named))
        return repr(rules) if rules else ""


def _as_self_check(file: MergedFile, report: ReportedAnswers) -> Iterator[MergedFile]:
    """A merged file: what a report tells of under the names of the self-check, the rest under its own."""
    own = SELF_CHECK.setting, SELF_CHECK.perspective
    reported = file.setting == report.setting and file.perspective in ("", report.perspective)
    if reported:
        groups = file.groups
        if groups is not None:
            groups = frozenset((key, own[1]) for key, whose in groups if whose == report.perspective)
        yield replace(file, setting=own[0], perspective=own[1], groups=groups)
    # what is no self-check keeps its names; of an administration that is not told of nothing is left
    if not file.perspective or not (reported or (file.setting, file.perspective) == own):
        yield file


def merging_of(study: Study, records: pd.DataFrame | None = None) -> Merging:
    """How the sheets of a study are merged.

    Parameters
    ----------
    records : of the municipalities in question, as :class:`CleanedStudy` has them. They are needed, and else
        made, only where not all files of one wave, setting and perspective are merged alike.
    """
    files = [raw for raw in study.files if raw.kind == "responses"]
    found = []
    for raw in files:
        if raw.sheets != "merge":
            continue
        groups = None
        if any(_overlap(raw, other) and not _alike(raw, other) for other in files):
            records = clean_healthy(study)[0].records if records is None else records
            rows = records[(records["file"] == raw.path) & (records["wave"] == raw.wave)]
            keys = (rows[name].astype(str) for name in ("municipality", "perspective"))
            groups = frozenset(zip(*keys, strict=True))
        found.append(MergedFile(raw.wave, raw.setting, raw.perspective, raw.responsible, groups))
    return Merging(tuple(found))


def _overlap(one: RawFile, other: RawFile) -> bool:
    """Whether two files may hold sheets of one group."""
    same = (one.wave, one.setting) == (other.wave, other.setting)
    return same and (not one.perspective or not other.perspective or one.perspective == other.perspective)


def _alike(one: RawFile, other: RawFile) -> bool:
    return (one.sheets, dict(one.responsible)) == (other.sheets, dict(other.responsible))
