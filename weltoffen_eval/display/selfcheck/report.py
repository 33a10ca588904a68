"""What the notebook of the Selbstcheck shows, cell by cell: pictures, numbers and sentences as blocks."""

from __future__ import annotations

from weltoffen_eval.blocks import Block, DataFile, Facts, Heading, Listing
from weltoffen_eval.display import cleaning_log as log
from weltoffen_eval.display import cover
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.selfcheck import (
    field,
    figures,
    method_wording,
    reference_wording,
    robustness_wording,
    scales,
    suggestions,
    tables,
    topics,
    wording,
)
from weltoffen_eval.display.selfcheck import summary as essentials
from weltoffen_eval.display.shown import Shown, entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.csv_text import scores_csv
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.reported import under_own_names

#: As its sentences are called.
REPORT = "selfcheck"


def title(profile: Profile) -> Shown:
    """The title, who took part when, and whether the data are synthetic."""
    return cover.title(Telling(profile, REPORT))


def summary(profile: Profile) -> Shown:
    """The essentials on one page: who answered, strengths, gaps, what is uncertain, changed, comes next."""
    telling = Telling(profile, REPORT)
    return telling.show(*essentials.blocks(telling))


def overview(profile: Profile) -> Shown:
    """The fields as dots, one statement for all of them, and the words for points."""
    telling = Telling(profile, REPORT)
    dimensions = profile.instrument.dimensions
    compared = any(profile.reference("dimension", d.id) for d in dimensions)
    # of a bar is told only where there is one
    caption = "profile_caption" + ("" if robustness_wording.any_open(telling) else "_answered")
    pictures = figure_blocks(
        dimensions,
        lambda part: figures.dimension_profile(telling, part),
        "profile",
        telling.text(f"{caption}_compared" if compared else caption),
        lambda part: wording.dimension_alternative(telling, part),
        tables.dimension_profile(telling),
        telling.common,
    )
    return telling.show(
        paragraph(*reference_wording.all_fields(telling)),
        *pictures,
        paragraph(*reference_wording.group(telling)),
        tables.bands(telling),
    )


def dimensions(profile: Profile) -> Shown:
    """Each field: what is there and what is missing, its criteria, its questions, a few suggestions."""
    telling = Telling(profile, REPORT)
    counted = profile.own.by_persons and profile.own.told
    blocks: list[Block | None] = [paragraph(telling.say("only_answers_counted"))] if counted else []
    for dimension in profile.instrument.dimensions:
        label = telling.label(dimension.title)
        anchor = f"dimension-{dimension.id}"
        blocks.append(Heading(3, label.text, anchor, language=telling.language.foreign(label)))
        blocks += field.blocks(telling, dimension)
    blocks.append(suggestions.table_file(telling) if profile.own.told else None)
    return telling.show(*blocks)


def workshop_topics(profile: Profile) -> Shown:
    """Where talking pays off most: at most ten questions."""
    telling = Telling(profile, REPORT)
    if not profile.own.told:
        return telling.show(paragraph(telling.common.say("persons_not_told")))
    return telling.show(*topics.blocks(telling))


def robustness(profile: Profile) -> Shown:
    """How far unanswered questions and other sensible weights could move the points."""
    telling = Telling(profile, REPORT)
    table = tables.robustness(telling)
    return telling.show(
        paragraph(*robustness_wording.bounds(telling), *robustness_wording.robustness(telling)),
        table if table.rows else None,
    )


def method(profile: Profile) -> Shown:
    """How the numbers come about, and what that rests on; all of them unrounded as a file."""
    telling = Telling(profile, REPORT)
    name = f"{profile.municipality.key}-{profile.wave.id}-scores.csv"
    points, *others = method_wording.method(telling)
    return telling.show(
        paragraph(*points),
        scales.table(telling),
        *(paragraph(*said) for said in others),
        paragraph(telling.say("sources")),
        Listing(tuple(entry(telling.say(name)) for name in method_wording.sources(telling))),
        DataFile(
            name,
            telling.text("all_scores_file"),
            scores_csv(under_own_names(profile.own_scores, profile.study.report)),
        ),
    )


def glossary(profile: Profile) -> Shown:
    """The words of the report."""
    telling = Telling(profile, REPORT)
    explained = method_wording.glossary(telling)
    return telling.show(Facts(tuple((term, entry(*said)) for term, said in explained)))


def provenance(profile: Profile) -> Shown:
    """What the numbers were made from: the sheets of the self-check, and those of the wave before."""
    telling = Telling(profile, REPORT)
    since = change_since(profile)
    before = profile.before if since is not None and since.comparable else None
    records = profile.records[is_self_check(profile.records)]
    return telling.show(cover.provenance(telling, records[records["counted"]], before))


def cleaning_log(profile: Profile) -> Shown:
    """What was changed in the administration's own sheets, in a sentence and a table."""
    return log.cleaning_log(Telling(profile, REPORT), brief=True)
