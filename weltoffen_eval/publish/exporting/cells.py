"""The cells of a notebook one by one: what Markdown, outputs and raw cells show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from weltoffen_eval.block_json import from_json
from weltoffen_eval.blocks import MIME, BlockError, Note
from weltoffen_eval.publish.exporting.foreign import (
    CellRemarks,
    acting_kind,
    html_of,
    json_shown,
    latex_shown,
    missing,
    picture_named,
    picture_shown,
    printed,
    text_shown,
    visible_data,
)
from weltoffen_eval.publish.exporting.formulas import formulas_marked
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.markdown import markdown_html
from weltoffen_eval.publish.exporting.parts import Formula, Part, Place, Plain
from weltoffen_eval.publish.exporting.pictures import Attachments, Remark
from weltoffen_eval.publish.exporting.terminal import as_shown

#: Tags by which an author takes a cell or what it shows out of what is made of the notebook.
NO_CELL = {"remove-cell", "remove_cell"}
NO_OUTPUT = {"remove-output", "remove_output", "remove_outputs"}
_FRONT_MATTER = re.compile(r"\s*---\n.*?\n(?:---|\.\.\.)\s*", re.DOTALL)


class CellReader:
    """Reads cells; ``folder`` is where the notebook lies, if that is known.

    ``complain`` is an error where the reading is strict, ``remark`` never is.
    """

    def __init__(self, words: Words, folder: Path | None, complain: Remark, remark: Remark, strict: bool):
        self.words, self.folder, self.strict = words, folder, strict
        self.complain, self.remark = complain, remark

    def read(self, cell: NotebookNode, number: int) -> Iterator[Part]:
        """What a cell shows, in its order."""
        said = CellRemarks(number, self.words, self.complain, self.remark)
        tags = set(cell.metadata.get("tags", []))
        if tags & NO_CELL or (tags & NO_OUTPUT and cell.cell_type == "code"):
            if not self.strict:
                self.remark(f"Cell {number} is left out, as its tag says.")
        elif cell.cell_type == "markdown":
            yield from self.markdown(cell.source, said, cell.get("attachments", {}))
        elif cell.cell_type == "code":
            for position, output in enumerate(_joined_streams(cell.outputs), start=1):
                yield from self.output(output, cell, said, f"cell-{number}-{position}")
        elif cell.cell_type == "raw":
            yield from self.raw(cell, said)

    def raw(self, cell: NotebookNode, said: CellRemarks) -> list[Part]:
        """A raw cell, as far as it is meant for a page."""
        kind = str(cell.metadata.get("raw_mimetype", cell.metadata.get("format", ""))).lower()
        if not cell.source.strip():
            return []
        if kind == "text/html":
            return self.html(cell.source, said, f"raw-{said.number}")
        if kind in ("text/markdown", "text/x-markdown"):
            return self.markdown(cell.source, said, {})
        if kind == "" and not _FRONT_MATTER.fullmatch(cell.source):
            return [Plain(as_shown(cell.source))]
        if not self.strict:
            self.remark(f"Cell {said.number} is raw ({kind or 'front matter'}) and meant for other formats.")
        return []

    # --- Markdown and HTML --------------------------------------------------------------------------------

    def markdown(self, source: str, said: CellRemarks, attachments: Attachments) -> list[Part]:
        name = f"markdown-{said.number}"
        try:
            html = markdown_html(source, name, self.words("back"))
        except RecursionError:
            self.complain(f"Cell {said.number} holds Markdown that is nested too deep; its source is shown.")
            return [Plain(source)]
        return self.html(html, said, name, attachments, by_title=True)

    def html(
        self,
        html: str,
        said: CellRemarks,
        name: str,
        attachments: Attachments | None = None,
        by_title: bool = False,
    ) -> list[Part]:
        # 0.02 s that a run with nothing to read need not wait
        from weltoffen_eval.publish.exporting.markup import read_markup
        from weltoffen_eval.publish.exporting.markup_inline import Surroundings

        def drawing(alternative: str, svg: str) -> list[Part]:
            made = picture_shown({"image/svg+xml": svg}, {"alt": alternative}, {}, said)
            return [made] if made is not None else missing("object", "", said)

        around = Surroundings(
            name,
            self.words,
            lambda alternative, address: picture_named(
                alternative, address, attachments or {}, self.folder, said
            ),
            drawing,
            lambda sentence: self.remark(f"Cell {said.number} {sentence}."),
            partial(missing, said=said),
            (lambda title: self.words("table", title=title))
            if by_title
            else (lambda title: self.words("table_of_cell", cell=said.number)),
            by_title,
        )
        return read_markup(html if by_title else formulas_marked(html), around)

    # --- outputs ------------------------------------------------------------------------------------------

    def output(self, output: NotebookNode, cell: NotebookNode, said: CellRemarks, name: str) -> list[Part]:
        """What one output shows."""
        if output.output_type == "error":
            return self.error(output, cell, said)
        if output.output_type == "stream":
            return self.stream(output, said)
        if MIME in output.data:
            try:
                return list(from_json(output.data[MIME]).blocks)
            except BlockError as error:
                self.complain(f"Cell {said.number}: {error}")
                return [Note(self.words("unreadable", cell=said.number), self.words("error"))]
        return self.shown(visible_data(output.data), output, cell, said, name)

    def error(self, output: NotebookNode, cell: NotebookNode, said: CellRemarks) -> list[Part]:
        name, value = (" ".join(as_shown(str(text)).split()) for text in (output.ename, output.evalue))
        failed = f"{name}: {value}" if value else name
        meant = "raises-exception" in cell.metadata.get("tags", [])
        sentence = f"Cell {said.number} ended with {failed}"
        if meant:
            self.remark(f"{sentence}, as its tag raises-exception allows; the report says so.")
        else:
            self.complain(sentence)
        return [Note(self.words("failed", cell=said.number, said=failed), self.words("error"))]

    def stream(self, output: NotebookNode, said: CellRemarks) -> list[Part]:
        text = as_shown(output.text)
        if not text.strip():
            return []
        if output.name == "stderr":
            if not self.strict:
                first = text.strip().splitlines()[0][:100]
                self.remark(
                    f"Cell {said.number} wrote warnings or the like (stderr), which the report "
                    f"does not show: {first}"
                )
            return []
        return printed(text, said, by_author=True)

    def shown(
        self, data: Mapping[str, Any], output: NotebookNode, cell: NotebookNode, said: CellRemarks, name: str
    ) -> list[Part]:
        """What a cell displays: of all its forms the one that Jupyter shows, if a report can hold it."""
        if not data or _not_displayed(output.metadata):
            return []
        acting = acting_kind(data)
        lost: list[str] = []
        html: list[Part] = []
        if html_of(data).strip():
            html = self.html(html_of(data), replace(said, lose=lost.append), name)
            html = html if any(not isinstance(part, Place) for part in html) else []
            if html and not lost:
                return html
        if "text/markdown" in data:
            return self.markdown("".join(data["text/markdown"]), said, {})
        if "text/latex" in data:
            parts = latex_shown(data["text/latex"])
            for part in parts:
                if isinstance(part, Formula) and not part.mathml:
                    self.remark(f"Cell {said.number} has a formula that cannot be set: {part.source[:80]}.")
            return parts
        picture = picture_shown(data, output.metadata, cell, said)
        if picture is not None:
            # a picture of what acts is all that a report can hold of it; words and addresses round it stay
            for sentence in lost:
                if "://" in sentence:
                    self.remark(sentence)
            return [*(part for part in html if not isinstance(part, Note) or "://" in part.text), picture]
        if html and not (acting and all(isinstance(part, Note | Place) for part in html)):
            words = any(not isinstance(part, Note | Place) for part in html)
            for sentence in lost:
                # what acts beside a table or a text is no reason for having no report
                (self.remark if words else self.complain)(sentence)
            return html
        if acting:
            return missing(acting, "", said)
        if "text/html" in data:
            # Jupyter shows it, and there is nothing in it to be seen
            return []
        if "application/json" in data:
            return [json_shown(data["application/json"])]
        if "text/plain" in data:
            return text_shown(data, said)
        return missing(", ".join(sorted(data)), "", said)


def _not_displayed(metadata: Mapping[str, Any]) -> bool:
    """Whether an output is data of scrapbook, which is displayed only if that is said."""
    scrap = metadata.get("scrapbook")
    return isinstance(scrap, Mapping) and scrap.get("display") is False


def _joined_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs with what was printed in several pieces joined, as a line may be overwritten later."""
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and output.output_type == last.output_type == "stream"
            and output.name == last.name
        ):
            joined[-1] = deepcopy(last)
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined
