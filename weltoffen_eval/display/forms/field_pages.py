"""The pages of a form with its questions: one for each field, before them those of an office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.display.forms.scales import answer_cell, explained
from weltoffen_eval.study.forms.pages import Cell, EntryCell, FormRow, FormTable, Page, TextLine, page_names
from weltoffen_eval.study.questionnaire.instrument import Item

#: In letters: id, question, answer, what others answered, comment, office, evidence.
_WIDTHS = {"item": 8, "text": 50, "response": 26, "before": 24, "comment": 28, "office": 20, "evidence": 26}
#: Persons are asked for answers and comments only.
_OF_PERSONS = ("item", "text", "response", "comment")


@dataclass(frozen=True)
class FieldOfForm:
    """What a page asks: its tab, its title, its items."""

    tab: str
    title: str
    items: tuple[Item, ...]


def columns_of(asked: AskedForm) -> tuple[str, ...]:
    """The columns of the questions, by name."""
    if asked.of_persons:
        return _OF_PERSONS
    return tuple(name for name in _WIDTHS if name != "before" or asked.before)


def answer_column(asked: AskedForm) -> int:
    """The number of the column of answers, from 1."""
    return columns_of(asked).index("response") + 1


def fields_of(asked: AskedForm) -> list[FieldOfForm]:
    """The pages with questions: an item stands on one of them."""
    own = [item for item in asked.instrument.items if item.id in asked.own_items]
    parts = [(asked.words.text("own_items"), own)] if own else []
    for dimension in asked.instrument.dimensions:
        items = [item for item in asked.instrument.items_of(dimension.id) if item not in own]
        if items:
            parts.append((asked.say(dimension.title), items))
    names = page_names([title for title, _ in parts])
    return [FieldOfForm(name, title, tuple(items)) for name, (title, items) in zip(names, parts, strict=True)]


def field_page(asked: AskedForm, field: FieldOfForm) -> Page:
    """A page with questions: its title, the question of which they are parts, the answers, the table."""
    columns, items = columns_of(asked), field.items
    lines = [TextLine(field.title, "title")]
    stem = asked.say(asked.instrument.stem)
    if stem:
        lines.append(TextLine(stem, "lead"))
    if set(asked.own_items).issuperset(item.id for item in items):
        lines.append(TextLine(asked.words.text("own_items_lead", office=asked.office), "text"))
    lines += [TextLine(text, "note") for text in explained(asked, items)]
    put = [item for item in items if asked.is_put(item)]
    aside = [item for item in items if not asked.is_put(item)]
    rows = _rows(asked, put, columns, "plain")
    if aside:
        rows.append(_group(asked.words.text("aside", kinds=asked.kinds), columns))
        rows += [_row(asked, item, columns, "aside") for item in aside]
    table = FormTable(tuple(asked.heads[name] for name in columns), tuple(rows))
    widths = tuple(float(_WIDTHS[name]) for name in columns)
    return Page(field.tab, widths, (*lines, table), is_frozen=True, is_landscape=True)


def _rows(asked: AskedForm, items: Sequence[Item], columns: Sequence[str], look: str) -> list[FormRow]:
    """The items with the criterion as a heading above those that belong to it."""
    titles = {criterion.id: asked.say(criterion.title) for criterion in asked.instrument.criteria}
    rows = []
    above = ""
    for item in items:
        if item.criterion != above and item.criterion:
            rows.append(_group(titles[item.criterion], columns))
        above = item.criterion
        rows.append(_row(asked, item, columns, look))
    return rows


def _group(title: str, columns: Sequence[str]) -> FormRow:
    return FormRow(tuple(title if name == "text" else "" for name in columns), "group")


def _row(asked: AskedForm, item: Item, columns: Sequence[str], look: str) -> FormRow:
    cells: list[Cell] = []
    for name in columns:
        match name:
            case "item":
                cells.append(item.id)
            case "text":
                cells.append(asked.say(item.text))
            case "response":
                cells.append(answer_cell(asked, item))
            case "before":
                cells.append(_before(asked, item))
            case _:
                cells.append(EntryCell())
    return FormRow(tuple(cells), look)


def _before(asked: AskedForm, item: Item) -> str:
    return "\n".join(
        asked.words.text("before_of", answer=answer, office=office)
        for answer, office in asked.before.get(item.id, ())
    )
