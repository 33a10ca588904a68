"""What an executed notebook shows, in its order: the one reading from which every exporter works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

from weltoffen_eval.blocks import MIME, Block, BlockError, Heading, from_json
from weltoffen_eval.errors import WeltoffenError


class ExportError(WeltoffenError):
    """A notebook that cannot become a report: an error in a cell, a figure without alternative text."""

    exit_code = 1


@dataclass(frozen=True)
class Markdown:
    """The source of a Markdown cell."""

    source: str


@dataclass(frozen=True)
class Plain:
    """Text that a cell printed, or the plain form of what is not ours."""

    text: str


def read_parts(notebook: NotebookNode) -> Iterator[Markdown | Plain | Block]:
    """Markdown and outputs of an executed notebook, never its code.

    Raises
    ------
    ExportError
        If a cell ended with an error, or shows what no accessible report can hold.
    """
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            yield Markdown(cell.source)
        elif cell.cell_type == "code":
            for output in cell.outputs:
                yield from _read_output(output, number)


def _read_output(output: NotebookNode, number: int) -> Iterator[Plain | Block]:
    if output.output_type == "error":
        raise ExportError(f"Cell {number} ended with {output.ename}: {output.evalue}")
    if output.output_type == "stream":
        if output.name == "stdout":
            yield Plain(output.text)
        return
    data = output.data
    if MIME in data:
        try:
            yield from from_json(data[MIME]).blocks
        except BlockError as error:
            raise ExportError(f"Cell {number}: {error}") from error
    elif any(kind.startswith("image/") for kind in data):
        raise ExportError(
            f"Cell {number} shows a picture without alternative text; show it with weltoffen_eval.report."
        )
    elif "text/plain" in data:
        # what is not ours may hold any markup; its plain form says the same
        yield Plain(data["text/plain"])


@dataclass
class Outline:
    """The headings of a report, checked as they come."""

    title: str = ""
    contents: list[tuple[str, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    level: int = 0

    def take(self, heading: Heading) -> None:
        """Take up a heading: the title, or an entry of the contents; levels must not be skipped."""
        if heading.level == 1 and self.title:
            raise ExportError(f"A second title: {heading.text!r} after {self.title!r}.")
        if heading.level > self.level + 1:
            raise ExportError(
                f"The heading {heading.text!r} is of level {heading.level} after level {self.level}."
            )
        if heading.anchor in self.anchors:
            raise ExportError(f"The anchor {heading.anchor!r} stands for two headings.")
        self.anchors.add(heading.anchor)
        self.level = heading.level
        if heading.level == 1:
            self.title = heading.text
        elif heading.level == 2:
            self.contents.append((heading.anchor, heading.text))
