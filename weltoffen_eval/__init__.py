"""weltoffen_eval: from a questionnaire in which a municipality assesses itself to an evaluation.

The names below are all that a notebook needs; each is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "load_study": "study.definition",
    "load_instrument": "study.questionnaire.files",
    "clean_responses": "study.responses.cleaning",
    "load_scheme": "results.scheme_files",
    "change_scheme": "analysis.scheme",
    "score_study": "analysis.scoring",
    "compare_schemes": "analysis.scheme_change",
    "open_lab": "results.lab.session",
    "scheme_text": "results.lab.scheme_text",
    "load_profile": "results.profiles",
    "load_overview": "results.overview",
    "load_workshop": "results.workshop",
    "load_course": "results.course",
    "load_dialogue": "results.dialogue",
}
#: Modules that a notebook calls by these names.
_MODULES = {
    "figures": "display.selfcheck.figures",
    "tables": "display.selfcheck.tables",
    "wording": "display.selfcheck.wording",
    "report": "display.selfcheck.report",
    "quality_report": "display.quality.report",
    "lab": "display.lab.report",
    "scoring_lab": "display.lab.shown_lab",
    "study_report": "display.study.report",
    "workshop_report": "display.workshop.report",
    "final_report": "display.final_report.report",
    "workshop_kit": "display.workshop_kit.report",
    "dialogue_report": "display.dialogue.report",
    "district_report": "display.district.report",
}

__all__ = [*_HOMES, *_MODULES]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"weltoffen_eval.{_MODULES[name]}")
    if name in _HOMES:
        return getattr(importlib.import_module(f"weltoffen_eval.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'weltoffen_eval' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
