"""What the reports of a municipality rest on: hashes of its own rows, whatever becomes of others."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
from pandas.util import hash_pandas_object

from weltoffen_eval.analysis.comparison import printed
from weltoffen_eval.analysis.report_inputs import COLUMNS
from weltoffen_eval.study.perspectives import is_self_check

_KEYS = ["municipality", "wave"]
_PLACE = ["file", "tab", "row"]


def hash_answers(responses: pd.DataFrame) -> str:
    """SHA-256 over answers as CSV, the same for the same answers in any order of rows; reports print it."""
    kinds = {"code": "Int64", "value": "float64"}
    plain = responses.astype({name: kinds.get(name, "string") for name in responses.columns})
    rows = plain.sort_values(["setting", "perspective", "respondent", "item"], kind="stable")
    return hashlib.sha256(rows.to_csv(index=False, lineterminator="\n").encode("utf-8")).hexdigest()


def hash_by_municipality(
    responses: pd.DataFrame, records: pd.DataFrame, log: pd.DataFrame
) -> dict[tuple[str, str], str]:
    """A hash per municipality and wave over all of its rows: answers, records, and what was cleaned in them.

    Fast for many municipalities at once; to be compared with others of its kind only.
    """
    places = records[[*_KEYS, *_PLACE]].drop_duplicates()
    places = places.astype({"file": str, "tab": str, "row": "Int64"})
    cleaned = log.astype({"file": str, "tab": str}).merge(places, on=_PLACE)
    digests: dict[tuple[str, str], hashlib._Hash] = {}
    for frame in (responses, records, cleaned):
        if len(frame) == 0:
            continue
        plain = frame.astype({name: str for name in frame.columns if name != "value"})
        of_rows = hash_pandas_object(plain, index=False).to_numpy()
        groups = plain.groupby(_KEYS, sort=True)
        order = np.argsort(groups.ngroup().to_numpy(), kind="stable")
        ends = np.cumsum(groups.size().to_numpy())
        for key, rows in zip(groups.size().index, np.split(of_rows[order], ends[:-1]), strict=True):
            digests.setdefault((str(key[0]), str(key[1])), hashlib.sha256()).update(rows.tobytes() + b"|")
    return {key: digest.hexdigest() for key, digest in digests.items()}


def tell_report_inputs(
    responses: pd.DataFrame, records: pd.DataFrame, log: pd.DataFrame, references: pd.DataFrame
) -> pd.DataFrame:
    """The table report_inputs.csv, a row per municipality and wave of which anything came."""
    own_sheets = records[is_self_check(records)]
    came, counted = (
        set(map(tuple, sheets[_KEYS].astype(str).to_numpy()))
        for sheets in (own_sheets, own_sheets[own_sheets["counted"].astype(bool)])
    )
    compared = hash_references(references)
    rows = [
        (*key, "counted" if key in counted else "empty" if key in came else "", digest, compared.get(key, ""))
        for key, digest in hash_by_municipality(responses, records, log).items()
    ]
    return pd.DataFrame(sorted(rows), columns=list(COLUMNS), dtype=str)


def hash_references(references: pd.DataFrame) -> dict[tuple[str, str], str]:
    """A hash per municipality and wave of its reference as reports print it.

    What moves a quartile by less than is printed changes no report.
    """
    digests: dict[tuple[str, str], hashlib._Hash] = {}
    for row in references.to_dict("records"):
        digest = digests.setdefault((str(row["municipality"]), str(row["wave"])), hashlib.sha256())
        digest.update(repr((row["level"], row["id"], printed(row))).encode("utf-8"))
    return {key: digest.hexdigest() for key, digest in digests.items()}
