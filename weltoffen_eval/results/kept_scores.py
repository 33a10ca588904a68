"""Scores, made of the municipalities of which anything changed, and of all others as they are stored.

A municipality is scored from its own sheets alone: its scores are those that are stored as long as the hash
of its answers is, and what scores them. Sums are exact, so that nothing shows who was scored with whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from weltoffen_eval.analysis.answers import SHEET
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_waves
from weltoffen_eval.results.report_inputs import FILE as REPORT_INPUTS
from weltoffen_eval.results.report_inputs import report_inputs_in
from weltoffen_eval.results.stored_before import StoredBefore
from weltoffen_eval.results.table_files import as_arrow
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.reported import SELF_CHECK, ReportedAnswers
from weltoffen_eval.study.responses.cleaning import CleanedStudy
from weltoffen_eval.study.responses.table import WaveOfSheets

#: The name of the scores among the tables.
SCORES = "scores.parquet"
#: Columns of which millions of rows have few different texts, which are held once.
TEXTS = (*SHEET, "level", "id", "withheld")
#: Municipality and wave.
Key = tuple[str, str]


def score_anew(
    study: Study,
    cleaned: CleanedStudy,
    scheme: ScoringScheme,
    answers: Mapping[Key, str],
    before: StoredBefore | None = None,
) -> pa.Table:
    """The scores of a study as :func:`score_waves` gives them, of TEXTS each different one held once.

    Parameters
    ----------
    answers : the hash of each municipality and wave, as :func:`hash_by_municipality` gives it
    before : what is stored; without it all are scored
    """
    same = _unchanged(study, answers, before)
    stored = before.contents(SCORES) if before is not None and same else None
    # where most changed, nothing is spared by picking out the others
    if stored is None or 2 * len(same) < len(answers):
        return _scored(study, cleaned.waves, cleaned.records, scheme)
    changed = [_of_changed(wave, same) for wave in cleaned.waves]
    made = _scored(study, changed, cleaned.records, scheme)
    old = pq.read_table(pa.BufferReader(stored[SCORES]), read_dictionary=list(TEXTS), use_threads=False)
    return _joined([(old.replace_schema_metadata(), same), (made, answers.keys() - same)])


def compared_scores(scores: pa.Table, report: ReportedAnswers) -> pd.DataFrame:
    """Of self-checks, and of the answers that a study reports on, the scores above items: others, which are
    most of the rows, have no reference."""
    above = _is_one_of(scores, "level", lambda level: level != "item")
    for of in ("setting", "perspective"):
        shown = {getattr(SELF_CHECK, of), getattr(report, of)}
        above &= _is_one_of(scores, of, shown.__contains__)
    chosen = scores.filter(pa.array(above)).unify_dictionaries()
    frame: pd.DataFrame = chosen.to_pandas(use_threads=False)
    return frame


def _is_one_of(table: pa.Table, column: str, wanted: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Of which rows the text in a column is wanted."""
    codes, names = _numbered(table, column)
    return np.array([wanted(name) for name in names], dtype=bool)[codes]


def _scored(
    study: Study, waves: Sequence[WaveOfSheets], records: pd.DataFrame, scheme: ScoringScheme
) -> pa.Table:
    return as_arrow(score_waves(study, waves, scheme, records=records), TEXTS)


def _numbered(table: pa.Table, column: str) -> tuple[NDArray[np.int32], list[str]]:
    """The number of each row's text in a column, and the texts."""
    texts = table.select([column]).unify_dictionaries()[column].combine_chunks()
    # a column without rows has no piece
    texts = texts if isinstance(texts, pa.DictionaryArray) else texts.chunk(0)
    return texts.indices.to_numpy(), texts.dictionary.to_pylist()


def _unchanged(study: Study, answers: Mapping[Key, str], before: StoredBefore | None) -> set[Key]:
    """Of whom the stored scores are those that would be made."""
    if before is None or before.made_from.get("scheme") != before.made_now["scheme"]:
        return set()
    told = before.contents(REPORT_INPUTS)
    if told is None:
        return set()
    stored = report_inputs_in(told[REPORT_INPUTS])
    asked = {wave: f"instrument of {wave}" for wave in study.instruments}
    alike = {
        wave
        for wave, name in asked.items()
        if before.made_from["inputs"].get(name) == before.made_now["inputs"].get(name)
    }
    return {
        key
        for key, digest in answers.items()
        if key[1] in alike and key in stored and stored[key].answers == digest
    }


def _of_changed(wave: WaveOfSheets, same: Set[Key]) -> WaveOfSheets:
    """The sheets of a wave but for those of municipalities that are unchanged in it."""
    whose = wave.who["municipality"].cat
    of_wave = "".join(wave.who["wave"].astype(str).iloc[:1])
    changed = np.array([(str(key), of_wave) not in same for key in whose.categories], dtype=bool)
    return wave.of(changed[whose.codes.to_numpy()])


def _joined(parts: Sequence[tuple[pa.Table, Set[Key]]]) -> pa.Table:
    """Of sorted tables the rows of some municipalities and waves each, sorted."""
    runs = sorted(
        (key, number, start, stop)
        for number, (table, wanted) in enumerate(parts)
        for key, start, stop in _runs(table)
        if key in wanted
    )
    pieces: list[tuple[int, int, int]] = []
    for _, number, start, stop in runs:
        if pieces and (pieces[-1][0], pieces[-1][2]) == (number, start):
            # neighbours in one table stay one piece
            start = pieces.pop()[1]
        pieces.append((number, start, stop))
    rows = [parts[number][0].slice(start, stop - start) for number, start, stop in pieces]
    return pa.concat_tables([parts[0][0].slice(0, 0), *rows])


def _runs(table: pa.Table) -> Iterator[tuple[Key, int, int]]:
    """Where the rows of each municipality and wave stand, of a table that is sorted by both."""
    columns = [_numbered(table, name) for name in ("municipality", "wave")]
    differ = np.logical_or(*(np.diff(codes, prepend=-1) != 0 for codes, _ in columns))
    for start, stop in pairwise([*np.flatnonzero(differ).tolist(), len(table)]):
        municipality, wave = (names[codes[start]] for codes, names in columns)
        yield (municipality, wave), start, stop
