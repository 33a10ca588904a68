"""What the notebook on data quality shows of one municipality, cell by cell."""

from __future__ import annotations

from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display import cover
from weltoffen_eval.display.quality import tables
from weltoffen_eval.display.shown import Shown, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Profile

#: As its sentences are called.
REPORT = "data_quality"
_WITHOUT_VALUE = ("skipped", "dont_know", "not_applicable", "not_chosen")


def title(profile: Profile) -> Shown:
    """The title, who took part when, and whether the data are synthetic."""
    return cover.title(Telling(profile, REPORT))


def sheets_received(profile: Profile) -> Shown:
    """How many sheets came, from whom."""
    telling = Telling(profile, REPORT)
    return telling.show(paragraph(_received(telling)), tables.sheets_received(telling))


def unanswered(profile: Profile) -> Shown:
    """What is missing: by field, and question by question."""
    telling = Telling(profile, REPORT)
    if not profile.own.told:
        return telling.show(paragraph(telling.common.say("persons_not_told")))
    questions = tables.unanswered_items(telling)
    return telling.show(
        paragraph(*_unanswered(telling)),
        tables.answers_by_dimension(telling),
        questions if questions.rows else None,
    )


def cleaning_log(profile: Profile) -> Shown:
    """What was changed, in a sentence and a table."""
    return cover.cleaning_log(Telling(profile, REPORT))


def provenance(profile: Profile) -> Shown:
    """What the numbers were made from."""
    telling = Telling(profile, REPORT)
    return telling.show(cover.provenance(telling))


def _received(telling: Telling) -> Sentence:
    """How many sheets came and how many of them count."""
    profile = telling.profile
    records = profile.records.drop_duplicates(["setting", "perspective", "respondent"])
    name, sheets, counted = profile.municipality.name, len(records), int(records["counted"].sum())
    if counted == sheets:
        return telling.say("sheets_received", municipality=name, sheets=sheets)
    return telling.say("sheets_received_in_part", municipality=name, sheets=sheets, counted=counted)


def _unanswered(telling: Telling) -> tuple[Sentence, ...]:
    """How many questions the administration left open, and how."""
    missing = [kind for _, kind in tables.question_outcomes(telling.profile)]
    kinds = [
        telling.text("times", times=number, kind=telling.word("missing", kind))
        for kind in _WITHOUT_VALUE
        if (number := missing.count(kind))
    ]
    if not kinds:
        return (telling.say("all_answered"),)
    return telling.say("without_value", kinds=kinds), telling.say("never_zero")
