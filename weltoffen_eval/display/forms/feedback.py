"""The sheet of feedback: every answer of an administration as it was read, to be looked through."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from weltoffen_eval.display.language import Language
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.errors import visible
from weltoffen_eval.raw.written_numbers import NumberStyle
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.forms.feedback import COLUMNS, feedback_identity
from weltoffen_eval.study.forms.pages import (
    Cell,
    Count,
    EntryCell,
    Form,
    FormRow,
    FormTable,
    Page,
    TabLink,
    TextLine,
    page_names,
)
from weltoffen_eval.study.questionnaire.instrument import Decoded, Instrument, ResponseScale
from weltoffen_eval.study.register import Municipality
from weltoffen_eval.study.responses.placed_answers import PlacedAnswer

_WIDTHS = {
    "key": 13,
    "question": 44,
    "who": 18,
    "place": 24,
    "answer": 28,
    "right": 10,
    "instead": 28,
    "reason": 28,
}
_RIGHT = "right"


def make_feedback(study: Study, municipality: Municipality, answers: Sequence[PlacedAnswer]) -> Form:
    """The workbook: a page that explains it, then the answers of each wave by field."""
    made = _Feedback(study, municipality)
    return made.form(answers)


def shown_of(study: Study, municipality: Municipality) -> Callable[[PlacedAnswer], tuple[str, str, str]]:
    """What makes of an answer the cells of its row: its question, its place and the reading."""
    made = _Feedback(study, municipality)
    return made.shown


class _Feedback:
    def __init__(self, study: Study, municipality: Municipality) -> None:
        self.study, self.municipality = study, municipality
        # the sheet speaks German: so does who reads it
        self.words: Catalogue = load_catalogue("feedback", "de")
        self.language: Language = self.words.language
        self.right = self.words.text("yes"), self.words.text("no")
        self.heads = {name: self.words.text(f"head_{name}") for name in COLUMNS}

    def form(self, answers: Sequence[PlacedAnswer]) -> Form:
        waves = [wave.id for wave in self.study.waves if any(a.wave == wave.id for a in answers)]
        names = page_names([self.words.text("page", wave=wave) for wave in waves])
        of_wave = {wave: [answer for answer in answers if answer.wave == wave] for wave in waves}
        pages = [
            self._page(name, wave, of_wave[wave], self.study.instruments[wave])
            for name, wave in zip(names, waves, strict=True)
        ]
        counts = dict(zip(names, map(len, of_wave.values()), strict=True))
        return Form(
            self.words.text("title"),
            feedback_identity(self.study.id, self.municipality.key, self.heads, self.right),
            (self._first_page(counts), *pages),
            self._choices(waves),
            running=self.words.text("running", municipality=self.municipality.name),
            page_of=self.words.text("page_of", page="{page}", pages="{pages}"),
        )

    def _first_page(self, counts: dict[str, int]) -> Page:
        lead = self.words.text("lead", municipality=self.municipality.name, title=self.study.title)
        steps = ("how_right", "how_wrong", "how_number", "how_cells", "how_return")
        heads = tuple(self.words.text(f"progress_{name}") for name in ("page", "answers", "looked_at"))
        column = COLUMNS.index("right") + 1
        rows = [FormRow((TabLink(name, name), count, Count(name, column))) for name, count in counts.items()]
        return Page(
            self.words.text("first_page"),
            (44.0, 14.0, 22.0),
            (
                TextLine(self.words.text("title"), "title"),
                TextLine(lead, "lead"),
                TextLine(self.words.text("how")),
                *(TextLine(f"{n}. {self.words.text(step)}", "list") for n, step in enumerate(steps, start=1)),
                TextLine(self.words.text("progress"), "heading"),
                FormTable(heads, tuple(rows)),
            ),
        )

    def _choices(self, waves: Sequence[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {_RIGHT: self.right}
        for wave in waves:
            for scale in self.study.instruments[wave].scales:
                if scale.kind == "ordinal":
                    labels = [o.label for o in scale.options] + [n.label for n in scale.non_answers]
                    found[f"{wave} {scale.id}"] = tuple(self.language.of(label).text for label in labels)
        return found

    def _page(self, name: str, wave: str, answers: Sequence[PlacedAnswer], instrument: Instrument) -> Page:
        rows: list[FormRow] = []
        for dimension in instrument.dimensions:
            of_field = [item.id for item in instrument.items_of(dimension.id)]
            own = [answer for answer in answers if answer.item in of_field]
            if own:
                title = self.language.of(dimension.title).text
                rows.append(FormRow(("", title, *("",) * (len(COLUMNS) - 2)), "group"))
                own.sort(key=lambda answer: (of_field.index(answer.item), answer.respondent, answer.place))
                rows += [self._row(answer, instrument) for answer in own]
        table = FormTable(tuple(self.heads[column] for column in COLUMNS), tuple(rows))
        head = TextLine(self.words.text("page", wave=wave), "title")
        widths = tuple(float(_WIDTHS[column]) for column in COLUMNS)
        return Page(name, widths, (head, table), is_frozen=True, is_landscape=True)

    def _row(self, answer: PlacedAnswer, instrument: Instrument) -> FormRow:
        scale = instrument.scale_of(answer.item)
        question, place, reading = self.shown(answer)
        told: tuple[Cell, ...] = (answer.key, question, visible(answer.respondent), place, reading)
        if answer.correction is not None:
            # a cell is corrected once
            return FormRow((*told, "", "", ""), "aside")
        hint, refused = self.words.text("choose"), self.words.text("refused")
        right = EntryCell(choices=_RIGHT, hint=hint, refused=refused)
        if scale.kind == "ordinal":
            instead = EntryCell(choices=f"{answer.wave} {scale.id}", hint=hint, refused=refused)
        else:
            number = self.words.text("enter_number", low=scale.minimum, high=scale.maximum)
            instead = EntryCell(hint=number)
        return FormRow((*told, right, instead, EntryCell()))

    def shown(self, answer: PlacedAnswer) -> tuple[str, str, str]:
        """Question, place and reading of an answer."""
        instrument = self.study.instruments[answer.wave]
        scale = instrument.scale_of(answer.item)
        question = f"{answer.item}  {self.language.of(instrument.item_by_id[answer.item].text).text}"
        if answer.correction is not None:
            return question, self._place(answer), self._corrected(answer, scale)
        return question, self._place(answer), self._reading(answer.read, answer.text, scale)

    def _place(self, answer: PlacedAnswer) -> str:
        file, tab, row, column = answer.place
        named = {"file": visible(file), "row": str(row), "column": visible(column)}
        return (
            self.words.text("place_in_tab", tab=visible(tab), **named)
            if tab
            else self.words.text("place", **named)
        )

    def _reading(self, read: Decoded | None, text: str, scale: ResponseScale) -> str:
        """An answer in the words of the questionnaire."""
        if read is None:
            return self.words.text("unread", text=visible(text))
        if read.code is not None:
            return self.language.of(scale.option(read.code).label).text
        if read.value is not None:
            return self.language.decimal(read.value, 6)
        if not text:
            return self.words.text("empty")
        return next(self.language.of(n.label).text for n in scale.non_answers if n.kind == read.missing)

    def _corrected(self, answer: PlacedAnswer, scale: ResponseScale) -> str:
        assert answer.correction is not None
        new = answer.correction.new
        reading = self._reading(scale.decode(new, NumberStyle()), new, scale)
        return self.words.text(
            "corrected", answer=reading, text=visible(answer.text) or self.words.text("empty")
        )
