"""What the notebook on data quality shows of one municipality, cell by cell."""

from __future__ import annotations

from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display import cleaning_log as log
from weltoffen_eval.display import cover
from weltoffen_eval.display.answers import non_answer_label
from weltoffen_eval.display.quality import tables
from weltoffen_eval.display.shown import Shown, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.standing import non_answer
from weltoffen_eval.results.talking_points import disagreements, unanswered_items
from weltoffen_eval.study.questionnaire.instrument import Item

#: As its sentences are called.
REPORT = "data_quality"
_WITHOUT_VALUE = ("skipped", "dont_know", "not_applicable", "not_chosen")


def title(profile: Profile) -> Shown:
    """The title, who took part when, and whether the data are synthetic."""
    return cover.title(Telling(profile, REPORT))


def sheets_received(profile: Profile) -> Shown:
    """How many sheets came, from whom."""
    telling = Telling(profile, REPORT)
    offices = tables.offices(telling)
    return telling.show(
        paragraph(_received(telling)),
        tables.sheets_received(telling),
        offices if len(offices.rows) > 1 else None,
    )


def unanswered(profile: Profile) -> Shown:
    """What is missing: by field, and question by question."""
    telling = Telling(profile, REPORT)
    if not profile.own.told:
        return telling.show(paragraph(telling.common.say("persons_not_told")))
    if profile.own.by_persons:
        said = paragraph(telling.say("questions_of_persons"))
        return telling.show(said, tables.questions_of_persons(telling))
    questions = tables.unanswered_items(telling)
    return telling.show(
        paragraph(*_unanswered(telling)),
        tables.answers_by_dimension(telling),
        questions if questions.rows else None,
    )


def to_ask_again(profile: Profile) -> Shown:
    """Where an answer would help: what is open, and what offices answered differently."""
    telling = Telling(profile, REPORT)
    if not profile.own.told:
        return telling.show(paragraph(telling.common.say("persons_not_told")))
    if profile.own.by_persons:
        return telling.show(paragraph(telling.say("ask_no_persons")))
    open_items, apart = len(unanswered_items(profile)), _apart(profile)
    said = []
    if open_items:
        said.append(telling.say("ask_unanswered", count=open_items))
    if apart:
        said.append(telling.say("ask_apart", count=len(apart)))
    if not said:
        return telling.show(paragraph(telling.say("ask_nothing")))
    return telling.show(
        paragraph(*said, telling.say("ask_how")), tables.answered_apart(telling, apart) if apart else None
    )


def _apart(profile: Profile) -> list[Item]:
    """The questions that offices answered differently, in the order of the questionnaire."""
    found = {item.id for item in disagreements(profile)}
    return [item for item in profile.instrument.items if item.id in found]


def cleaning_log(profile: Profile) -> Shown:
    """What was changed, in a sentence and a table."""
    return log.cleaning_log(Telling(profile, REPORT))


def provenance(profile: Profile) -> Shown:
    """What the numbers were made from."""
    telling = Telling(profile, REPORT)
    return telling.show(cover.provenance(telling, profile.records))


def _received(telling: Telling) -> Sentence:
    """How many sheets came and how many of them count."""
    profile = telling.profile
    records = profile.records.drop_duplicates(["setting", "perspective", "respondent"])
    name, sheets, counted = profile.municipality.name, len(records), int(records["counted"].sum())
    if counted == sheets:
        return telling.say("sheets_received", municipality=name, sheets=sheets)
    return telling.say("sheets_received_in_part", municipality=name, sheets=sheets, counted=counted)


def _unanswered(telling: Telling) -> tuple[Sentence, ...]:
    """How many questions have no points, and why: the answers in the words of the questionnaire."""
    profile = telling.profile
    counts: dict[tuple[str, str], int] = {}
    kinds_of: dict[str, str] = {}
    for item in profile.instrument.items:
        kind = non_answer(profile, item.id)
        if kind and kind != "not_asked":
            # however scales call it, of a question that was passed over nothing is given
            label = "" if kind == "skipped" else non_answer_label(telling, item.id, kind).text
            entry = (kinds_of.setdefault(label, kind), label)
            counts[entry] = counts.get(entry, 0) + 1
    if not counts:
        return (telling.say("all_answered"),)
    total = sum(counts.values())
    if len(counts) == 1:
        ((kind, label),) = counts
        alike = (
            telling.say("without_points_skipped", count=total)
            if kind == "skipped"
            else telling.say("without_points_answered_so", count=total, answer=label)
        )
        return alike, telling.say("never_zero")
    order = sorted(counts, key=lambda entry: _WITHOUT_VALUE.index(entry[0]))
    kinds = [
        telling.text("of_them_without_answer", count=counts[entry])
        if entry[0] == "skipped"
        else telling.text("of_them_answered_so", count=counts[entry], answer=entry[1])
        for entry in order
    ]
    return telling.say("without_points", count=total, kinds=kinds), telling.say("never_zero")
