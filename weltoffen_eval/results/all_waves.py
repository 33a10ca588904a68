"""All answers of one municipality, of every wave: who looks for what may leave must know them all."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.results.store import read_processed
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.responses.healthy import clean_healthy


def answers_of(study: Study, municipality: str, scheme: ScoringScheme) -> pd.DataFrame:
    """The responses of a municipality in all waves; whose answers the report shows stand as self-check.

    From data/processed where that is up to date, else from the raw files.
    """
    stored = read_processed(paths.processed_folder(study.id), study, scheme)
    if stored is not None:
        rows = stored.table("responses", municipality)
    else:
        cleaned, _ = clean_healthy(study)
        rows = cleaned.responses[cleaned.responses["municipality"] == municipality]
    return as_self_check(rows, study.report).reset_index(drop=True)
