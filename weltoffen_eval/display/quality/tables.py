"""What came and what is missing, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display.answers import answer
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results import talking_points
from weltoffen_eval.results.standing import non_answer
from weltoffen_eval.study.perspectives import PERSPECTIVES
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS, Item


def sheets_received(telling: Telling) -> Table:
    """How many sheets came, by setting and perspective, and how many are counted."""
    profile = telling.profile
    records = profile.records.drop_duplicates(["setting", "perspective", "respondent"])
    grouped = {
        (setting, perspective): rows["counted"]
        for setting in telling.language.words["settings"]
        for perspective in (*PERSPECTIVES, *profile.study.perspectives)
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
                _told(telling, perspective, len(counted)),
                _told(telling, perspective, int(counted.sum())),
            )
            for (setting, perspective), counted in grouped.items()
        ),
        "sheets",
    )


def _told(telling: Telling, perspective: str, count: int) -> str:
    """A number of sheets; to the public none of few persons."""
    least = telling.profile.scheme.min_group_size
    if telling.profile.audience == "public" and perspective != "administration" and 0 < count < least:
        return telling.word("answers", "fewer_than").format(number=least)
    return str(count)


def answers_by_dimension(telling: Telling) -> Table:
    """How many questions of each dimension somebody answered, and why the others have no points."""
    profile = telling.profile
    rows = []
    for entry in profile.instrument.dimensions:
        items = profile.instrument.items_of(entry.id)
        kinds = [non_answer(profile, item.id) for item in items if item.id not in profile.item_scores]
        counts = [len(items), len(items) - len(kinds), *map(kinds.count, MISSING_KINDS)]
        rows.append((telling.title(entry.title), *map(str, counts)))
    return Table(
        telling.text("answers_table"),
        (
            _fields(telling),
            Column(telling.word("columns", "questions"), True),
            Column(telling.word("columns", "answered"), True),
            *(Column(telling.word("missing", kind), True) for kind in MISSING_KINDS),
        ),
        tuple(rows),
        "answers",
    )


def questions_of_persons(telling: Telling) -> Table:
    """Of how many questions of each dimension it is shown what persons answered, and of none who did not."""
    profile = telling.profile
    rows = []
    for entry in profile.instrument.dimensions:
        items = profile.instrument.items_of(entry.id)
        shown = sum(bool(profile.answers_to(item.id)) for item in items)
        rows.append((telling.title(entry.title), str(len(items)), str(shown)))
    heads = (Column(telling.word("columns", name), True) for name in ("questions", "answers_shown"))
    return Table(telling.text("persons_table"), (_fields(telling), *heads), tuple(rows), "answers")


def _fields(telling: Telling) -> Column:
    entry = telling.profile.instrument.dimensions[0]
    return Column(telling.word("columns", "dimension"), language=telling.foreign(entry.title))


def offices(telling: Telling) -> Table:
    """Which offices filled a sheet in, and how much of it; without rows where persons did."""
    profile = telling.profile
    rows = []
    if not profile.own.by_persons:
        of_sheets = profile.own_responses
        answered = of_sheets["missing"].isna()
        for name in sorted(of_sheets["respondent"].astype(str).unique()):
            own = (of_sheets["respondent"].astype(str) == name) & answered
            rows.append((name, str(int(own.sum()))))
    return Table(
        telling.text("offices_table"),
        (Column(telling.word("columns", "who")), Column(telling.word("columns", "answered"), True)),
        tuple(rows),
        "offices",
    )


def unanswered_items(telling: Telling) -> Table:
    """The questions that nobody of the administration answered, though they apply."""
    items = talking_points.unanswered_items(telling.profile)
    return _with_answers(telling, "unanswered_table", items, "unanswered")


def answered_apart(telling: Telling, items: Sequence[Item]) -> Table:
    """The questions that offices answered differently, with what they answered."""
    return _with_answers(telling, "apart_table", items, "apart")


def _with_answers(telling: Telling, caption: str, items: Sequence[Item], name: str) -> Table:
    answers = [answer(telling, item.id) for item in items]
    return Table(
        telling.text(caption),
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
        name,
        rests_on=tuple(keys for said in answers for keys in ((), (), said.rests_on)),
    )
