"""What came and what is missing, as tables."""

from __future__ import annotations

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.answers import answer
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results import talking_points
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.perspectives import PERSPECTIVES
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS


def sheets_received(telling: Telling) -> Table:
    """How many sheets came, by setting and perspective, and how many are counted."""
    profile = telling.profile
    records = profile.records.drop_duplicates(["setting", "perspective", "respondent"])
    grouped = {
        (setting, perspective): rows["counted"]
        for setting in telling.language.words["settings"]
        for perspective in PERSPECTIVES
        if len(rows := records[(records["setting"] == setting) & (records["perspective"] == perspective)])
    }
    heads = ("setting", "perspective", "sheets", "counted")
    return Table(
        telling.text("sheets_table", municipality=profile.municipality.name),
        tuple(Column(telling.word("columns", head), head in ("sheets", "counted")) for head in heads),
        tuple(
            (
                telling.word("settings", setting),
                telling.word("perspectives", perspective),
                str(len(counted)),
                str(int(counted.sum())),
            )
            for (setting, perspective), counted in grouped.items()
        ),
        "sheets",
    )


def answers_by_dimension(telling: Telling) -> Table:
    """How many questions of each dimension the administration answered, and the kinds of non-answer."""
    profile = telling.profile
    dimension_of = {item.id: item.dimension for item in profile.instrument.items}
    outcomes = question_outcomes(profile)
    rows = []
    for entry in profile.instrument.dimensions:
        kinds = [kind for item, kind in outcomes if dimension_of[item] == entry.id]
        counts = [kinds.count(kind) for kind in ("", *MISSING_KINDS)]
        rows.append((telling.title(entry.title), str(len(kinds)), *map(str, counts)))
    return Table(
        telling.text("answers_table"),
        (
            Column(
                telling.word("columns", "dimension"),
                language=telling.foreign(profile.instrument.dimensions[0].title),
            ),
            Column(telling.word("columns", "questions"), True),
            Column(telling.word("columns", "answered"), True),
            *(Column(telling.word("missing", kind), True) for kind in MISSING_KINDS),
        ),
        tuple(rows),
        "answers",
    )


def question_outcomes(profile: Profile) -> list[tuple[str, str]]:
    """Items, each with the kind of non-answer, empty where a sheet answered it; of persons one per sheet."""
    if not profile.own.by_persons:
        return list(profile.together.items())
    answers = profile.own_responses
    kinds = answers["missing"].astype(str).where(answers["missing"].notna(), "")
    return list(zip(answers["item"].astype(str), kinds, strict=True))


def unanswered_items(telling: Telling) -> Table:
    """The questions that no sheet answered, and one skipped or answered with weiß nicht."""
    items = talking_points.open_items(telling.profile)
    answers = [answer(telling, item.id) for item in items]
    return Table(
        telling.text("unanswered_table"),
        (
            Column(telling.word("columns", "number")),
            Column(
                telling.word("columns", "question"),
                language=telling.foreign(items[0].text) if items else "",
            ),
            Column(telling.word("columns", "answer")),
        ),
        tuple(
            (item.id, telling.title(item.text), said.text) for item, said in zip(items, answers, strict=True)
        ),
        "unanswered",
        rests_on=tuple(keys for said in answers for keys in ((), (), said.rests_on)),
    )
