"""What municipalities.csv may say: the model of its records."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.declared import DeclaredTable
from weltoffen_eval.study.declared_records import any_cell, cell, key_cell
from weltoffen_eval.study.toml_files import FIRST_YEAR, LAST_YEAR

#: More people live in no country.
_MOST_DIGITS = 10
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_GERMAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_CONSENT = {"yes": "yes", "ja": "yes", "no": "no", "nein": "no"}
_STATUS = {"draft": "draft", "entwurf": "draft", "released": "released", "freigegeben": "released"}


def _population(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def read_date(text: str) -> datetime.date | None:
    """The date that a cell holds, as 2024-06-30 or 30.06.2024, from 1900 to 2100; None where it is none."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        found = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


Cell = Annotated[str, any_cell()]
Population = cell(_population, f"digits only, at most {_MOST_DIGITS}, or nothing", None)
Consent = cell(lambda text: _CONSENT.get(folded(text)), "yes, no (ja, nein) or nothing", "no")
Status = cell(
    lambda text: _STATUS.get(folded(text)), "draft, released (Entwurf, freigegeben) or nothing", "draft"
)
Date = cell(read_date, "a date such as 2024-06-30, from 1900 to 2100, or nothing", None)


class MunicipalityRecord(DeclaredTable):
    """A record of municipalities.csv."""

    municipality: Annotated[str, key_cell("a municipality's key")]
    name: Annotated[str, cell(str, "a name")]
    ags: Cell = ""
    kind: Cell = ""
    state: Cell = ""
    population: Annotated[int | None, Population] = None
    parent: Cell = ""
    consent: Annotated[str, Consent] = "no"
    contact: Cell = ""
    mandate: Cell = ""
    status: Annotated[str, Status] = "draft"
    released_on: Annotated[datetime.date | None, Date] = None
