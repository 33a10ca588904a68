"""The other kinds of file read row by row: heads found, whose a row is, and each cell as its model has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.files import read_table
from weltoffen_eval.raw.heads import Aside
from weltoffen_eval.raw.table import LogEntry, RawTable, plain
from weltoffen_eval.study.corrections import apply_corrections, check_tabs
from weltoffen_eval.study.declared_records import read_values
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.file_heads import HEADS, OF_ALL, WITHOUT_SETTING
from weltoffen_eval.study.kinds import words
from weltoffen_eval.study.kinds.columns import find_columns
from weltoffen_eval.study.kinds.fields import Fields, fields_of
from weltoffen_eval.study.kinds.ratings import Ratings
from weltoffen_eval.study.kinds.records import MODELS
from weltoffen_eval.study.kinds.rows import Given
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.perspectives import find_perspective, perspective_words
from weltoffen_eval.study.responses.respondents import read_municipalities
from weltoffen_eval.study.study_files import check_file, leads_out

_CORRECT = "Correct it in the file, or in corrections.csv."


def read_files(study: Study, faults: list[Fault]) -> tuple[list[Given], list[LogEntry]]:
    """The rows of all files but responses, in order, and what was changed on reading them."""
    rows: list[Given] = []
    log: list[LogEntry] = []
    read: set[tuple[str, str]] = set()
    for raw in study.files:
        if raw.form_folder and raw.kind != "responses":
            rows += read_form_rows(study, raw, faults, log, read)
            continue
        table = _open(study, raw, faults) if raw.kind != "responses" and raw.path else None
        if table is not None:
            read.add((table.file, table.tab))
            apply_corrections(table, study.corrections, faults)
            columns = find_columns(raw, table, faults)
            if columns is not None:
                rows += _RowReader(study, raw, table, columns, faults).rows()
            log += table.log
    check_tabs(study.corrections, read, faults)
    return rows, log


def read_form_rows(
    study: Study,
    raw: RawFile,
    faults: list[Fault],
    log: list[LogEntry],
    read: set[tuple[str, str]],
    path: Path | None = None,
) -> list[Given]:
    """The rows of one kind in a returned sheet, with faults at its cells.

    Parameters
    ----------
    read : is told the tables that could be read
    path : where it lies, if not yet in the study folder
    """
    # a study without forms does not wait for what reads them
    from weltoffen_eval.study.kinds.returned_sheets import read_sheet

    rows: list[Given] = []
    for sheet in read_sheet(study, raw, faults, path):
        before = len(faults)
        read.add((sheet.table.file, sheet.table.tab))
        columns = find_columns(sheet.raw, sheet.table, faults)
        if columns is not None:
            reader = _RowReader(study, sheet.raw, sheet.table, columns, faults, sheet.municipality)
            rows += reader.rows()
        log += sheet.log()
        faults[before:] = [sheet.placed(fault) for fault in faults[before:]]
    return rows


def _open(study: Study, raw: RawFile, faults: list[Fault]) -> RawTable | None:
    # a link may have been changed since study.toml was read
    if leads_out(study.folder, raw.path):
        faults.append(Fault(raw.path, "a path that leads out of the study folder", "a file inside it"))
        return None
    if not check_file(study.folder / raw.path, raw.path, faults, study.folder):
        return None
    german = (word for spellings in HEADS[raw.kind].values() for word in spellings)
    return read_table(
        study.folder / raw.path,
        raw.path,
        faults,
        known=[*HEADS[raw.kind], *german, *raw.columns.values()],
        tab=raw.tab,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        header_row=raw.header_row,
        skip_rows=raw.skip_rows,
        aside=Aside(raw.ignore),
    )


def _plain_cells(table: RawTable, head: str) -> list[str]:
    """The cells of a column as they are compared, each different text worked out once."""
    different, places = table.coded(head)
    texts = [plain(text) for text in different]
    return [texts[place] for place in places]


@dataclass
class _RowReader:
    """Reads the rows of one file.

    ``columns``: the head of each column that is there, by its id; ``owner``: whose all rows are, if that is
    said once.
    """

    study: Study
    raw: RawFile
    table: RawTable
    columns: Mapping[str, str]
    faults: list[Fault]
    owner: str = ""
    _fields: Callable[[str], Fields] = field(init=False)

    def rows(self) -> Iterator[Given]:
        raw, table = self.raw, self.table
        self._fields = cache(partial(fields_of, self.study))
        model = MODELS[raw.kind]
        heads = {name: self.columns.get(name, name) for name in ("municipality", "ags")}
        owners = [self.owner] * len(table.lines)
        if raw.kind not in OF_ALL and not self.owner:
            owners = read_municipalities(self.study.register, table, heads, self.faults)
        ratings = Ratings(self.study, raw, table, self.columns, self.faults)
        cells = {name: table.cells(head) for name, head in self.columns.items()}
        plain_cells = {name: _plain_cells(table, head) for name, head in self.columns.items()}
        for position, (line, owner) in enumerate(zip(table.lines, owners, strict=True)):
            texts = {name: column[position] for name, column in plain_cells.items()}
            if not self._is_taken(texts, line, owner):
                continue
            wave = self._wave(texts, line, owner)
            at = Given(
                raw.kind, table.file, table.tab, line, owner, wave, self._setting(texts, line, owner), None
            )
            before = len(self.faults)
            self._translate(texts, at)
            if raw.kind == "field_ratings":
                here = {name: column[position] for name, column in cells.items()}
                if not ratings.translate(here, texts, at):
                    continue
            told = {fault.column for fault in self.faults[before:]}
            wanted = {name: text for name, text in texts.items() if name in model.model_fields}
            values, wrong = read_values(model, wanted)
            for fault in wrong:
                head = self.columns[fault.column]
                if head not in told:
                    self.faults.append(at.fault(head, fault.found, fault.expected, fault.advice or _CORRECT))
            yield replace(at, values=values)

    def _tell(self, column: str, found: str, expected: str, line: int, owner: str) -> None:
        head = self.columns.get(column, column)
        fault = self.table.fault(found, expected, _CORRECT, line, head, "cell_unreadable")
        self.faults.append(replace(fault, municipality=owner))

    def _is_taken(self, texts: dict[str, str], line: int, owner: str) -> bool:
        """Whether a row counts: of suggestions that came back, those that are taken."""
        if "take" not in self.columns or self.raw.kind != "measures":
            return True
        taken = words.yes_or_no(texts["take"]) if texts["take"] else False
        if taken is None:
            self._tell("take", repr(texts["take"]), "yes, no (ja, nein) or nothing", line, owner)
            texts["take"] = ""
        if taken is False:
            self.table.log_change(line, self.columns["take"], "", "", "measure_not_taken")
        return taken is not False

    def _wave(self, texts: Mapping[str, str], line: int, owner: str) -> str:
        """The wave of a row, by its column or by study.toml; empty where it is not known."""
        said = texts.get("wave", "")
        known = [wave.id for wave in self.study.waves]
        if not said or said == self.raw.wave:
            if not self.raw.wave and self.raw.kind not in OF_ALL:
                self._tell("wave", "nothing", "one of " + ", ".join(known), line, owner)
            return self.raw.wave
        if self.raw.wave:
            self._tell("wave", repr(said), f"{self.raw.wave}, as study.toml says of the file", line, owner)
            return self.raw.wave
        if said not in known:
            self._tell("wave", repr(said), "one of " + ", ".join(known), line, owner)
            return ""
        return said

    def _setting(self, texts: Mapping[str, str], line: int, owner: str) -> str:
        """As :meth:`_wave`, the setting."""
        said = texts.get("setting", "")
        possible = words.SETTINGS.read(said) if said else self.raw.setting
        if possible == "report" and self.raw.kind != "events":
            possible = None
        if possible is None or (not possible and self.raw.kind not in WITHOUT_SETTING):
            self._tell("setting", repr(said) if said else "nothing", words.SETTINGS.expected, line, owner)
            return ""
        if self.raw.setting and possible != self.raw.setting:
            expected = f"{self.raw.setting}, as study.toml says of the file"
            self._tell("setting", repr(said), expected, line, owner)
        return possible

    def _translate(self, texts: dict[str, str], at: Given) -> None:
        """Names that the study gives, by id or title, to their ids."""
        kind, _, of = (words.origin(texts.get("origin", "")) or "").partition(":")
        if kind == "gap":
            texts["origin"] = f"gap:{self._fields(at.wave).find(of) or of}"
        for name in ("perspective", "dimension"):
            text = texts.get(name, "")
            if not text:
                continue
            of_perspective = name == "perspective"
            known = (
                find_perspective(text, self.study.perspectives)
                if of_perspective
                else self._fields(at.wave).find(text)
            )
            if known is None:
                words_of = "one of " + ", ".join(perspective_words(self.study.perspectives))
                expected = words_of if of_perspective else self._fields(at.wave).expected
                self._tell(name, repr(text), expected, at.row, at.municipality)
            texts[name] = known or text
