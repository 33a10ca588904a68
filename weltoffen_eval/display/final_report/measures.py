"""What is to be done: measures with reason, who, until when and from what; what became of earlier ones."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from weltoffen_eval.blocks import Block, Column, DataFile, Sentence
from weltoffen_eval.display.answers import short_name
from weltoffen_eval.display.final_report.telling import CourseTelling
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.shown import paragraph
from weltoffen_eval.results.measures import STATUS, Became
from weltoffen_eval.results.standing import strengths_and_gaps
from weltoffen_eval.study.kinds.given import Given

#: More rows than these stand in a file beside the report.
MOST_ROWS = 15
#: The columns of a measure in the file; in the table the field stands beside what is to be done.
_COLUMNS = ("field", "what", "origin", "who", "until", "resources", "evidence", "status")
#: Those that hold what people wrote.
TEXTS = ("what", "who", "until", "resources", "evidence")
_BECAME = ("what", "who", "until", "now", "evidence")


def blocks(telling: CourseTelling) -> Iterator[Block | None]:
    """How many there are, the first of them in a table, all of them as a file."""
    new = telling.course.measures.new
    yield paragraph(*counted(telling))
    if not new:
        return
    more = telling.say("more_measures", shown=MOST_ROWS) if len(new) > MOST_ROWS else None
    rows = [cells_of(telling, row) for row in new]
    empty = [name for name in _COLUMNS if not any(cells[name] for cells in rows)]
    heads = [telling.text(f"column_{name}") for name in empty]
    yield paragraph(*_means(telling), telling.say("no_column", columns=heads) if heads else None, more)
    shown = [name for name in _COLUMNS if name not in (*empty, "field")]
    yield keyed_table(
        telling.text("measures_caption"),
        tuple(Column(telling.text(f"column_{name}")) for name in shown),
        ([(_in_table(telling, cells, name), ()) for name in shown] for cells in rows[:MOST_ROWS]),
        "measures",
    )
    yield DataFile("all-measures.csv", telling.text("measures_file"), _as_csv(telling, rows))


def _in_table(telling: CourseTelling, cells: Mapping[str, str], name: str) -> str:
    if name == "what" and cells["field"]:
        return telling.text("named_in_field", what=cells["what"], field=cells["field"])
    return cells[name] or telling.nothing


def counted(telling: CourseTelling) -> Iterator[Sentence]:
    """How many measures are agreed, and how many of them have somebody and a date."""
    yield from planned_and_proposed(telling)
    measures = telling.course.measures
    new = len(measures.new)
    if not new:
        return
    ready = len(measures.complete)
    if ready == new:
        yield telling.say("all_ready", measures=new)
    elif ready:
        yield telling.say("some_ready", ready=ready, measures=new)
    else:
        yield telling.say("none_ready", measures=new)


def planned_or_named(telling: CourseTelling) -> str:
    """Measures are planned; where it is not documented how one stands, they are named, and no more."""
    known = all(row.values.status for row in telling.course.measures.planned)
    return "planned" if known else "named"


def planned_and_proposed(telling: CourseTelling) -> Iterator[Sentence]:
    """How many measures are planned; how many are proposed, since they need a decision."""
    measures = telling.course.measures
    if not measures.new:
        yield telling.say("no_new_measures" if measures.before else "no_measures")
        return
    total = telling.measures(len(measures.new), telling.course.wave.id)
    if not measures.proposed:
        yield telling.say(f"measures_{planned_or_named(telling)}", measures=total)
        yield from _going_on(telling)
    elif not measures.planned:
        yield telling.say("measures_proposed", measures=total)
    else:
        keys = (total.key.rpartition(".")[0],)
        name = f"measures_{planned_or_named(telling)}"
        yield replace(telling.say(name, measures=len(measures.planned)), rests_on=keys)
        yield from _going_on(telling)
        yield replace(telling.say("more_proposed", measures=len(measures.proposed)), rests_on=keys)


def _going_on(telling: CourseTelling) -> Iterator[Sentence]:
    """How many of those that are planned are more than that by now."""
    planned = telling.course.measures.planned
    stands = Counter(row.values.status for row in planned)
    # the most first, so that the verb fits it
    names = sorted((status for status in STATUS[1:] if stands[status]), key=lambda s: -stands[s])
    if not names:
        return
    if len(planned) == 1:
        yield telling.say("became_alone", status=telling.word("measure_status", names[0]))
        return
    parts = [telling.text(f"became_{status}", measures=stands[status]) for status in names]
    yield telling.say("of_them" if stands[names[0]] > 1 else "of_them_one_each", what=parts)


def _means(telling: CourseTelling) -> Iterator[Sentence]:
    measures = telling.course.measures
    if measures.with_existing_means:
        yield telling.say("existing_means", measures=len(measures.with_existing_means))
    unknown = sum(not row.values.resources for row in measures.new)
    if 0 < unknown < len(measures.new):
        yield telling.say("means_unknown", measures=unknown)


def gaps_without(telling: CourseTelling) -> Sentence | None:
    """The gaps on whose fields there is no new measure; nothing where one is of no documented field."""
    own, new = telling.selfcheck, telling.course.measures.new
    if own is None or not own.profile.own.told or not new:
        return None
    if not all(row.values.dimension for row in new):
        return None
    asked = own.profile.instrument.item_by_id
    origins = (row.values.origin.removeprefix("item:") for row in new)
    fields = {row.values.dimension for row in new}
    fields |= {asked[name].dimension for name in origins if name in asked}
    _, gaps = strengths_and_gaps(own.profile)
    # a topic is a criterion of a field, or a field
    left = [gap for gap in gaps if getattr(gap.entry, "dimension", gap.entry.id) not in fields]
    if not left:
        return None
    said = telling.say("gaps_without", gaps=[own.title(gap.entry.title) for gap in left])
    return replace(said, rests_on=tuple(own.key(gap.level, gap.entry.id, "score") for gap in left))


def in_short(telling: CourseTelling, row: Given) -> Sentence:
    """A measure in one sentence, with who and until when as far as it is documented.

    Where no measure has both, that is said once for all of them, and each tells what is known alone.
    """
    alone = "" if telling.course.measures.complete else "_alone"
    what, who, until = telling.unended(row.values.what), row.values.who, telling.until(row.values.until)
    if who and until:
        return telling.say("plan_who_until", what=what, who=who, until=until)
    if who:
        return telling.say(f"plan_who{alone}", what=what, who=who)
    if until:
        return telling.say(f"plan_until{alone}", what=what, until=until)
    return telling.say(f"plan{alone}", what=what)


def cells_of(telling: CourseTelling, row: Given) -> dict[str, str]:
    """What is documented of a measure, by column; empty where it is not."""
    said = row.values
    return {
        "field": field_name(telling, said.dimension),
        "what": said.what,
        "origin": origin(telling, said.origin),
        "who": said.who,
        "until": telling.until(said.until),
        "resources": telling.text("means_existing") if said.resources == "existing" else said.resources,
        "evidence": said.evidence,
        "status": _status(telling, row),
    }


def _status(telling: CourseTelling, row: Given) -> str:
    if any(row is one for one in telling.course.measures.to_decide):
        return telling.text("status_to_decide")
    return telling.word("measure_status", row.values.status) if row.values.status else ""


def _as_csv(telling: CourseTelling, rows: Sequence[Mapping[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([telling.text(f"column_{name}") for name in _COLUMNS])
    writer.writerows([cells[name] or telling.nothing for name in _COLUMNS] for cells in rows)
    return stream.getvalue()


def field_name(telling: CourseTelling, dimension: str) -> str:
    """The title of a field; empty where none is named."""
    for instrument in reversed(list(telling.study.instruments.values())):
        for entry in instrument.dimensions:
            if entry.id == dimension:
                return telling.title(entry.title)
    return dimension


def origin(telling: CourseTelling, written: str) -> str:
    """What a measure goes back to, in words; empty where that is not documented."""
    kind, _, name = written.partition(":")
    if kind == "item":
        return telling.text("origin_item", item=_question(telling, name))
    if kind == "gap":
        return telling.text("origin_gap", field=field_name(telling, name))
    if kind == "question" and telling.dialogue is not None:
        return telling.text("origin_question", question=telling.dialogue.questions.get(name, name))
    if kind == "question":
        return telling.text("origin_question", question=name)
    if kind == "outcome":
        texts = [row.values.text for row in telling.course.outcomes if str(row.values.position) == name]
        return telling.text("origin_outcome", text=texts[0]) if texts else ""
    if kind == "statement":
        rows = telling.course.given.of("statements", telling.course.municipality.key)
        texts = [row.values.text for row in rows if row.values.statement == name and row.values.released]
        return telling.text("origin_statement", text=texts[0]) if texts else telling.text("origin_hidden")
    return ""


def _question(telling: CourseTelling, item: str) -> str:
    """The short name of a question in any questionnaire of the study, the newest first."""
    for instrument in reversed(list(telling.study.instruments.values())):
        found = next((one for one in instrument.items if one.id == item), None)
        if found is not None and telling.selfcheck is not None:
            return short_name(telling.selfcheck, found).text
    return item


def became(telling: CourseTelling) -> Iterator[Block | None]:
    """What became of the measures of the last wave, counted and one by one."""
    measures = telling.course.measures
    if not measures.before:
        yield paragraph(telling.say("no_earlier_measures"))
        return
    yield paragraph(*counted_before(telling))
    shown = measures.before[:MOST_ROWS]
    yield keyed_table(
        telling.text("became_caption", wave=measures.earlier_wave),
        tuple(Column(telling.text(f"column_{name}")) for name in _BECAME),
        (_became(telling, one) for one in shown),
        "became",
    )


def counted_before(telling: CourseTelling) -> Iterator[Sentence]:
    """How many measures of earlier waves there are, and how they stand now."""
    measures = telling.course.measures
    total = telling.measures(len(measures.before), measures.earlier_wave)
    parts: list[str] = []
    numbers: list[tuple[str, str]] = []
    # the most first, so that the verb fits it
    stands = sorted(
        (status for status in STATUS if measures.became[status]), key=lambda s: -measures.became[s]
    )
    for status in stands:
        if count := measures.became[status]:
            known = telling.measures(count, telling.course.wave.id, status)
            said = telling.say(f"became_{status}", measures=known)
            parts.append(said.text)
            numbers += said.numbers
    if parts and len(measures.before) > 1:
        wave, first = measures.earlier_wave, stands[0]
        if measures.became[first] == len(measures.before):
            status = telling.word("measure_status", first)
            said = telling.say("became_all", wave=wave, measures=total, status=status)
        else:
            name = "became" if measures.became[first] > 1 else "became_one_each"
            said = telling.say(name, wave=wave, measures=total, what=parts)
        numbers = [*said.numbers, *numbers]
        keys = tuple(dict.fromkeys(key.rpartition(".")[0] for key, _ in numbers))
        yield Sentence(said.text, said.name, keys, tuple(numbers))
    else:
        yield telling.say("agreed_before", wave=measures.earlier_wave, measures=total)
        if parts:
            yield telling.say(
                "became_alone", status=telling.word("measure_status", measures.before[0].status)
            )
    if unknown := measures.became[""]:
        yield telling.say("became_unknown", measures=unknown)


def _became(telling: CourseTelling, one: Became) -> list[Cell]:
    said, now = one.earlier.values, one.now.values if one.now is not None else None
    status = telling.word("measure_status", one.status) if one.status else telling.nothing
    evidence = (now.evidence if now is not None else "") or telling.nothing
    who, until = (value or telling.nothing for value in (said.who, telling.until(said.until)))
    return [(text, ()) for text in (said.what, who, until, status, evidence)]
