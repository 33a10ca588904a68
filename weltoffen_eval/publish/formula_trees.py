"""Formulas as trees of nodes, of which PDF and Word make their own."""

from __future__ import annotations

from typing import Any

from weltoffen_eval.publish.formulas import LEAVES, name_of
from weltoffen_eval.publish.parts import Formula

Node = dict[str, Any]
_SCRIPTS = {
    "msub": ("below",), "msup": ("above",), "msubsup": ("below", "above"), "munder": ("below",),
    "mover": ("above",), "munderover": ("below", "above"),
}  # fmt: skip
_LIMITS = set("∑∏∐⋃⋂⨁⨂⨀⋁⋀") | {"lim", "max", "min", "sup", "inf", "limsup", "liminf", "argmax", "argmin"}
#: What stands over a letter, with the accent that it is.
ACCENTS = dict.fromkeys("~˜∼", "~") | dict.fromkeys("^ˆ", "^") | dict.fromkeys("¯‾―_-", "¯")
ACCENTS |= {"→": "→", "⃗": "→", "˙": "˙", ".": "˙", "¨": "¨", "ˇ": "ˇ", "˘": "˘", "´": "´", "`": "`"}


def formula_tree(formula: Formula) -> Node:
    """The formula as nested nodes, each with its ``kind``: row, sign, fraction, root, scripts, …"""
    from lxml import etree

    root = etree.fromstring(formula.mathml.encode("utf-8"))
    return _node(root[0][0])


def _row(elements: list[Any]) -> Node:
    nodes = [_node(element) for element in elements]
    if len(nodes) == 1:
        return nodes[0]
    ends = [element.get("form") for element in (elements[0], elements[-1])] if elements else []
    # brackets as high as what they hold; an end without one is empty
    return {"kind": "row", "nodes": nodes, "fenced": ends == ["prefix", "postfix"]}


def _node(element: Any) -> Node:
    name, children = name_of(element), list(element)
    if name in LEAVES:
        upright = element.get("mathvariant") == "normal" or len(element.text or "") != 1
        return {"kind": "sign", "text": element.text or "", "of": name, "upright": upright}
    if name == "mfrac" and len(children) == 2:
        line = element.get("linethickness") not in ("0", "0pt", "0em", "0px")
        return {"kind": "fraction", "above": _node(children[0]), "below": _node(children[1]), "line": line}
    if name == "msqrt":
        return {"kind": "root", "node": _row(children), "degree": None}
    if name == "mroot" and len(children) == 2:
        return {"kind": "root", "node": _node(children[0]), "degree": _node(children[1])}
    if name in _SCRIPTS and len(children) == 1 + len(_SCRIPTS[name]):
        return _scripts(name, children)
    if name == "mtable":
        rows = [[_row(list(cell)) for cell in row] for row in children]
        return {"kind": "table", "rows": rows, "align": _align(children)}
    if name == "mspace":
        return {"kind": "space", "wide": (element.get("width") or "0").startswith(("1", "2"))}
    return _row(children)


def _scripts(name: str, children: list[Any]) -> Node:
    base = _node(children[0])
    over = "".join(children[1].itertext()).strip()
    if name == "mover" and over in ACCENTS:
        return {"kind": "accent", "node": base, "accent": ACCENTS[over]}
    text = "".join(children[0].itertext()).strip()
    limits = text in _LIMITS if name.startswith("ms") else True
    made: Node = {"kind": "scripts", "node": base, "above": None, "below": None, "limits": limits}
    return made | dict(zip(_SCRIPTS[name], map(_node, children[1:]), strict=True))


def _align(rows: list[Any]) -> list[str]:
    widest = max(rows, key=len, default=())
    return [cell.get("columnalign") or "center" for cell in widest]


#: Blocks of Unicode of which the font for formulas has everything that people write in them.
_SETTABLE = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x237, 0x237), (0x391, 0x3A9),
    (0x3B1, 0x3C9), (0x3D1, 0x3D1), (0x3D5, 0x3D6), (0x3F0, 0x3F1), (0x3F5, 0x3F5),
    (0x2016, 0x2016), (0x2020, 0x2022), (0x2026, 0x2026), (0x2032, 0x2034), (0x210B, 0x2112),
    (0x2115, 0x211D), (0x2124, 0x2124), (0x2128, 0x2128), (0x212C, 0x2133), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x27E8, 0x27E9), (0x2A00, 0x2A02), (0x2A7D, 0x2A7E), (0x1D400, 0x1D7FF),
)  # fmt: skip


def can_be_set(node: Any) -> bool:
    """Whether the font for formulas has all signs of a tree; the words in it are set in that of the text."""
    if isinstance(node, list):
        return all(map(can_be_set, node))
    if not isinstance(node, dict):
        return True
    if node["kind"] == "sign" and node["of"] != "mtext":
        return all(any(low <= ord(sign) <= high for low, high in _SETTABLE) for sign in node["text"])
    return all(can_be_set(inner) for inner in node.values())
