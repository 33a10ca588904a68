"""The first page of a form: what it is, who fills it in, how, and what its words mean."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.display.forms.field_pages import FieldOfForm, answer_column
from weltoffen_eval.display.forms.scales import meanings, scale_title
from weltoffen_eval.study.forms.pages import (
    Cell,
    Count,
    EntryCell,
    FormRow,
    FormTable,
    Page,
    Strong,
    TabLink,
    TextLine,
)

_WIDTHS = (38.0, 60.0, 14.0)
#: The list of perspectives to choose from.
PERSPECTIVES = "perspectives"


def first_page(asked: AskedForm, fields: Sequence[FieldOfForm]) -> Page:
    """The first page; ``fields``: what the others ask."""
    return Page(
        asked.words.text("first_page"),
        _WIDTHS,
        (
            TextLine(asked.title, "title"),
            TextLine(asked.words.text("lead", municipality=asked.municipality.name), "lead"),
            *_entries(asked),
            *_how(asked),
            *_progress(asked, fields),
            *_rules(asked),
            *_answers(asked),
            *_glossary(asked),
        ),
    )


def _heading(asked: AskedForm, name: str) -> TextLine:
    return TextLine(asked.words.text(name), "heading")


def _entries(asked: AskedForm) -> list[TextLine | FormTable]:
    who: Cell = asked.perspective_name()
    if not asked.perspective:
        hint = asked.words.text("choose")
        who = EntryCell(choices=PERSPECTIVES, hint=hint, refused=asked.words.text("refused"))
    rows: list[tuple[Cell, ...]] = [
        (asked.entries["municipality"], asked.municipality.name),
        (asked.words.text("entry_wave"), asked.wave),
        (asked.words.text("entry_edition"), asked.edition),
        (asked.entries["perspective"], who),
        (asked.entries["respondent"], EntryCell(asked.office)),
        (asked.entries["date"], EntryCell(is_date=True, refused=asked.words.text("refused_date"))),
    ]
    table = FormTable((asked.heads["entry"], asked.heads["value"]), tuple(FormRow(row) for row in rows))
    return [_heading(asked, "entries"), table]


def _how(asked: AskedForm) -> list[TextLine]:
    names = ["how_own_tab" if asked.own_items else "how_tabs", "how_answers"]
    if asked.before:
        names.append("how_before")
    names += ["how_persons" if asked.of_persons else "how_free", "how_cells"]
    names.append("how_return_persons" if asked.of_persons else "how_return")
    steps = [f"{number}. {asked.words.text(name)}" for number, name in enumerate(names, start=1)]
    return [_heading(asked, "how"), *(TextLine(step, "list") for step in steps)]


def _progress(asked: AskedForm, fields: Sequence[FieldOfForm]) -> list[TextLine | FormTable]:
    heads = tuple(asked.words.text(f"progress_{name}") for name in ("field", "asked", "answered"))
    column = answer_column(asked)
    rows = [
        FormRow(
            (
                TabLink(f"{number}  {field.title}", field.tab),
                sum(asked.is_put(item) for item in field.items),
                Count(field.tab, column),
            )
        )
        for number, field in enumerate(fields, start=1)
    ]
    return [_heading(asked, "progress"), FormTable(heads, tuple(rows))]


def _rules(asked: AskedForm) -> list[TextLine]:
    return [_heading(asked, "rules"), TextLine(rules(asked))]


def rules(asked: AskedForm) -> str:
    """What holds for all questions: what the questionnaire says, or what is usual."""
    return asked.say(asked.instrument.instructions) or asked.words.text("rules_usual")


def _answers(asked: AskedForm) -> list[TextLine | FormTable]:
    parts: list[TextLine | FormTable] = [_heading(asked, "answers")]
    for scale in asked.instrument.scales:
        rows = tuple(FormRow((Strong(label), meant)) for label, meant in meanings(asked, scale))
        parts.append(FormTable((scale_title(asked, scale), asked.words.text("meaning")), rows))
    return parts


def _glossary(asked: AskedForm) -> list[TextLine | FormTable]:
    entries = asked.instrument.glossary
    if not entries:
        return []
    rows = tuple(FormRow((Strong(asked.say(e.term)), asked.say(e.text))) for e in entries)
    heads = asked.words.text("term"), asked.words.text("term_meaning")
    return [_heading(asked, "glossary"), FormTable(heads, rows)]
