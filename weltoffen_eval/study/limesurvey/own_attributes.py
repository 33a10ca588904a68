"""What an export says itself of whose a response is, held against the list of participants beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.raw.table import RawTable, folded, plain
from weltoffen_eval.study.limesurvey.whose import NamedColumn


def check_own_attributes(
    table: RawTable,
    own: Sequence[NamedColumn],
    of_list: Sequence[NamedColumn],
    heads: Mapping[str, str],
    joined: Mapping[str, str],
    faults: list[Fault],
) -> None:
    """A fault of each row whose own attribute is another than that of its participant.

    Parameters
    ----------
    own, of_list : the columns of the export and of the list, by all that they are called
    heads, joined : by ``municipality`` and ``ags`` the column in the list, and what was joined of it
    """
    names_of = {named.head: {folded(name) for name in named.names} for named in of_list}
    for key, head in heads.items():
        listed = table.cells(joined[key])
        for column in own:
            if not names_of[head] & {folded(name) for name in column.names}:
                continue
            for line, mine, other in zip(table.lines, table.cells(column.head), listed, strict=True):
                if plain(mine) and plain(other) and _comparable(key, mine) != _comparable(key, other):
                    found = f"{visible(plain(mine))!r}, but {visible(plain(other))!r} among the participants"
                    expected = "the same of a response and of its participant"
                    advice = "The two contradict each other: correct one of them in corrections.csv."
                    faults.append(table.fault(found, expected, advice, line, column.head))


def _comparable(key: str, text: str) -> str:
    """A text without what a program takes off or puts before it."""
    given = folded(text.removeprefix("'") if text.startswith("'=") else text)
    return given.removesuffix(".0").lstrip("0") if key == "ags" else given
