"""Which offices filled sheets in, where these are called by the names of offices."""

from __future__ import annotations

import re

import pandas as pd

#: A respondent's id that is the name of an office, not a number or a code.
_OFFICE = re.compile(r"[^\d\W][^\d]{2,}")


def offices_of(responses: pd.DataFrame) -> list[str]:
    """Their names, sorted; none where one of the sheets is called otherwise."""
    names = sorted(responses["respondent"].astype(str).unique())
    return names if all(_OFFICE.fullmatch(name) for name in names) else []
