"""What the table of who is responsible may say: the model of its records."""

from __future__ import annotations

from typing import Annotated

from weltoffen_eval.study.declared import DeclaredTable
from weltoffen_eval.study.declared_records import any_cell, cell


class ResponsibleRecord(DeclaredTable):
    """Whose answer to an item counts; without ``municipality`` in all of them."""

    item: Annotated[str, cell(str, "the item")]
    respondent: Annotated[str, cell(str, "the respondent")]
    municipality: Annotated[str, any_cell()] = ""
