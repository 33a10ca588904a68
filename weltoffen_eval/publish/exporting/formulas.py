"""Formulas: from TeX to presentation MathML.

A formula is set only where nothing of its source is lost; else its source stands in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from html import escape
from typing import Any

from weltoffen_eval.publish.exporting.parts import Formula

_MATHML = "http://www.w3.org/1998/Math/MathML"
LEAVES = {"mi", "mn", "mo", "mtext", "ms"}
_NODE_NAMES = """
mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mspace mstyle mpadded
mphantom mmultiscripts mprescripts none menclose merror math
"""
_NODES = LEAVES | set(_NODE_NAMES.split())
#: How many children an element has that cannot have fewer.
_PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
}  # fmt: skip
_ATTRIBUTE_NAMES = """
display displaystyle scriptlevel mathvariant stretchy fence separator form accent accentunder largeop
movablelimits symmetric minsize maxsize lspace rspace width height depth linethickness rowspacing
columnspacing columnalign rowalign columnlines rowlines rowspan columnspan dir notation
"""
_ATTRIBUTES = set(_ATTRIBUTE_NAMES.split())
_VALUE = re.compile(r"[\w.%+\- ]*")
#: Environments by others that the library knows; it numbers those without a star, which Jupyter does not.
_ENVIRONMENTS = {
    "equation": "equation*",
    "align": "align*", "aligned": "align*", "alignedat": "align*", "split": "align*",
    "gather": "matrix", "gather*": "matrix", "gathered": "matrix",
    "multline": "matrix", "multline*": "matrix",
}  # fmt: skip
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-z]+\*?)\}(?=(\s*\[)?)")
_COLUMNS = re.compile(r"\\begin\{eqnarray\*?\}")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag)\b|(?<!\\)%[^\n]*")
# what steers the setting and is not seen
_STEERS = re.compile(
    r"\\(?:begin|end)\s*\{[^{}]*\}(?:\s*\{[lcr|@{} ]*\})?"
    r"|\\(?:hspace|vspace|color|textcolor|phantom|hphantom)\*?\s*\{[^{}]*\}"
    r"|\\\\\[[^\]]*\]|\\[A-Za-z]+|\\."
)
_COUNTED = re.compile(r"[^\W_]|[=+*<>!?]")
_WHOLE = re.compile(
    r"\s*(?:\$\$(?P<a>.+?)\$\$|\$(?P<b>[^$]+?)\$|\\\[(?P<c>.+?)\\\]|\\\((?P<d>.+?)\\\)"
    r"|(?P<e>\\begin\{(?P<name>[a-z]+\*?)\}.*?\\end\{(?P=name)\}))",
    re.DOTALL,
)
_IN_HTML = re.compile(
    r"(?<!\\)(?:\$\$(?P<a>[^$]+?)\$\$|\$(?P<b>[^$\n]+?)(?<!\\)\$(?!\d)|\\\[(?P<c>.+?)\\\]|\\\((?P<d>.+?)\\\)"
    r"|(?P<e>\\begin\{(?P<name>[a-z]+\*?)\}.*?\\end\{(?P=name)\}))",
    re.DOTALL,
)
#: Elements in which nothing is a formula, other tags, and the text between them.
_PIECES = re.compile(
    r"<!--.*?-->|<(?:script|style|pre|code|textarea|title|svg|math|tex|kbd|samp)\b.*?"
    r"</(?:script|style|pre|code|textarea|title|svg|math|tex|kbd|samp)\s*>|<[^<>]*>|<|[^<]+",
    re.DOTALL | re.IGNORECASE,
)
#: What no price and no name has: in HTML, dollars are mostly dollars.
_SURELY = re.compile(r"[\\^_=]|^\s*[A-Za-z]\s*$|&[lg]t;")
#: Longer ones are no formula, and their setting would take long.
_LONGEST = 10_000


def read_latex(text: str) -> list[Formula | str]:
    """Text with formulas between dollar signs, as formulas and the text between them."""
    found: list[Formula | str] = []
    at = 0
    for match in re.finditer(_WHOLE.pattern.removeprefix(r"\s*"), text, re.DOTALL):
        found += [text[at : match.start()]] if text[at : match.start()].strip() else []
        source = next(match[group] for group in "abcde" if match[group])
        inline = match["d"] or (match["b"] and not source.lstrip().startswith(r"\displaystyle"))
        found.append(read_formula(source, not inline))
        at = match.end()
    return [*found, *([text[at:]] if text[at:].strip() else [])]


def formulas_marked(html: str) -> str:
    """HTML in which a formula between words is an element ``tex`` with its source, as Jupyter sets it.

    In code, in drawings and where their author says so (``tex2jax_ignore``) there are none; a price is none.
    """
    if ("$" not in html and "\\" not in html) or "tex2jax_ignore" in html:
        return html
    return "".join(
        piece if piece.startswith("<") else _IN_HTML.sub(_marked, piece) for piece in _PIECES.findall(html)
    )


def _marked(found: re.Match[str]) -> str:
    source = next(found[group] for group in "abcde" if found[group])
    inline = bool(found["b"] or found["d"])
    if found["b"] and (source != source.strip() or not _SURELY.search(source)):
        return found[0]
    opening = "<tex>" if inline else '<tex display="block">'
    return f"{opening}{source}</tex>"


@lru_cache(maxsize=2048)
def read_formula(source: str, display: bool = False) -> Formula:
    """A formula in TeX; without MathML where it cannot be set whole."""
    source = source.strip()
    return Formula(source, _mathml_of(source, display), display)


def _mathml_of(source: str, display: bool) -> str:
    # 0.03 s, for which reports without formulas do not wait
    from latex2mathml.converter import convert
    from lxml import etree

    if not source or len(source) > _LONGEST:
        return ""
    tex = _known(_LABEL.sub("", source))
    try:
        made = convert(tex, display="block" if display else "inline")
        root = etree.fromstring(
            made.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except Exception:  # whatever the library does not understand, the source stays
        return ""
    return written_mathml(root, source, display) if _is_whole(tex, root) else ""


def _known(tex: str) -> str:
    """The source with environments that the library knows."""
    tex = re.sub(r"\\end\{eqnarray\*?\}", r"\\end{array}", _COLUMNS.sub(r"\\begin{array}{rcl}", tex))

    def known(found: re.Match[str]) -> str:
        name = _ENVIRONMENTS.get(found[2], found[2])
        # a bracket at the beginning belongs to the formula
        return f"\\{found[1]}{{{name}}}" + (
            "{}" if found[3] and found[1] == "begin" and name != "array" else ""
        )

    return _ENVIRONMENT.sub(known, tex)


def _is_whole(tex: str, root: Any) -> bool:
    """Whether every letter, digit and sign of the source is in what was made of it."""
    shown = "".join(root.itertext())
    if "\\" in shown or any(len(e) != _PARTS[name_of(e)] for e in root.iter() if name_of(e) in _PARTS):
        return False
    there = Counter(_COUNTED.findall(_folded(shown)))
    wanted = Counter(_COUNTED.findall(_folded(_STEERS.sub(" ", tex))))
    return all(there[sign] >= count for sign, count in wanted.items())


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("∗", "*").replace("ϵ", "ε")
    return text.replace("&lt;", "<").replace("&gt;", ">")


def given_mathml(element: Any) -> Formula | None:
    """The formula of a ``math`` element in HTML; None if there is nothing in it."""
    annotation = element.xpath(".//*[local-name()='annotation']")
    for other in element.xpath(".//*[local-name()='annotation' or local-name()='annotation-xml']"):
        parent = other.getparent()
        if parent is not None:
            parent.remove(other)
    source = next((found.text.strip() for found in annotation if (found.text or "").strip()), "")
    text = " ".join("".join(element.itertext()).split())
    if not text:
        return None
    display = element.get("display") == "block"
    return Formula(source or text, written_mathml(element, source or text, display), display)


def written_mathml(root: Any, source: str, display: bool) -> str:
    """MathML of allowed elements and attributes only, with its source as annotation."""
    inner = "".join(_written(child) for child in root if isinstance(child.tag, str))
    block = ' display="block"' if display else ""
    return (
        f'<math xmlns="{_MATHML}"{block}><semantics><mrow>{inner}</mrow>'
        f'<annotation encoding="application/x-tex">{escape(source)}</annotation></semantics></math>'
    )


def _written(element: Any) -> str:
    name = name_of(element)
    children = [child for child in element if isinstance(child.tag, str)]
    if name not in _NODES:
        # an unknown element is what it holds
        return "".join(map(_written, children)) or (
            f"<mtext>{escape(element.text)}</mtext>" if (element.text or "").strip() else ""
        )
    attributes = "".join(
        f' {key}="{escape(value)}"'
        for key, value in sorted(element.attrib.items())
        if key in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    inner = escape("".join(element.itertext())) if name in LEAVES else "".join(map(_written, children))
    return f"<{name}{attributes}>{inner}</{name}>"


def name_of(element: Any) -> str:
    """The name of an element of MathML without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1].lower()
