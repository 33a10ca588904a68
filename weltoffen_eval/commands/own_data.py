"""What is said where a command hands out a study's own data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def tell_own_data(records: pd.DataFrame) -> None:
    """Say that what holds answers of persons is the team's own; ``records`` as cleaning gives them."""
    if (records["unit"] == "persons").any():
        print("Not for publication: this holds answers of persons.", file=sys.stderr)
