"""What is wrong with raw data, told to who sent them: where it stands, what is possible there, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from weltoffen_eval.blocks import Block, Column, Heading, Paragraph, Table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.errors import Fault, visible
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.questionnaire.instrument import Item, ResponseScale

#: The report, as its sentences are called.
REPORT = "faults"
#: Faults whose words are heads of columns or names of tabs, nobody's answers.
_OF_STRUCTURE = ("columns_missing", "columns_unknown", "tabs_several")
#: What is written for publication; in other tables beside the answers stand words of persons.
_PUBLISHED = ("measures", "outcomes", "events", "codebook", "questions")
#: Of one kind so many places are listed; faults.csv has them all.
_MOST_PLACES = 200
_LONGEST = 60


def list_faults(study: Study, faults: Sequence[Fault], municipality: str = "") -> tuple[Block, ...]:
    """What one municipality has to mend; without ``municipality`` what belongs to nobody alone.

    Of rows of persons only the place is told, never what stands there.
    """
    own = [fault for fault in faults if fault.municipality == municipality]
    return tuple(_Listing(study, load_catalogue(REPORT, "de")).page(own, municipality))


def list_plainly(study: Study, faults: Sequence[Fault]) -> str:
    """The places and what to do as plain text, for a page that has no room for tables."""
    listing = _Listing(study, load_catalogue(REPORT, "de"))
    lines: list[str] = []
    for block in listing.tables(faults):
        match block:
            case Heading(level=2):
                lines += ["", block.text]
            case Heading():
                lines += ["", f"    {block.text}"]
            case Paragraph():
                lines.append(f"    {block.text}")
            case Table():
                heads = [column.title for column in block.columns]
                for row in block.rows:
                    named = (f"{head} {cell}" for head, cell in zip(heads, row[:2], strict=False))
                    lines.append(f"    – {': '.join([', '.join(named), *row[2:]])}")
    return "\n".join(lines).strip("\n")


def _count_places(faults: Iterable[Fault]) -> int:
    """How many places have faults: a cell may have several, what has no cell is a place by itself."""
    places = {(f.file, f.tab, f.row, f.column, "" if f.row or f.column else f.found) for f in faults}
    return len(places)


@dataclass(frozen=True)
class _Listing:
    """Puts faults into words."""

    study: Study
    told: Catalogue

    def page(self, faults: Sequence[Fault], municipality: str) -> Iterator[Block]:
        entry = self.study.register.by_key.get(municipality)
        title = (
            self.told.text("title", municipality=entry.name)
            if entry is not None
            else self.told.text("title_study", title=self.study.title or self.study.id)
        )
        yield Heading(1, title, "faults")
        yield Paragraph(self.told.text("lead", count=_count_places(faults)), lead=True)
        yield Paragraph(self.told.text("what_next"))
        if not municipality:
            yield Paragraph(self.told.text("of_all"))
        if any(fault.text and not self._may_be_shown(fault) for fault in faults):
            yield Paragraph(self.told.text("of_persons"))
        yield from self.tables(faults)

    def tables(self, faults: Iterable[Fault]) -> Iterator[Block]:
        """By file and tab, and there by kind and what is possible."""
        of_table: dict[tuple[str, str], dict[tuple[str, str], list[Fault]]] = {}
        for fault in faults:
            kinds = of_table.setdefault((fault.file, fault.tab), {})
            kinds.setdefault((self._kind(fault), self._possible(fault)), []).append(fault)
        for number, (table, kinds) in enumerate(of_table.items(), start=1):
            yield Heading(2, self._heading(*table), f"table-{number}")
            for position, ((kind, possible), alike) in enumerate(kinds.items(), start=1):
                yield from self._tell(kind, possible, alike, f"{number}-{position}")

    def _kind(self, fault: Fault) -> str:
        return fault.kind if fault.kind in self.told.declared else "other"

    def _heading(self, file: str, tab: str) -> str:
        if tab:
            return self.told.text("tab_heading", file=visible(file), tab=visible(tab))
        return self.told.text("file_heading", file=visible(file))

    def _tell(self, kind: str, possible: str, faults: Sequence[Fault], number: str) -> Iterator[Block]:
        heading = self.told.text(kind)
        shown = [_clipped(fault.text) if self._may_be_shown(fault) else "" for fault in faults]
        yield Heading(3, heading, f"kind-{number}")
        if possible:
            yield Paragraph(possible)
        if kind in _OF_STRUCTURE:
            for names in dict.fromkeys(filter(None, shown)):
                yield Paragraph(self.told.text("named", names=names))
            shown = []
        yield Paragraph(self.told.text(f"{kind}_to_do"))
        places = [
            (str(fault.row or NOTHING), self._column(fault) or NOTHING, text or NOTHING)
            for fault, text in zip_longest(faults, shown, fillvalue="")
            if isinstance(fault, Fault) and (fault.row or fault.column)
        ]
        heads = ("row", "column", *(["stands_there"] if any(shown) else []))
        if places:
            yield Table(
                self.told.text("places", heading=heading),
                tuple(Column(self.told.text(head)) for head in heads),
                tuple(place[: len(heads)] for place in places[:_MOST_PLACES]),
                f"places-{number}",
            )
        if (more := len(places) - _MOST_PLACES) > 0:
            yield Paragraph(self.told.text("more_places", count=more))

    def _column(self, fault: Fault) -> str:
        """The head of the column, with the short name of the question whose answers stand there."""
        label = next((i.label for i in self._items.get(fault.item, ()) if i.label), {})
        name = visible(_clipped(fault.column))
        return f"{name} ({self.told.language.of(label).text})" if label else name

    def _possible(self, fault: Fault) -> str:
        """The answers that a question can have, in a sentence; empty where it is no answer to one."""
        scales = self._scales.get(fault.item, ())
        if fault.kind not in ("not_an_answer", "number_in_two_ways") or len(scales) != 1:
            return ""
        (scale,) = scales
        if scale.kind == "numeric":
            return self.told.text("numbers", low=scale.minimum, high=scale.maximum)
        options = [f"{o.code} = {self.told.language.of(o.label).text}" for o in scale.options if o.label]
        others = [self.told.language.of(other.label).text for other in scale.non_answers if other.label]
        return self.told.text("answers", answers=[*options, *others])

    @cached_property
    def _items(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for instrument in self.study.instruments.values():
            for item in instrument.items:
                found.setdefault(item.id, []).append(item)
        return found

    @cached_property
    def _scales(self) -> dict[str, tuple[ResponseScale, ...]]:
        """By question the different scales on which it is answered in the waves of the study."""
        found: dict[str, dict[str, ResponseScale]] = {}
        for instrument in self.study.instruments.values():
            for item in instrument.items:
                scale = instrument.scale_of(item.id)
                found.setdefault(item.id, {})[scale.expected()] = scale
        return {item: tuple(scales.values()) for item, scales in found.items()}

    def _may_be_shown(self, fault: Fault) -> bool:
        """Whether what stands there is nobody's answer but an institution's, for certain."""
        if not fault.text or fault.kind in _OF_STRUCTURE:
            return bool(fault.text)
        files = [f for f in self.study.files if fault.file == f.path or fault.file.startswith(f"{f.path}/")]
        return bool(files) and all(map(_of_institution, files))


def _of_institution(raw: RawFile) -> bool:
    if raw.kind != "responses":
        return raw.kind in _PUBLISHED
    usual = raw.setting == "questionnaire" and raw.perspective == "administration"
    return raw.unit == "institution" or (not raw.unit and usual)


def _clipped(text: str) -> str:
    shown = visible(" ".join(text.split()))
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
