"""Sheets to fill in for what is given beside answers: ratings, notes, statements, measures and others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from weltoffen_eval.display.language import Language
from weltoffen_eval.display.manner import manner_of
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.errors import visible
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.file_heads import NEEDED
from weltoffen_eval.study.forms.pages import EntryCell, Form, FormRow, FormTable, Page, TextLine
from weltoffen_eval.study.forms.sheet_heads import (
    LABEL,
    MOST_ROWS,
    NUMBERED,
    ONE_RECORD,
    VALUE,
    columns_of,
    heads_of,
    sheet_identity,
)
from weltoffen_eval.study.kinds import words as closed
from weltoffen_eval.study.perspectives import PERSPECTIVES
from weltoffen_eval.study.questionnaire.instrument import ResponseScale
from weltoffen_eval.study.register import Municipality

#: Rows to fill in, where it is not as many as there may be.
_ROWS = {"participants": 150, "notes": 100, "statements": 100, "measures": 60, "outcomes": 40}
#: Letters of width of a column, where it holds no short text.
_WIDTHS = {
    "text": 64, "what": 40, "dimension": 30, "perspective": 20, "organisation": 32, "stratum": 22, "kind": 16,
    "evidence": 28, "who": 20, "resources": 18, "source": 20, "origin": 18, "respondent": 12, "question": 11,
    "released": 12, "position": 10, "statement": 10, "measure": 10, "priority": 10, "needs_decision": 12,
    "setting": 20, "status": 18,
}  # fmt: skip
_USUAL_WIDTH, _ENTRY_WIDTHS = 18, (30.0, 70.0)
#: Closed lists of which cells of a column are chosen.
_LISTS = {
    "kind": closed.NOTES,
    "status": closed.STATUS,
    "released": closed.YES_OR_NO,
    "present": closed.YES_OR_NO,
    "needs_decision": closed.YES_OR_NO,
}
_SHARED = ("dimension", "perspective", "group", "released", "source")
#: What nobody need have a name for.
_OF_PERSONS = ("field_ratings", "participants")


@dataclass(frozen=True)
class AskedSheet:
    """One sheet: of which kind, for whom. ``setting`` is empty where the rows say it (measures).

    ``questions``: the guiding questions by id; ``scale``: on which fields are rated, if not from 0 to 100.
    """

    study: Study
    kind: str
    wave: str
    municipality: Municipality
    setting: str
    questions: Mapping[str, str] = field(default_factory=dict)
    scale: ResponseScale | None = None

    @cached_property
    def words(self) -> Catalogue:
        """What a sheet says, in the language of the study."""
        return load_catalogue("sheets", self.study.language, manner_of(self.study, self.study.language))

    @cached_property
    def form_words(self) -> Catalogue:
        """What all forms say."""
        return load_catalogue("form", self.study.language, manner_of(self.study, self.study.language))

    @property
    def language(self) -> Language:
        return self.words.language

    @cached_property
    def title(self) -> str:
        return self.words.text(f"title_{self.kind}")

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The titles of the fields that a row may name."""
        instrument = self.study.instruments.get(self.wave)
        dimensions = instrument.dimensions if instrument is not None else ()
        return tuple(self.language.of(dimension.title).text for dimension in dimensions)

    @cached_property
    def heads(self) -> dict[str, str]:
        """By column its head."""
        columns = columns_of(self.kind, bool(self.fields), bool(self.setting))
        return heads_of(self.kind, columns, self.language.id)

    @cached_property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """By column what can be chosen in its cells."""
        found: dict[str, tuple[str, ...]] = {
            "dimension": self.fields,
            "perspective": tuple(self._perspectives()),
            "question": tuple(self.questions),
            "priority": ("1", "2", "3"),
            "setting": tuple(
                self._word(closed.SETTINGS, key) for key in ("questionnaire", "workshop", "dialogue")
            ),
        }
        if self.scale is not None:
            labels = [one.label for one in self.scale.options]
            labels += [one.label for one in self.scale.non_answers]
            found["rating"] = tuple(self.language.of(label).text for label in labels)
        found |= {
            name: tuple(self._word(words, key) for key in words.german) for name, words in _LISTS.items()
        }
        return {name: answers for name, answers in found.items() if name in self.heads and answers}

    def _word(self, words: closed.ClosedList, key: str) -> str:
        return words.german[key][0] if self.language.id == "de" else key

    def _perspectives(self) -> list[str]:
        five = PERSPECTIVES.values() if self.language.id == "de" else PERSPECTIVES.keys()
        return [*five, *(self.language.of(title).text for title in self.study.perspectives.values())]

    @cached_property
    def setting_name(self) -> str:
        return self.language.words["settings"].get(self.setting, self.setting)


