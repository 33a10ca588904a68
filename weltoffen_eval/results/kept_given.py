"""What was given beside answers, as it is stored: taken over where only answers changed.

Its million rows take longer to be read, checked and written than all answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from weltoffen_eval.raw.table import LogEntry
from weltoffen_eval.results.given import HASHES, TABLE, given_frame, hash_given, hashes_frame
from weltoffen_eval.results.stored_before import StoredBefore
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.kinds.given import GivenFiles
from weltoffen_eval.study.responses.cleaning import LOG_COLUMNS
from weltoffen_eval.study.study_files import leads_out

#: The name of the cleaning log among the tables.
LOG = "cleaning_log.csv"


@dataclass(frozen=True)
class GivenTables:
    """The tables of what was given, made or as they were stored, and what was changed on reading it."""

    rows: pd.DataFrame | bytes
    hashes: pd.DataFrame | bytes
    log: tuple[LogEntry, ...]


def tables_of(given: GivenFiles) -> GivenTables:
    """The tables of what was read."""
    rows = given_frame(given)
    return GivenTables(rows, hashes_frame(hash_given(rows)), given.log)


def keep_given(study: Study, before: StoredBefore | None) -> GivenTables | None:
    """The tables that are stored; None where they rest on anything that is another now, or are damaged."""
    own = {raw.path for raw in study.files if raw.kind != "responses" and raw.path}
    answers = [raw for raw in study.files if raw.kind == "responses"]
    others = {path for raw in answers for path in (raw.path, raw.attributes, raw.structure)}
    # of a file that holds both the log does not say which of them an entry is of
    if before is None or own & others:
        return None
    only_answers = {raw.path for raw in answers}
    rests_on = [
        {name: digest for name, digest in made["inputs"].items() if name not in only_answers}
        for made in (before.made_from, before.made_now)
    ]
    # where a link leads is nothing that a hash tells
    if rests_on[0] != rests_on[1] or any(leads_out(study.folder, path) for path in own):
        return None
    stored = before.contents(TABLE, HASHES, LOG)
    if stored is None:
        return None
    log = read_log(stored[LOG])
    theirs = [LogEntry(**row) for row in log.to_pylist() if row["file"] in own]
    return GivenTables(stored[TABLE], stored[HASHES], tuple(theirs))


def read_log(content: bytes) -> pa.Table:
    """A cleaning log as it was written."""
    types: Mapping[str, pa.DataType] = {**dict.fromkeys(LOG_COLUMNS, pa.string()), "row": pa.int64()}
    return pa_csv.read_csv(
        pa.BufferReader(content),
        pa_csv.ReadOptions(use_threads=False),
        pa_csv.ParseOptions(newlines_in_values=True),
        pa_csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )
