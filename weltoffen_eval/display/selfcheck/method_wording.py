"""How the numbers come about, in plain words: which of the sentences hold for a report."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.robustness import DRAWS
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.selfcheck import scales
from weltoffen_eval.display.selfcheck.robustness_wording import sheets_that_count, strongest
from weltoffen_eval.display.selfcheck.wording import named_items
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.standing import most_named, topics

_OF_COMPARISON = ("source_quantiles", "glossary_reference", "glossary_median", "glossary_middle_half")
_SOURCES = ("source_oecd", "source_pomp", "source_quantiles", "source_bounds")


def method(telling: Telling) -> Iterator[list[Sentence | None]]:
    """What is said of the method, paragraph by paragraph."""
    profile, scheme = telling.profile, telling.profile.scheme
    weightless = _weightless(telling)
    yield [
        telling.say("method_items" if scheme.levels == "items" else "method_criteria"),
        telling.say("method_missing", least=scheme.min_coverage),
        telling.say("method_range"),
        sheets_that_count(telling) if profile.sheets > 1 and not profile.merged else None,
        telling.say("method_weightless", questions=weightless)
        if (weightless := _weightless(telling))
        else None,
        _turned(telling),
        _topics(telling),
    ]
    if _compared(telling):
        yield [telling.say("method_reference", least=LEAST_OTHERS)]
    yield [telling.say("method_robustness", draws=DRAWS), strongest(telling)]
    several = "method_merged" if profile.merged else "method_sheets"
    geometric = [
        telling.word("levels", level) for level, mean in scheme.aggregation.items() if mean == "geometric"
    ]
    yield [
        telling.say(several) if profile.sheets > 1 and not profile.own.by_persons else None,
        telling.say("method_geometric", levels=geometric) if geometric else None,
        telling.say("method_moment"),
    ]


def sources(telling: Telling) -> list[str]:
    """The sentences that name the sources of what this report uses."""
    return [name for name in _SOURCES if name not in _OF_COMPARISON or _compared(telling)]


def glossary(telling: Telling) -> list[tuple[str, list[Sentence]]]:
    """The words that this report uses, with the sentences that explain them."""
    instrument = telling.profile.instrument
    # not every question has an answer from which its state follows
    by_points = telling.profile.sheets > 1 or any(scale.kind == "numeric" for scale in instrument.scales)
    states = [
        *(["glossary_states"] if scales.table(telling) else []),
        *(["glossary_states_of_points"] if by_points else []),
    ]
    explained = [
        ["glossary_field"],
        ["glossary_criterion"] if instrument.criteria else [],
        ["glossary_points"],
        states,
        ["glossary_range"],
        ["glossary_aspects"] if any(item.aspect for item in instrument.items) else [],
        *([name] for name in _OF_COMPARISON[1:] if _compared(telling)),
    ]
    return [
        (telling.word("terms", names[0]), [telling.say(name) for name in names])
        for names in explained
        if names
    ]


def _topics(telling: Telling) -> Sentence | None:
    """By which rule strengths and gaps are chosen."""
    ranked = topics(telling.profile) if telling.profile.own.told else []
    if len(ranked) < 2:
        # of one nothing is chosen
        return None
    kind = telling.word("level_plurals", ranked[0].level)
    return telling.say("method_topics", kind=kind, most=most_named(len(ranked)), total=len(ranked))


def _weightless(telling: Telling) -> int:
    """How many of the questions that were put are no part of any points."""
    profile = telling.profile
    put = (item for item in profile.instrument.items if item.id in profile.applicable_items)
    return sum(not profile.scheme.weight("item", item.id, item.weight) for item in put)


def _turned(telling: Telling) -> Sentence | None:
    """Which questions count the other way round than others on the same scale."""
    items = telling.profile.instrument.items
    usual = {item.scale for item in items if item.direction > 0}
    turned = [item for item in items if item.direction < 0 and item.scale in usual]
    return named_items(telling, "method_turned", turned, questions=len(turned)) if turned else None


def _compared(telling: Telling) -> bool:
    """Whether the report shows a comparison group."""
    profile = telling.profile
    return any(profile.reference("dimension", d.id) for d in profile.instrument.dimensions)
