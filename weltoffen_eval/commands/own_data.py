"""What is said where a command hands out a study's own data."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


#: Kinds of file whose rows are persons.
_OF_PERSONS = ("field_ratings", "participants")


def tell_own_data(records: pd.DataFrame, kinds: Collection[str] = ()) -> None:
    """Say that what holds answers of persons is the team's own; ``records`` as cleaning gives them.

    ``kinds``: the other kinds of file that are handed out too.
    """
    if (records["unit"] == "persons").any() or set(kinds).intersection(_OF_PERSONS):
        print("Not for publication: this holds answers of persons.", file=sys.stderr)
