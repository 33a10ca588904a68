"""What the notebook of the Selbstcheck shows, cell by cell: pictures, numbers and sentences as blocks."""

from __future__ import annotations

from collections.abc import Iterable

from weltoffen_eval.blocks import Block, DataFile, Entry, Facts, Figure, Heading, Link, Listing, Sentence
from weltoffen_eval.display import cover
from weltoffen_eval.display.answers import answer, answer_groups
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.selfcheck import figures, robustness_wording, tables, wording
from weltoffen_eval.display.selfcheck.method_wording import GLOSSARY, SOURCES
from weltoffen_eval.display.selfcheck.method_wording import method as method_sentences
from weltoffen_eval.display.shown import Shown, entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results import talking_points
from weltoffen_eval.results.csv_text import scores_csv
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.questionnaire.instrument import Dimension, Item

#: As its sentences are called.
REPORT = "selfcheck"


def title(profile: Profile) -> Shown:
    """The title, who took part when, and whether the data are synthetic."""
    return cover.title(Telling(profile, REPORT))


def overview(profile: Profile) -> Shown:
    """The fields on one page: who answered, a dot per field, one sentence per field."""
    telling = Telling(profile, REPORT)
    dimensions = profile.instrument.dimensions
    compared = any(profile.reference("dimension", d.id) for d in dimensions)
    sentences = Facts(
        tuple((telling.title(d.title), _score_and_reference(telling, d.id)) for d in dimensions),
        telling.foreign(dimensions[0].title),
    )
    pictures = figure_blocks(
        dimensions,
        lambda part: figures.dimension_profile(telling, part),
        "profile",
        telling.text("profile_caption_compared" if compared else "profile_caption"),
        lambda part: wording.dimension_alternative(telling, part),
        tables.dimension_profile(telling),
        telling.common,
    )
    first = next((found for d in dimensions if (found := _answers(telling, d.id))), ())
    if profile.own.told:
        lead = paragraph(*wording.who_answered(telling), lead=True, links=first)
    else:
        lead = paragraph(telling.common.say("persons_not_told"), lead=True)
    return telling.show(
        lead,
        *pictures,
        sentences,
        paragraph(*wording.reference_group(telling)),
        paragraph(wording.band_words(telling)),
    )


def _score_and_reference(telling: Telling, dimension: str) -> Entry:
    said = (*wording.dimension_score(telling, dimension), wording.reference(telling, dimension))
    return entry(*said, links=_answers(telling, dimension))


def dimensions(profile: Profile) -> Shown:
    """Each field: its criteria as dots, its questions as a table. A field not chosen says only that."""
    telling = Telling(profile, REPORT)
    blocks: list[Block | None] = []
    for dimension in profile.instrument.dimensions:
        label = telling.label(dimension.title)
        anchor = f"dimension-{dimension.id}"
        blocks.append(Heading(3, label.text, anchor, telling.language.foreign(label)))
        blocks += _dimension(telling, dimension)
    return telling.show(*blocks)


def _dimension(telling: Telling, dimension: Dimension) -> list[Block | None]:
    """What is to be said about one field, from the criteria to the suggestions."""
    answers = _answers(telling, dimension.id)
    blocks: list[Block | None] = [paragraph(*wording.dimension_score(telling, dimension.id), links=answers)]
    if not answers or not telling.profile.own.told:
        return blocks
    blocks += _criteria(telling, dimension)
    blocks.append(paragraph(wording.aspects(telling, dimension.id), links=answers))
    blocks.append(Heading(4, telling.text("answers_heading"), f"answers-{dimension.id}"))
    blocks.append(_answer_groups(telling, dimension.id))
    blocks.append(tables.items(telling, dimension.id))
    suggestions = talking_points.suggestions_of(telling.profile, dimension.id)
    if suggestions:
        blocks.append(Heading(4, telling.text("suggestions_heading"), f"suggestions-{dimension.id}"))
        blocks.append(paragraph(telling.say("suggestions")))
        blocks.append(Listing(tuple(_suggestion(telling, s.text, s.item) for s in suggestions)))
    return blocks


def _criteria(telling: Telling, dimension: Dimension) -> list[Figure]:
    criteria = telling.profile.instrument.criteria_of(dimension.id)
    if not criteria:
        return []
    return figure_blocks(
        criteria,
        lambda part: figures.criterion_profile(telling, dimension.id, part),
        f"c-{dimension.id}",
        telling.text("criteria_caption", field=telling.label(dimension.title)),
        lambda part: wording.criterion_alternative(telling, dimension.id, part),
        tables.criterion_profile(telling, dimension.id),
        telling.common,
    )


def _answer_groups(telling: Telling, dimension: str) -> Facts:
    """What is established, what is planned, what is open, what was skipped: each with its questions."""
    groups = answer_groups(telling, dimension)
    languages = {language for _, language, _, _ in groups}
    facts = tuple(
        (label, entry(_counted(telling, group), links=_questions(group, f"({label})")))
        for label, _, group, _ in groups
    )
    return Facts(facts, languages.pop() if len(languages) == 1 else "")


