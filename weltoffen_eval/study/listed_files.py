"""The files that study.toml lists: what each holds, and how it is to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from weltoffen_eval.raw.files import XLSX_ENDINGS
from weltoffen_eval.study.file_heads import HEADS, SHEET_KINDS
from weltoffen_eval.study.file_words import FILE_KINDS
from weltoffen_eval.study.perspectives import NO_OTHERS, OwnPerspectives, find_perspective
from weltoffen_eval.study.responsible import read_responsible
from weltoffen_eval.study.study_files import leads_out
from weltoffen_eval.study.toml_files import Section, show_value

if TYPE_CHECKING:
    from weltoffen_eval.study.file_tables import ListedTable


@dataclass(frozen=True, kw_only=True)
class RawFile:
    """One [[file]] of study.toml. ``path`` is empty where it was refused: it is not opened then.

    ``tab`` is that of a workbook; ``ignore`` names columns, with ``*`` for any letters. ``sheets``:
    average (several opinions) or merge (parts of one questionnaire); ``responsible``: of merged sheets, by
    municipality ("": all) and item the respondent whose answer counts, read from ``responsible_path``.
    ``scale``: of field ratings the scale of the questionnaire in place of 0–100. ``items``: by item the head
    of its column; ``item_header``: "text" where a column is headed by the item's text or label;
    ``ignore_rest``: what is neither an item nor named is left aside. ``format``: limesurvey (with
    ``attributes``, ``structure``) or form (with ``resent``); else the file's ending says it.
    ``incomplete``: keep or drop what the survey tool says was not finished. ``form_folder``: of a returned
    form the folder that study.toml names.
    """

    kind: str
    path: str
    wave: str = ""
    setting: str = ""
    perspective: str = ""
    perspective_column: str = ""
    unit: str = ""
    layout: str = "wide"
    tab: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header_row: int | None = None
    skip_rows: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    not_asked: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    sheets: str = "average"
    responsible: Mapping[tuple[str, str], str] = field(default_factory=dict)
    responsible_path: str = ""
    scale: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    item_header: str = ""
    ignore_rest: bool = False
    format: str = ""
    attributes: str = ""
    structure: str = ""
    incomplete: str = "keep"
    resent: str = "refuse"
    form_folder: str = ""


def read_listed_file(
    section: Section, folder: Path, waves: Sequence[str], own: OwnPerspectives = NO_OTHERS
) -> RawFile:
    """One [[file]], with a fault for each key that is missing, misspelt or wrong.

    ``own``: the perspectives that the study declares beside the five.
    """
    from weltoffen_eval.study.declared import read_as_far
    from weltoffen_eval.study.file_tables import ResponsesTable

    kind = section.choice("kind", FILE_KINDS, "responses")
    # of other kinds of file the columns may say the wave
    default = {} if kind == "responses" else {"default": ""}
    wave = section.choice("wave", waves, suggest=False, **default) or ""
    if kind != "responses":
        return _read_given_file(section, folder, kind, wave)
    read = read_as_far(ResponsesTable, section)
    perspective = find_perspective(read.perspective, own) if read.perspective else ""
    if perspective is None:
        expected = "a perspective such as administration, or one that study.toml declares"
        section.fault("perspective", repr(read.perspective), expected)
    if read.perspective and read.perspective_column:
        section.fault("perspective", "perspective and perspective_column", "only one of them")
    responsible = _inside(read.responsible, "responsible", section, folder)
    raw = RawFile(
        kind=kind,
        path=_inside(read.path, "path", section, folder),
        wave=wave,
        setting=read.setting or "",
        perspective=perspective or "",
        perspective_column=read.perspective_column or "",
        unit=read.unit or "",
        layout=read.layout or "wide",
        tab=_tab_of(read, section),
        encoding=read.encoding,
        delimiter=read.delimiter,
        decimal=read.decimal,
        header_row=read.header_row,
        skip_rows=read.skip_rows,
        columns=read.columns,
        not_asked=read.not_asked,
        ignore=read.ignore,
        sheets=read.sheets or "average",
        responsible=read_responsible(folder / responsible, responsible, section.faults),
        responsible_path=responsible,
        items=read.items,
        item_header=read.item_header or "",
        ignore_rest=bool(read.ignore_rest),
        format=read.format or "",
        attributes=_inside(read.attributes, "attributes", section, folder),
        structure=_inside(read.structure, "structure", section, folder),
        incomplete=read.incomplete or "keep",
        resent=read.resent or "refuse",
    )
    _check_merged(raw, section)
    _check_format(raw, section)
    return raw


def _read_given_file(section: Section, folder: Path, kind: str, wave: str) -> RawFile:
    """One [[file]] of another kind than responses."""
    from weltoffen_eval.study.declared import read_as_far
    from weltoffen_eval.study.file_tables import GivenTable, RatingsTable, known_columns

    read = read_as_far(RatingsTable if kind == "field_ratings" else GivenTable, section)
    if read.format and kind not in SHEET_KINDS:
        section.fault("format", f"a folder of forms for {kind}", "one for " + ", ".join(SHEET_KINDS))
    return RawFile(
        kind=kind,
        path=_inside(read.path, "path", section, folder),
        wave=wave,
        setting=read.setting or "",
        tab=_tab_of(read, section),
        encoding=read.encoding,
        delimiter=read.delimiter,
        decimal=read.decimal,
        header_row=read.header_row,
        skip_rows=read.skip_rows,
        columns=known_columns(read.columns or {}, HEADS.get(kind, ()), section, "columns"),
        ignore=read.ignore,
        scale=(read.scale or "") if isinstance(read, RatingsTable) else "",
        format=read.format or "",
    )


#: What only a format understands.
_OF_FORMAT = {"limesurvey": ("attributes", "structure"), "form": ("resent",)}


def _check_format(raw: RawFile, section: Section) -> None:
    """A fault for each key that does nothing, since only another format understands it."""
    for name, keys in _OF_FORMAT.items():
        for key in keys if raw.format != name else ():
            if key in section.values:
                found = show_value(section.values[key])
                section.fault(
                    key, found, f'format = "{name}" beside it', "Else it does nothing: leave it out."
                )
    if raw.format == "form" and "incomplete" in section.values:
        found = show_value(section.values["incomplete"])
        section.fault("incomplete", found, "no such key beside a folder of forms", "Leave it out.")


def _check_merged(raw: RawFile, section: Section) -> None:
    """Parts of one questionnaire are filled in by offices; whose view it is says whether they are."""
    if raw.responsible_path and raw.sheets != "merge":
        section.fault("responsible", "sheets that are averaged", 'sheets = "merge" beside it')
    persons = raw.unit == "persons" or (raw.perspective and unit_of(raw, raw.perspective) == "persons")
    if raw.sheets == "merge" and persons:
        advice = "Sheets of persons are several opinions: leave sheets out, or say unit."
        section.fault("sheets", "'merge' for persons", "sheets of offices of an institution", advice)


def unit_of(raw: RawFile, perspective: str) -> str:
    """Whether a sheet speaks for an institution or for persons."""
    if raw.unit:
        return raw.unit
    of_institution = raw.setting == "questionnaire" and perspective == "administration"
    return "institution" if of_institution else "persons"


def _inside(path: str | None, key: str, section: Section, folder: Path) -> str:
    """A path of the study folder; empty, with a fault, where it leads out."""
    if not path:
        return ""
    refused = leads_out(folder, path)
    if refused:
        section.fault(
            key, f"{path!r}, {refused}", "a path inside the study folder, with /", "It was not opened."
        )
        return ""
    return str(PurePosixPath(path))


def _tab_of(table: ListedTable, section: Section) -> str | None:
    if table.tab is not None and table.sheet is not None:
        section.fault("sheet", "tab and sheet", "only one of them", "tab is the word.")
    return table.sheet if table.tab is None else table.tab


def check_listed_once(
    files: Sequence[RawFile], folder: Path, fault: Callable[[int, str, str, str], None]
) -> None:
    """A fault for each file that stands in study.toml twice: its respondents would count twice.

    Twice is also another spelling of the path, or a link. Different tabs of one workbook are different files.
    ``fault`` takes the number of the entry, what was found, what is expected, and advice.
    """
    first_of: dict[tuple[object, ...], int] = {}
    for number, raw in enumerate(files, start=1):
        if not raw.path:
            continue
        identity = _identity(folder / raw.path)
        of_workbook = Path(raw.path).suffix.lower() in XLSX_ENDINGS
        named = (raw.tab or "").casefold() if of_workbook else ""
        whole, tab = (raw.kind, identity, None), (raw.kind, identity, named)
        # an entry without tab may mean any
        other = first_of.get(tab, first_of.get((*whole[:2], ""))) if named else first_of.get(whole)
        if other is not None:
            fault(
                number,
                f"{raw.path!r}, which file {other} ({files[other - 1].path!r}) is too",
                "each file once",
                "Delete one of the two; different tabs of a workbook are named by tab.",
            )
        first_of.setdefault(whole, number)
        first_of.setdefault(tab, number)


def _identity(path: Path) -> object:
    """What makes a path the same as another: the file on the disk, or its letters where there is none."""
    try:
        status = path.stat()
        # some disks number no files
        return (status.st_dev, status.st_ino) if status.st_ino else str(path.resolve()).casefold()
    except (OSError, RuntimeError):
        return str(path).casefold()


def check_content_once(
    files: Sequence[RawFile], folder: Path, fault: Callable[[int, str, str, str], None]
) -> None:
    """As :func:`check_listed_once`, for files of the same bytes in the same wave, setting and perspective."""
    by_size: dict[tuple[object, ...], list[int]] = {}
    for number, raw in enumerate(files, start=1):
        if raw.path and (folder / raw.path).is_file():
            size = (folder / raw.path).stat().st_size
            same = (raw.kind, size, raw.wave, raw.setting, raw.perspective, raw.perspective_column, raw.tab)
            by_size.setdefault(same, []).append(number)
    for numbers in by_size.values():
        first_of: dict[str, int] = {}
        for number in numbers if len(numbers) > 1 else []:
            with (folder / files[number - 1].path).open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
            first = first_of.setdefault(content, number)
            one, other = files[first - 1].path, files[number - 1].path
            # the same file is told from study.toml alone
            if first != number and _identity(folder / one) != _identity(folder / other):
                fault(
                    number,
                    f"{files[number - 1].path!r}, of the same content as {files[first - 1].path!r}",
                    "each file once",
                    "Delete one of the two; who answered alike by chance belongs into one file.",
                )
