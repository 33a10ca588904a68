"""Numbers and dates as a German reader expects them. Rounding happens here and nowhere above."""

from __future__ import annotations

import datetime
import math

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip


def whole(value: float) -> int:
    """To the nearest whole number, halves upwards (as people do it, not as Python's round)."""
    return math.floor(value + 0.5)


def points(value: float) -> str:
    """A score in points: whole, or "–" where there is none."""
    return "–" if math.isnan(value) else str(whole(value))


def decimal(value: float, digits: int = 1) -> str:
    """A number with a decimal comma and at most so many digits behind it, without zeros at the end."""
    if math.isnan(value):
        return "–"
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",")


def interval(low: float, high: float) -> str:
    """ "52 bis 64", or one number where both ends print the same."""
    if math.isnan(low) or math.isnan(high):
        return "–"
    ends = dict.fromkeys((points(low), points(high)))
    return " bis ".join(ends)


def part_of(part: float, whole_part: float) -> str:
    """ "14 von 15"."""
    return f"{decimal(part)} von {decimal(whole_part)}"


def percent(share: float) -> str:
    """A share (0–1) in whole percent."""
    return "–" if math.isnan(share) else f"{whole(share * 100)}\N{NO-BREAK SPACE}%"


def date(day: datetime.date) -> str:
    """ "30. Juni 2021"."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def count(number: int, singular: str, plural: str) -> str:
    """ "1 Frage", "3 Fragen"."""
    return f"{number} {singular if number == 1 else plural}"


def listing(parts: list[str]) -> str:
    """ "a, b und c"."""
    return parts[0] if len(parts) == 1 else " und ".join([", ".join(parts[:-1]), parts[-1]])
