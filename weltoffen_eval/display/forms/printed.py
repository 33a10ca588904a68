"""The questionnaire on paper, to be prepared together: rules and words, a table of boxes for each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.blocks import Block, Column, Entry, Facts, Heading, Listing, Paragraph, Table
from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.display.forms.field_pages import fields_of
from weltoffen_eval.display.forms.first_page import rules
from weltoffen_eval.display.forms.scales import meanings, scale_title
from weltoffen_eval.study.questionnaire.instrument import Item

_BOX, _LINE = "\N{BALLOT BOX}\N{NO-BREAK SPACE}", "_" * 12


def printed_form(asked: AskedForm) -> tuple[Block, ...]:
    """The blocks of the document, in their order."""
    return tuple(_blocks(asked))


def _blocks(asked: AskedForm) -> Iterator[Block]:
    words = asked.words
    yield Heading(1, asked.title, "title")
    yield Facts(
        (
            (asked.entries["municipality"], Entry(asked.municipality.name)),
            (words.text("entry_wave"), Entry(asked.wave)),
            (words.text("entry_edition"), Entry(asked.edition)),
            *(
                ((asked.entries["perspective"], Entry(asked.perspective_name())),)
                if asked.perspective
                else ()
            ),
        )
    )
    yield Heading(2, words.text("rules"), "rules")
    yield Paragraph(words.text("print_lead"), lead=True)
    yield Paragraph(rules(asked))
    yield Heading(2, words.text("answers"), "answers")
    yield from _answers(asked)
    if asked.instrument.glossary:
        yield Heading(2, words.text("glossary"), "glossary")
        entries = asked.instrument.glossary
        yield Facts(tuple((asked.say(entry.term), Entry(asked.say(entry.text))) for entry in entries))
    stem = asked.say(asked.instrument.stem)
    for number, field in enumerate(fields_of(asked), start=1):
        yield Heading(2, field.title, f"field-{number}")
        if stem:
            yield Paragraph(stem)
        put = [item for item in field.items if asked.is_put(item)]
        aside = [item for item in field.items if not asked.is_put(item)]
        if put:
            yield _table(asked, words.text("print_table", field=field.title), f"items-{number}", put)
        if aside:
            yield Paragraph(words.text("aside", kinds=asked.kinds))
            yield _table(asked, words.text("print_aside", field=field.title), f"aside-{number}", aside)


def _answers(asked: AskedForm) -> Iterator[Block]:
    for number, scale in enumerate(asked.instrument.scales, start=1):
        yield Heading(3, scale_title(asked, scale), f"scale-{number}")
        told = (f"{label}: {meant}" if meant else label for label, meant in meanings(asked, scale))
        yield Listing(tuple(map(Entry, told)))


def _table(asked: AskedForm, caption: str, name: str, items: Sequence[Item]) -> Table:
    heads = tuple(Column(asked.heads[head]) for head in ("item", "text", "response"))
    return Table(caption, heads, tuple((i.id, asked.say(i.text), _boxes(asked, i)) for i in items), name)


def _boxes(asked: AskedForm, item: Item) -> str:
    """A box for each answer, or a line for a number."""
    scale = asked.instrument.scale_of(item.id)
    boxes = [f"{_BOX}{label}" for label in asked.answers_of(scale)]
    return "  ".join([*([_LINE] if scale.kind == "numeric" else []), *boxes])
