"""What stands at the head of a report: whose it is, and whether it is released."""

from __future__ import annotations

import datetime
import re

from weltoffen_eval.display.language import Language
from weltoffen_eval.display.sentences import Catalogue
from weltoffen_eval.study.register import Municipality


def release_status(municipality: Municipality, data: datetime.date, common: Catalogue) -> str:
    """Whether a report on data of this day is a draft or released, as the register has it."""
    if not municipality.released(data):
        return common.text("status_draft")
    if municipality.released_on is None:
        return common.text("status_released")
    return common.text("status_released_on", date=municipality.released_on)


def designation(municipality: Municipality, language: Language) -> str:
    """Name, kind and state: "Musterstadt, Stadt in Schleswig-Holstein"; what the name says is not repeated.

    A state by its letters (SH) is written out; of another country it stays as it is.
    """
    kind, name, state = municipality.kind, municipality.name, municipality.state
    if kind and (re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", name, re.IGNORECASE) or _is_kreis(kind, name)):
        kind = ""
    states = language.words["in_states"]
    where = states.get(state.upper(), states["other"].format(state=state)) if state else ""
    if name in (state, language.words["states"].get(state.upper())):
        where = ""
    kind = language.words["kinds"].get(kind, kind)
    # where the units of a study are called so, it is said before the name
    if kind and kind != language.word("terms", "municipality"):
        return f"{name}, {f'{kind} {where}'.rstrip()}"
    return f"{name} {where}".rstrip()


def _is_kreis(kind: str, name: str) -> bool:
    """Whether a Kreis is called so by the end of its name, such as Burgenlandkreis."""
    return kind in ("Kreis", "Landkreis") and name.casefold().endswith("kreis")
