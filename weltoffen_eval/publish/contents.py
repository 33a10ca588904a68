"""What an executed notebook shows, in its order: the one reading from which every exporter works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from nbformat import NotebookNode

from weltoffen_eval.blocks import (
    MIME,
    BlockError,
    DataFile,
    Facts,
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Table,
    from_json,
)
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.publish.foreign import described, read_address, read_picture, read_tables
from weltoffen_eval.publish.markdown import read_markdown
from weltoffen_eval.publish.parts import Part, Picture, Plain, Points, Prose, Quote


class ExportError(WeltoffenError):
    """A notebook that cannot become a report: an error in a cell, a figure without alternative text."""

    exit_code = 1


@dataclass
class Report:
    """The parts of a report in their order, its title, and its headings of level 2 and 3 as contents.

    ``remarks`` says what is missing for an accessible report, in sentences for who makes it.
    """

    title: str = ""
    date: str = ""
    parts: list[Part] = field(default_factory=list)
    contents: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

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


def read_report(notebook: NotebookNode, strict: bool = True, name: str = "") -> Report:
    """Markdown and outputs of an executed notebook, never its code.

    Parameters
    ----------
    strict : what would make no accessible report is an error; else it is mended as far as that can be
        done, named in the report where its reader must know, and remarked.
    name : the title of a notebook that has none of its own

    Raises
    ------
    ExportError
        If ``strict`` and a cell ended with an error, a picture has no alternative text, levels of headings
        are skipped, an anchor stands twice or a link leads nowhere.
    """
    reader = _Reader(strict)
    for number, cell in enumerate(notebook.cells, start=1):
        for part in reader.cell(cell, number):
            reader.take(part, number)
    report = reader.report
    report.title = report.title or notebook.metadata.get("title") or name or "Auswertung"
    report.date = str(notebook.metadata.get("date", ""))
    if not any(isinstance(part, Heading) and part.level == 1 for part in report.parts):
        report.parts.insert(0, Heading(1, report.title, "title"))
    reader.check_links()
    return report


class _Reader:
    def __init__(self, strict: bool):
        self.strict = strict
        self.report = Report()
        self.level = 0

    def complain(self, said: str) -> None:
        """An error, or a remark where the reading is not strict."""
        if self.strict:
            raise ExportError(said)
        self.report.remarks.append(said)

    # --- cells ------------------------------------------------------------------------------------------

    def cell(self, cell: NotebookNode, number: int) -> Iterator[Part]:
        if cell.cell_type == "markdown":
            yield from self.markdown(cell.source, number, cell.get("attachments", {}))
        elif cell.cell_type == "code":
            for position, output in enumerate(cell.outputs):
                yield from self.output(output, cell, number, position)

    def markdown(self, source: str, number: int, attachments: Any) -> list[Part]:
        def picture(alternative: str, address: str) -> Part:
            found = read_address(address, attachments)
            if found is not None:
                return self.describe(described(*found, alternative, number), number)
            self.complain(f"Cell {number} names a picture that is not in the notebook: {address[:80]}")
            return Note(f"Ein Bild ist nicht enthalten: {alternative or 'ohne Beschreibung'}.", "Abbildung")

        return read_markdown(source, f"markdown-{number}", picture)

    def output(self, output: NotebookNode, cell: NotebookNode, number: int, position: int) -> Iterator[Part]:
        if output.output_type == "error":
            said = f"{output.ename}: {output.evalue}" if output.evalue else output.ename
            self.complain(f"Cell {number} ended with {said}")
            yield Note(f"Zelle {number} des Notebooks endete mit einem Fehler ({said}).", "Fehler")
        elif output.output_type == "stream":
            if output.name == "stdout" and output.text.strip():
                yield Plain(output.text)
        else:
            yield from self.shown(output, cell, number, position)

    def shown(self, output: NotebookNode, cell: NotebookNode, number: int, position: int) -> Iterable[Part]:
        """What a cell displays; the richest form of it that says what it is."""
        data = output.data
        if MIME in data:
            try:
                return from_json(data[MIME]).blocks
            except BlockError as error:
                self.complain(f"Cell {number}: {error}")
                return [Note(f"Ein Teil aus Zelle {number} des Notebooks ist nicht lesbar.", "Fehler")]
        picture = read_picture(data, output.metadata, cell, number)
        if picture is not None:
            return [self.describe(picture, number)]
        if "text/html" in data:
            tables = read_tables(
                data["text/html"], f"Tabelle aus Zelle {number}", f"cell-{number}-{position + 1}"
            )
            if tables:
                return tables
        if "text/markdown" in data:
            return self.markdown(data["text/markdown"], number, {})
        if "text/plain" in data:
            # what is not ours may hold any markup; its plain form says the same
            return [Plain(data["text/plain"])]
        kinds = ", ".join(sorted(data)) or "nothing"
        self.complain(f"Cell {number} shows {kinds}, which no report can hold")
        return [Note(f"Ein Teil aus Zelle {number} des Notebooks lässt sich hier nicht zeigen.")]

    def describe(self, picture: Picture, number: int) -> Picture:
        if not picture.described:
            self.complain(
                f"Cell {number} shows a picture without alternative text; give it one as a comment "
                '"#| fig-alt: …" in the cell, or show it with weltoffen_eval.report'
            )
        return picture

    # --- the order of headings, and places to which links lead --------------------------------------------

    def take(self, part: Part, number: int) -> None:
        if isinstance(part, Heading):
            part = self.heading(part)
        elif isinstance(part, Table):
            part = self.table(part)
        elif isinstance(part, Figure):
            part = replace(part, table=self.table(part.table))
        self.report.parts.append(part)
        if isinstance(part, Picture) and not part.described:
            self.report.parts.append(
                Note(
                    "Diese Abbildung hat keine Beschreibung. Wer sie nicht sieht, erfährt nicht, was sie "
                    "zeigt.",
                    "Barrierefreiheit",
                )
            )

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
        heading = Heading(min(level, 6), heading.text, self.anchor(heading.anchor))
        if level == 1:
            self.report.title = heading.text
        elif level <= 3:
            self.report.contents.append(heading)
        return heading

    def table(self, table: Table) -> Table:
        anchors = tuple(self.anchor(anchor) for anchor in table.anchors)
        return replace(table, name=self.anchor(table.name), anchors=anchors)

    def anchor(self, anchor: str) -> str:
        if anchor in self.report.anchors:
            self.complain(f"The anchor {anchor!r} stands for two places.")
            anchor = next(
                other for n in range(2, 10_000) if (other := f"{anchor}-{n}") not in self.report.anchors
            )
        self.report.anchors.add(anchor)
        return anchor

    def check_links(self) -> None:
        for anchor in sorted(set(_targets(self.report.parts)) - self.report.anchors):
            self.complain(f"A link leads to {anchor!r}, which is not in the report.")


def _targets(parts: Iterable[Part]) -> Iterator[str]:
    """The anchors to which the links of some parts lead."""
    for part in parts:
        match part:
            case Paragraph():
                yield from _anchors(part.links)
            case Facts():
                for _, entry in part.facts:
                    yield from _anchors(entry.links)
            case Listing():
                for entry in part.entries:
                    yield from _anchors(entry.links)
            case Prose():
                yield from (run.target[1:] for run in part.runs if run.target.startswith("#"))
            case Points():
                for points in part.entries:
                    yield from _targets(points)
            case Quote():
                yield from _targets(part.parts)


def _anchors(links: Iterable[Link]) -> Iterator[str]:
    return (link.anchor for link in links)
