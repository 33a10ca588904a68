"""Outputs of cells that are not ours: in the form that says most, and a word on what no report can hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weltoffen_eval.blocks import Note
from weltoffen_eval.publish.exporting.formulas import read_latex
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.parts import Formula, Part, Picture, Plain, Prose, Run
from weltoffen_eval.publish.exporting.pictures import (
    OTHER_PICTURES,
    PICTURES,
    Attachments,
    PictureError,
    Remark,
    find_picture,
    read_bytes,
    readable,
)
from weltoffen_eval.publish.exporting.terminal import as_shown

#: As Quarto has it: a comment in the cell that draws the picture.
_COMMENT = re.compile(r"^#\|\s*(?:fig-)?alt:\s*(.+)$", re.MULTILINE)
#: Kinds of data that are made for programs; Jupyter shows nothing of them either.
_SILENT = (
    "application/scrapbook",
    "application/papermill.record",
    "application/vnd.bokehjs_load",
    "application/vnd.holoviews_load",
)
_FOR_PROGRAMS = re.compile(r"application/vnd\..*\+json")
#: Kinds of data that only a program shows, by how their names begin, and what to do instead.
_ACTING = (
    ("application/vnd.plotly", "plotly"),
    ("application/vnd.vega", "vega"),
    ("application/vnd.bokeh", "bokeh"),
    ("application/vnd.holoviews_exec", "bokeh"),
    ("application/vnd.jupyter.widget-view", "widget"),
    ("application/geo+json", "map"),
    ("application/javascript", "script"),
    ("text/javascript", "script"),
    ("application/x-javascript", "script"),
    ("application/pdf", "document"),
    ("video/", "video"),
    ("audio/", "audio"),
)
_ADVICE = {
    "plotly": 'show it as a picture, such as by plotly.io.renderers.default = "svg"',
    "vega": 'show it as a picture, such as by altair.renderers.enable("png")',
    "bokeh": "show it as a picture, such as by bokeh.io.export_png",
    "widget": "print or show the values that it is set to",
    "script": "show a table or a picture of it",
    "window": "give its address as a link",
    "video": "give its address as a link, or show pictures of it",
    "audio": "give its address as a link, or its words",
    "field": "print the values instead",
    "document": "give its address as a link, or show its pages as pictures",
    "map": "show it as a picture",
    "object": "show what it holds as text, a table or a picture",
}
#: What Python prints of a thing that has no form of its own.
_BARE = re.compile(
    r"\s*[\[(]*<(?:IPython\.core\.display\.\w+ object"
    r"|[A-Za-z_][\w.<>]*(?: object| \w+)* at 0x[0-9a-fA-F]+"
    r"|Figure size [^<>]*|Figure|(?:\w+\.)*(?:Axes|AxesSubplot)[:(][^<>]*|class '[\w.]+'"
    r"|VegaLite \d+ object)>"
)
_FIGURE = re.compile(r"\s*<Figure")
#: The same within what else is printed: it names a thing by its place in memory.
_PLACE = r"<(?:[^<>\n]|<[\w.]+>)*? at 0x[0-9a-fA-F]+[^<>\n]*>|<IPython\.\w+\.[\w.]+[^<>\n]*>"
_PLACED = re.compile(_PLACE)
#: What else is no text that anybody wrote, where Python itself shows a value.
_NAMED = re.compile(
    _PLACE + r"|<module '[^'\n]*'[^<>\n]*>|<_io\.[^<>\n]*>|<VegaLite \d+ object>|<class '[\w.]+'>"
    r"|<(?:(?:\w+\.)*(?:Axes|AxesSubplot)[:(]|Figure\b|\w+Container\b)[^<>\n]*>"
    r"|<(?:bound method|built-in (?:function|method)|function) [^<>\n]*>?"
)
#: A group of controls (ipywidgets) as Python prints it.
_CONTROL = re.compile(r"\s*(?:[HVG]\w*Box|Box|Tab|Accordion|interactive)\(children=\(")
_EMPTY = re.compile(r"[\s…,()\[\]{}:'\"]*(?:(?:array|dtype|object|list|tuple)[\s…,()\[\]{}:=]*)*")


@dataclass(frozen=True)
class CellRemarks:
    """To whom the reading of cell ``number`` speaks: ``complain`` is an error where the reading is strict.

    ``lose`` hears what no report can hold, if that is somebody else than who hears complaints.
    """

    number: int
    words: Words
    complain: Remark
    remark: Remark
    lose: Remark | None = None


def described(content: bytes, kind: str, alternative: str, said: CellRemarks) -> Picture:
    """A picture with its alternative text, or one that says that it has none."""
    alternative = " ".join(alternative.split())
    missing = said.words("without_description", cell=said.number)
    if not alternative:
        said.complain(
            f"Cell {said.number} shows a picture without alternative text; give it one as a comment "
            '"#| fig-alt: …" in the cell, or show it with weltoffen_eval.report'
        )
    return Picture(content, kind, alternative or missing, bool(alternative))


def picture_named(
    alternative: str, address: str, attachments: Attachments, folder: Path | None, said: CellRemarks
) -> list[Part]:
    """The picture that Markdown or HTML names, or a note in its place."""
    shown = " ".join(alternative.split()) or said.words("no_description")
    try:
        content, kind = readable(*find_picture(address, attachments, folder), _of_cell(said))
    except PictureError as error:
        said.complain(
            f"Cell {said.number} names a picture that is not in the notebook: {address[:80]}; {error}."
        )
        if re.match(r"data:|attachment:", address.strip()):
            return [Note(said.words("picture_missing", text=shown), said.words("picture"))]
        where = address.strip()[:300]
        return [Note(said.words("picture_elsewhere", text=shown, address=where), said.words("picture"))]
    return [described(content, kind, alternative, said)]


def _of_cell(said: CellRemarks) -> Remark:
    return lambda sentence: said.remark(f"Cell {said.number}: {sentence}")


def picture_shown(
    data: Mapping[str, Any], metadata: Mapping[str, Any], cell: Mapping[str, Any], said: CellRemarks
) -> Picture | None:
    """The picture of an output with the alternative text that its author gave it; None where there is none.

    An author gives it as ``alt`` in the metadata of the output (``IPython.display.Image(…, alt=…)``) or of
    the cell, or as a comment ``#| fig-alt: …`` in the cell.
    """
    for kind in (kind for kind in (*PICTURES, *OTHER_PICTURES) if kind in data):
        try:
            content, made = readable(read_bytes(data[kind], kind), kind, _of_cell(said))
        except PictureError as error:
            said.remark(f"Cell {said.number} shows a picture that cannot be read ({kind}): {error}.")
            continue
        comment = _COMMENT.search(str(cell.get("source", "")))
        own = metadata.get(kind)
        given = (
            (own.get("alt") if isinstance(own, Mapping) else None)
            or metadata.get("alt")
            or cell.get("metadata", {}).get("alt")
            or (comment[1].strip().strip("\"'") if comment else "")
        )
        return described(content, made, str(given), said)
    return None


def visible_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """The forms of an output that are made to be seen."""
    seen = {kind: value for kind, value in data.items() if not kind.startswith(_SILENT)}
    return {k: v for k, v in seen.items() if not _FOR_PROGRAMS.fullmatch(k) or acting_kind([k])}


def acting_kind(kinds: Mapping[str, Any] | list[str]) -> str:
    """What only a program could show of these kinds of data; nothing if there is no such kind."""
    return next((word for start, word in _ACTING for kind in kinds if kind.startswith(start)), "")


def missing(what: str, address: str, said: CellRemarks) -> list[Part]:
    """The note in place of what a report cannot hold; ``what``: a key of the words, or a kind of data."""
    name = {"window": "window_at"}.get(what, what) if address else what
    if what in _ADVICE:
        shown = said.words(name, address=address)
        advice = _ADVICE[what]
    else:
        shown, advice = said.words("data", kind=what), _ADVICE["object"]
    english = Words("en")(name, address=address) if what in _ADVICE else what
    lose = said.lose or said.complain
    lose(f"Cell {said.number} shows {english}, which no report can hold; {advice}.")
    return [Note(said.words("not_shown", cell=said.number, what=shown), said.words("hint"))]


def text_shown(data: Mapping[str, Any], said: CellRemarks) -> list[Part]:
    """The plain form of an output; what is only Python's name of a thing is not shown to a reader."""
    text = as_shown(_joined(data["text/plain"]))
    kinds = ", ".join(sorted(kind for kind in data if kind != "text/plain"))
    bare = _BARE.match(text) and (kinds or _FIGURE.match(text) or "IPython.core" in text)
    if bare or (kinds and re.fullmatch(r"\s*<[^<>\n]*>\s*", text)):
        return missing(kinds or "object", "", said)
    return printed(text, said)


