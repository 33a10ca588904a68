"""A scheme as the text of its file, from which the same scheme is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from weltoffen_eval.analysis.scheme import LEVELS, ScoringScheme


def scheme_text(scheme: ScoringScheme) -> str:
    """TOML with every setting, in the order of the contract; numbers in full."""
    lines = [
        f"id = {_text(scheme.id)}",
        f"title = {_by_language(scheme.title)}",
        f"note = {_text(scheme.note)}",
        f"levels = {_text(scheme.levels)}",
        "aggregation = { "
        + ", ".join(f"{level} = {_text(scheme.aggregation[level])}" for level in LEVELS)
        + " }",
        f"min_coverage = {_number(scheme.min_coverage)}",
        f"min_group_size = {scheme.min_group_size}",
        f"overall = {str(scheme.overall).lower()}",
        "bands = [",
        *(
            f"  {{ below = {_number(band.below)}, label = {_by_language(band.label)} }},"
            for band in scheme.bands
        ),
        "]",
    ]
    if scheme.reference_families:
        families = (f"[{', '.join(map(_text, family))}]" for family in scheme.reference_families)
        lines.append(f"reference_families = [{', '.join(families)}]")
    for name, tables in (("weights", scheme.weights), ("points", scheme.points)):
        for table, given in tables.items():
            if given:
                lines += ["", f"[{name}.{_text(table)}]"]
                lines += [f"{_text(str(key))} = {_number(value)}" for key, value in given.items()]
    return "\n".join(lines) + "\n"


def _text(text: Any) -> str:
    # a JSON string is a TOML string, but for the one control character that JSON leaves as it is
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    """The shortest decimal that is the same number."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _by_language(texts: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{_text(language)} = {_text(text)}" for language, text in texts.items()) + " }"
