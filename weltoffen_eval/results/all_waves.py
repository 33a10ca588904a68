"""All answers of one municipality, of every wave: who looks for what may leave must know them all."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.results.store import read_processed
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.responses.healthy import clean_healthy


class AllWaves(NamedTuple):
    """The responses of a municipality; which of its sheets are parts of one questionnaire.

    Those whose answers the report shows stand as the self-check.
    """

    responses: pd.DataFrame
    merging: Merging


def answers_of(study: Study, municipality: str, scheme: ScoringScheme) -> AllWaves:
    """From data/processed where that is up to date, else from the raw files."""
    stored = read_processed(paths.processed_folder(study.id), study, scheme)
    if stored is not None:
        rows, sheets = (stored.table(name, municipality) for name in ("responses", "records"))
    else:
        cleaned, _ = clean_healthy(study)
        rows, sheets = (
            frame[frame["municipality"] == municipality] for frame in (cleaned.responses, cleaned.records)
        )
    return AllWaves(
        as_self_check(rows, study.report).reset_index(drop=True),
        merging_of(study, sheets).as_self_check(study.report),
    )
