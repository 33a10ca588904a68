"""A file of responses opened, in whichever of LimeSurvey's formats it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import CSV_ENDINGS, read_table
from weltoffen_eval.raw.heads import Aside
from weltoffen_eval.raw.kinds import recognise
from weltoffen_eval.raw.table import RawTable
from weltoffen_eval.study.limesurvey.asked_items import AskedItems, asked_by_layout, asked_by_structure
from weltoffen_eval.study.limesurvey.code_tables import read_codes
from weltoffen_eval.study.limesurvey.fixed_columns import known_words
from weltoffen_eval.study.limesurvey.json_files import read_json
from weltoffen_eval.study.limesurvey.spss_files import read_spss
from weltoffen_eval.study.limesurvey.structure_files import read_structure
from weltoffen_eval.study.limesurvey.vv_files import is_vv, read_vv
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.study_files import check_file, leads_out

SYNTAX_ENDING = ".sps"
_FIRST_HEADING = re.compile(r'"(?:[^"]|"")*"([,;\t])')


@dataclass(frozen=True)
class OpenedFile:
    """The table of an export; ``described``: what its columns are called besides, by heading."""

    table: RawTable
    described: dict[str, str] = field(default_factory=dict)


def open_export(folder: Path, raw: RawFile, asked: AskedItems, faults: list[Fault]) -> OpenedFile | None:
    """The file of responses as a table; None, with faults, where it cannot be taken as it is."""
    path = folder / raw.path
    if not is_inside(folder, raw.path, faults):
        return None
    ending = path.suffix.lower()
    if ending == ".dat":
        return _open_spss(folder, raw, faults)
    try:
        kind = recognise(path)
        if ending == ".json" and kind in ("json", "csv"):
            table = read_json(path, raw.path, faults)
        elif ending in (*CSV_ENDINGS, ".vv") and kind == "csv" and is_vv(path):
            table = read_vv(path, raw.path, raw.encoding, faults)
        else:
            table = read_table(
                path,
                raw.path,
                faults,
                known=_known_heads(asked, raw),
                tab=raw.tab,
                encoding=raw.encoding,
                delimiter=raw.delimiter or (_delimiter_of(path) if kind == "csv" else None),
                header_row=raw.header_row,
                skip_rows=raw.skip_rows,
                aside=Aside(raw.ignore),
            )
            return OpenedFile(table) if table is not None else None
    except OSError as error:
        faults.append(Fault(raw.path, error.strerror or str(error), "a file that can be read"))
        return None
    if table is None:
        return None
    _skip_rows(table, raw.skip_rows)
    if not table.lines:
        faults.append(table.fault("no responses", "at least one response"))
        return None
    return OpenedFile(table)


def _open_spss(folder: Path, raw: RawFile, faults: list[Fault]) -> OpenedFile | None:
    syntax = Path(raw.structure)
    if syntax.suffix.lower() != SYNTAX_ENDING:
        advice = 'Name its syntax in study.toml: structure = "….sps"; or export the responses as CSV.'
        faults.append(Fault(raw.path, "an SPSS file without its syntax", "the .sps beside the .dat", advice))
        return None
    if not is_inside(folder, raw.structure, faults):
        return None
    read = read_spss(folder / raw.path, raw.path, folder / syntax, raw.encoding, faults)
    if read is None:
        return None
    _skip_rows(read[0], raw.skip_rows)
    return OpenedFile(*read)


def _skip_rows(table: RawTable, skipped: Iterable[int]) -> None:
    """Leave out the rows that study.toml names, each with a line of the log."""
    wanted = set(skipped) & set(table.lines)
    for line in sorted(wanted):
        table.log_change(line, "", "", "", "row_skipped")
    table.keep([line not in wanted for line in table.lines])


def read_asked(folder: Path, raw: RawFile, instrument: Instrument, faults: list[Fault]) -> AskedItems | None:
    """What the survey asks of the questionnaire: by its structure file, or as one made of it would."""
    ending = Path(raw.structure).suffix.lower()
    if not raw.structure or ending == SYNTAX_ENDING:
        return asked_by_layout(instrument)
    if not is_inside(folder, raw.structure, faults):
        return None
    if ending == ".csv":
        return read_codes(folder / raw.structure, raw.structure, instrument, faults)
    try:
        structure = read_structure(folder / raw.structure, raw.structure, faults)
    except OSError as error:
        faults.append(Fault(raw.structure, error.strerror or str(error), "a file that can be read"))
        return None
    if structure is None:
        return None
    before = len(faults)
    asked = asked_by_structure(structure, instrument, raw.structure, faults, raw.items)
    return asked if len(faults) == before else None


def is_inside(folder: Path, path: str, faults: list[Fault]) -> bool:
    """True for an ordinary file of the study; a link may have been changed since study.toml was read."""
    if leads_out(folder, path):
        faults.append(Fault(path, "a path that leads out of the study folder", "a file inside it"))
        return False
    return check_file(folder / path, path, faults, folder)


def _delimiter_of(path: Path) -> str | None:
    """What stands behind the first heading, where headings are in quotes; in texts other signs stand too."""
    with path.open("rb") as stream:
        start = stream.read(100_000).decode("utf-8-sig", "replace")
    match = _FIRST_HEADING.match(start)
    return match.group(1) if match else None


def _known_heads(asked: AskedItems, raw: RawFile) -> list[str]:
    """What columns may be headed; by it the row of the heads and the delimiter are recognised."""
    heads = [f"{a.code}[{a.part}]" if a.part else a.code for a in asked.items.values()]
    texts = [f"{question} [{part}]" for a in asked.items.values() for question, part in a.texts]
    return [*known_words(), *heads, *texts, *raw.columns.values(), *raw.items.values()]
