"""What was given beside answers, for reports: stored, so that a report reads only the rows of its own."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from weltoffen_eval import paths
from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.results.provenance import is_stored, stored_faults
from weltoffen_eval.study.kinds.given import Given, GivenFiles, read_given_files

if TYPE_CHECKING:
    import pandas as pd

    from weltoffen_eval.study.definition import Study

#: The table of all rows, and that of their hashes.
TABLE, HASHES = "given.parquet", "given_hashes.csv"
COLUMNS = ("number", "kind", "municipality", "wave", "setting", "file", "tab", "row", "values")


class GivenHash(NamedTuple):
    """A hash over all rows of a kind, municipality, wave and setting; each empty where rows name none."""

    kind: str
    municipality: str
    wave: str
    setting: str
    hash: str


#: The columns of the table of hashes.
HASH_COLUMNS = GivenHash._fields


def given_of(study: Study, municipality: str) -> GivenFiles:
    """What was given of one municipality, and what holds for all: stored, else from the files.

    Raises
    ------
    RefusedError
        With all faults that concern the municipality.
    """
    folder = paths.processed_folder(study.id)
    if (folder / TABLE).is_file() and is_stored(folder, study):
        faults = stored_faults(folder).of([municipality])
        given = _read_stored(folder / TABLE, municipality)
    else:
        found: list[Fault] = []
        given = read_given_files(study, found).of_municipality(municipality)
        faults = [fault for fault in found if fault.municipality in ("", municipality)]
    if faults:
        raise RefusedError(faults)
    return given


def given_frame(given: GivenFiles) -> pd.DataFrame:
    """All rows as a table that :func:`given_of` reads back, those of a municipality together."""
    import pandas as pd

    from weltoffen_eval.study.kinds.records import written

    rows = [
        (n, r.kind, r.municipality, r.wave, r.setting, r.file, r.tab, r.row, _text(written(r.values)))
        for n, r in enumerate(given.rows)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values("municipality", kind="stable").reset_index(drop=True)


def _text(cells: dict[str, str]) -> str:
    return json.dumps(cells, ensure_ascii=False, sort_keys=True)


def _read_stored(path: Path, municipality: str) -> GivenFiles:
    from weltoffen_eval.results.stored_rows import rows_of
    from weltoffen_eval.study.kinds.records import read_back

    rows = rows_of(path, ("", municipality)).to_pylist()
    rows.sort(key=lambda row: int(row["number"]))
    texts = [(row.pop("number"), row.pop("values"))[1] for row in rows]
    return GivenFiles(
        tuple(
            Given(**row, values=read_back(row["kind"], json.loads(text)))
            for row, text in zip(rows, texts, strict=True)
        )
    )


def hash_given(table: pd.DataFrame) -> list[GivenHash]:
    """The hashes of all rows of a table as :func:`given_frame` makes it, sorted.

    Where a row stands is part of it: a report names the row of what it quotes.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    columns = [*HASH_COLUMNS[:4], "file", "tab", "row", "values"]
    for *key, file, tab, row, values in table[columns].itertuples(index=False, name=None):
        found.setdefault(tuple(key), []).append(f"{file}\0{tab}\0{row}\0{values}")
    return [
        GivenHash(
            kind=kind,
            municipality=municipality,
            wave=wave,
            setting=setting,
            hash=hashlib.sha256("\n".join(rows).encode("utf-8")).hexdigest(),
        )
        for (kind, municipality, wave, setting), rows in sorted(found.items())
    ]


def hashes_frame(hashes: Iterable[GivenHash]) -> pd.DataFrame:
    """The hashes as the table that :func:`read_hashes` reads."""
    import pandas as pd

    rows = [(h.kind, h.municipality, h.wave, h.setting, h.hash) for h in hashes]
    return pd.DataFrame(rows, columns=list(HASH_COLUMNS), dtype=str)


def read_hashes(folder: Path) -> list[GivenHash]:
    """The hashes that are stored; without pandas, for a run that finds everything as it was."""
    with (folder / HASHES).open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        # a large study has a hundred thousand of them, all of them read before anything else is known
        return list(map(GivenHash._make, rows))
