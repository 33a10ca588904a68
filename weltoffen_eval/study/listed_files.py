"""The files that study.toml lists: what each holds, and how it is to be read."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from weltoffen_eval.errors import did_you_mean
from weltoffen_eval.study.perspectives import find_perspective
from weltoffen_eval.study.raw.files import XLSX_ENDINGS
from weltoffen_eval.study.study_files import leads_out
from weltoffen_eval.study.toml_files import Section

SETTINGS = ("questionnaire", "workshop", "dialogue")
UNITS = ("institution", "persons")
FILE_KINDS = (
    "responses",
    "field_ratings",
    "notes",
    "participants",
    "statements",
    "codes",
    "codebook",
    "questions",
    "outcomes",
    "events",
    "measures",
)
#: What a raw file may be headed otherwise, by its name in the contract.
COLUMNS = ("municipality", "ags", "respondent", "perspective", "item", "response", "comment")

# of the many codecs of Python those that are texts of office programs
_ENCODINGS = ("utf-8", "utf-8-sig", "ascii", "mac-roman", "cp437", "cp850", "cp852", "cp858")
_ENCODING_FAMILIES = ("utf-16", "utf-32", "cp125", "iso8859")


@dataclass(frozen=True)
class RawFile:
    """One [[file]] of study.toml. ``path`` is empty where it was refused: it is not opened then.

    ``tab`` is that of a workbook; ``ignore`` names columns, with ``*`` for any letters.
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


def read_listed_file(section: Section, folder: Path, waves: Sequence[str]) -> RawFile:
    """One [[file]], with a fault for each key that is missing, misspelt or wrong."""
    kind = section.choice("kind", FILE_KINDS, "responses")
    path = _read_path(section, folder)
    of_responses = kind == "responses"
    if of_responses:
        wave = section.choice("wave", waves, suggest=False) or ""
        setting = section.choice("setting", SETTINGS) or ""
    else:
        # of other kinds of file the columns may say them
        wave, setting = (
            section.choice("wave", waves, "", suggest=False),
            section.choice("setting", SETTINGS, ""),
        )
    tab = _read_tab(section)
    encoding = _read_encoding(section)
    delimiter = _read_delimiter(section)
    decimal = section.choice("decimal", (",", "."), None)
    header_row = section.whole_number("header_row", None, at_least=1)
    skip_rows = tuple(section.whole_numbers("skip_rows", at_least=1))
    if not of_responses:
        # read by modules that come later; here only listed
        if kind == "field_ratings":
            section.text("scale", "")
        section.finish()
        return RawFile(kind, path, wave, setting, tab=tab)
    perspective = section.text("perspective", "")
    if perspective:
        found = find_perspective(perspective)
        if found is None:
            section.fault("perspective", repr(perspective), "a perspective such as administration")
        perspective = found or ""
    # several opinions of one municipality; parts of one questionnaire are not merged yet
    section.choice("sheets", ("average",), "average")
    raw = RawFile(
        kind,
        path,
        wave,
        setting,
        perspective,
        section.text("perspective_column", ""),
        section.choice("unit", UNITS, ""),
        section.choice("layout", ("wide", "long"), "wide"),
        tab,
        encoding,
        delimiter,
        decimal,
        header_row,
        skip_rows,
        _read_columns(section),
        tuple(section.texts("not_asked")),
        tuple(section.texts("ignore")),
    )
    if raw.perspective and raw.perspective_column:
        section.fault("perspective", "perspective and perspective_column", "only one of them")
    section.finish()
    return raw


def _read_path(section: Section, folder: Path) -> str:
    path = section.text("path") or ""
    if not path:
        return ""
    refused = leads_out(folder, path)
    if refused:
        section.fault(
            "path", f"{path!r}, {refused}", "a path inside the study folder, with /", "It was not opened."
        )
        return ""
    return str(PurePosixPath(path))


def _read_tab(section: Section) -> str | None:
    """The tab of a workbook; ``sheet`` is the former word."""
    tab, sheet = section.text("tab", None), section.text("sheet", None)
    if tab is not None and sheet is not None:
        section.fault("sheet", "tab and sheet", "only one of them", "tab is the word.")
    named: str | None = sheet if tab is None else tab
    return named


def _read_encoding(section: Section) -> str | None:
    encoding: str | None = section.text("encoding", None)
    if encoding is None:
        return None
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    if name not in _ENCODINGS and not name.startswith(_ENCODING_FAMILIES):
        section.fault("encoding", repr(encoding), "the encoding of a text, such as utf-8, utf-16 or cp1252")
        return None
    return encoding


def _read_delimiter(section: Section) -> str | None:
    delimiter: str | None = section.text("delimiter", None)
    if delimiter is None:
        return None
    one = len(delimiter) == 1 and delimiter.isascii()
    if not one or delimiter.isalnum() or delimiter in "\"'.+-\n ":
        section.fault("delimiter", repr(delimiter), r'one character that parts cells, such as ";" or "\t"')
        return None
    return delimiter


def _read_columns(section: Section) -> dict[str, str]:
    columns = section.texts_by_key("columns")
    for name in columns:
        if name not in COLUMNS:
            advice = did_you_mean(name, COLUMNS).strip()
            section.fault("columns", repr(name), "one of " + ", ".join(COLUMNS), advice)
    heads = [head for name, head in columns.items() if name in COLUMNS]
    for head in dict.fromkeys(h for h in heads if heads.count(h) > 1):
        section.fault("columns", f"{head!r} for two columns", "each column for one thing")
    return {name: head for name, head in columns.items() if name in COLUMNS}


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
        if raw.kind == "responses" and raw.path and (folder / raw.path).is_file():
            size = (folder / raw.path).stat().st_size
            same = (size, raw.wave, raw.setting, raw.perspective, raw.perspective_column, raw.tab)
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
