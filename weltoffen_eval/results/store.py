"""data/processed/<study>/: what the library made of a study, stored for the notebooks.

Everything here can be deleted at any time. What is stored is used only while it still belongs to the
files from which it was made; otherwise it is computed anew in memory.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pa_compute
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from weltoffen_eval.analysis.comparison import references_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_waves
from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.results.fingerprints import tell_report_inputs
from weltoffen_eval.results.given import HASHES, given_frame, hash_given, hashes_frame
from weltoffen_eval.results.healthy_study import read_healthy, read_whole
from weltoffen_eval.results.provenance import provenance_of, stored_faults, stored_provenance
from weltoffen_eval.results.report_inputs import FILE as REPORT_INPUTS
from weltoffen_eval.results.stored_rows import rows_of
from weltoffen_eval.results.whole_folder import check_is_folder, clear_leftovers, replace_folder
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.kinds.given import GivenFiles
from weltoffen_eval.study.merging import merging_of
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.responses.cleaning import LOG_COLUMNS, CleanedStudy, with_log
from weltoffen_eval.study.responses.faulty_rows import FaultyRows
from weltoffen_eval.study.responses.table import WaveOfSheets, rows_in_parts
from weltoffen_eval.whole_files import part_beside

TABLES = ("responses", "comments", "records", "scores", "reference", "given")
_TYPES = {
    "code": pa.int64(), "value": pa.float64(), "row": pa.int64(), "number": pa.int64(), "counted": pa.bool_(),
    "score": pa.float64(), "low": pa.float64(), "high": pa.float64(), "n": pa.int64(),
    "q25": pa.float64(), "median": pa.float64(), "q75": pa.float64(), "position": pa.int64(),
    "n_items": pa.float64(), "n_answered": pa.float64(), "coverage": pa.float64(),
}  # fmt: skip
_ROWS_IN_A_GROUP = 10_000
_GROUPS_AT_ONCE = 100
#: Columns of responses of which every group of rows holds nearly all texts, so that each may bear their list.
_FEW_TEXTS = ("wave", "setting", "perspective", "unit", "item", "missing")
_NUMBERED = pa.dictionary(pa.int32(), pa.string())
_FRICTIONLESS = {pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "boolean"}


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
        table = pa_csv.read_csv(
            self.folder / "cleaning_log.csv",
            pa_csv.ReadOptions(use_threads=False),
            pa_csv.ParseOptions(newlines_in_values=True),
            pa_csv.ConvertOptions(
                column_types={**dict.fromkeys(LOG_COLUMNS, pa.string()), "row": pa.int64()},
                strings_can_be_null=False,
            ),
        )
        # few of many rows: found before they are made a DataFrame
        rows = pa.array(records["row"].dropna().unique().tolist(), pa.int64())
        log: pd.DataFrame = table.filter(pa_compute.is_in(table["row"], rows)).to_pandas(use_threads=False)
        return log_of(log.assign(row=log["row"].astype("Int64")), records)


def write_texts(path: Path, frame: pd.DataFrame) -> None:
    """A table of texts as CSV; every text in quotes, since a lone carriage return would get none."""
    frame.to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)


def log_of(log: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """The entries of a cleaning log that concern these records."""
    places = records[["file", "tab", "row"]].drop_duplicates()
    places = places.astype({"file": str, "tab": str, "row": "Int64"})
    return log.astype({"file": str, "tab": str}).merge(places, on=["file", "tab", "row"])


def write_processed(
    folder: Path,
    study: Study,
    cleaned: CleanedStudy,
    scores: pd.DataFrame,
    scheme: ScoringScheme,
    left_out: FaultyRows = FaultyRows(),
    given: GivenFiles = GivenFiles(),
) -> Processed:
    """Store what cleaning and scoring made; the folder is complete or as it was before, however it ends.

    What a killed process left beside the folder is removed; whoever calls holds the folder.

    Raises
    ------
    SurroundingsError
        If the folder cannot be written.
    """
    check_is_folder(folder)
    provenance = provenance_of(study, scheme)
    part = part_beside(folder)
    frames = {
        "comments": cleaned.comments,
        "records": cleaned.records,
        "scores": scores,
        "reference": references_of(study, as_self_check(scores, study.report), scheme),
        "given": given_frame(given),
    }
    texts = {
        "cleaning_log.csv": with_log(cleaned.cleaning_log, given.log),
        HASHES: hashes_frame(hash_given(frames["given"])),
        REPORT_INPUTS: tell_report_inputs(
            cleaned.waves,
            cleaned.records,
            cleaned.cleaning_log,
            frames["reference"],
            merging_of(study, cleaned.records),
            study.report,
            cleaned.comments,
        ),
    }
    try:
        clear_leftovers(folder)
        part.mkdir(parents=True)
        columns = _write_responses(part / "responses.parquet", cleaned.waves)
        resources = [_describe(part / "responses.parquet", columns)]
        for name, frame in frames.items():
            # in groups, so that the rows of one municipality are found without reading all
            pq.write_table(_as_arrow(frame), part / f"{name}.parquet", row_group_size=_ROWS_IN_A_GROUP)
            resources.append(_describe(part / f"{name}.parquet", list(frame.columns)))
        for name, frame in texts.items():
            write_texts(part / name, frame)
            resources.append(_describe(part / name, list(frame.columns)))
        package = {
            "name": study.id.lower(),
            "title": study.title,
            "licenses": [{"name": study.licence}] if study.licence else [],
            "resources": resources,
            "weltoffen": provenance,
            **({"left_out": left_out.as_json()} if left_out.faults else {}),
        }
        text = json.dumps(package, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (part / "datapackage.json").write_text(text, encoding="utf-8")
        replace_folder(part, folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise SurroundingsError(f"{folder} cannot be written: {error.strerror or error}.") from error
    return Processed(folder, provenance, left_out)


def read_processed(folder: Path, study: Study, scheme: ScoringScheme) -> Processed | None:
    """What is stored, if it was made from exactly these files, this scheme and this program; else None."""
    provenance = stored_provenance(folder, study, scheme)
    return None if provenance is None else Processed(folder, provenance, stored_faults(folder))


def store_study(folder: Path, study: Study, scheme: ScoringScheme) -> CleanedStudy:
    """Clean and score a study and store it, as write_processed does.

    Raises
    ------
    RefusedError
        With all faults, if the study cannot be read.
    SurroundingsError
        If the folder cannot be written.
    """
    cleaned, given = read_whole(study)
    scores = score_waves(study, cleaned.waves, scheme, records=cleaned.records)
    write_processed(folder, study, cleaned, scores, scheme, given=given)
    return cleaned


def store_healthy(folder: Path, study: Study, scheme: ScoringScheme) -> None:
    """As store_study, but without the municipalities in whose rows a fault lies; the store names these.

    Raises
    ------
    RefusedError
        With all faults, if one of them concerns the study as a whole.
    SurroundingsError
        If the folder cannot be written.
    """
    cleaned, given, left_out = read_healthy(study)
    scores = score_waves(study, cleaned.waves, scheme, records=cleaned.records)
    write_processed(folder, study, cleaned, scores, scheme, left_out, given)


def _as_arrow(frame: pd.DataFrame, numbered: Collection[str] = ()) -> pa.Table:
    """A table as Arrow has it; the texts of ``numbered`` columns stay numbers of their few different ones."""
    schema = pa.schema(
        [(name, _NUMBERED if name in numbered else _TYPES.get(name, pa.string())) for name in frame.columns]
    )
    columns = [
        pa.chunked_array([pa.array(frame[name], from_pandas=True)]).cast(field.type)
        if not isinstance(frame[name].dtype, pd.CategoricalDtype)
        else pa.array(frame[name], from_pandas=True).cast(field.type)
        for name, field in zip(frame.columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _write_responses(path: Path, waves: Sequence[WaveOfSheets]) -> list[str]:
    """The table of responses, part by part, since as a whole it may not fit in memory; its columns."""
    frames = rows_in_parts(waves, _GROUPS_AT_ONCE * _ROWS_IN_A_GROUP)
    parts = (_as_arrow(frame, _FEW_TEXTS) for frame in frames)
    first = next(parts)
    # without Arrow's own schema every reader sees texts, as in the other tables
    with pq.ParquetWriter(path, first.schema, store_schema=False) as writer:
        for part in chain([first], parts):
            writer.write_table(part, row_group_size=_ROWS_IN_A_GROUP)
    return list(first.column_names)


def _describe(path: Path, columns: Sequence[str]) -> dict[str, object]:
    """The Frictionless description of one table: types of its columns, size and hash of its file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": path.stem,
        "path": path.name,
        "format": path.suffix[1:],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": "sha256:" + digest,
        "schema": {
            "fields": [
                {
                    "name": name,
                    "type": _FRICTIONLESS.get(_TYPES.get(name, pa.string()), "string"),
                }
                for name in columns
            ]
        },
    }
