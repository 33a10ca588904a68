"""Courses of municipalities for the tests of the final report: those of the studies, changed by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from foreign import schools

from weltoffen_eval.results.course import Course, load_course
from weltoffen_eval.study.kinds.given import Given, GivenFiles
from weltoffen_eval.study.kinds.records import MODELS

CELLS = (
    "title", "summary", "procedure_of", "standing", "dimensions", "others", "people", "changed", "became",
    "agreed", "outlook", "to_decide", "origin", "council_paper", "plain_language",
)  # fmt: skip


def row(course: Course, kind: str, wave: str = "", setting: str = "", number: int = 2, **cells: str) -> Given:
    """A row of a file of some kind, as a municipality writes it."""
    model = MODELS[kind]
    defaults = {name: "" for name, field in model.model_fields.items() if not field.is_required()}
    values: Any = model.model_validate(defaults | cells)
    key = course.municipality.key
    return Given(kind, f"{kind}.csv", "", number, key, wave or course.wave.id, setting, values)


def measures(course: Course, *cells: dict[str, str], wave: str = "") -> list[Given]:
    return [row(course, "measures", wave, number=n, **one) for n, one in enumerate(cells, start=2)]


def given(course: Course, rows: Iterable[Given], *without: str) -> Course:
    """With these rows, and without those of some kinds that were there."""
    kept = [one for one in course.given.rows if one.kind not in without]
    files = GivenFiles((*kept, *rows))
    dialogue = replace(course.dialogue, given=files) if course.dialogue is not None else None
    workshop = replace(course.workshop, given=files) if course.workshop is not None else None
    return replace(course, given=files, dialogue=dialogue, workshop=workshop)


def withheld(course: Course, group: str, dimension: str) -> Course:
    """As if the door let no number of a group on a field out."""
    assert course.workshop is not None
    assert course.workshop.questions is not None
    rated = course.workshop.questions
    told = {
        key: replace(one, value=math.nan, reason="group_size")
        if (one.perspective, one.id) == (group, dimension)
        else one
        for key, one in rated.told.items()
    }
    return replace(course, workshop=replace(course.workshop, questions=replace(rated, told=told)))


def variants(folder: Path) -> dict[str, Course]:
    """Everything that a final report can be about; ``folder``: for a study of forty fields."""
    many = schools(folder / "schools")
    full, bare = load_course("beispiel", "musterstadt"), load_course("wilhelmshaven", "wilhelmshaven")
    released = replace(full.municipality, status="released", mandate="Beschluss 12/2024", contact="Büro")
    one = {"what": "Ein Beirat", "measure": "a", "dimension": "opening"}
    ready = {
        **one,
        "who": "Hauptamt",
        "until": "2025-12-31",
        "resources": "existing",
        "needs_decision": "yes",
    }
    before = [
        measures(full, {"what": f"Früher {n}", "measure": f"m{n}"}, wave="2021")[0]
        for n in range(5)
    ]  # fmt: skip
    now = [
        row(full, "measures", measure=f"m{n}", what=f"Früher {n}", status=status)
        for n, status in enumerate(("planned", "under_way", "done", "dropped"))
    ]
    twice = [row(full, "measures", measure=f"m{n}", what=f"Früher {n}", status="done") for n in range(2)]
    topics = [
        row(full, "codebook", setting="dialogue", number=n, code=c, title=f"Thema {n}", dimension="opening")
        for n, c in enumerate(sorted({one.values.code for one in full.given.of("codes")}), start=2)
    ]
    small = row(full, "events", setting="dialogue", participants="20", groups="6")
    other_day = row(full, "events", setting="questionnaire", date="2024-06-12")
    going_on = [
        {"what": f"x{n}", "status": status} for n, status in enumerate(("under_way", "under_way", "done"))
    ]
    origins = ("item:MS01", "gap:opening", "question:3", "statement:S1", "outcome:2", "")
    return {
        "full": full,
        "bare": bare,
        "released": replace(full, municipality=replace(released, released_on=date(2024, 12, 2))),
        "released some day": replace(full, municipality=released),
        "of a Kreis": replace(full, municipality=replace(full.municipality, kind="Kreis", contact="")),
        "one measure": given(full, measures(full, ready), "measures", "events"),
        "measures without anybody": given(
            full,
            measures(full, *({"what": f"x{n}", "origin": of} for n, of in enumerate(origins))),
            "measures",
        ),
        "all ready": given(full, measures(full, ready, {**ready, "measure": "b"}), "measures"),
        "half ready": given(
            full,
            measures(
                full,
                {**one, "who": "Amt"},
                {**ready, "measure": "c"},
                {**one, "measure": "b", "until": "bald"},
            ),
            "measures",
        ),
        "two ready": given(full, measures(full, ready, {**ready, "measure": "b"}, {"what": "x"}), "measures"),
        "many measures": given(
            full, measures(full, *({**ready, "measure": f"n{n}"} for n in range(20))), "measures"
        ),
        "no measures": given(full, [], "measures"),
        "going on": given(full, measures(full, *going_on), "measures"),
        "earlier measures": given(full, [*before, *now], "measures"),
        "earlier measures done": given(full, [*before[:3], *twice], "measures"),
        "an earlier measure": given(full, before[:1], "measures"),
        "an earlier measure done": given(full, [*before[:1], twice[0]], "measures"),
        "many topics": given(full, topics, "codebook"),
        "a view withheld": withheld(full, "politics+business", "opening"),
        "small groups": given(full, [small, other_day], "events"),
        "no modules": given(
            replace(full, profile=None, workshop=None, dialogue=None), [], "events", "measures"
        ),
        "only held": given(
            replace(full, profile=None, workshop=None, dialogue=None),
            [row(full, "events", setting=setting, participants="1") for setting in ("workshop", "dialogue")],
            "events",
        ),
        "held earlier": given(
            replace(full, profile=None, workshop=None, dialogue=None),
            [
                row(full, "events", "2021", "workshop", participants="30"),
                row(full, "events", setting="dialogue"),
                row(full, "events", setting="report", next="alles"),
            ],
            "events",
        ),
        "several sheets": load_course("beispiel", "modellstadt"),
        "merged": load_course("beispiel", "tintenstadt"),
        "forty fields": load_course(many, "s1"),
        "public": load_course("beispiel", "musterstadt", audience="public"),
    }