def make_sheet(asked: AskedSheet) -> Form:
    """The workbook: a page that explains it, then the rows to fill in."""
    said = asked.words
    of_record = asked.kind in ONE_RECORD
    label = said.text("entry_name") if of_record else asked.form_words.text("entry_name")
    entries = {
        LABEL: label,
        VALUE: asked.form_words.text("entry_value"),
        "municipality": asked.form_words.text("entry_municipality"),
    }
    whose = {
        "study": asked.study.id,
        "municipality": asked.municipality.key,
        "municipality_name": asked.municipality.name,
        "wave": asked.wave,
        "setting": asked.setting,
    }
    return Form(
        asked.title,
        sheet_identity(asked.kind, whose, asked.heads, entries),
        (_first_page(asked, entries), _page(asked, entries)),
        asked.choices,
        running=said.text(
            "running", title=asked.title, municipality=asked.municipality.name, wave=asked.wave
        ),
        page_of=asked.form_words.text("page_of", page="{page}", pages="{pages}"),
        language="de-DE" if asked.language.id == "de" else asked.language.id,
    )


def _first_page(asked: AskedSheet, entries: Mapping[str, str]) -> Page:
    said, form = asked.words, asked.form_words
    rows = [(entries["municipality"], asked.municipality.name), (form.text("entry_wave"), asked.wave)]
    if asked.setting:
        rows.append((said.text("entry_setting"), asked.setting_name))
    steps = [f"{number}. {step}" for number, step in enumerate(_steps(asked), start=1)]
    parts: list[TextLine | FormTable] = [
        TextLine(asked.title, "title"),
        TextLine(form.text("lead", municipality=asked.municipality.name), "lead"),
        TextLine(form.text("entries"), "heading"),
        FormTable((entries[LABEL], entries[VALUE]), tuple(FormRow(row) for row in rows)),
        TextLine(form.text("how"), "heading"),
        *(TextLine(step, "list") for step in steps),
        TextLine(said.text("columns"), "heading"),
        *(TextLine(line, "list") for line in _explained(asked)),
    ]
    if "question" in asked.heads:
        parts.append(TextLine(said.text("questions"), "heading"))
        parts += [
            TextLine(said.text("question", number=visible(number), text=visible(text)), "list")
            for number, text in asked.questions.items()
        ]
    return Page(form.text("first_page"), _ENTRY_WIDTHS, tuple(parts))


def _steps(asked: AskedSheet) -> list[str]:
    said = asked.words
    steps = [said.text("how_tab", page=asked.title), said.text(f"how_{asked.kind}")]
    needed = [asked.heads[name] for name in NEEDED[asked.kind]]
    if not needed:
        steps.append(said.text("how_optional"))
    elif len(needed) == 1:
        steps.append(said.text("how_needed_one", column=needed[0]))
    else:
        steps.append(said.text("how_needed", columns=needed))
    if asked.kind not in ONE_RECORD:
        steps.append(said.text("how_unused"))
    if asked.kind in _OF_PERSONS:
        steps.append(said.text("how_names"))
    return [*steps, asked.form_words.text("how_cells"), asked.form_words.text("how_return")]


def _explained(asked: AskedSheet) -> list[str]:
    """What is entered in each column, in a line."""
    found = []
    for name, head in asked.heads.items():
        sentence = f"shared_{name}" if name in _SHARED else f"{asked.kind}_{name}"
        if name == "rating" and asked.scale is not None:
            sentence = "field_ratings_option"
        found.append(asked.words.text("column", head=head, text=asked.words.text(sentence)))
    return found


def _page(asked: AskedSheet, entries: Mapping[str, str]) -> Page:
    if asked.kind in ONE_RECORD:
        cells = [FormRow((head, _cell(asked, name))) for name, head in asked.heads.items()]
        table = FormTable((entries[LABEL], entries[VALUE]), tuple(cells))
        widths: tuple[float, ...] = _ENTRY_WIDTHS
    else:
        numbered, first = NUMBERED.get(asked.kind, ("", ""))
        rows = [
            FormRow(
                tuple(
                    EntryCell(f"{first}{number}") if name == numbered else _cell(asked, name)
                    for name in asked.heads
                )
            )
            for number in range(1, _ROWS.get(asked.kind, MOST_ROWS) + 1)
        ]
        table = FormTable(tuple(asked.heads.values()), tuple(rows))
        widths = tuple(float(_WIDTHS.get(name, _USUAL_WIDTH)) for name in asked.heads)
    return Page(
        asked.title, widths, (TextLine(asked.title, "title"), table), True, asked.kind not in ONE_RECORD
    )


def _cell(asked: AskedSheet, name: str) -> EntryCell:
    said = asked.words
    if name in asked.choices:
        return EntryCell(choices=name, hint=said.text("choose"), refused=said.text("refused"))
    if name == "rating":
        number = said.text("number", low=0, high=100)
        return EntryCell(between=(0, 100), hint=number, refused=number)
    if name == "date":
        return EntryCell(is_date=True, refused=asked.form_words.text("refused_date"))
    return EntryCell()