def printed(text: str, said: CellRemarks, by_author: bool = False) -> list[Part]:
    """Text without what Python calls a thing that it cannot show.

    ``by_author``: the text was printed on purpose, so that the name of a class may be meant.
    """
    if "children=(" in text and _CONTROL.match(text):
        return missing("widget", "", said)
    pattern = _PLACED if by_author else _NAMED
    found = pattern.search(text)
    if found:
        name = " ".join(found[0].split())[:60]
        text = pattern.sub("…", text)
        gone = bool(_EMPTY.fullmatch(text))
        instead = "it is left out" if gone else "an ellipsis stands there"
        said.remark(f"Cell {said.number} shows {name!r}, which tells a reader nothing; {instead}.")
        if gone:
            return []
    return [Plain(text)] if text.strip() else []


def latex_shown(text: Any) -> list[Part]:
    """An output in LaTeX: its formulas, and the words between them."""
    parts: list[Part] = []
    runs: list[Run] = []
    for piece in read_latex(_joined(text)):
        if isinstance(piece, Formula) and piece.display:
            parts += [Prose(tuple(runs))] if runs else []
            parts.append(piece)
            runs = []
        elif isinstance(piece, Formula):
            runs.append(Run(piece.source, formula=piece))
        else:
            runs.append(Run(" ".join(piece.split()) if not runs else piece.replace("\n", " ")))
    return [*parts, *([Prose(tuple(runs))] if runs else [])]


def json_shown(value: Any) -> Plain:
    """Data in JSON as text."""
    return Plain(json.dumps(value, ensure_ascii=False, indent=2) if not isinstance(value, str) else value)


def _joined(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def html_of(data: Mapping[str, Any]) -> str:
    """The HTML of an output; an output that says nothing is none."""
    return _joined(data.get("text/html", ""))
