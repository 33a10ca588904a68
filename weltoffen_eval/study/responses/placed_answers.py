"""Every answer of a municipality's institutions with the cell in which it stands, whatever file it is in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from weltoffen_eval.errors import Fault
from weltoffen_eval.raw.table import RawTable, plain
from weltoffen_eval.study.corrections import Correction
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Decoded
from weltoffen_eval.study.responses.cleaning import read_wave
from weltoffen_eval.study.responses.decoding import watched
from weltoffen_eval.study.responses.pseudonyms import name_respondents

#: File, tab, row and column.
Place = tuple[str, str, int, str]
_KEY_LETTERS = 10


@dataclass(frozen=True)
class PlacedAnswer:
    """One answer as it was received; ``read`` is None where it could not be read.

    ``correction``: the one that changes it, if there is one. ``words``: how answers with the same meaning are
    written in its column, by code, value and kind of non-answer.
    """

    wave: str
    perspective: str
    respondent: str
    item: str
    place: Place
    text: str
    read: Decoded | None
    correction: Correction | None
    words: Mapping[tuple[object, ...], str]

    @property
    def key(self) -> str:
        """What it is called in a form: another one as soon as something else stands there."""
        said = "\x1f".join((*map(str, self.place), self.text))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LETTERS].upper()


def meaning_of(read: Decoded) -> tuple[object, ...]:
    """What an answer means, however it is written."""
    return read.code, read.value, read.missing


@dataclass(frozen=True)
class _Column:
    table: RawTable
    item: str
    texts: tuple[str, ...]
    codes: tuple[int, ...]
    lines: tuple[int, ...]
    column: str
    read: tuple[Decoded | None, ...]


def place_answers(study: Study, municipality: str, faults: list[Fault]) -> list[PlacedAnswer]:
    """The answers of all institutions of a municipality, by wave, file and place; none of persons.

    They are as they were received, corrections left out. ``faults`` is told those of the files.
    """
    received = replace(study, corrections=())
    found = []
    for wave in study.waves:
        seen: list[_Column] = []

        def watch(*told: object, seen: list[_Column] = seen) -> None:
            seen.append(_Column(*told))  # type: ignore[arg-type]

        with watched(watch):
            sheets = read_wave(received, wave.id, faults, [], set())
        name_respondents(sheets, faults, [])
        owners: dict[tuple[str, str, int], tuple[str, str]] = {}
        for of_file in sheets:
            tabs = of_file.record_tabs or [of_file.tab] * len(of_file.record_lines)
            for tab, line, sheet in zip(tabs, of_file.record_lines, of_file.sheet_of_record, strict=True):
                if of_file.municipality[sheet] == municipality and of_file.unit[sheet] == "institution":
                    who = of_file.perspective[sheet], of_file.respondent[sheet]
                    owners[of_file.raw.path, tab, line] = who
        for column in seen:
            found += _placed(study.corrections, wave.id, column, owners)
    return found


def _by_length(told: tuple[str, Decoded | None]) -> tuple[int, str]:
    return len(told[0]), told[0]


def _placed(
    corrections: Sequence[Correction],
    wave: str,
    column: _Column,
    owners: Mapping[tuple[str, str, int], tuple[str, str]],
) -> list[PlacedAnswer]:
    file, tab = column.table.file, column.table.tab
    words: dict[tuple[object, ...], str] = {}
    # the shortest way to write it is the usual one of the file
    for text, read in sorted(zip(map(plain, column.texts), column.read, strict=True), key=_by_length):
        if read is not None and text:
            words.setdefault(meaning_of(read), text)
    changed = {
        c.row: c for c in corrections if c.file == file and c.tab in ("", tab) and c.column == column.column
    }
    return [
        PlacedAnswer(
            wave, *owners[file, tab, line], column.item, (file, tab, line, column.column),
            plain(column.texts[code]), column.read[code], changed.get(line), words,
        )
        for line, code in zip(column.lines, column.codes, strict=True)
        if (file, tab, line) in owners
    ]  # fmt: skip
