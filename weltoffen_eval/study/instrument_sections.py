"""The tables of instrument.toml: dimensions, criteria and scales."""

from __future__ import annotations

from collections.abc import Iterable

from weltoffen_eval.study.instrument import (
    NON_ANSWERS,
    Criterion,
    Dimension,
    NonAnswer,
    Option,
    ResponseScale,
)
from weltoffen_eval.study.raw_table import folded
from weltoffen_eval.study.toml_files import Section


def doubled(names: Iterable[str]) -> list[str]:
    """The names that stand there before already, each as often as it does."""
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def read_dimension(section: Section) -> Dimension:
    """A [[dimension]] of instrument.toml."""
    dimension = Dimension(
        section.text("id") or "",
        section.title("title"),
        section.number("weight", 1.0, at_least=0) or 0.0,
    )
    section.finish()
    return dimension


def read_criterion(section: Section) -> Criterion:
    """A [[criterion]] of instrument.toml."""
    criterion = Criterion(
        section.text("id") or "",
        section.text("dimension") or "",
        section.title("title"),
        section.number("weight", 1.0, at_least=0) or 0.0,
    )
    section.finish()
    return criterion


def read_scale(section: Section) -> ResponseScale:
    """A [[scale]] of instrument.toml, whose spellings each mean one answer."""
    scale_id = section.text("id") or ""
    kind = section.choice("kind", ("ordinal", "numeric"))
    minimum, maximum = 0.0, 100.0
    options: tuple[Option, ...] = ()
    if kind == "numeric":
        minimum = section.number("min") or 0.0
        given = section.number("max")
        maximum = 100.0 if given is None else given
        if not minimum < maximum:
            section.fault("max", f"{maximum:g}", f"more than min, {minimum:g}")
    else:
        options = tuple(_read_option(s) for s in section.sections("options"))
        if kind == "ordinal" and len(options) < 2:
            section.fault("options", f"{len(options)}", "at least two options")
    non_answers = tuple(_read_non_answer(s) for s in section.sections("non_answers"))
    section.finish()
    scale = ResponseScale(scale_id, kind or "ordinal", options, non_answers, float(minimum), float(maximum))
    entries: list[Option | NonAnswer] = [*options, *non_answers]
    spellings = [{folded(spelling) for spelling in entry.spellings()} for entry in entries]
    for spelling in sorted(set(doubled(s for each in spellings for s in each))):
        section.fault("options", f"{spelling!r} for two answers", "a spelling means one answer")
    for non_answer in non_answers:
        code = non_answer.code
        if kind == "numeric" and code is not None and minimum <= code <= maximum:
            section.fault(
                "non_answers",
                f"the code {non_answer.code} inside {minimum:g} to {maximum:g}",
                "a code that is no value of the scale",
            )
    return scale


def _read_option(section: Section) -> Option:
    code = section.whole_number("code", at_least=-(10**9))
    points = section.number("points", at_least=0, at_most=100)
    option = Option(
        0 if code is None else code,
        0.0 if points is None else float(points),
        section.title("label"),
        tuple(section.texts("aliases")),
    )
    section.finish()
    return option


def _read_non_answer(section: Section) -> NonAnswer:
    non_answer = NonAnswer(
        section.choice("kind", NON_ANSWERS) or "",
        section.title("label"),
        section.whole_number("code", None, at_least=-(10**9)),
        tuple(section.texts("aliases")),
    )
    section.finish()
    return non_answer
