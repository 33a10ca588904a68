"""What is stored is read again as it was: the log of a municipality's records, whatever stands in it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weltoffen_eval.analysis.scheme import change_scheme
from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.results import table_files
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import (
    Processed,
    log_of,
    read_processed,
    store_healthy,
    store_study,
)
from weltoffen_eval.results.table_files import write_texts
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


def test_a_study_is_read_as_it_was_stored(example: Path, tmp_path: Path) -> None:
    study = load_study(example)
    scheme = load_scheme(None, study)
    folder = tmp_path / "new" / "processed"
    cleaned = store_study(folder, study, scheme)
    stored = read_processed(folder, study, scheme)
    assert stored is not None
    assert (stored.folder, stored.left_out.faults) == (folder, ())
    responses = stored.whole_table("responses")
    # three sheets and six persons, five items each
    assert len(responses) == 45
    assert list(responses.columns) == list(cleaned.responses.columns)
    for name in responses.columns:
        kind = float if name in ("code", "value") else object
        made, read = (
            frame[name].astype(object).where(frame[name].notna(), None).astype(kind).tolist()
            for frame in (cleaned.responses, responses)
        )
        assert str(read) == str(made), name
    own = stored.table("responses", "bestadt")
    assert (len(own), set(own["municipality"])) == (5, {"bestadt"})
    assert read_processed(folder, study, change_scheme(scheme)) is None
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["processed"]


def test_the_package_describes_every_file_as_it_lies_there(example: Path, tmp_path: Path) -> None:
    study = load_study(example)
    folder = tmp_path / "processed"
    store_study(folder, study, load_scheme(None, study))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == "mini"
    assert "left_out" not in package
    by_path = {entry["path"]: entry for entry in package["resources"]}
    assert {"datapackage.json", *by_path} == {
        path.name for path in folder.iterdir() if not path.name.startswith(".")
    }
    for name, entry in by_path.items():
        content = (folder / name).read_bytes()
        assert entry["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert entry["format"] == name.rpartition(".")[2]
    fields = {f["name"]: f["type"] for f in by_path["responses.parquet"]["schema"]["fields"]}
    assert (fields["code"], fields["value"], fields["item"]) == ("integer", "number", "string")


def test_what_is_stored_without_a_faulty_municipality_says_so(example: Path, tmp_path: Path) -> None:
    path = example / "verwaltung.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("bestadt,2,", "bestadt,9,"), encoding="utf-8")
    study = load_study(example)
    scheme = load_scheme(None, study)
    store_healthy(tmp_path / "processed", study, scheme)
    stored = read_processed(tmp_path / "processed", study, scheme)
    assert stored is not None
    assert [fault.municipality for fault in stored.left_out.faults] == ["bestadt"]
    assert set(stored.whole_table("scores")["municipality"]) == {"adorf", "cekreis"}


def test_where_nothing_can_be_written_nothing_is_left(example: Path, tmp_path: Path) -> None:
    study = load_study(example)
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError, match="cannot be written"):
        store_study(tmp_path / "file" / "processed", study, load_scheme(None, study))


def test_answers_are_stored_in_parts_as_if_they_were_stored_at_once(
    tmp_path: Path, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = load_study(example)
    monkeypatch.setattr(table_files, "_ROWS_IN_A_GROUP", 7)
    monkeypatch.setattr(table_files, "_GROUPS_AT_ONCE", 2)
    cleaned = store_study(tmp_path / "parts", study, load_scheme(None, study))
    rows = cleaned.responses
    assert len(rows) > 3 * 14
    at_once = tmp_path / "whole.parquet"
    pq.write_table(table_files.as_arrow(rows), at_once, row_group_size=7)
    parted = pq.ParquetFile(tmp_path / "parts" / "responses.parquet")
    # every reader sees texts, whatever they are stored as
    assert parted.read().equals(pq.read_table(at_once))
    counts = [parted.metadata.row_group(n).num_rows for n in range(parted.num_row_groups)]
    assert set(counts[:-1]) == {7}
