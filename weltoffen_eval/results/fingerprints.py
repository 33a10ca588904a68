"""What the reports of a municipality rest on: hashes of its own rows, whatever becomes of others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from pandas.util import hash_pandas_object

from weltoffen_eval.analysis.comparison import whole_of
from weltoffen_eval.results.evidence import with_evidence
from weltoffen_eval.results.report_inputs import COLUMNS
from weltoffen_eval.study.merging import Merging
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.reported import SELF_CHECK, ReportedAnswers, as_self_check
from weltoffen_eval.study.responses.table import WaveOfSheets

_KEYS = ["municipality", "wave"]
_PLACE = ["file", "tab", "row"]
#: Of a reference what is printed in whole points.
_PRINTED = ("q25", "median", "q75")


def hash_answers(responses: pd.DataFrame) -> str:
    """SHA-256 over answers as CSV, the same for the same answers in any order of rows; reports print it."""
    kinds = {"code": "Int64", "value": "float64"}
    plain = responses.astype({name: kinds.get(name, "string") for name in responses.columns})
    rows = plain.sort_values(["setting", "perspective", "respondent", "item"], kind="stable")
    return hashlib.sha256(rows.to_csv(index=False, lineterminator="\n").encode("utf-8")).hexdigest()


def hash_by_municipality(
    waves: Sequence[WaveOfSheets],
    records: pd.DataFrame,
    log: pd.DataFrame,
    merging: Merging | None = None,
    comments: pd.DataFrame | None = None,
) -> dict[tuple[str, str], str]:
    """A hash per municipality and wave over all of its rows: answers, records, and what was cleaned in them.

    Also over how its sheets are merged, where they are, and to which answers there is evidence.

    Fast for many municipalities at once; to be compared with others of its kind only.
    """
    places = records[[*_KEYS, *_PLACE]].drop_duplicates()
    places = places.astype({"file": str, "tab": str, "row": "Int64"})
    cleaned = log.astype({"file": str, "tab": str}).merge(places, on=_PLACE)
    digests: dict[tuple[str, str], hashlib._Hash] = {}
    for wave in waves:
        _hash_sheets(wave, digests)
    for frame in (records, cleaned, *([] if comments is None else [with_evidence(comments)])):
        _hash_rows(frame.astype(str), digests)
    for of, digest in digests.items() if merging else ():
        digest.update(merging.rule_for(*of).encode("utf-8") if merging else b"")
    return {key: digest.hexdigest() for key, digest in digests.items()}


def _hash_rows(frame: pd.DataFrame, digests: dict[tuple[str, str], hashlib._Hash]) -> None:
    """Add the rows of each municipality and wave, in their order."""
    if len(frame) == 0:
        return
    of_rows = hash_pandas_object(frame, index=False).to_numpy()
    groups = frame.groupby(_KEYS, sort=True)
    order = np.argsort(groups.ngroup().to_numpy(), kind="stable")
    ends = np.cumsum(groups.size().to_numpy())
    for key, rows in zip(groups.size().index, np.split(of_rows[order], ends[:-1]), strict=True):
        digests.setdefault((str(key[0]), str(key[1])), hashlib.sha256()).update(rows.tobytes() + b"|")


def _hash_sheets(wave: WaveOfSheets, digests: dict[tuple[str, str], hashlib._Hash]) -> None:
    """Add the answers of a wave, whose sheets stand sorted by municipality."""
    if len(wave) == 0:
        return
    of_rows = hash_pandas_object(wave.who.astype(str), index=False).to_numpy()
    items = "|".join(wave.items).encode("utf-8")
    starts = np.flatnonzero(np.diff(wave.who["municipality"].cat.codes.to_numpy(), prepend=-1))
    keys = wave.who[_KEYS].iloc[starts].astype(str).itertuples(index=False, name=None)
    for key, (start, stop) in zip(keys, pairwise([*starts, len(of_rows)]), strict=True):
        digest = digests.setdefault(key, hashlib.sha256())
        digest.update(items)
        for matrix in (of_rows, wave.code, wave.value, wave.missing):
            digest.update(b"|" + np.ascontiguousarray(matrix[start:stop]).tobytes())


def tell_report_inputs(
    answers: Mapping[tuple[str, str], str],
    records: pd.DataFrame,
    references: pd.DataFrame,
    report: ReportedAnswers = SELF_CHECK,
) -> pd.DataFrame:
    """The table report_inputs.csv, a row per municipality and wave of which anything came.

    ``answers``: as :func:`hash_by_municipality` gives it.
    """
    reported = as_self_check(records, report)
    own_sheets = reported[is_self_check(reported)]
    came, counted = (
        set(map(tuple, sheets[_KEYS].astype(str).to_numpy()))
        for sheets in (own_sheets, own_sheets[own_sheets["counted"].astype(bool)])
    )
    compared = hash_references(references)
    answered: dict[tuple[str, ...], set[str]] = {}
    at = reported[reported["counted"].astype(bool)][[*_KEYS, "setting"]].drop_duplicates().astype(str)
    for municipality, wave, setting in at.itertuples(index=False):
        answered.setdefault((municipality, wave), set()).add(setting)
    groups: dict[tuple[str, ...], set[str]] = {}
    of_whom = records[records["counted"].astype(bool)][[*_KEYS, "setting", "perspective"]]
    for municipality, wave, setting, perspective in (
        of_whom.drop_duplicates().astype(str).itertuples(index=False)
    ):
        groups.setdefault((municipality, wave), set()).add(f"{setting}/{perspective}")
    rows = [
        (
            *key,
            "counted" if key in counted else "empty" if key in came else "",
            digest,
            compared.get(key, ""),
            " ".join(sorted(answered.get(key, ()))),
            " ".join(sorted(groups.get(key, ()))),
        )
        for key, digest in answers.items()
    ]
    return pd.DataFrame(sorted(rows), columns=list(COLUMNS), dtype=str)


def hash_references(references: pd.DataFrame) -> dict[tuple[str, str], str]:
    """A hash per municipality and wave of its reference as reports print it.

    What moves a quartile by less than is printed changes no report.
    """
    if references.empty:
        return {}
    digests: dict[tuple[str, str], hashlib._Hash] = {}
    there = (references["grouping"] != "").to_numpy(dtype=bool)
    quartiles = {
        name: np.where(there, whole_of(references[name].to_numpy(dtype=float)), np.nan) for name in _PRINTED
    }
    _hash_rows(references.assign(**quartiles), digests)
    return {key: digest.hexdigest() for key, digest in digests.items()}
