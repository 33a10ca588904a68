"""The ids that a scheme names, held against questionnaires: a mistyped one would move nothing, in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.study.questionnaire.instrument import Instrument


@dataclass(frozen=True)
class UnknownId:
    """An entry of a scheme that no questionnaire knows.

    ``table`` as in the file, such as ``weights.item``; ``advice`` or nothing.
    """

    table: str
    found: str
    expected: str
    advice: str = ""


def unknown_ids(scheme: ScoringScheme, instruments: Iterable[Instrument]) -> list[UnknownId]:
    """Every weighted entry, and every option with points, that no questionnaire has; nothing without one."""
    questionnaires = list(instruments)
    if not questionnaires:
        return []
    known = {
        "dimension": {d.id for q in questionnaires for d in q.dimensions},
        "criterion": {c.id for q in questionnaires for c in q.criteria},
        "item": {i.id for q in questionnaires for i in q.items},
    }
    found = [
        UnknownId(
            f"weights.{kind}", repr(name), f"the id of a {kind}", did_you_mean(name, known[kind]).strip()
        )
        for kind, weights in scheme.weights.items()
        for name in weights
        if name not in known[kind]
    ]
    codes = {(s.id, o.code) for q in questionnaires for s in q.scales for o in s.options}
    return found + [
        UnknownId(f"points.{scale}", str(code), "a scale and the code of its option")
        for scale, points in scheme.points.items()
        for code in points
        if (scale, code) not in codes
    ]


def check_ids(scheme: ScoringScheme, instruments: Iterable[Instrument]) -> None:
    """Refuse a scheme that names what no questionnaire knows.

    Raises
    ------
    CallError
        With every such entry.
    """
    unknown = unknown_ids(scheme, instruments)
    if unknown:
        told = (f"{u.table}: {u.found}, expected is {u.expected}. {u.advice}".rstrip() for u in unknown)
        raise CallError(f"The scheme {scheme.id} names what no questionnaire has: {' '.join(told)}")
