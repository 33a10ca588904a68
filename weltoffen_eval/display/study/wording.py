"""The computed sentences of the reports on a whole study; no municipality is named in them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from weltoffen_eval.analysis.across import FALSE_DISCOVERY_RATE, detectable_effect
from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.disclosure import LEAST_MUNICIPALITIES
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.reliability import LEAST_RESPONDENTS
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.sentences import Known, Span
from weltoffen_eval.display.study.cells import signed
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.results.overview_findings import spread_findings, workshop_agreement

#: Up to it a p-value counts as a clear one.
_CLEAR = 0.05


def took_part(telling: StudyTelling, wave: str) -> Sentence:
    """How many municipalities a wave rests on."""
    rows = telling.overview.own_scores
    rows = rows[(rows["wave"] == wave) & (rows["level"] == "dimension") & rows["score"].notna()]
    medians = [of["median"] for of in spread_findings(telling.overview, wave).values()]
    return telling.say("took_part", medians, wave=wave, n=rows["municipality"].nunique())


def spread(telling: StudyTelling, wave: str) -> Sentence:
    """In which dimension the administrations see themselves furthest, and where they differ most."""
    every = spread_findings(telling.overview, wave)
    found = {name: of for name, of in every.items() if not math.isnan(of["median"].value)}
    if not found:
        return telling.say("spread_too_few", [of["median"] for of in every.values()], least=LEAST_OTHERS + 1)
    # as printed, so that the sentence does not tell apart what the table shows alike
    widths = {name: of["q75"].value - of["q25"].value for name, of in found.items()}
    widest = [name for name, width in widths.items() if width == max(widths.values())]
    ends = [of[quantity] for of in found.values() for quantity in ("q25", "q75")]
    if len(widest) == len(found) > 1:
        return telling.say("spread_equal", ends)
    labels = {d.id: telling.label(d.title) for d in telling.overview.instrument(wave).dimensions}
    if len(widest) > 1:
        return telling.say("spread_widest_several", ends, fields=[labels[name].text for name in widest])
    low, high = found[widest[0]]["q25"], found[widest[0]]["q75"]
    return telling.say(
        "spread_widest",
        ends,
        field=labels[widest[0]],
        low=_known(low),
        high=_known(high),
        n=_known(low, "n"),
    )


def gaps(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """In how many fields the persons of the workshops say otherwise than the administrations."""
    found = [f for f in telling.overview.across if f.wave == wave and f.quantity == "holm_p"]
    if not found:
        return (telling.shared.say("nothing_to_compare"),)
    tested = [f for f in found if not math.isnan(f.value)]
    if not tested:
        return (telling.say("gaps_too_few", found),)
    numbers = [int(f.n) for f in tested]
    return (
        telling.say(
            "gaps_tested",
            tested,
            clear=sum(f.value <= _CLEAR for f in tested),
            fields=len(tested),
            n=Span(min(numbers), max(numbers)),
        ),
        telling.say("gaps_detectable", tested, n=min(numbers), effect=detectable_effect(min(numbers))),
    )


def mean_gaps(telling: StudyTelling, rows: Sequence[tuple[str, Finding]], wave: str) -> str:
    """The alternative text of the mean gaps: every field with its value."""
    parts = [
        telling.text(
            "gap_of_field", field=clipped(title, 60), gap=signed(telling.language, gap.value), n=gap.n
        )
        for title, gap in rows
    ]
    return fitting(
        parts,
        lambda fit: telling.text("gaps_alternative", wave=wave, fields=fit),
        lambda fit: telling.text("gaps_alternative_cut", wave=wave, fields=fit),
    )


def worth_asking(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """What the list of items is, and what it is not."""
    found = telling.overview.worth_asking(wave)
    if not found:
        return (telling.say("no_question_stands_out", rate=FALSE_DISCOVERY_RATE),)
    return telling.say("questions_stand_out", found, questions=len(found)), telling.say("no_proof")


def alpha(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """What alpha says here, and that a low one is no defect."""
    reliability = telling.overview.reliability
    found = [f for f in reliability if f.wave == wave and f.quantity == "alpha" and not f.variant]
    given = sorted((f for f in found if not math.isnan(f.value)), key=lambda f: f.value)
    if not given:
        said = telling.say("alpha_none", found, least=LEAST_RESPONDENTS)
    else:
        said = telling.say(
            "alpha_range",
            found,
            given=len(given),
            fields=len(found),
            lowest=_known(given[0]),
            highest=_known(given[-1]),
        )
    return said, telling.say("alpha_no_defect")


def agreement(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """How far the persons of the workshops agree over all questions."""
    found = workshop_agreement(telling.overview, wave)
    if found is None:
        return (telling.shared.say("nothing_to_compare"),)
    if found.n < LEAST_MUNICIPALITIES:
        return (telling.say("agreement_too_few", least=LEAST_MUNICIPALITIES),)
    said = telling.say("agreement_median", n=_known(found, "n"), median=_known(found))
    return said, telling.say("agreement_no_defect")


def _known(finding: Finding, field: str = "value") -> Known:
    return Known(float(getattr(finding, field)), f"{finding.key}.{field}")
