"""What the scoring lab shows of a session: its state as blocks, which is also what an export holds."""

from __future__ import annotations

import math

from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.blocks import Block, Column, Heading, Sentence, Table
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.lab import report
from weltoffen_eval.display.lab.setting_words import (
    entry_name,
    said_in_scoring_lab,
    scheme_name,
    setting_name,
    setting_value,
)
from weltoffen_eval.display.lab.state_figures import profile_change
from weltoffen_eval.display.language import NOTHING, Label
from weltoffen_eval.display.shown import Shown, note, paragraph
from weltoffen_eval.results.lab.readings import FieldReading, all_moves, profile_readings, side_by_side
from weltoffen_eval.results.lab.session import ScoringLab

#: So many single answers are shown.
_MOST_ANSWERS = 10
#: Changes below it print as none.
_NOTHING = 0.05


def title(lab: ScoringLab) -> Shown:
    """The title of the scoring lab."""
    said = said_in_scoring_lab()
    invented = note(said.language.word("labels", "synthetic"), said.say("synthetic"))
    heading = Heading(1, said.text("title", study=lab.study.title), "title")
    return Shown(heading, invented if lab.study.synthetic else None)


def state(lab: ScoringLab) -> Shown:
    """All that there is to see of a session."""
    return Shown(*_settings(lab), *_profile(lab), *_all(lab), *_beside(lab), *_answers(lab))


def _heading(name: str) -> Heading:
    return Heading(3, said_in_scoring_lab().text(f"heading_{name}"), f"lab-section-{name}")


def told_of(lab: ScoringLab) -> list[Sentence]:
    """In sentences what differs from the standard, why the last change moves nothing, and what moves."""
    return [*_settings_told(lab), *_profile_told(profile_readings(lab), scheme_name(lab))]


def _settings_told(lab: ScoringLab) -> list[Sentence]:
    said, found, standard = said_in_scoring_lab(), lab.differences, scheme_name(lab)
    told = (
        said.say("changed", scheme=standard, count=len(found))
        if found
        else said.say("as_standard", scheme=standard)
    )
    why = [] if lab.tried.moved else [said.say("nothing_moved"), said.say(f"why_{lab.tried.reason}")]
    return [told, *why]


def _settings(lab: ScoringLab) -> list[Block | None]:
    said, found = said_in_scoring_lab(), lab.differences
    where = Label(lab.study.register.by_key[lab.municipality].name, said.language.id)
    head = said.say("shown_for", study=lab.study.title, municipality=where, wave=lab.answers.wave.id)
    blocks: list[Block | None] = [
        _heading("settings"),
        paragraph(head, lead=True),
        paragraph(*_settings_told(lab)),
    ]
    if found:
        rows = tuple(
            (
                setting_name(entry.what, lab.instrument),
                setting_value(entry.what, lab.standard, lab.instrument, entry.before),
                setting_value(entry.what, lab.current, lab.instrument, entry.after),
            )
            for entry in found
        )
        names = ("column_setting", "column_standard", "column_now")
        columns = tuple(Column(said.text(name)) for name in names)
        blocks.append(Table(said.text("table_settings"), columns, rows, "lab-settings"))
    return blocks


def _name(reading: FieldReading) -> str:
    said = said_in_scoring_lab()
    return said.language.of(reading.title).text if reading.title else said.text("overall_name")


def _profile_told(readings: list[FieldReading], standard: str) -> list[Sentence]:
    said = said_in_scoring_lab()
    moved = [reading for reading in readings if abs(reading.change) >= _NOTHING]
    only_one = [reading for reading in readings if math.isnan(reading.before) != math.isnan(reading.after)]
    outside = [reading for reading in readings if reading.leaves_band]
    told = [said.say("profile_stays", scheme=standard)] if not moved and not only_one else []
    if moved:
        most = max(moved, key=lambda reading: abs(reading.change))
        told.append(
            said.say(
                "profile_moves", scheme=standard, moved=len(moved), total=len(readings), field=_name(most),
                points=abs(most.change),
            )
        )  # fmt: skip
    if only_one:
        told.append(said.say("comes_or_goes", fields=[_name(reading) for reading in only_one]))
    if outside:
        told.append(said.say("leaves_band", fields=[_name(reading) for reading in outside]))
    elif any(not math.isnan(reading.low) for reading in readings):
        told.append(said.say("within_band"))
    return told


