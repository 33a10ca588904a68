"""What the parts of a scale must be to each other: a spelling means one answer, codes are no values."""

from __future__ import annotations

from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.questionnaire.doubles import doubled
from weltoffen_eval.study.questionnaire.instrument import NonAnswer, Option
from weltoffen_eval.study.questionnaire.model import ScaleTable
from weltoffen_eval.study.toml_files import Section


def check_scale(table: ScaleTable, section: Section) -> None:
    """Faults of a [[scale]] that concern several of its keys; ``section`` is its place."""
    scale = table.as_scale()
    _check_keys(table, section)
    if table.kind == "numeric" and not scale.minimum < scale.maximum:
        section.fault("max", f"{scale.maximum:g}", f"more than min, {scale.minimum:g}")
    if table.kind == "ordinal" and len(scale.options) < 2 and "options" not in _refused(section):
        section.fault("options", f"{len(scale.options)}", "at least two options")
    entries: list[Option | NonAnswer] = [*scale.options, *scale.non_answers]
    spellings = [{folded(spelling) for spelling in entry.spellings()} for entry in entries]
    for spelling in sorted(set(doubled(s for each in spellings for s in each))):
        section.fault("options", f"{spelling!r} for two answers", "a spelling means one answer")
    for non_answer in scale.non_answers:
        code = non_answer.code
        if table.kind == "numeric" and code is not None and scale.minimum <= code <= scale.maximum:
            section.fault(
                "non_answers",
                f"the code {code} inside {scale.minimum:g} to {scale.maximum:g}",
                "a code that is no value of the scale",
            )


def _refused(section: Section) -> set[str]:
    """The keys that have a fault of their own already."""
    start = f"{section.place} "
    told = [fault.column.removeprefix(start) for fault in section.faults if fault.column.startswith(start)]
    return {column.split(" ")[0] for column in told}


def _check_keys(table: ScaleTable, section: Section) -> None:
    """Options are of an ordinal scale, goalposts of a numeric one."""
    given = section.values
    others = {"numeric": ("options",), "ordinal": ("min", "max")}.get(table.kind or "", ())
    known = [name for name in ScaleTable.model_fields if name not in others]
    for name in others:
        if name in given:
            section.fault(name, f"{name} of a scale that is {table.kind}", "only " + ", ".join(known))
    if table.kind == "numeric":
        for name in ("min", "max"):
            if name not in given:
                section.fault(name, "nothing", "a number", f"Add {name} = …")
