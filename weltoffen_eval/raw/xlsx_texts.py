"""Shared and inline texts of a workbook: put together from their runs, with how each part of one looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from weltoffen_eval.errors import visible
from weltoffen_eval.raw.xlsx_elements import STRUCK, UNSTRIKE, is_set, unescape
from weltoffen_eval.raw.xlsx_styles import Styles, colour_of, font_of_signs, is_too_small, shows_signs


@dataclass(frozen=True)
class RunLook:
    """How a run of text looks. ``is_own``: whether it says so itself, else it looks as its cell does.

    ``shift``: whether it is raised or lowered. ``meets``: it has a digit beside one that is not shifted so:
    3 with a small 1 behind it is not 31. ``signs``: the font of signs in which it is.
    """

    is_own: bool = False
    letters: str = ""
    is_struck: bool = False
    is_small: bool = False
    shift: str = ""
    meets: bool = False
    signs: str = ""

    def is_unseen(self, styles: Styles, style: str) -> bool:
        """Whether nobody sees it in a cell of this style.

        A run that says no colour is black in some programs, and has the colour of its cell in others.
        """
        if self.is_small:
            return True
        if self.letters:
            return styles.hides(self.letters, style)
        return style in styles.unseen


#: What is to be done about letters in a font of signs.
SIGNS_ADVICE = "Write in words what is meant, in a font of letters."
#: A text without runs, and a run that says nothing of how it looks.
AS_THE_CELL = frozenset((RunLook(),))


def doubts_of(
    looks: frozenset[RunLook], styles: Styles, style: str, text: str
) -> Iterator[tuple[str, str, str, str]]:
    """What is to be told of a value with a line through it, or which nobody sees, be it in part only, or in
    whose place something else is seen: found, expected, advice, kind."""
    signs = next((look.signs for look in looks if look.signs), "")
    font = styles.of_signs.get(style, "") if any(not look.is_own for look in looks) else ""
    if signs or (font and shows_signs(font, text)):
        told = f"letters of the font {visible(signs or font)[:40]}, which shows signs in their place"
        yield told, "a value that is shown as it is stored", SIGNS_ADVICE, "signs"
    if any(look.meets for look in looks):
        told = "a raised or lowered digit beside another, such as the number of a note"
        yield told, "a value of plain digits", "Delete it, or put it apart.", "signs"
    if style in styles.struck or any(look.is_struck for look in looks):
        yield STRUCK, "a value that holds", UNSTRIKE, "struck_through"
    unseen = [look.is_unseen(styles, style) for look in looks]
    if all(unseen):
        told = "a value in the colour of its ground or of no size, which nobody sees"
        advice = "Give it a colour and a size that are seen, or delete it."
        yield told, "a value that is seen", advice, "unseen"
    elif any(unseen):
        told = "a text of which a part has the colour of its ground or no size, so that nobody sees it"
        advice = "Delete that part, or give it a colour and a size that are seen."
        yield told, "a text that is seen as a whole", advice, "unseen_in_part"


class RunsOfText:
    """The text of a shared or inline string, put together from its runs; reading aids are left out.

    ``looks``: those of the parts of what was last taken that hold more than blanks.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._aid = False
        self._look = RunLook()
        self._looks: set[RunLook] = set()
        self._last, self._last_shift = "", ""
        self.looks = AS_THE_CELL

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rPh":
            self._aid = True
        elif name == "r":
            self._look = RunLook()
        elif name == "rPr":
            self._look = RunLook(is_own=True)
        elif self._look.is_own:
            if name == "strike":
                self._look = replace(self._look, is_struck=is_set(attributes.get("val", "1")))
            elif name == "color":
                self._look = replace(self._look, letters=colour_of(attributes))
            elif name == "sz":
                self._look = replace(self._look, is_small=is_too_small(attributes))
            elif name == "vertAlign":
                shift = attributes.get("val", "")
                self._look = replace(self._look, shift="" if shift == "baseline" else shift)
            elif name == "rFont":
                self._look = replace(self._look, signs=font_of_signs(attributes.get("val", "")))

    def end(self, name: str, text: str) -> None:
        if name == "rPh":
            self._aid = False
        elif name == "t" and not self._aid:
            self._parts.append(text)
            if text.strip():
                look = self._look
                meets = look.shift != self._last_shift and self._last.isdecimal() and text[0].isdecimal()
                signs = look.signs if look.signs and shows_signs(look.signs, text) else ""
                self._looks.add(replace(look, meets=meets, signs=signs) if meets or look.signs else look)
            if text:
                self._last, self._last_shift = text[-1], self._look.shift

    def take(self) -> str:
        self.looks, self._look = AS_THE_CELL, RunLook()
        if not self._parts:
            return ""
        text = unescape("".join(self._parts))
        self._parts.clear()
        self._last = self._last_shift = ""
        if self._looks and self._looks != AS_THE_CELL:
            self.looks = frozenset(self._looks)
        self._looks.clear()
        return text
