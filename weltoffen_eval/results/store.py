"""data/processed/<study>/: what the library made of a study, stored for the notebooks.

Everything here can be deleted at any time. What is stored is used only while it still belongs to the
files from which it was made; otherwise it is computed anew in memory.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pa_compute
import pyarrow.parquet as pq

from weltoffen_eval.analysis.comparison import references_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import Fault, SurroundingsError
from weltoffen_eval.results.fingerprints import hash_by_municipality, tell_report_inputs
from weltoffen_eval.results.given import COLUMNS as GIVEN_COLUMNS
from weltoffen_eval.results.given import HASH_COLUMNS, HASHES
from weltoffen_eval.results.given import TABLE as GIVEN
from weltoffen_eval.results.healthy_study import read_healthy, read_whole
from weltoffen_eval.results.kept_given import LOG, GivenTables, keep_given, read_log, tables_of
from weltoffen_eval.results.kept_scores import SCORES, compared_scores, score_anew
from weltoffen_eval.results.provenance import provenance_of, stored_faults, stored_provenance
from weltoffen_eval.results.report_inputs import FILE as REPORT_INPUTS
from weltoffen_eval.results.stored_before import StoredBefore, libraries
from weltoffen_eval.results.stored_rows import rows_of
from weltoffen_eval.results.stored_sheets import StoredSheets
from weltoffen_eval.results.table_files import Table, columns_of, describe, write_responses, write_table
from weltoffen_eval.results.whole_folder import check_is_folder, clear_leftovers, replace_folder
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.kinds.given import GivenFiles
from weltoffen_eval.study.merging import merging_of
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.responses.cleaning import CleanedStudy, read_responses, with_log
from weltoffen_eval.study.responses.faulty_rows import FaultyRows
from weltoffen_eval.study.responses.kept_sheets import KeptSheets
from weltoffen_eval.whole_files import part_beside

TABLES = ("responses", "comments", "records", "scores", "reference", "given")
#: The columns of tables that may be taken over as they are.
_OF_GIVEN = {GIVEN: GIVEN_COLUMNS, HASHES: HASH_COLUMNS}
#: The tables in the order in which datapackage.json describes them.
_FILES = (
    "responses.parquet", "comments.parquet", "records.parquet", SCORES, "reference.parquet", GIVEN, LOG,
    HASHES, REPORT_INPUTS,
)  # fmt: skip
#: Reads a study whole, or without who has a fault.
Read = Callable[[Study, KeptSheets], tuple[CleanedStudy, GivenFiles, FaultyRows]]


@dataclass(frozen=True)
class Processed:
    """A stored study: ``folder`` with Parquet tables, and ``provenance`` of what they were made from.

    ``left_out``: the municipalities that are not in the tables, since a fault lies in their rows.
    """

    folder: Path
    provenance: dict[str, object]
    left_out: FaultyRows = field(default_factory=FaultyRows)

    def table(self, name: str, *municipalities: str) -> pd.DataFrame:
        """The rows of some municipalities in one of TABLES."""
        rows = rows_of(self.folder / f"{name}.parquet", municipalities)
        frame: pd.DataFrame = rows.to_pandas(use_threads=False)
        return frame

    def whole_table(self, name: str) -> pd.DataFrame:
        """One of TABLES with all its rows; of texts, few of which differ, each is held once."""
        path = self.folder / f"{name}.parquet"
        texts = [of.name for of in pq.read_schema(path) if pa.types.is_string(of.type)]
        frame: pd.DataFrame = pq.read_table(path, read_dictionary=texts).to_pandas()
        # sorted, so that their numbers sort as the texts do
        ordered = {
            text: frame[text].cat.reorder_categories(sorted(frame[text].cat.categories)) for text in texts
        }
        return frame.assign(**ordered)

    def cleaning_log(self, records: pd.DataFrame) -> pd.DataFrame:
        """The entries of the log that concern these records."""
        table = read_log((self.folder / LOG).read_bytes())
        # few of many rows: found before they are made a DataFrame
        rows = pa.array(records["row"].dropna().unique().tolist(), pa.int64())
        log: pd.DataFrame = table.filter(pa_compute.is_in(table["row"], rows)).to_pandas(use_threads=False)
        return log_of(log.assign(row=log["row"].astype("Int64")), records)


def log_of(log: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """The entries of a cleaning log that concern these records."""
    places = records[["file", "tab", "row"]].drop_duplicates()
    places = places.astype({"file": str, "tab": str, "row": "Int64"})
    return log.astype({"file": str, "tab": str}).merge(places, on=["file", "tab", "row"])


@dataclass(frozen=True)
class WasRead:
    """What a study holds, without ``left_out``; ``sheets``: what was read of files of answers, to be kept."""

    cleaned: CleanedStudy
    given: GivenTables
    left_out: FaultyRows
    sheets: StoredSheets


def write_processed(
    folder: Path,
    study: Study,
    scheme: ScoringScheme,
    held: WasRead,
    made_from: dict[str, object],
    before: StoredBefore | None = None,
) -> None:
    """Score a study and store it; the folder is complete or as it was before, however it ends.

    What a killed process left beside the folder is removed; whoever calls holds the folder.

    Parameters
    ----------
    made_from : the provenance of the files as they were before they were read
    before : what is stored; the scores of municipalities of which nothing changed are taken over

    Raises
    ------
    SurroundingsError
        If the folder cannot be written.
    """
    check_is_folder(folder)
    part, cleaned = part_beside(folder), held.cleaned
    try:
        clear_leftovers(folder)
        part.mkdir(parents=True)
        with ThreadPoolExecutor(2) as beside:
            # the two large tables are written while what the others hold is worked out
            responses = beside.submit(write_responses, part / "responses.parquet", cleaned.waves)
            answers = hash_by_municipality(
                cleaned.waves,
                cleaned.records,
                cleaned.cleaning_log,
                merging_of(study, cleaned.records),
                cleaned.comments,
            )
            made = score_anew(study, cleaned, scheme, answers, before)
            scores = beside.submit(write_table, part / SCORES, made)
            tables = _tables(study, scheme, held, answers, made)
            for name, table in tables.items():
                write_table(part / name, table)
            columns = {"responses.parquet": responses.result(), SCORES: columns_of(made)}
            scores.result()
        for name, table in tables.items():
            columns[name] = list(_OF_GIVEN[name] if isinstance(table, bytes) else columns_of(table))
        package = {
            "name": study.id.lower(),
            "title": study.title,
            "licenses": [{"name": study.licence}] if study.licence else [],
            "resources": [describe(part / name, columns[name]) for name in _FILES],
            "weltoffen": made_from,
            "libraries": libraries(),
            "sheets": dict(held.sheets.write(part)),
            **({"left_out": held.left_out.as_json()} if held.left_out.faults else {}),
        }
        text = json.dumps(package, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (part / "datapackage.json").write_text(text, encoding="utf-8")
        replace_folder(part, folder)
    except OSError as error:
        raise SurroundingsError(f"{folder} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _tables(
    study: Study,
    scheme: ScoringScheme,
    held: WasRead,
    answers: Mapping[tuple[str, str], str],
    scores: pa.Table,
) -> dict[str, Table]:
    """Every table but those of responses and scores, by the name of its file."""
    cleaned, given = held.cleaned, held.given
    compared = as_self_check(compared_scores(scores, study.report), study.report)
    reference = references_of(study, compared, scheme)
    return {
        "comments.parquet": cleaned.comments,
        "records.parquet": cleaned.records,
        "reference.parquet": reference,
        GIVEN: given.rows,
        LOG: with_log(cleaned.cleaning_log, given.log),
        HASHES: given.hashes,
        REPORT_INPUTS: tell_report_inputs(answers, cleaned.records, reference, study.report),
    }


def read_processed(folder: Path, study: Study, scheme: ScoringScheme) -> Processed | None:
    """What is stored, if it was made from exactly these files, this scheme and this program; else None."""
    provenance = stored_provenance(folder, study, scheme)
    return None if provenance is None else Processed(folder, provenance, stored_faults(folder))


def store_study(folder: Path, study: Study, scheme: ScoringScheme) -> CleanedStudy:
    """Clean and score a study and store it, as write_processed does; what did not change is taken over.

    Raises
    ------
    RefusedError
        With all faults, if the study cannot be read.
    SurroundingsError
        If the folder cannot be written.
    """
    return _store(folder, study, scheme, read_whole)


def store_healthy(folder: Path, study: Study, scheme: ScoringScheme) -> None:
    """As store_study, but without the municipalities in whose rows a fault lies; the store names these.

    Raises
    ------
    RefusedError
        With all faults, if one of them concerns the study as a whole.
    SurroundingsError
        If the folder cannot be written.
    """
    _store(folder, study, scheme, read_healthy)


def _store(folder: Path, study: Study, scheme: ScoringScheme, read: Read) -> CleanedStudy:
    # what changes from now on is seen by the next call, for which it is no file that this one read
    made_from = provenance_of(study, scheme)
    before = StoredBefore.of(folder, made_from)
    held = read_or_keep(study, read, before)
    write_processed(folder, study, scheme, held, made_from, before)
    return held.cleaned


def read_or_keep(study: Study, read: Read, before: StoredBefore | None = None) -> WasRead:
    """Everything that a study holds; of what is stored that is taken over which rests on the same.

    Where answers have faults everything is read, for what was given has a part in what is told of them.

    Raises
    ------
    RefusedError
        As ``read`` does.
    """
    sheets = StoredSheets(study, before)
    kept, faults = keep_given(study, before), list[Fault]()
    if kept is not None:
        cleaned = read_responses(study, faults, sheets)
        if not faults:
            return WasRead(cleaned, kept, FaultyRows(), sheets)
    cleaned, given, left_out = read(study, sheets)
    return WasRead(cleaned, tables_of(given), left_out, sheets)
