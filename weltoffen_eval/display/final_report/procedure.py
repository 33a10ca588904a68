"""Why and how it was done: mandate, and the modules with their dates and those who took part."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Column, Facts
from weltoffen_eval.display import cover
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.report_words import HASHES
from weltoffen_eval.display.shown import facts, paragraph
from weltoffen_eval.results.course import MODULES, QUESTIONNAIRE, Held
from weltoffen_eval.results.offices import offices_of
from weltoffen_eval.results.workshop_findings import WORKSHOP

_COLUMNS = ("module", "when", "how", "who")


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """What the self-check is, by whose mandate, and a row per module."""
    course = telling.course
    mandate = course.municipality.mandate
    yield paragraph(
        telling.say("no_examination"),
        telling.say("mandated", mandate=telling.ended(mandate)) if mandate else telling.say("no_mandate"),
    )
    yield keyed_table(
        telling.text("modules_caption"),
        tuple(Column(telling.text(f"column_{name}")) for name in _COLUMNS),
        (_row(telling, course.held(setting)) for setting in MODULES),
        "modules",
    )


def _row(telling: CourseTelling, module: Held) -> list[Cell]:
    name = (telling.word("settings", module.setting), ())
    if module.wave is None:
        return [name, (telling.text("not_held"), ()), (NOTHING, ()), (NOTHING, ())]
    return [
        name,
        (_when(telling, module), ()),
        (_how(telling, module) or telling.nothing, ()),
        _who(telling, module),
    ]


def _when(telling: CourseTelling, module: Held) -> str:
    """Its day; of a module of an earlier wave at least in which it was."""
    assert module.wave is not None
    day = module.told.date
    if module.setting == QUESTIONNAIRE and telling.course.profile is not None:
        # what was filled in on a day may be evaluated as of another, which the other reports tell
        if day is None or day == module.wave.date:
            return telling.language.date(module.wave.date)
        return telling.text("filled_in", date=day, data=module.wave.date)
    if day is not None:
        return telling.language.date(day)
    if module.wave != telling.course.wave:
        return telling.text("in_wave", wave=module.wave.id)
    return telling.nothing


def _how(telling: CourseTelling, module: Held) -> str:
    told = module.told
    written = ", ".join(part for part in (told.format, told.place, told.duration) if part)
    if not written and module.setting == QUESTIONNAIRE and telling.course.profile is not None:
        return telling.text("how_sheets")
    return written


def _who(telling: CourseTelling, module: Held) -> Cell:
    if module.setting == QUESTIONNAIRE:
        return _offices(telling, module), ()
    count = telling.participants(module.setting)
    if count is None:
        return telling.nothing, ()
    return telling.text("people", people=int(count.value)), (count.key.rpartition(".")[0],)


def _offices(telling: CourseTelling, module: Held) -> str:
    """Which offices answered, as documented or as their sheets are called; else how many sheets came."""
    if module.told.answered_by:
        return module.told.answered_by
    profile = telling.course.profile
    if profile is None:
        return telling.nothing
    if profile.own.by_persons:
        return telling.text("people", people=profile.sheets)
    names = offices_of(profile.own_responses)
    return telling.language.listing(names) if names else telling.text("sheets", sheets=profile.sheets)


def origin(telling: CourseTelling) -> Iterator[Block | None]:
    """How the report came about: what the numbers mean, what they do not say, from which files they are."""
    course = telling.course
    yield paragraph(
        telling.say("range_means") if course.profile is not None else None,
        telling.say("persons_are_no_sample") if course.workshop or course.dialogue else None,
        telling.say("does_not_say"),
    )
    yield _sources(telling)


def _dates(telling: CourseTelling) -> str:
    """Of which day what is told is: each module's own, as far as it is documented."""
    held = [(one.setting, _day(telling, one)) for one in telling.course.modules]
    parts = [
        telling.text("dated", date=day, module=telling.word("settings", setting))
        for setting, day in held
        if day is not None
    ]
    return telling.language.listing(parts) if parts else telling.language.date(telling.course.last_day)


def _day(telling: CourseTelling, module: Held) -> datetime.date | None:
    """Of which day the data of a module are: those of a self-check as its own report says."""
    if module.wave is not None and module.setting == QUESTIONNAIRE and telling.course.profile is not None:
        return module.wave.date
    return module.told.date


def _sources(telling: CourseTelling) -> Facts:
    course, words = telling.course, telling.language
    files = list(course.files)
    if course.profile is not None and course.audience != "public":
        own = course.profile.records
        counted = own[own["counted"] & (own["setting"] == QUESTIONNAIRE)]
        before = course.profile.before
        files += [*map(str, counted["file"]), *(before.files if before is not None else ())]
    if course.workshop is not None:
        files += cover.files_of_persons(course.workshop.profile, WORKSHOP)
    files = sorted(set(files))
    entries = [
        ("study", course.study.title),
        ("source", course.study.source or NOTHING),
        ("licence", course.study.licence or NOTHING),
        ("date", _dates(telling)),
        *telling.rules(course.study.instruments.get(course.wave.id), course.scheme),
        *([("files", words.listing(files))] if files and course.audience != "public" else []),
        *telling.made_with(telling.whose),
    ]
    # a council reads no hashes; they stand in the metadata of the file and in its twin
    left_out = (*HASHES, "parameters")
    return facts((telling.word("terms", name), text) for name, text in entries if name not in left_out)
