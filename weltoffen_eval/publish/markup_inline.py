"""What stands within a paragraph of HTML: links, pictures, formulas; and what a piece of HTML stands in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from weltoffen_eval.publish.formulas import given_mathml, read_formula
from weltoffen_eval.publish.frame_words import Words
from weltoffen_eval.publish.paragraphs import Paragraphs
from weltoffen_eval.publish.parts import Formula, Part, Prose, Run

#: Makes parts of a picture: its alternative text and its address, or a drawing itself.
PictureReader = Callable[[str, str], list[Part]]

#: Addresses to which a link may lead.
ADDRESSES = ("https://", "http://", "mailto:", "tel:", "ftp://")


@dataclass(frozen=True)
class Surroundings:
    """What the HTML of a cell stands in: the cell's ``number``, and who makes pictures, remarks and notes.

    ``name`` begins the names of its tables; ``missing`` makes a note of what cannot be shown, by its kind
    and its address; ``caption`` makes that of a table without one, of the title of its first column.
    """

    name: str
    words: Words
    picture: PictureReader
    drawing: PictureReader
    remark: Callable[[str], None]
    missing: Callable[[str, str], list[Part]]
    caption: Callable[[str], str]
    aligned: bool = False


class Inline(Paragraphs):
    """Reads elements within a paragraph."""

    def __init__(self, around: Surroundings, nested: bool):
        super().__init__()
        self.around, self.nested = around, nested

    def children(self, element: Any, style: Run, depth: int) -> None:
        """Read what an element holds."""
        raise NotImplementedError

    def read_br(self, element: Any, style: Run, depth: int) -> None:
        self.runs.append(Run("\n"))

    def read_q(self, element: Any, style: Run, depth: int) -> None:
        opening, closing = self.around.words("quoted", text="\0").split("\0")
        self.runs.append(replace(style, text=opening))
        self.children(element, style, depth)
        self.runs.append(replace(style, text=closing))

    def read_a(self, element: Any, style: Run, depth: int) -> None:
        target, said = self.target(element.get("href"))
        self.children(element, replace(style, target=target or style.target), depth)
        if said:
            self.runs.append(replace(style, text=f" ({said})"))

    def target(self, href: str | None) -> tuple[str, str]:
        """Where a link leads, or what is said of it if it can lead nowhere in a report."""
        address = re.sub(r"[\x00-\x20]+", "", href or "") if href else ""
        if address.startswith("//"):
            address = f"https:{address}"
        if not address or address.startswith("#") or address.lower().startswith(ADDRESSES):
            return address, ""
        self.around.remark(f"has a link to {address[:80]!r}, which leads nowhere in a report")
        return "", "" if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) else address[:500]

    def read_img(self, element: Any, style: Run, depth: int) -> None:
        alternative = element.get("alt") or element.get("aria-label") or ""
        if element.get("src"):
            self.illustrate(self.around.picture(alternative, element.get("src")), alternative, style)

    def read_svg(self, element: Any, style: Run, depth: int) -> None:
        drawn = any(child.tag not in ("defs", "style", "metadata") for child in element)
        if (
            not drawn
            or element.get("aria-hidden") == "true"
            or "0" in (element.get("width"), element.get("height"))
        ):
            return
        titles = [e.text for e in element.iter("title") if e.text]
        alternative = element.get("aria-label") or (titles[0] if titles else "")
        drawing = etree.tostring(element, encoding="unicode", with_tail=False)
        self.illustrate(self.around.drawing(alternative, drawing), alternative, style)

    def illustrate(self, parts: list[Part], alternative: str, style: Run) -> None:
        """A picture stands by itself; a link round it follows."""
        self.flush()
        self.parts += parts
        if style.target:
            self.parts.append(Prose((Run(alternative or style.target, target=style.target),)))

    def read_tex(self, element: Any, style: Run, depth: int) -> None:
        self.formula(read_formula(element.text or "", element.get("display") == "block"), style)

    def read_math(self, element: Any, style: Run, depth: int) -> None:
        found = given_mathml(element)
        if found is not None:
            self.formula(found, style)

    def formula(self, formula: Formula, style: Run) -> None:
        if not formula.source:
            return
        if not formula.mathml:
            self.around.remark(
                f"has a formula that cannot be set; its source is shown: {formula.source[:80]}"
            )
        if formula.display and not self.nested:
            self.flush()
            self.parts.append(formula)
        else:
            self.runs.append(replace(style, text=formula.source, formula=formula))

    def read_input(self, element: Any, style: Run, depth: int) -> None:
        kind = (element.get("type") or "text").lower()
        if kind == "checkbox" and "task-list-item-checkbox" in (element.get("class") or ""):
            self.runs.append(Run("☑ " if element.get("checked") is not None else "☐ "))
        elif kind in ("button", "submit", "text", "number", "range") and element.get("value"):
            self.around.remark("has a form (<input>), which does nothing in a report; its value is shown")
            self.text(f" {element.get('value')} ", style)
