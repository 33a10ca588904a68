"""The day of a wave, as a raw file tells it: in a line above its heads, by what a tool notes, in its name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from weltoffen_eval.drafting.kept_cells import KeptCells

#: By word its number; in English where that differs, and as offices shorten March.
_MONTHS = {
    word: number
    for words in (
        "januar februar märz april mai juni juli august september oktober november dezember",
        "january february march april may june july august september october november december",
        "jan feb mrz",
    )
    for number, word in enumerate(words.split(), start=1)
}
_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NOT_IN_A_NUMBER = r"(?<![0-9])"
_ISO = re.compile(_NOT_IN_A_NUMBER + r"(20[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")
_GERMAN = re.compile(_NOT_IN_A_NUMBER + r"([0-3]?[0-9])[._-]\s?([01]?[0-9])[._-]\s?(20[0-9]{2})(?![0-9])")
_WITH_WORD = re.compile(
    rf"(?:{_NOT_IN_A_NUMBER}([0-3]?[0-9])(?:\.\s?|\s))?(?<![^\W_])({_WORD})\.?[\s_-]+(20[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)
_AMERICAN = re.compile(rf"(?<![^\W_])({_WORD})\.?\s([0-3]?[0-9]),\s?(20[0-9]{{2}})(?![0-9])", re.IGNORECASE)
_MONTH = re.compile(
    _NOT_IN_A_NUMBER + r"(?:(20[0-9]{2})[-_.]([01][0-9])|([01]?[0-9])[/.](20[0-9]{2}))(?![-_./]?[0-9])"
)
_YEAR = re.compile(_NOT_IN_A_NUMBER + r"(20[0-9]{2})(?![0-9])")
_STAND = re.compile(r"\bstand\b", re.IGNORECASE)
#: What is said to be the stand right behind the word, which goes before all that stands elsewhere in a line.
_DAY_OF_STAND = re.compile(
    r"\bstand\b[\s:.(]*(?:(?:vom|am|zum|per|im|ende)\b[\s:.]*)*"
    rf"((?:[0-3]?[0-9]\.\s?)?(?:{_WORD})\.?\s20[0-9]{{2}}|[0-9]+(?:[-./]\s?[0-9]+)*)(?![0-9])",
    re.IGNORECASE,
)
_OF_TWO_DIGITS = re.compile(r"([0-3]?[0-9]\.\s?[01]?[0-9]\.\s?)([0-9]{2})")
#: Digits of a telephone number, behind a word that says so or a number of the kind of a place.
_TELEPHONE = re.compile(
    r"(?:\b(?:tel|telefon|telefonnummer|telefax|fax|mobil|durchwahl|phone)\b[.:]*(?:-?nr\b[.:]*)?"
    r"(?:[\s()/+-]*[0-9]+(?!\.?[0-9]))+)"
    r"|(?<![0-9])(?:\+[0-9]{2}|0[0-9]{2,5})[\s/-]+[0-9]{5,}",
    re.IGNORECASE,
)
#: Two numbers before a year, of which a column says which is the day.
_OF_TWO = re.compile(r"([0-3]?[0-9])/([0-3]?[0-9])/(20[0-9]{2})\b")
#: A day as a tool notes it, at the beginning of a cell.
_NOTED = re.compile(
    r"\b(20[0-9]{2})[-/]([01]?[0-9])[-/]([0-3]?[0-9])|\b([0-3]?[0-9])\.([01]?[0-9])\.(20[0-9]{2})\b"
)
_LONGEST_NOTE = 40


@dataclass(frozen=True)
class WaveDate:
    """A day as ISO, where it stands in words, and whether the file itself says a day or a month."""

    day: str
    whence: str
    told: bool = True


def find_date(titles: Sequence[str], noted: str, name: str, written: str) -> WaveDate:
    """The day of the data, from where it is told best, and never one to come when they were written.

    Parameters
    ----------
    titles : lines above the heads, and remarks below that say of when the table is
    noted : the last day that columns of a survey tool hold, as ISO; empty where they hold none
    name : of the file
    written : the day on which the file was written, as ISO: only if nothing else says one
    """
    of_titles = [(line, _of_line(line, written)) for line in titles]
    found = [
        (bool(_STAND.search(line)), read, line)
        for line, read in of_titles
        if read is not None and not (noted and read.kind == _Kind.YEAR)
    ]
    if found:
        _, best, line = max(found)
        shown = line if len(line) <= 60 else line[:57] + "…"
        return best.date(f"of {shown!r} above or below the table")
    if noted:
        return WaveDate(noted, "the last day that the file notes")
    if (read := _read(name.rpartition(".")[0], written)) is not None:
        return read.date("of the file's name")
    return WaveDate(
        written, "the day on which the file was written, since nothing in it says one", told=False
    )


class _Kind(IntEnum):
    """What a text says: the nearer, the greater."""

    YEAR = 0
    MONTH = 1
    DAY = 2


class _Read(NamedTuple):
    kind: _Kind
    day: str

    def date(self, whence: str) -> WaveDate:
        says = "" if self.kind == _Kind.DAY else ", which says no day"
        return WaveDate(self.day, whence + says, told=self.kind != _Kind.YEAR)


def _of_line(line: str, written: str) -> _Read | None:
    """What a line says: right behind the word Stand, else anywhere behind it, else at all."""
    line = _TELEPHONE.sub(" ", line)
    for stand in _DAY_OF_STAND.finditer(line):
        full = _OF_TWO_DIGITS.fullmatch(stand[1])
        if (read := _read(f"{full[1]}20{full[2]}" if full else stand[1], written)) is not None:
            return read
    behind = _STAND.split(line, maxsplit=1)
    return (_read(behind[1], written) if len(behind) > 1 else None) or _read(line, written)


def _read(text: str, written: str) -> _Read | None:
    """The last day in a text that was not to come; a month or a year is its last such day."""
    days = _days(text)
    if past := [day for _, day in days if day <= written]:
        return _Read(_Kind.DAY, max(past))
    for there, _ in days:
        # neither its month nor its year is that of the data
        text = text.replace(there, " ")
    months = [
        (year, str(_MONTHS[word.casefold()])) for day, word, year in _WITH_WORD.findall(text) if not day
    ]
    months += [(year or year_2, month or month_2) for year, month, month_2, year_2 in _MONTH.findall(text)]
    begun = [(_iso(year, month, "1"), _end_of(year, month)) for year, month in months]
    if ends := [min(end, written) for first, end in begun if first and first <= written]:
        return _Read(_Kind.MONTH, max(ends))
    years = {match[1] for match in _YEAR.finditer(text)}
    if any(first for first, _ in begun) or len(years) != 1:
        return None
    year = years.pop()
    return _Read(_Kind.YEAR, min(f"{year}-12-31", written)) if year <= written[:4] else None


def _days(text: str) -> list[tuple[str, str]]:
    """Every day in a text, as it stands there and as ISO."""
    found = [(match[0], _iso(*match.groups())) for match in _ISO.finditer(text)]
    found += [(match[0], _iso(match[3], match[2], match[1])) for match in _GERMAN.finditer(text)]
    worded = [(match[0], match[3], match[2], match[1]) for match in _WITH_WORD.finditer(text) if match[1]]
    worded += [(match[0], match[3], match[1], match[2]) for match in _AMERICAN.finditer(text)]
    found += [(there, _iso(year, str(_MONTHS[word.casefold()]), day)) for there, year, word, day in worded]
    return [(there, day) for there, day in found if day]


def _iso(year: str, month: str, day: str) -> str:
    """A day as ISO; empty where there is none such."""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _end_of(year: str, month: str) -> str:
    first = _iso(year, month, "1")
    if not first:
        return ""
    next_one = datetime.date.fromisoformat(first) + datetime.timedelta(days=31)
    return (next_one.replace(day=1) - datetime.timedelta(days=1)).isoformat()


def last_noted(cells: KeptCells, heads: Sequence[str], written: str) -> str:
    """The last day that columns note until the file was ``written``, as ISO; empty where they note none."""
    days = set()
    for head in heads:
        days |= _of_two(cells.values(head))
        for text in cells.values(head):
            if len(text) <= _LONGEST_NOTE and (match := _NOTED.match(text)):
                year, month, day, day_2, month_2, year_2 = match.groups()
                days.add(_iso(year or year_2, month or month_2, day or day_2))
    return max((day for day in days if day <= written), default="")


def _of_two(column: Sequence[str]) -> set[str]:
    """The days of a column such as 03/25/2024 or 25/03/2024, where one of them says which is the day."""
    read = [match for text in column if len(text) <= _LONGEST_NOTE and (match := _OF_TWO.match(text))]
    days_first = any(int(match[1]) > 12 for match in read)
    if days_first == any(int(match[2]) > 12 for match in read):
        return set()
    day, month = (1, 2) if days_first else (2, 1)
    return {_iso(match[3], match[month], match[day]) for match in read}
