"""How the groups see the fields: which they see alike, which not, as a table beside the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.blocks import Block, Column, Sentence, Table
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.shown import paragraph
from weltoffen_eval.display.workshop import figures
from weltoffen_eval.display.workshop.telling import WorkshopTelling
from weltoffen_eval.results.workshop_findings import Rated
from weltoffen_eval.results.workshop_views import ALIKE_FIELD, FieldViews, field_views, furthest_apart


def blocks(telling: WorkshopTelling) -> Iterator[Block | None]:
    """Sentences, picture and table, of questions and of ratings of fields each by itself."""
    if not telling.workshop.rated:
        yield paragraph(telling.say("not_rated"))
    for rated in telling.workshop.rated:
        yield from _of(telling, rated)


def _of(telling: WorkshopTelling, rated: Rated) -> Iterator[Block | None]:
    fields = field_views(telling.profile, rated)
    shown = [field for field in fields if field.views]
    if not shown:
        yield paragraph(telling.say("nothing_shown"))
        return
    name, read = ("ratings", "how_to_read_ratings") if rated.variant else ("fields", "how_to_read")
    groups = groups_of(shown, list(rated.cells))
    yield paragraph(*said(telling, fields))
    yield paragraph(telling.say(read), telling.say(_persons(shown)))
    yield from figure_blocks(
        shown,
        lambda part: figures.field_views(telling, part, groups),
        name,
        telling.text(f"{name}_caption"),
        lambda part: _alternative(telling, part),
        _table(telling, shown, groups, name),
        telling.common,
    )


def _persons(fields: Sequence[FieldViews]) -> str:
    """The sentence on what n is: whether any group answered of some fields less than of others."""
    numbers: dict[str, set[int]] = {}
    for field in fields:
        for view in field.views:
            numbers.setdefault(view.group, set()).add(view.persons)
    return (
        "persons_explained"
        if any(len(found) > 1 for found in numbers.values())
        else "persons_alike_explained"
    )


def said(telling: WorkshopTelling, fields: Sequence[FieldViews]) -> Iterator[Sentence | None]:
    """In how many fields views lie close together, and where furthest apart."""
    compared = [field for field in fields if field.compared]
    total = len(telling.profile.instrument.dimensions)
    if 0 < len(compared) < total:
        # where all that were rated are compared, the others were not rated
        name = "fields_rated" if len(compared) == len(fields) else "fields_compared"
        yield telling.say(name, fields=len(compared), total=total)
    yield from alike(telling, compared)
    yield from everywhere(telling, compared)
    yield furthest(telling, fields)
    if without := [field for field in fields if not field.views]:
        yield telling.say("field_withheld", fields=titles(telling, without))
    if alone := [field for field in fields if field.views and field.own is None]:
        yield telling.say("no_administration", fields=titles(telling, alone))


def alike(telling: WorkshopTelling, compared: Sequence[FieldViews]) -> Iterator[Sentence]:
    """How many of the fields are seen alike; of a single one whether it is."""
    near = [field for field in compared if field.apart <= ALIKE_FIELD]
    behind = tuple(key for field in compared for key in keys_of(telling, field))
    if len(compared) == 1:
        name = "one_field_alike" if near else "one_field_apart"
        yield telling.say_on(name, behind, fields=titles(telling, compared), most=ALIKE_FIELD)
    elif len(near) == len(compared):
        if compared:
            yield telling.say_on("fields_alike_all", behind, fields=len(compared), most=ALIKE_FIELD)
    elif near:
        counts = {"alike": len(near), "fields": len(compared)}
        yield telling.say_on("fields_alike", behind, **counts, most=ALIKE_FIELD)
    else:
        yield telling.say_on("fields_alike_none", behind, fields=len(compared), most=ALIKE_FIELD)


def everywhere(telling: WorkshopTelling, compared: Sequence[FieldViews]) -> Iterator[Sentence]:
    """Which groups see less, or more, than the administration in all fields, by points as printed."""
    if len(compared) < 2 or any(field.own is None for field in compared):
        return
    points = [dict(field.printed) for field in compared]
    groups = [view.group for view in compared[0].views if all(view.group in seen for seen in points)]
    behind = tuple(key for field in compared for key in keys_of(telling, field))
    for name, sign in (("everywhere_less", -1), ("everywhere_more", 1)):
        those = [group for group in groups if all(sign * (seen[group] - seen[""]) > 0 for seen in points)]
        if those:
            named = telling.language.listing([telling.group(group) for group in those])
            yield telling.say_on(name, behind, group=named, fields=len(compared))


def furthest(telling: WorkshopTelling, fields: Sequence[FieldViews]) -> Sentence | None:
    """Where views lie furthest apart, with both ends; nothing where all are the same."""
    field = furthest_apart(fields)
    if field is None or not field.apart:
        return None
    (low, least), (high, most) = (end(field.printed, key=lambda view: view[1]) for end in (min, max))
    title, behind = telling.title(field.dimension.title), keys_of(telling, field)
    if "" in (low, high):
        group, points, own = (high, most, least) if not low else (low, least, most)
        return telling.say_on(
            "furthest_own",
            behind,
            field=title,
            own=float(own),
            group=telling.group(group),
            points=float(points),
        )
    return telling.say_on(
        "furthest_groups",
        behind,
        field=title,
        low=float(least),
        one=telling.group(low),
        other=telling.group(high),
        high=float(most),
    )


def titles(telling: WorkshopTelling, fields: Sequence[FieldViews]) -> list[str]:
    """What some fields are called."""
    return [telling.title(field.dimension.title) for field in fields]


def keys_of(telling: WorkshopTelling, field: FieldViews) -> tuple[str, ...]:
    """The findings on which the views of a field rest."""
    own = () if field.own is None else (telling.key("dimension", field.dimension.id, "score"),)
    return (*own, *(view.finding.key for view in field.views))


def groups_of(fields: Sequence[FieldViews], cells: Sequence[str]) -> list[str]:
    """The groups that are shown of any of the fields, all together last."""
    there = {view.group for field in fields for view in field.views}
    return [cell for cell in dict.fromkeys((*cells, ALL)) if cell in there]


def _table(telling: WorkshopTelling, fields: Sequence[FieldViews], groups: Sequence[str], name: str) -> Table:
    """A row per field: points of the administration and of every group, with its persons."""
    rows: list[list[Cell]] = []
    for field in fields:
        key = telling.key("dimension", field.dimension.id, "score")
        own = (NOTHING, ()) if field.own is None else (telling.language.points(field.own), (key,))
        cells = [_cell(telling, field, group) for group in groups]
        rows.append([(telling.title(field.dimension.title), ()), own, *cells])
    language = telling.foreign(fields[0].dimension.title)
    return keyed_table(
        telling.text(f"{name}_table", municipality=telling.profile.municipality.name),
        (
            Column(telling.word("columns", "dimension"), language=language),
            Column(telling.text("label_own"), True),
            *(Column(telling.group_label(group), True) for group in groups),
        ),
        rows,
        name,
    )


def _cell(telling: WorkshopTelling, field: FieldViews, group: str) -> Cell:
    """Points and persons of a group; the word for why there are none."""
    for view in field.views:
        if view.group == group:
            own = (telling.key("dimension", field.dimension.id, "score"),) if field.own is not None else ()
            behind = (view.finding.key, *(own if view.finding.quantity != "score" else ()))
            text = telling.text("points_and_persons", points=view.points, persons=float(view.persons))
            return text, behind
    return NOTHING, ()


def _alternative(telling: WorkshopTelling, part: Sequence[FieldViews]) -> str:
    name = clipped(telling.profile.municipality.name)
    return fitting(
        [_in_alternative(telling, field) for field in part],
        lambda parts: telling.text("fields_alternative", municipality=name, fields=parts),
        lambda parts: telling.text("fields_alternative_cut", municipality=name, fields=parts),
    )


def _in_alternative(telling: WorkshopTelling, field: FieldViews) -> str:
    views = [
        telling.text(
            "view_in_alternative",
            group=telling.group_label(group) if group else telling.text("label_own"),
            points=float(points),
        )
        for group, points in field.printed
    ]
    return telling.text(
        "field_in_alternative", field=clipped(telling.title(field.dimension.title), 60), views=views
    )
