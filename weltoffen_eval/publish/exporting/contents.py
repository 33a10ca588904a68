"""What an executed notebook shows, in its order: the one reading from which every exporter works."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from nbformat import NotebookNode

from weltoffen_eval.blocks import DataFile, Figure, Heading, Note, Table
from weltoffen_eval.drawings import drawing_names
from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.brand_head import BrandHead
from weltoffen_eval.publish.exporting.cells import CellReader
from weltoffen_eval.publish.exporting.excerpts import PART
from weltoffen_eval.publish.exporting.frame_words import Words, language_of
from weltoffen_eval.publish.exporting.parts import Folded, Part, Picture, Place, Points, Quote
from weltoffen_eval.publish.exporting.places import Places, targets_of_blocks
from weltoffen_eval.publish.exporting.report_metadata import about_report, brand_of, origin_of
from weltoffen_eval.publish.exporting.said_sentences import SentenceIds


@dataclass
class Report:
    """The parts of a report in their order, its title, and its headings of level 2 and 3 as contents.

    ``remarks`` says what is missing for an accessible report, in sentences for who makes it. ``words``
    are those of its frame, in its language. ``brief``: a part that stands alone on a page, without contents.
    ``brand``: what stands at its head, if anything. ``origin``: from what it was made, for metadata.
    """

    title: str = ""
    date: str = ""
    parts: list[Part] = field(default_factory=list)
    contents: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    brief: bool = False
    brand: BrandHead | None = None
    origin: tuple[tuple[str, str], ...] = ()

    @property
    def tables(self) -> list[Table]:
        """All tables, those under figures too."""
        return [
            part.table if isinstance(part, Figure) else part
            for part in self.parts
            if isinstance(part, Table | Figure)
        ]

    @property
    def data_files(self) -> list[DataFile]:
        return [part for part in self.parts if isinstance(part, DataFile)]


def read_report(
    notebook: NotebookNode,
    strict: bool = True,
    name: str = "",
    folder: Path | None = None,
    language: str = "",
) -> Report:
    """Markdown and outputs of an executed notebook, never its code.

    Parameters
    ----------
    strict : what would make no accessible report is an error; else it is mended as far as that can be
        done, named in the report where its reader must know, and remarked.
    name : the title of a notebook that has none of its own
    folder : where the notebook lies; pictures below it are embedded
    language : a language tag; without it that which the notebook names, else German

    Raises
    ------
    ExportError
        If ``strict`` and a cell ended with an error that no tag allows, a picture has no alternative text,
        levels of headings are skipped, an anchor stands twice or a link leads nowhere.
    """
    said = language_of(about_report(notebook))
    words = Words(language or language_of(notebook.metadata, said))
    reader = _Reader(strict, words)
    cells = CellReader(words, folder, reader.complain, reader.remark, strict)
    for number, cell in enumerate(notebook.cells, start=1):
        for part in cells.read(cell, number):
            reader.take(part)
    report = reader.report
    report.title = report.title or str(notebook.metadata.get("title") or name or words("untitled"))
    report.date = str(notebook.metadata.get("date", "")) if strict else day_of(notebook.metadata.get("date"))
    reader.settle()
    report.brand, report.origin = brand_of(notebook), origin_of(notebook)
    if PART in notebook.metadata:
        report.brief, report.contents = True, []
    return report


def day_of(said: object) -> str:
    """A date as a notebook of somebody else writes it, if it is one (ISO)."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", str(said or ""))
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""


class _Reader:
    def __init__(self, strict: bool, words: Words):
        self.strict, self.words = strict, words
        self.report = Report(words=words)
        self.places = Places(self.complain)
        self.report.anchors = self.places.anchors
        self.level = 0

    def complain(self, said: str) -> None:
        """An error, or a remark where the reading is not strict."""
        if self.strict:
            raise ExportError(said)
        self.remark(said)

    def remark(self, said: str) -> None:
        if said not in self.report.remarks:
            self.report.remarks.append(said)

    # --- the order of headings, and places to which links lead --------------------------------------------

    def take(self, part: Part) -> None:
        if isinstance(part, Place):
            self.places.wait(part)
            return
        made = self.placed(part)
        self.report.parts.append(self.places.arrive(made))
        if isinstance(made, Picture) and not made.described:
            self.report.parts.append(Note(self.words("undescribed"), self.words("access")))

    def placed(self, part: Part) -> Part:
        """A part with ids that are there once."""
        match part:
            case Heading():
                return self.heading(part)
            case Table():
                return self.table(part)
            case Figure():
                taken = drawing_names(part.svg) & self.report.anchors
                if taken:
                    self.complain(
                        f"The anchor {min(taken)!r} stands for two places, one of them in a drawing."
                    )
                table = self.table(part.table)
                self.places.anchor(replace(part, table=table).name)
                return replace(part, table=table)
            case Points():
                entries = tuple(tuple(map(self.placed, entry)) for entry in part.entries)
                return replace(part, entries=entries)
            case Quote() | Folded():
                return replace(part, parts=tuple(map(self.placed, part.parts)))
            case _:
                return part

    def heading(self, heading: Heading) -> Heading:
        """A heading at its place: one title, no level skipped, every anchor once."""
        level = heading.level
        if level == 1 and self.report.title:
            self.complain(f"A second title: {heading.text!r} after {self.report.title!r}.")
            level = 2
        if level > max(self.level, 1) + 1 or (level > 1 and not self.level and self.strict):
            self.complain(f"The heading {heading.text!r} is of level {level} after level {self.level}.")
            level = max(self.level, 1) + 1
        self.level = level
        heading = replace(heading, level=min(level, 6), anchor=self.places.anchor(heading.anchor))
        if level == 1:
            self.report.title = heading.text
        elif level <= 3:
            self.report.contents.append(heading)
        return heading

    def table(self, table: Table) -> Table:
        anchors = tuple(self.places.anchor(anchor) for anchor in table.anchors)
        return replace(table, name=self.places.anchor(table.name), anchors=anchors)

    def settle(self) -> None:
        """The title if there is none, and links that lead to their places."""
        report = self.report
        title = next((part for part in report.parts if isinstance(part, Heading) and part.level == 1), None)
        if title is None:
            title = Heading(1, report.title, "title" if "title" not in report.anchors else "title-of-report")
            report.parts.insert(0, title)
        self.places.title = title.anchor
        report.parts = self.places.settle(report.parts)
        # last, for an id that a link needs goes before that of a sentence
        report.parts = list(map(SentenceIds(report.anchors.__contains__).give, report.parts))
        for anchor in sorted(set(targets_of_blocks(report.parts)) - report.anchors):
            self.complain(f"A link leads to {anchor!r}, which is not in the report.")
