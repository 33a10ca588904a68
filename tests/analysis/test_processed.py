"""What is stored is read again as it was: the log of a municipality's records, whatever stands in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.analysis.processed import Processed, log_of, write_texts
from weltoffen_eval.study.cleaning import LOG_COLUMNS

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
