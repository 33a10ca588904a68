"""The computed sentences of the reports on a whole study; no municipality is named in them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from weltoffen_eval.analysis.across import FALSE_DISCOVERY_RATE
from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.detectable import detectable_effect
from weltoffen_eval.analysis.disclosure import LEAST_MUNICIPALITIES
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.reliability import LEAST_RESPONDENTS
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.language import whole
from weltoffen_eval.display.sentences import Given, Known, Span
from weltoffen_eval.display.study.cells import signed
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.results.overview_findings import (
    ByQuantity,
    by_quantity,
    settings_agreement,
    spread_findings,
)

#: Up to it a p-value counts as a clear one.
_CLEAR = 0.05
#: So many questions that were not put are named.
_MOST_QUESTIONS = 3


def took_part(telling: StudyTelling, wave: str) -> Sentence:
    """How many municipalities a wave rests on."""
    rows = telling.overview.own_scores
    rows = rows[(rows["wave"] == wave) & (rows["level"] == "dimension") & rows["score"].notna()]
    medians = [of["median"] for of in spread_findings(telling.overview, wave).values()]
    return telling.say("took_part", medians, wave=wave, n=rows["municipality"].nunique())


def not_asked(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """Which questions were not put in a wave: a few by their short names, of more how many."""
    left, total = telling.overview.not_asked(wave), len(telling.overview.instrument(wave).items)
    if not left:
        return ()
    about: dict[str, Given] = {"wave": wave, "questions": len(left), "total": total}
    if len(left) > _MOST_QUESTIONS:
        return (telling.shared.say("not_asked_many", **about),)
    return (telling.shared.say("not_asked", items=[telling.short_name(item) for item in left], **about),)


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
    if len(found) == 1:
        ((low, high),) = ((of["q25"], of["q75"]) for of in found.values())
        return telling.say("spread_of_one", ends, low=_known(low), high=_known(high), n=_known(low, "n"))
    if len(widest) == len(found):
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


def gaps(telling: StudyTelling, wave: str, setting: str) -> tuple[Sentence, ...]:
    """In how many fields the persons see less, or more, than the administrations, and by how much."""
    found = by_quantity(telling.overview.across, wave, "dimension", setting)
    tested = {name: of for name, of in found.items() if not math.isnan(of["holm_p"].value)}
    if not tested:
        return (telling.say("gaps_too_few", _tests(found), least=LEAST_MUNICIPALITIES),)
    fields = len(telling.overview.instrument(wave).dimensions)
    left = [
        telling.say("gaps_untested", _tests(found), untested=fields - len(tested), least=LEAST_MUNICIPALITIES)
        for _ in range(fields > len(tested))
    ]
    clear = {name: of for name, of in tested.items() if of["holm_p"].value <= _CLEAR}
    if not clear:
        said_none = telling.say("gaps_none", _tests(tested), fields=len(tested), n=_municipalities(tested))
        return said_none, *left
    lower = [of for of in clear.values() if of["mean_gap"].value < 0]
    higher = [of for of in clear.values() if of["mean_gap"].value >= 0]
    said = [
        _direction(telling, name, of, fields)
        for name, of in (("gaps_lower", lower), ("gaps_higher", higher))
        if of
    ]
    # as the table counts them
    most = all(
        of["municipalities_below" if of["mean_gap"].value < 0 else "municipalities_above"].value * 2
        > of["mean_gap"].n
        for of in clear.values()
    )
    chance = "gaps_in_most" if most else "gaps_hardly_chance"
    given: dict[str, Given] = {"n": _municipalities(clear)} if most else {}
    return (*said, telling.say(chance, _tests(clear), **given), *left)


def _direction(telling: StudyTelling, name: str, of: list[dict[str, Finding]], fields: int) -> Sentence:
    """In how many of the fields the gap has this direction, and how large it is on average."""
    # of what the table prints, which has a decimal
    sizes = [whole(round(abs(finding["mean_gap"].value), 1)) for finding in of]
    low, high = min(sizes), max(sizes)
    if high < 2:
        by = telling.text("gaps_by_little")
    elif low < 2:
        by = telling.text("gaps_by_up_to", high=high)
    else:
        by = telling.text("gaps_by", points=Span(low, high))
    known = [finding[quantity] for finding in of for quantity in ("mean_gap", "holm_p")]
    if len(of) == fields:
        return telling.say(f"{name}_all", known, fields=fields, by=by)
    return telling.say(name, known, clear=len(of), fields=fields, by=by)


def detectable(telling: StudyTelling, wave: str, setting: str) -> tuple[Sentence, ...]:
    """What the test that was made could have found."""
    found = by_quantity(telling.overview.across, wave, "dimension", setting)
    tested = {name: of for name, of in found.items() if not math.isnan(of["holm_p"].value)}
    if not tested:
        return ()
    least = int(min(of["holm_p"].n for of in tested.values()))
    effect = detectable_effect(least, len(tested))
    about: dict[str, Given] = {"wave": wave, "n": least, "fields": len(tested)}
    if math.isnan(effect):
        return (telling.say("gaps_undetectable", _tests(tested), **about),)
    return (telling.say("gaps_detectable", _tests(tested), effect=effect, **about),)


def _tests(found: ByQuantity) -> list[Finding]:
    return [of["holm_p"] for of in found.values()]


def _municipalities(found: ByQuantity) -> Span:
    numbers = [of["holm_p"].n for of in found.values()]
    return Span(min(numbers), max(numbers))


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
    """What the list of items is, and what it is not; that nothing was tested where nothing was."""
    tests = [f for f in telling.overview.across if f.wave == wave and f.quantity == "bh_p"]
    if not tests:
        return (telling.shared.say("nothing_to_compare"),)
    if all(math.isnan(f.value) for f in tests):
        return (telling.say("ask_too_few", tests, least=LEAST_MUNICIPALITIES),)
    found = telling.overview.worth_asking(wave)
    if not found:
        return (telling.say("no_question_stands_out", tests, rate=FALSE_DISCOVERY_RATE),)
    questions = len({finding.id for finding in found})
    return telling.say("questions_stand_out", found, questions=questions), telling.say("no_proof")


def alpha(telling: StudyTelling, wave: str) -> tuple[Sentence, ...]:
    """What alpha says here, and that a low one is no defect."""
    reliability = telling.overview.reliability
    found = [f for f in reliability if f.wave == wave and f.quantity == "alpha" and not f.variant]
    given = sorted((f for f in found if not math.isnan(f.value)), key=lambda f: f.value)
    if not given:
        said = telling.say("alpha_none", found, least=LEAST_RESPONDENTS)
    elif len(given) == 1:
        said = telling.say("alpha_of_one", found, fields=len(found), alpha=_known(given[0]))
    else:
        name = "alpha_range_all" if len(given) == len(found) else "alpha_range"
        about: dict[str, Given] = {} if len(given) == len(found) else {"given": len(given)}
        said = telling.say(
            name, found, fields=len(found), lowest=_known(given[0]), highest=_known(given[-1]), **about
        )
    return said, telling.say("alpha_no_defect")


def agreement(telling: StudyTelling, wave: str, setting: str) -> tuple[Sentence, ...]:
    """How far the persons at a setting agree over all questions."""
    found = settings_agreement(telling.overview, wave, setting)
    if found is None:
        return (telling.shared.say("nothing_to_compare"),)
    if found.n < LEAST_MUNICIPALITIES:
        return (telling.say("agreement_too_few", least=LEAST_MUNICIPALITIES),)
    said = telling.say("agreement_median", n=_known(found, "n"), median=_known(found))
    return said, telling.say("agreement_no_defect")


def _known(finding: Finding, field: str = "value") -> Known:
    return Known(float(getattr(finding, field)), f"{finding.key}.{field}")
