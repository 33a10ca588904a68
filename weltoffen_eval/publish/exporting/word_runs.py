"""Runs of a notebook's text as elements of a Word document, formulas among them (Office Math)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml.ns import qn

from weltoffen_eval.block_html import without_controls
from weltoffen_eval.publish.exporting.formula_trees import Node, formula_tree
from weltoffen_eval.publish.exporting.parts import Formula, Run
from weltoffen_eval.publish.exporting.word_document import MARK, element

#: What an accent is over a letter of Office Math: a combining sign.
_COMBINING = {
    "~": "\u0303", "^": "\u0302", "¯": "\u0305", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308",
    "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300",
}  # fmt: skip
#: What stands above or below a group as wide as it is.
_BRACES = set("\u23de\u23df\u23b4\u23b5\u23dc\u23dd")
#: Groups of digits, and the day of a date with its month, stand in one line; as in the PDF's template.
_TOGETHER = re.compile(r"(?<=\d) (?=\d{3}\b)|(?<=\d\.) (?=[^\W\d_]{2})")
_MONOSPACED = "Consolas"
#: What ends a text within a run.
_BREAKS = {"\t": "w:tab", "\n": "w:br", "\r": "w:br"}
_BREAK = re.compile("([\t\n\r])")
#: Signs that LibreOffice sets only between two things; where one is missing it shows a question mark.
_BETWEEN = set("=<>/*+-\u2212")
#: What LibreOffice would read as a command of its own or as half of a pair: words, brackets and the like.
_COMMAND = re.compile(r"\w{2,}|[()\[\]|\u2016\u2225&#_^~`%$]")


def word_text(text: str) -> str:
    """A text for a reader: without control characters, and without a break within a number or a day."""
    return _TOGETHER.sub("\N{NO-BREAK SPACE}", without_controls(text))


def text_run(text: str, *properties: Any) -> Any:
    """A run of one look; as python-docx makes it, which takes a text letter by letter."""
    pieces = []
    for piece in filter(None, _BREAK.split(text)):
        if piece in _BREAKS:
            pieces.append(element(_BREAKS[piece], {}))
            continue
        shown = element("w:t", {"xml:space": "preserve"} if piece != piece.strip() else {})
        shown.text = piece
        pieces.append(shown)
    return element("w:r", {}, *([element("w:rPr", {}, *properties)] if properties else []), *pieces)


def bold_run(text: str, *properties: Any) -> Any:
    """A run in bold letters."""
    return text_run(text, element("w:b", {}), *properties)


def run_elements(run: Run, bold: bool = False) -> list[Any]:
    """What stands in a paragraph for a run; within a link where it leads somewhere.

    The target of a link stands in its attribute ``w:anchor`` as the run has it, until the document that
    holds it is written as a whole.
    """
    pieces = [formula_element(run.formula)] if run.formula and run.formula.mathml else _text(run, bold)
    if run.target and pieces:
        return [element("w:hyperlink", {"w:anchor": run.target, "w:history": "1"}, *pieces)]
    return pieces


def _text(run: Run, bold: bool) -> list[Any]:
    if run.text == "\n":
        return [element("w:r", {}, element("w:br", {}))]
    if not run.text:
        return []
    code = run.code or run.formula is not None
    properties = [
        *([element("w:rFonts", {"w:ascii": _MONOSPACED, "w:hAnsi": _MONOSPACED})] if code else []),
        *([element("w:b", {})] if run.strong or bold else []),
        *([element("w:i", {})] if run.emphasis else []),
        *([element("w:strike", {})] if run.struck else []),
        *(of_link() if run.target else []),
        *([element("w:vertAlign", {"w:val": _SHIFTS[run.shift]})] if run.shift else []),
    ]
    shown = element("w:t", {"xml:space": "preserve"})
    shown.text = without_controls(run.text) if code else word_text(run.text)
    return [element("w:r", {}, *([element("w:rPr", {}, *properties)] if properties else []), shown)]


def of_link() -> list[Any]:
    """How the text of a link looks."""
    return [element("w:color", {"w:val": str(MARK)}), element("w:u", {"w:val": "single"})]


_SHIFTS = {"above": "superscript", "below": "subscript"}


def formula_element(formula: Formula) -> Any:
    """A formula that can be set as an element of Office Math."""
    return element("m:oMath", {}, *_between_things(_math(formula_tree(formula))))


def _math(node: Node | None) -> list[Any]:
    if node is None:
        return []
    match node["kind"]:
        case "row":
            return _row(node)
        case "sign":
            return [_sign(node["text"], node["upright"])] if node["text"] else []
        case "space":
            return [_sign(" ", True, as_text=True)]
        case "fraction":
            kind = [] if node["line"] else [element("m:fPr", {}, element("m:type", {"m:val": "noBar"}))]
            return [element("m:f", {}, *kind, _held("num", node["above"]), _held("den", node["below"]))]
        case "root":
            hidden = [] if node["degree"] else [element("m:radPr", {}, element("m:degHide", {"m:val": "1"}))]
            return [element("m:rad", {}, *hidden, _held("deg", node["degree"]), _held("e", node["node"]))]
        case "accent":
            sign = element("m:chr", {"m:val": _COMBINING[node["accent"]]})
            return [element("m:acc", {}, element("m:accPr", {}, sign), _held("e", node["node"]))]
        case "scripts":
            return [_scripts(node)]
        case _:
            rows = [element("m:mr", {}, *(_held("e", cell) for cell in row)) for row in _filled(node["rows"])]
            return [element("m:m", {}, *rows)]


def _row(node: Node) -> list[Any]:
    nodes = node["nodes"]
    if not node["fenced"]:
        return [piece for inner in nodes for piece in _math(inner)]
    ends = [
        element(f"m:{name}", {"m:val": end["text"]})
        for name, end in (("begChr", nodes[0]), ("endChr", nodes[-1]))
    ]
    inner = [piece for held in nodes[1:-1] for piece in _math(held)]
    return [element("m:d", {}, element("m:dPr", {}, *ends), element("m:e", {}, *_between_things(inner)))]


def _filled(rows: list[list[Node]]) -> Iterable[list[Node | None]]:
    width = max(map(len, rows), default=0)
    return ([*row, *([None] * (width - len(row)))] for row in rows)


def _scripts(node: Node) -> Any:
    """What stands above and below: beside the base, or over and under it."""
    above, below = node["above"], node["below"]
    if not node["limits"]:
        name = "sSubSup" if above and below else "sSup" if above else "sSub"
        held = [("sub", below)] * bool(below) + [("sup", above)] * bool(above)
        return element(f"m:{name}", {}, _held("e", node["node"]), *(_held(*pair) for pair in held))
    inner = _math(node["node"])
    for side, held in (("top", above), ("bot", below)):
        if held and held.get("text") in _BRACES:
            return _braced(inner, held["text"], side)
    if below:
        inner = [element("m:limLow", {}, element("m:e", {}, *_between_things(inner)), _held("lim", below))]
    if above:
        inner = [element("m:limUpp", {}, element("m:e", {}, *_between_things(inner)), _held("lim", above))]
    return inner[0]


def _braced(pieces: Sequence[Any], brace: str, side: str) -> Any:
    look = element("m:groupChrPr", {}, element("m:chr", {"m:val": brace}), element("m:pos", {"m:val": side}))
    return element("m:groupChr", {}, look, element("m:e", {}, *_between_things(pieces)))


def _held(name: str, node: Node | None) -> Any:
    pieces = _math(node)
    # an empty place would be shown as a box; a root without a degree has none
    return element(f"m:{name}", {}, *(_between_things(pieces) if pieces or name == "deg" else [_nothing()]))


def _between_things(pieces: Sequence[Any]) -> list[Any]:
    """The pieces of a place, with an empty text wherever a sign has nothing on one of its sides."""
    made: list[Any] = []
    for piece in pieces:
        if _stands_between(piece) and (not made or _stands_between(made[-1])):
            made.append(_nothing())
        made.append(piece)
    return [*made, *([_nothing()] if made and _stands_between(made[-1]) else [])]


def _stands_between(piece: Any) -> bool:
    return piece.tag == qn("m:r") and (piece.findtext(qn("m:t")) or "").strip() in _BETWEEN


def _nothing() -> Any:
    return _sign("", True, as_text=True)


def _sign(text: str, upright: bool, as_text: bool = False) -> Any:
    shown = element("m:t", {"xml:space": "preserve"})
    shown.text = without_controls(text)
    plain = as_text or bool(_COMMAND.search(text))
    look = element("m:nor", {}) if plain else element("m:sty", {"m:val": "p"})
    style = [element("m:rPr", {}, look)] if upright or plain else []
    font = element("w:rPr", {}, element("w:rFonts", {"w:ascii": "Cambria Math", "w:hAnsi": "Cambria Math"}))
    return element("m:r", {}, *style, font, shown)
