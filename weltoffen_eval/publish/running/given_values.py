"""Whether the parameters still are what a run gave, asked of the kernel after every cell.

The kernel answers in the reply to the cell itself, so that no output and no name of the notebook changes.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from nbformat import NotebookNode

_NAME = "given"
_INJECTED = "injected-parameters"


class GivenValues:
    """The values that a run gave to a notebook, in the order of their names."""

    def __init__(self, values: Mapping[str, object]):
        self._values = dict(values)

    @property
    def question(self) -> dict[str, str]:
        """``user_expressions`` of a request; one for all names, since each takes its time."""
        if not self._values:
            return {}
        return {_NAME: f"({''.join(f'{name}, ' for name in self._values)}).__repr__()"}

    def reason(self, cells: Sequence[NotebookNode], position: int, reply: Mapping[str, Any]) -> str:
        """Why a notebook must not go on after a cell, by the reply to it; empty if nothing was changed.

        The reply to a cell that failed answers nothing; where it may fail, it is asked apart.
        """
        answer = reply.get("user_expressions", {}).get(_NAME)
        if answer is None or not _follows(cells, position):
            return ""
        changed = self._changed(answer)
        if not changed:
            return ""
        parameters, show = ("parameter", "shows") if len(changed) == 1 else ("parameters", "show")
        return (
            f"after this cell the {parameters} {', '.join(changed)} {show} something else than the run set; "
            "give what the cell sets another name"
        )

    def _changed(self, answer: Mapping[str, Any]) -> list[str]:
        if answer.get("status") == "error":
            # the first name that is gone
            missing = [name for name in self._values if f"'{name}'" in str(answer.get("evalue"))]
            return missing or list(self._values)
        told = answer["data"]["text/plain"]
        if told == repr(repr(tuple(self._values.values()))):
            return []
        try:
            now = ast.literal_eval(ast.literal_eval(told))
            return [
                name for name, value in zip(self._values, now, strict=True) if self._values[name] != value
            ]
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return list(self._values)


def _follows(cells: Sequence[NotebookNode], position: int) -> bool:
    """Whether the values have been set: papermill puts a cell of its own below the defaults."""
    return any(_INJECTED in cell.metadata.get("tags", []) for cell in cells[: position + 1])


#: Of a notebook that is run without values.
NOTHING_GIVEN = GivenValues({})
