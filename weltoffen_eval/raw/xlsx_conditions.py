"""Where a condition can change what a tab shows: a format of its own, a picture in place of the number."""

from __future__ import annotations

from collections.abc import Sequence

from weltoffen_eval.raw.xlsx_elements import is_set
from weltoffen_eval.raw.xlsx_ranges import Range, parse_range
from weltoffen_eval.raw.xlsx_styles import colour_of, hides_by_condition

#: Elements of Excel 2010 that say the same in another way (MS-XLSX, 2.6.22 to 2.6.31).
EXTENSIONS = frozenset(
    ("x14:conditionalFormatting", "x14:cfRule", "x14:iconSet", "x14:dataBar", "x14:dxf", "xm:sqref")
)


class Conditions:
    """Hears the elements of a tab. ``formats``: those of the workbook's conditions that can hide."""

    def __init__(self, formats: Sequence[bool]) -> None:
        self._formats = formats
        self.ranges: list[Range] = []
        self._present: list[Range] = []
        self._of_extension = self._in_format = False
        self._within, self._letters, self._ground, self._fills, self._is_solid = "", "", "", False, False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "conditionalFormatting":
            self._present = [parse_range(text) for text in attributes.get("sqref", "").split()]
        elif name == "cfRule":
            number = attributes.get("dxfId", "")
            if number.isdecimal() and int(number) < len(self._formats) and self._formats[int(number)]:
                self.ranges.extend(self._present)
        elif name in ("iconSet", "dataBar") and not is_set(attributes.get("showValue", "1")):
            self.ranges.extend(self._present)
        elif name == "x14:conditionalFormatting":
            self._of_extension = False
        elif name == "x14:dxf":
            self._in_format = True
            self._letters, self._ground, self._fills = "", "", False
        elif name in ("x14:iconSet", "x14:dataBar"):
            self._of_extension |= not is_set(attributes.get("showValue", "1"))
        elif self._in_format:
            self._of_extension |= (
                name == "numFmt" and attributes.get("formatCode", "General") != "General"
            ) or (name == "strike" and is_set(attributes.get("val", "1")))
            if name in ("font", "fill", "border"):
                self._within = name
            elif name == "color" and self._within == "font":
                self._letters = colour_of(attributes)
            elif name == "patternFill":
                kind = attributes.get("patternType", "solid")
                self._fills, self._is_solid = kind != "none", kind == "solid"
            elif name == "gradientFill":
                self._fills = True
            elif name == "bgColor" and self._is_solid:
                self._ground = colour_of(attributes)

    def end(self, name: str, text: str) -> None:
        if name == "x14:dxf":
            self._in_format = False
            self._of_extension |= hides_by_condition(self._letters, self._ground, self._fills)
        elif name == "xm:sqref" and self._of_extension:
            self.ranges.extend(parse_range(part) for part in text.split())
