"""What a sheet of feedback says of itself, and how its table is headed."""

from __future__ import annotations

from collections.abc import Mapping

from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.forms.found_tables import Heads
from weltoffen_eval.study.forms.identity import heads_in

#: What kind of form it is, beside the others.
CORRECTIONS = "corrections"
#: The columns of its table by name, those to fill in at last.
COLUMNS = ("key", "question", "who", "place", "answer", "right", "instead", "reason")
ENTRIES = COLUMNS[-3:]
#: Those that say again of which answer a row is, and what was read.
SHOWN = ("question", "place", "answer")


def feedback_identity(
    study: str, municipality: str, heads: Mapping[str, str], choices: tuple[str, str]
) -> dict[str, str]:
    """The identity of a sheet of feedback.

    Parameters
    ----------
    heads : by name how its columns are headed
    choices : the words that say that an answer is right, and that it is not
    """
    of_heads = {f"head {name}": heads[name] for name in COLUMNS}
    said = {"kind": CORRECTIONS, "study": study, "municipality": municipality}
    return {**said, "right": choices[0], "not right": choices[1], **of_heads}


def is_right(identity: Mapping[str, str], text: str) -> bool | None:
    """Whether a cell says that an answer is right; None where it says neither."""
    said = {folded(identity.get("right", "")): True, folded(identity.get("not right", "")): False}
    return said.get(folded(text))


def feedback_table(identity: Mapping[str, str]) -> dict[str, Heads]:
    """The table of a sheet of feedback, by the heads that it says it has."""
    heads = heads_in(identity)
    if identity.get("kind") != CORRECTIONS or not set(COLUMNS) <= heads.keys():
        return {}
    known_by, entries = (heads["key"], heads["instead"]), tuple(heads[name] for name in ENTRIES)
    return {CORRECTIONS: Heads(known_by, entries, (), (heads["who"],), tuple(heads[n] for n in SHOWN))}