def _counted(telling: Telling, group: dict[str, int]) -> Sentence:
    """ "3 Fragen:", or with several sheets "5 Antworten zu 3 Fragen:"."""
    if telling.profile.sheets == 1:
        return telling.say("questions_counted", questions=len(group))
    answers = sum(group.values())
    if answers == 1:
        return telling.say("one_answer_counted")
    return telling.say("answers_counted", answers=answers, questions=len(group))


def robustness(profile: Profile) -> Shown:
    """How far open questions and other sensible choices could move the scores: sentences and numbers."""
    telling = Telling(profile, REPORT)
    table = tables.robustness(telling)
    opened = talking_points.open_items(profile)
    links = (Link(telling.text("to_open_questions"), "topics-open"),) if opened else ()
    rests_on = next((found for name in profile.bands if (found := _answers(telling, name))), ())
    return telling.show(
        paragraph(*robustness_wording.bounds(telling), links=links),
        paragraph(*robustness_wording.robustness(telling), links=rests_on),
        table if table.rows else None,
    )


def workshop_topics(profile: Profile) -> Shown:
    """Where talking pays off most: open questions, concept without practice, disagreement."""
    telling = Telling(profile, REPORT)
    if not profile.own.told:
        return telling.show(paragraph(telling.common.say("persons_not_told")))
    missing = [_question(telling, item) for item in talking_points.open_items(profile)]
    ahead = [
        entry(
            telling.say(
                "concept_and_practice",
                "criterion",
                criterion.id,
                criterion=telling.label(criterion.title),
                **{
                    aspect: telling.known("criterion", criterion.id, "aspect_score", variant=aspect)
                    for aspect in ("concept", "practice")
                },
            ),
            links=_questions((item.id for item in profile.instrument.items_of_criterion(criterion.id)), ""),
        )
        for criterion, _, _ in talking_points.concepts_without_practice(profile)
    ]
    apart = [_question(telling, item) for item in talking_points.disagreements(profile)]
    blocks: list[Block | None] = []
    for anchor, heading, sentence, entries in (
        ("topics-open", "open_heading", "not_answered", missing),
        ("topics-concept", "intended_heading", "intended", ahead),
        ("topics-apart", "apart_heading", "apart", apart),
    ):
        if entries:
            blocks += [
                Heading(3, telling.text(heading), anchor),
                paragraph(telling.say(sentence)),
                Listing(tuple(entries)),
            ]
    return telling.show(*(blocks or [paragraph(telling.say("no_topics"))]))


def all_scores(profile: Profile) -> Shown:
    """Every criterion and dimension in one table; the same and every question unrounded as a file."""
    telling = Telling(profile, REPORT)
    name = f"{profile.municipality.key}-{profile.wave.id}-scores.csv"
    file = DataFile(name, telling.text("all_scores_file"), scores_csv(profile.own_scores))
    return telling.show(tables.all_scores(telling), file)


def method(profile: Profile) -> Shown:
    """How the numbers come about, and what that rests on."""
    telling = Telling(profile, REPORT)
    return telling.show(
        *(paragraph(sentence) for sentence in method_sentences(telling)),
        paragraph(telling.say("sources")),
        Listing(tuple(entry(telling.say(name)) for name in SOURCES)),
    )


def glossary(profile: Profile) -> Shown:
    """The words of the report."""
    telling = Telling(profile, REPORT)
    return telling.show(
        Facts(tuple((telling.word("terms", name), entry(telling.say(name))) for name in GLOSSARY))
    )


def provenance(profile: Profile) -> Shown:
    """What the numbers were made from."""
    telling = Telling(profile, REPORT)
    return telling.show(cover.provenance(telling))


def cleaning_log(profile: Profile) -> Shown:
    """What was changed, in a sentence and a table."""
    return cover.cleaning_log(Telling(profile, REPORT))


def _answers(telling: Telling, dimension: str) -> tuple[Link, ...]:
    """Leads from a sentence about a field to the answers on which it rests; a field not chosen has none."""
    withheld = telling.profile.score("dimension", dimension)["withheld"]
    if withheld == "not_chosen" or not telling.profile.own.told:
        return ()
    field = telling.label(telling.profile.instrument.dimension(dimension).title)
    return (Link(telling.text("to_answers"), f"items-{dimension}", telling.text("in_field", field=field)),)


def _questions(items: Iterable[str], where: str) -> tuple[Link, ...]:
    """Leads to single questions, each by its number; ``where`` tells lists of the same questions apart."""
    return tuple(Link(item, f"item-{item}", where) for item in items)


def _question(telling: Telling, item: Item) -> Entry:
    """A question with its answer, and a link to it."""
    said = answer(telling, item.id)
    sentence = telling.say(
        "question_and_answer", "item", item.id, question=telling.label(item.text), answer=said.text
    )
    return entry(sentence, links=_to_item(telling, item.id))


def _suggestion(telling: Telling, text: str, item: str) -> Entry:
    """A suggestion, which people wrote in German, with a link to the answer on which it rests."""
    german = "" if telling.language.id == "de" else "de"
    stretch = ((0, len(text), german),) if german else ()
    return entry(Sentence(text, foreign=stretch), links=_to_item(telling, item))


def _to_item(telling: Telling, item: str) -> tuple[Link, ...]:
    return (Link(telling.text("to_question", item=item), f"item-{item}"),)
