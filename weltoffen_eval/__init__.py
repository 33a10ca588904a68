"""weltoffen_eval: from a questionnaire in which a municipality assesses itself to an evaluation.

The names below are all that a notebook needs; each is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "load_study": "study.definition",
    "load_instrument": "study.instrument_files",
    "clean_responses": "study.cleaning",
    "load_scheme": "analysis.scheme",
    "change_scheme": "analysis.scheme",
    "score_study": "analysis.scoring",
    "compare_schemes": "analysis.scheme_change",
    "load_profile": "analysis.profile",
    "load_overview": "analysis.overview",
    "figures": "display.figures",
    "tables": "display.tables",
    "wording": "display.wording",
    "report": "display.report",
    "study_report": "display.study_report",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'weltoffen_eval' has no attribute {name!r}")
    home = importlib.import_module(f"weltoffen_eval.{_HOMES[name]}")
    # a module stands for itself, a verb for the function of its name
    return home if _HOMES[name].endswith(f".{name}") else getattr(home, name)


def __dir__() -> list[str]:
    return sorted(__all__)
