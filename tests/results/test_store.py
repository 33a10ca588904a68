"""What is stored is read again as it was: the log of a municipality's records, whatever stands in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.analysis.scheme import load_scheme
from weltoffen_eval.results import store
from weltoffen_eval.results.store import Processed, log_of, write_texts
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import LOG_COLUMNS

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
entries = st.tuples(
    st.sampled_from(["a.csv", "b;c.xlsx"]),
    st.sampled_from(["", "Tabelle 1"]),
    st.none() | st.integers(1, 4),
    texts,
    texts,
    texts,
    st.sampled_from(["trimmed", "correction"]),
)


@settings(deadline=None)
@given(st.lists(entries, max_size=8))
def test_the_log_of_records_is_read_as_it_was_written(log_entries: list[tuple[object, ...]]) -> None:
    log = pd.DataFrame(log_entries, columns=list(LOG_COLUMNS)).astype({"row": "Int64"})
    records = pd.DataFrame({"file": ["a.csv", "b;c.xlsx"], "tab": ["", "Tabelle 1"], "row": [2, 3]})
    with tempfile.TemporaryDirectory() as folder:
        write_texts(Path(folder) / "cleaning_log.csv", log)
        read = Processed(Path(folder), {}).cleaning_log(records)
    expected = log_of(log.astype(dict.fromkeys(set(LOG_COLUMNS) - {"row"}, str)), records)
    pd.testing.assert_frame_equal(read, expected)


def test_answers_are_stored_in_parts_as_if_they_were_stored_at_once(
    tmp_path: Path, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = load_study(example)
    monkeypatch.setattr(store, "_ROWS_IN_A_GROUP", 7)
    monkeypatch.setattr(store, "_GROUPS_AT_ONCE", 2)
    cleaned = store.store_study(tmp_path / "parts", study, load_scheme(None, study))
    rows = cleaned.responses
    assert len(rows) > 3 * 14
    at_once = tmp_path / "whole.parquet"
    pq.write_table(store._as_arrow(rows), at_once, row_group_size=7)
    assert (tmp_path / "parts" / "responses.parquet").read_bytes() == at_once.read_bytes()
