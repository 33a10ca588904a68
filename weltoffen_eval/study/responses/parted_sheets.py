"""Sheets that look like parts of one questionnaire, filled in by several offices, and are not merged."""

from __future__ import annotations

from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.responses.cleaning import CleanedStudy
from weltoffen_eval.study.responses.matrices import ANSWERED


def parted_groups(study: Study, cleaned: CleanedStudy) -> list[tuple[str, str, str, int]]:
    """Institutions of which several sheets, not merged, answer no item twice: they may be parts of one.

    (municipality, wave, perspective, number of sheets) of each.
    """
    merged = {raw.path for raw in study.files if raw.sheets == "merge"}
    rows = cleaned.records[cleaned.records["file"].isin(merged)]
    columns = ["municipality", "wave", "setting", "perspective"]
    of_merged = set(zip(*(rows[column] for column in columns), strict=True))
    found = []
    for wave in cleaned.waves:
        answered = wave.missing == ANSWERED
        of_institution = wave.who[(wave.who["unit"] == "institution").to_numpy()]
        for group, who in of_institution.groupby(columns, observed=True, sort=True):
            here = answered[who.index.to_numpy()]
            here = here[here.any(axis=1)]
            if group not in of_merged and len(here) > 1 and here.sum(axis=0).max() <= 1:
                municipality, of_wave, _, perspective = map(str, group)
                found.append((municipality, of_wave, perspective, len(here)))
    return found