def _profile(lab: ScoringLab) -> list[Block | None]:
    said, readings = said_in_scoring_lab(), profile_readings(lab)
    told = _profile_told(readings, scheme_name(lab))
    figures = figure_blocks(
        readings,
        lambda part: profile_change(part, [_name(reading) for reading in part]),
        "lab-profile",
        said.text("caption_profile"),
        lambda part: said.text("alternative_profile", entries=[_spoken(reading) for reading in part]),
        _profile_table(readings),
    )
    return [_heading("profile"), paragraph(*told), *figures]


def _spoken(reading: FieldReading) -> str:
    said = said_in_scoring_lab()
    ends = (said.language.points(points) for points in (reading.before, reading.after))
    before, after = (said.text("column_withheld") if end == NOTHING else end for end in ends)
    label = Label(_name(reading), said.language.id)
    return said.text("alternative_entry", field=label, before=before, after=after)


def _profile_table(readings: list[FieldReading]) -> Table:
    said = said_in_scoring_lab()
    language = said.language
    rows = tuple(
        (
            _name(reading),
            language.points(reading.before),
            language.points(reading.after),
            language.decimal(reading.change, fixed=True),
            language.range(reading.low, reading.high),
        )
        for reading in readings
    )
    points = language.word("units", "points")
    columns = (
        Column(language.word("columns", "dimension")),
        *(
            Column(said.text(f"column_{name}"), True, points)
            for name in ("standard", "now", "change", "band")
        ),
    )
    return Table(said.text("table_profile"), columns, rows, "lab-profile")


def _all(lab: ScoringLab) -> list[Block | None]:
    said, compared = said_in_scoring_lab(), all_moves(lab)
    if compared is None:
        there = len(lab.answers.municipalities)
        return [_heading("all"), paragraph(said.say("too_few", least=LEAST_OTHERS, there=there))]
    return [_heading("all"), *report.scheme_change(compared, lab.instrument).bundle.blocks]


def _beside(lab: ScoringLab) -> list[Block | None]:
    said, found = said_in_scoring_lab(), side_by_side(lab)
    if not found:
        return []
    language = said.language
    standard = {reading.id: reading.before for reading in profile_readings(lab)}
    rows = tuple(
        (
            language.of(dimension.title).text,
            language.points(standard[dimension.id]),
            *(language.points(points[dimension.id]) for points in found.values()),
        )
        for dimension in lab.instrument.dimensions
    )
    unit = language.word("units", "points")
    heads = [said.text("column_standard"), *found]
    columns = (
        Column(language.word("columns", "dimension")),
        *(Column(head, True, unit) for head in heads),
    )
    return [_heading("beside"), Table(said.text("table_beside"), columns, rows, "lab-beside")]


def _answers(lab: ScoringLab) -> list[Block | None]:
    said = said_in_scoring_lab()
    language, instrument = said.language, lab.instrument
    found = lab.answers.influences(lab.municipality, lab.current)[:_MOST_ANSWERS]
    if not found:
        return [_heading("influence"), paragraph(said.say("no_influence"))]
    rows = tuple(
        (
            entry_name("item", entry.item, instrument),
            entry_name("dimension", entry.dimension, instrument),
            language.decimal(entry.points, fixed=True),
        )
        for entry in found
    )
    columns = (
        Column(language.word("columns", "question")),
        Column(language.word("columns", "dimension")),
        Column(said.text("column_influence"), True, language.word("units", "points")),
    )
    table = Table(said.text("table_influence"), columns, rows, "lab-influence")
    return [_heading("influence"), paragraph(said.say("influence_how")), table]
