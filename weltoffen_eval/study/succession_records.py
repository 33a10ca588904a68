"""What succession.csv may say: the model of its records."""

from __future__ import annotations

from typing import Annotated

from weltoffen_eval.study.declared import DeclaredTable
from weltoffen_eval.study.declared_records import any_cell

Key = Annotated[str, any_cell()]


class SuccessionRecord(DeclaredTable):
    """A record of succession.csv; register and waves know its keys, so each is held against them."""

    previous: Key
    municipality: Key
    wave: Key
