"""The day of a wave, as a raw file tells it: in a line above its heads, by what a tool notes, in its name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from weltoffen_eval.drafting.kept_cells import KeptCells

_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember",
)  # fmt: skip
_NOT_IN_A_NUMBER = r"(?<![0-9])"
_ISO = re.compile(_NOT_IN_A_NUMBER + r"(20[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")
_GERMAN = re.compile(_NOT_IN_A_NUMBER + r"([0-3]?[0-9])[._-]\s?([01]?[0-9])[._-]\s?(20[0-9]{2})(?![0-9])")
_WITH_WORD = re.compile(
    rf"(?:{_NOT_IN_A_NUMBER}([0-3]?[0-9])\.\s?)?(?<![^\W_])({'|'.join(_MONTHS)})"
    r"[\s_-]+(20[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_MONTH = re.compile(
    _NOT_IN_A_NUMBER + r"(?:(20[0-9]{2})[-_.]([01][0-9])|([01]?[0-9])[/.](20[0-9]{2}))(?![-_./]?[0-9])"
)
_YEAR = re.compile(_NOT_IN_A_NUMBER + r"(20[0-9]{2})(?![0-9])")
_STAND = re.compile(r"\bstand\b", re.IGNORECASE)
#: Two numbers before a year, of which a column says which is the day.
_OF_TWO = re.compile(r"([0-3]?[0-9])/([0-3]?[0-9])/(20[0-9]{2})\b")
#: A day as a tool notes it, at the beginning of a cell.
_NOTED = re.compile(
    r"\b(20[0-9]{2})[-/]([01]?[0-9])[-/]([0-3]?[0-9])|\b([0-3]?[0-9])\.([01]?[0-9])\.(20[0-9]{2})\b"
)
_LONGEST_NOTE = 40


@dataclass(frozen=True)
class WaveDate:
    """A day as ISO, where it stands in words, and whether the file itself says it."""

    day: str
    whence: str
    told: bool = True


def find_date(titles: Sequence[str], noted: str, name: str, written: str) -> WaveDate:
    """The day of the data, from where it is told best.

    Parameters
    ----------
    titles : lines above the heads, and remarks below that say of when the table is
    noted : the last day that columns of a survey tool hold, as ISO; empty where they hold none
    name : of the file
    written : the day on which the file was written, as ISO: only if nothing else says one
    """
    of_titles = [(line, _read(line, written)) for line in titles]
    found = [(bool(_STAND.search(line)), exact, day, line) for line, (day, exact) in of_titles if day]
    if found:
        _, exact, day, line = max(found)
        shown = line if len(line) <= 60 else line[:57] + "…"
        return WaveDate(day, f"of {shown!r} above or below the table{'' if exact else _NO_DAY}")
    if noted:
        return WaveDate(noted, "the last day that the file notes")
    day, exact = _read(name.rpartition(".")[0], written)
    if day:
        return WaveDate(day, f"of the file's name{'' if exact else _NO_DAY}")
    return WaveDate(
        written, "the day on which the file was written, since nothing in it says one", told=False
    )


_NO_DAY = ", which says no day"


def _read(text: str, written: str) -> tuple[str, bool]:
    """The last day in a text as ISO, and whether it says the day itself; a month or a year is its last day.

    A year in which the file was written ends on the day of that.
    """
    days = [_iso(*match.groups()) for match in _ISO.finditer(text)]
    days += [_iso(year, month, day) for day, month, year in (m.groups() for m in _GERMAN.finditer(text))]
    months: list[str] = []
    for day, word, year in (match.groups() for match in _WITH_WORD.finditer(text)):
        month = str(_MONTHS.index(word.casefold()) + 1)
        days.append(_iso(year, month, day) if day else "")
        months.append("" if day else _end_of(year, month))
    if any(days):
        return max(days), True
    for year, month, month_2, year_2 in (match.groups() for match in _MONTH.finditer(text)):
        months.append(_end_of(year or year_2, month or month_2))
    if any(months):
        return max(months), False
    years = {match[1] for match in _YEAR.finditer(text)}
    if len(years) != 1:
        return "", False
    year = years.pop()
    return written if written.startswith(year) else f"{year}-12-31", False


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


def last_noted(cells: KeptCells, heads: Sequence[str]) -> str:
    """The last day that columns note, as ISO; empty where they note none."""
    days = set()
    for head in heads:
        days |= _of_two(cells.values(head))
        for text in cells.values(head):
            if len(text) <= _LONGEST_NOTE and (match := _NOTED.match(text)):
                year, month, day, day_2, month_2, year_2 = match.groups()
                days.add(_iso(year or year_2, month or month_2, day or day_2))
    return max(days, default="")


def _of_two(column: Sequence[str]) -> set[str]:
    """The days of a column such as 03/25/2024 or 25/03/2024, where one of them says which is the day."""
    read = [match for text in column if len(text) <= _LONGEST_NOTE and (match := _OF_TWO.match(text))]
    days_first = any(int(match[1]) > 12 for match in read)
    if days_first == any(int(match[2]) > 12 for match in read):
        return set()
    day, month = (1, 2) if days_first else (2, 1)
    return {_iso(match[3], match[month], match[day]) for match in read}
