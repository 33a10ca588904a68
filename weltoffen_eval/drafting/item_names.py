"""Items of columns: which column is which item of a questionnaire, and what items of a new one are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from weltoffen_eval.errors import CallError
from weltoffen_eval.raw.heads import worded, wordings
from weltoffen_eval.study.keys import is_key, is_reserved
from weltoffen_eval.study.questionnaire.instrument import Instrument

_IN_BRACKETS = re.compile(r".*\[([^\[\]]+)\]")


def name_items(heads: Sequence[str], codes: Mapping[str, str]) -> dict[str, str]:
    """An id for each column: its head or code where that can be one, else what is in brackets or behind /.

    Where one of them can be none, all are numbered. What stands in brackets in several heads is an id
    together with what stands before them.
    """
    names = {head: codes.get(head, head) for head in heads}
    inner = {head: match[1] for head, name in names.items() if (match := _IN_BRACKETS.fullmatch(name))}
    often = Counter(inner.values())
    used: set[str] = set()
    shorts: dict[str, str] = {}
    for head, name in names.items():
        own = inner.get(head, "")
        whole = re.sub(r"[\[\]]+", "_", name).strip("_") if own else ""
        forms = [name, own if often[own] == 1 else "", whole, name.rpartition("/")[2]]
        fitting = [form for form in forms if is_key(form) and not is_reserved(form) and form not in used]
        # a long wording makes no id that anybody could read
        short = next((form for form in fitting if len(form) <= 20), "")
        if short:
            used.add(short)
            shorts[head] = short
    if len(shorts) < len(names):
        # ids of two kinds in one file would be read as if they meant something
        return {f"f{number:02}": head for number, head in enumerate(names, start=1)}
    return {shorts[head]: head for head in names}


def match_items(heads: Sequence[str], instrument: Instrument, said: Mapping[str, str]) -> dict[str, str]:
    """By item of a questionnaire the head of its column: by id, then by text, then by label.

    ``said``: by head what a second row, or the label of a variable, says of it.

    Raises
    ------
    CallError
        Where two columns may be one item: that is never guessed.
    """
    forms: list[Mapping[str, set[str]]] = [{head: {head, *_last_parts(head)} for head in heads}]
    forms += [{head: {*wordings(head), *wordings(said.get(head, ""))} for head in heads}] * 2
    found: dict[str, str] = {}
    for way, of_head in enumerate(forms):
        for item in instrument.items:
            texts = ({item.id}, {*map(worded, item.text.values())}, {*map(worded, item.label.values())})[way]
            fitting = [h for h in heads if of_head[h] & (texts - {""}) and h not in found.values()]
            exact = [head for head in fitting if head == item.id]
            if item.id in found or not fitting:
                continue
            if len(exact or fitting) > 1:
                several = ", ".join(fitting)
                raise CallError(
                    f"{len(fitting)} columns may hold {item.id}: {several}. Rename one in a copy."
                )
            found[item.id] = (exact or fitting)[0]
    return {item.id: found[item.id] for item in instrument.items if item.id in found}


def _last_parts(head: str) -> list[str]:
    inner = _IN_BRACKETS.fullmatch(head)
    return [head.rpartition("/")[2], *([inner.group(1)] if inner else [])]
