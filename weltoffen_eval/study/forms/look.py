"""How a form looks: letters, colours and lines of its cells, and its pages on paper."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from weltoffen_eval.errors import visible

if TYPE_CHECKING:
    from weltoffen_eval.study.forms.pages import Form

# the colours of the reports, without their #
_INK, _SOFT, _MARK, _GRID, _WASH, _PAPER = "1F2933", "4A5663", "0B5C7A", "D5DBE1", "F3F6F8", "FFFFFF"
_FILL_IN, _FILL_IN_LINE = "FFFBEA", "8A9AA8"
#: Its letters are as wide in the fonts that take its place where it is not there.
FONT = "Arial"
#: Points of height for each point of letters.
_LINE = 1.32
#: A letter of the usual size takes so much of a column's width, which is counted in digits.
_LETTER = 1.03
#: Points of the height of a row of a table.
LEAST_HEIGHT = 21.0
_USUAL_SIZE = 11


@dataclass(frozen=True)
class Look:
    """How the text of a cell is set; ``padding``: points above and below it, where the height is set."""

    size: float = 10
    is_bold: bool = False
    colour: str = _INK
    fill: str = ""
    line: str = ""
    is_locked: bool = True
    padding: float = 6
    indent: int = 0
    at: str = "top"

    def apply(self, cell: Any) -> None:
        """Set a cell of a workbook so."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        cell.font = Font(name=FONT, size=self.size, bold=self.is_bold, color=self.colour)
        cell.alignment = Alignment(wrap_text=True, vertical=self.at, horizontal="left", indent=self.indent)
        if self.fill:
            cell.fill = PatternFill("solid", fgColor=self.fill)
        if self.line:
            side = Side(style="thin", color=self.line)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.protection = Protection(locked=self.is_locked)


LINES = {
    "title": Look(20, True, _MARK, padding=8),
    "lead": Look(12, False, _SOFT, padding=6),
    "heading": Look(14, True, _INK, padding=16, at="bottom"),
    "text": Look(),
    "note": Look(9, False, _SOFT),
    "list": Look(indent=1, padding=3),
}
PLAIN = Look(line=_GRID, at="center")
STRONG = Look(is_bold=True, line=_GRID, at="center")
GROUP = Look(10.5, True, _MARK, fill=_WASH, line=_GRID, at="center")
ASIDE = Look(colour=_SOFT, fill=_WASH, line=_GRID, at="center")
LINK = Look(colour=_MARK, line=_GRID, at="center")
HEAD = Look(is_bold=True, colour=_PAPER, fill=_MARK, line=_MARK, at="center")
ENTRY = Look(fill=_FILL_IN, line=_FILL_IN_LINE, is_locked=False, at="center")


def set_usual_letters(book: Any) -> None:
    """The letters by which the widths of columns are counted."""
    from openpyxl.styles import Font

    book._named_styles["Normal"].font = Font(name=FONT, size=10)


def height_of(text: str, width: float, look: Look) -> float:
    """The height in points that a text needs in a cell of so many letters: programs do not find it out."""
    letters = max(1.0, (width - 2 * look.indent) / (look.size / _USUAL_SIZE * _LETTER))
    lines = sum(max(1, len(wrap(part, int(letters)))) for part in text.split("\n"))
    return round(lines * look.size * _LINE + look.padding, 1)


def print_lines(tab: Any, form: Form, is_landscape: bool) -> None:
    """A4, as wide as the tab, with what form it is and the number of the page at the foot."""
    setup = tab.page_setup
    setup.orientation = "landscape" if is_landscape else "portrait"
    setup.paperSize = 9
    setup.fitToWidth, setup.fitToHeight = 1, 0
    tab.sheet_properties.pageSetUpPr.fitToPage = True
    margins = tab.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.75
    tab.oddFooter.left.text = _for_foot(form.running)
    tab.oddFooter.right.text = _for_foot(form.page_of).replace("{page}", "&P").replace("{pages}", "&N")
    for part in (tab.oddFooter.left, tab.oddFooter.right):
        part.size, part.font, part.color = 9, FONT, _SOFT


def _for_foot(text: str) -> str:
    """A text in which no & begins a command of its own."""
    return visible(" ".join(text.split()))[:120].replace("&", "&&")
