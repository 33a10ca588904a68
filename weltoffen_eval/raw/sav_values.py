"""What SPSS shows of a stored number: the format of a variable can say something else than the file.

The formats are those of the SPSS Command Syntax Reference, "Variable Types and Formats".
"""

from __future__ import annotations

import datetime
import math
import re
import sys
from decimal import ROUND_HALF_UP, Context, Decimal

from weltoffen_eval.raw.number_formats import Seen, plain_number

_FORMAT = re.compile(r"([A-Z]+)([0-9]+)?(?:\.([0-9]+))?")
#: Numbers with their decimals, be it with signs for thousands or of a currency, which change nothing.
_DECIMAL = ("F", "COMMA", "DOT", "DOLLAR", "CCA", "CCB", "CCC", "CCD", "CCE")
_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE")
_MOMENTS = ("DATETIME", "YMDHMS")
#: SPSS writes at most 16; a number of 20 digits before them needs more than Python's 28.
_MOST_DECIMALS, _EXACT = 40, Context(prec=100)
#: Time is counted in seconds from here.
_BEGIN = datetime.datetime(1582, 10, 14)


def show_number(value: float, code: str) -> Seen:
    """What a person sees of a number whose variable has the format ``code`` (F8.2, N8, PCT5.1, DATE11)."""
    # the least number stands for none; where a damaged file says another, it is no number either
    if not math.isfinite(value) or value == -sys.float_info.max:
        return Seen(repr(value), doubt=f"{value!r}, which is no number")
    stored = plain_number(value)
    match = _FORMAT.fullmatch(code)
    kind, width, decimals = (match[1], int(match[2] or 0), int(match[3] or 0)) if match else ("", 0, 0)
    if kind in _DATES or kind in _MOMENTS:
        return _show_date(value, stored, code, moment=kind in _MOMENTS)
    if kind == "E":
        return Seen(stored)
    if kind not in (*_DECIMAL, "N", "PCT"):
        return Seen(stored, doubt=f"{stored} in the format {code or '(none)'}, which shows something else")
    exact = Decimal(repr(value))
    # of more decimals than a number has none is lost
    whole = abs(exact) >= 10**20 or decimals > _MOST_DECIMALS
    rounded = exact if whole else exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    text = plain_number(float(rounded))
    if rounded != exact and decimals == 0:
        # whether 2.6 or 3 is meant is not known
        return Seen(stored, doubt=f"{text}, while {stored} is stored")
    if kind == "N" and value >= 0:
        text = text.zfill(width)
    if kind == "PCT":
        return Seen(text + "%", "percent_format")
    return Seen(text, "" if text == stored else "number_format")


def _show_date(value: float, stored: str, code: str, moment: bool) -> Seen:
    try:
        day = _BEGIN + datetime.timedelta(seconds=value)
    except OverflowError:
        return Seen(stored, doubt=f"{stored} in the format {code}, which is no date")
    return Seen(day.isoformat(timespec="seconds") if moment else day.date().isoformat())
