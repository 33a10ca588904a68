"""How the numbers come about, in plain words: which of the sentences hold under a scheme."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.robustness import DRAWS
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.telling import Telling

#: The sentences that name the sources of the methods.
SOURCES = ("source_oecd", "source_pomp", "source_quantiles", "source_bounds")
#: The sentences that explain the words of the report; each word has the same name.
GLOSSARY = (
    "glossary_field",
    "glossary_points",
    "glossary_range",
    "glossary_coverage",
    "glossary_aspects",
    "glossary_reference",
    "glossary_median",
    "glossary_middle_half",
    "glossary_n",
)


def method(telling: Telling) -> Iterator[Sentence]:
    """A paragraph each."""
    scheme = telling.profile.scheme
    yield telling.say("method_items" if scheme.levels == "items" else "method_criteria")
    yield telling.say("method_missing", least=scheme.min_coverage)
    yield telling.say("method_range")
    yield telling.say("method_reference", least=LEAST_OTHERS)
    yield telling.say("method_robustness", draws=DRAWS)
    yield telling.say("method_sheets")
    yield telling.say("method_scope")
    geometric = [
        telling.word("levels", level) for level, mean in scheme.aggregation.items() if mean == "geometric"
    ]
    if geometric:
        yield telling.say("method_geometric", levels=geometric)
