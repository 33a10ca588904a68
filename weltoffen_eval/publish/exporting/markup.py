"""HTML of a notebook as parts: its words, what they are, places to which links lead; nothing that acts."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

from lxml import etree

from weltoffen_eval.block_html import without_controls
from weltoffen_eval.blocks import Heading
from weltoffen_eval.publish.exporting import markup_tables
from weltoffen_eval.publish.exporting.markdown import github_anchor, jupyter_anchor, slug
from weltoffen_eval.publish.exporting.markup_inline import ADDRESSES, Inline, Surroundings
from weltoffen_eval.publish.exporting.paragraphs import anchored, named, trimmed
from weltoffen_eval.publish.exporting.parts import (
    Folded,
    Part,
    Place,
    Plain,
    Points,
    Prose,
    Quote,
    Run,
    plain_text,
)

_SILENT = {
    "style",
    "head",
    "meta",
    "link",
    "title",
    "template",
    "base",
    "param",
    "source",
    "track",
    "colgroup",
}
_BLOCK_NAMES = """
address article aside body center dd div dl dt fieldset figcaption figure footer form header hgroup html
legend main nav noscript p search section summary td th tr tbody thead tfoot option optgroup
"""
_BLOCKS = set(_BLOCK_NAMES.split())
_STYLES: dict[str, dict[str, Any]] = {
    **{tag: {"strong": True} for tag in ("b", "strong")},
    **{tag: {"emphasis": True} for tag in ("i", "em", "cite", "dfn", "var")},
    **{tag: {"code": True} for tag in ("code", "kbd", "samp", "tt")},
    **{tag: {"struck": True} for tag in ("s", "del", "strike")},
    "sup": {"shift": "above"},
    "sub": {"shift": "below"},
}
#: What acts or shows only in a browser, as the words of a report call it.
_ACTING = {
    "script": "script", "canvas": "script", "iframe": "window", "frame": "window", "object": "object",
    "embed": "object", "applet": "object", "video": "video", "audio": "audio", "select": "field",
    "textarea": "field", "button": "field",
}  # fmt: skip
_DATA_SCRIPT = re.compile(r"json|text/(?:plain|template|x-)|math/", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
_OF_PARTS = ".//table|.//img|.//svg|.//p|.//ul|.//ol|.//h1|.//h2|.//h3|.//script|.//iframe"
#: What is nested deeper is read as text.
_DEEPEST = 90


def read_markup(html: str, around: Surroundings) -> list[Part]:
    """The parts of a piece of HTML, in their order."""
    if not html.strip():
        return []
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(f"<body>{without_controls(html)}", parser)
    if root is None:
        return []
    if any("depth" in error.message for error in parser.error_log):
        # the parser gave up in the middle
        around.remark("holds HTML that is nested too deep; its words are shown as plain text")
        return [Prose((Run(" ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split())),))]
    walker = Walker(around)
    walker.children(root, Run(""), 0)
    walker.flush()
    return walker.parts


class Walker(Inline):
    """Goes through HTML and collects its parts."""

    def __init__(self, around: Surroundings, nested: bool = False, counted: list[int] | None = None):
        super().__init__(around, nested)
        #: How many tables there have been, in all walkers of this piece of HTML.
        self.counted = counted if counted is not None else [0]

    def beside(self) -> Walker:
        """One that begins anew, with the same count of tables."""
        return Walker(self.around, self.nested, self.counted)

    # --- text -------------------------------------------------------------------------------------------

    def children(self, element: Any, style: Run, depth: int) -> None:
        """Read what an element holds."""
        self.text(element.text, style)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, style, depth + 1)
            self.text(child.tail, style)

    def inside(self, element: Any, depth: int, style: Run | None = None) -> tuple[Part, ...]:
        """What an element holds, as parts of its own."""
        walker = Walker(self.around, True, self.counted)
        walker.children(element, style or Run(""), depth)
        walker.flush()
        return tuple(inner for part in walker.parts for inner in anchored(part))

    # --- elements -----------------------------------------------------------------------------------------

    def element(self, element: Any, style: Run, depth: int) -> None:
        """Read one element."""
        tag = element.tag.lower()
        looks = element.get("style") or ""
        if tag == "head":
            for script in element.iter("script"):
                self.acting(script, "script", style, depth)
        if tag in _SILENT or element.get("hidden") is not None or _HIDDEN.search(looks):
            return
        if depth > _DEEPEST:
            self.around.remark("holds HTML that is nested too deep; its words are shown as plain text")
            self.text(" ".join(element.itertext()), style)
            return
        name = element.get("id") or (element.get("name") if tag == "a" else None)
        heading = _HEADING.fullmatch(tag)
        if name and not heading and tag not in ("tr", "td", "th", "path"):
            self.runs.append(Run("", anchor=name))
        if heading:
            self.heading(element, int(heading[1]), name, depth)
        elif tag in _ACTING:
            self.acting(element, tag, style, depth)
        elif (tag == "pre" or (_KEPT_LINES.search(looks) and tag != "span")) and not element.xpath(_OF_PARTS):
            self.flush()
            self.plain(element)
        elif tag in _STYLES:
            self.children(element, replace(style, **_STYLES[tag]), depth)
        elif (method := getattr(self, f"read_{tag}", None)) is not None:
            method(element, style, depth)
        elif tag in _BLOCKS:
            self.flush()
            self.children(element, style, depth)
            self.flush()
        else:
            self.children(element, style, depth)

    def heading(self, element: Any, level: int, name: str | None, depth: int) -> None:
        self.flush()
        inner = Walker(self.around, True, self.counted)
        inner.children(element, Run(""), depth)
        # a picture ends a paragraph; the words before and behind it are one heading all the same
        words = [run for part in inner.parts if isinstance(part, Prose) for run in part.runs]
        words += trimmed(inner.runs)
        text = " ".join(plain_text(run for run in words if not run.formula or run.text).split())
        names = [run.anchor for run in words if run.anchor]
        names = list(dict.fromkeys([*([name] if name else []), *names]))
        others = [p for p in inner.parts if not isinstance(p, Prose | Place)]
        if not text:
            # a heading without words heads nothing
            self.parts += [Place(tuple(names))] if names else []
        elif self.nested:
            marks = [Run("", anchor=anchor) for anchor in (*names, jupyter_anchor(text), github_anchor(text))]
            self.parts.append(Prose((*marks, *(replace(run, strong=True) for run in words if run.text))))
        else:
            self.parts.append(Place(tuple(names), (jupyter_anchor(text), github_anchor(text))))
            self.parts.append(Heading(level, text, slug(text)))
            leading = [run for run in words if run.target and run.text.strip()]
            self.parts += [Prose(tuple(leading))] if leading else []
        if any(run.formula for run in words):
            self.around.remark(f"has a formula in the heading {text[:60]!r}; its source stands there")
        self.parts += others

    def acting(self, element: Any, tag: str, style: Run, depth: int) -> None:
        """Name what a report cannot hold, and keep the words in it."""
        if tag == "script" and (_DATA_SCRIPT.search(element.get("type") or "") or not _does(element)):
            return
        address = (element.get("src") or element.get("data") or "").strip()
        if tag in ("button", "select", "textarea"):
            self.around.remark(f"has a form (<{tag}>), which does nothing in a report; its words are shown")
            self.children(element, style, depth)
            return
        self.flush()
        shown = address if address.lower().startswith(ADDRESSES) else ""
        self.parts += self.around.missing(_ACTING[tag], shown)
        if tag not in ("script", "iframe"):
            self.children(element, style, depth)
            self.flush()

    def plain(self, element: Any) -> None:
        for br in element.iter("br"):
            br.tail = "\n" + (br.tail or "")
        if "mermaid" in (element.get("class") or "").split():
            self.around.remark("has a diagram (mermaid), which only a browser draws; its source is shown")
        for link in element.iter("a"):
            address = (link.get("href") or "").strip()
            if address.lower().startswith(ADDRESSES) and address not in "".join(link.itertext()):
                link.tail = f" ({address})" + (link.tail or "")
        shown = "".join(element.itertext()).strip("\n")
        if shown.strip():
            self.parts.append(Plain(shown))

    def read_hr(self, element: Any, style: Run, depth: int) -> None:
        self.flush()

    def read_ul(self, element: Any, style: Run, depth: int) -> None:
        self.points(element, False, depth)

    read_menu = read_dir = read_ul

    def read_ol(self, element: Any, style: Run, depth: int) -> None:
        self.points(element, True, depth)

    def points(self, element: Any, ordered: bool, depth: int) -> None:
        self.flush()
        if (element.text or "").strip():
            self.text(element.text, Run(""))
            self.flush()
        entries: list[tuple[Part, ...]] = []
        for child in element:
            if not isinstance(child.tag, str):
                continue
            inner = self.inside(child, depth)
            name = child.get("id")
            inner = named(inner, name) if name else inner
            if child.tag in ("ul", "ol") and entries:
                # a list right in a list belongs to the entry before it
                entries[-1] = (*entries[-1], Points(tuple((part,) for part in inner)))
            elif inner:
                entries.append(inner)
        start = element.get("start") or "1"
        first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        if entries:
            self.parts.append(Points(tuple(entries), ordered, first))

    def read_dt(self, element: Any, style: Run, depth: int) -> None:
        self.flush()
        self.children(element, replace(style, strong=True), depth)
        self.flush()

    def read_blockquote(self, element: Any, style: Run, depth: int) -> None:
        self.flush()
        inner = self.inside(element, depth)
        self.parts += [Quote(inner)] if inner else []

    def read_details(self, element: Any, style: Run, depth: int) -> None:
        self.flush()
        summary = element.find("summary")
        title = ""
        if summary is not None:
            words = Walker(self.around, True, self.counted)
            words.children(summary, Run(""), depth)
            title = " ".join(plain_text(words.runs).split())
            if words.parts or any(run.target for run in words.runs):
                title = ""
        if not title or element.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6"):
            # headings stand in the contents, so they are not folded
            self.children(element, style, depth)
            self.flush()
            return
        tail = summary.tail
        element.remove(summary)
        element.text = (element.text or "") + (tail or "")
        inner = self.inside(element, depth)
        self.parts.append(Folded(title, inner) if inner else Prose((Run(title, strong=True),)))

    def read_table(self, element: Any, style: Run, depth: int) -> None:
        self.flush()
        self.parts += markup_tables.read_table(element, self, depth)


def _does(script: Any) -> bool:
    return bool((script.text or "").strip() or script.get("src"))
