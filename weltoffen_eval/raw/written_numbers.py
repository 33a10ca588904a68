"""Numbers as people write them: which sign parts decimals, and when a number has two readings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_BY_DECIMAL = {
    ",": re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?"),
    ".": re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?"),
}
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}")
_WITH_COMMA = re.compile(r"[+-]?[0-9.]*[0-9],[0-9]+")
_WITH_DOT = re.compile(r"[+-]?[0-9,]*[0-9]\.[0-9]+")


@dataclass(frozen=True)
class NumberStyle:
    """How the numbers of one file are written.

    ``decimal``: the decimal sign that study.toml names, or empty. Without it ``1.234`` is in doubt
    where ``dot_in_doubt`` (the file has decimal commas, or semicolons between its cells), and
    ``1,234`` where ``comma_in_doubt`` (the file has decimal dots).
    """

    decimal: str = ""
    dot_in_doubt: bool = False
    comma_in_doubt: bool = False

    def read(self, text: str) -> tuple[float, str] | None:
        """(the number, the rule by which it was read); None where the text is no number."""
        pattern = _BY_DECIMAL[self.decimal] if self.decimal else _PLAIN
        if not pattern.fullmatch(text):
            return None
        if self.decimal == ".":
            return float(text.replace(",", "")), "thousands_comma" if "," in text else ""
        if self.decimal == "," and "." in text:
            return float(text.replace(".", "").replace(",", ".")), "thousands_dot"
        return float(text.replace(",", ".")), "decimal_comma" if "," in text else ""

    def doubt(self, text: str, minimum: float, maximum: float) -> str:
        """The two readings of a number in words, where both are possible; else empty.

        Both are where the file's style leaves it open, or where both are on the scale.
        """
        grouped = None if self.decimal else _GROUPED.fullmatch(text)
        if grouped is None:
            return ""
        sign = grouped.group(1)
        whole, decimal = float(text.replace(sign, "")), float(text.replace(sign, "."))
        on_scale = minimum <= whole <= maximum and minimum <= decimal <= maximum
        in_doubt = (self.dot_in_doubt or on_scale) if sign == "." else self.comma_in_doubt
        return f"{whole:.0f} or {decimal:g}" if in_doubt else ""


def find_style(numbers: Iterable[str], decimal: str | None, delimiter: str) -> NumberStyle:
    """The style of a file by the numbers in it; ``decimal`` is what study.toml says, if anything."""
    if decimal:
        return NumberStyle(decimal)
    written = [text for text in numbers if "," in text or "." in text]
    commas = delimiter == ";" or any(_WITH_COMMA.fullmatch(text) for text in written)
    dots = any(_WITH_DOT.fullmatch(text) and not _GROUPED.fullmatch(text) for text in written)
    return NumberStyle("", commas, dots)
