"""What a spreadsheet shows of a stored value: the format of a cell can say something else than the file.

The grammar is that of ECMA-376-1:2016, 18.8.30 and 18.8.31: up to four sections, for positive and negative
numbers, zero and text.
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

#: Formats that a workbook names by number only (18.8.30); 27–36 and 50–58 are dates of East Asia.
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0;-$#,##0", 6: "$#,##0;-$#,##0",
    7: "$#,##0.00;-$#,##0.00", 8: "$#,##0.00;-$#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0", 42: "$#,##0;-$#,##0",
    43: "#,##0.00;-#,##0.00", 44: "$#,##0.00;-$#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
    **dict.fromkeys([*range(27, 37), *range(50, 59)], "yyyy-mm-dd"),
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<exponent>[eE][+-])|(?P<ampm>AM/PM|A/P)|(?P<date>[yYmMdDhHsSgGbB]+|[eE](?![+-]))"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_WHITE = re.compile(r"white|colou?r ?2", re.IGNORECASE)
#: Signs around a number that do not change it: currencies, and what shows a sign.
_HARMLESS = re.compile(r"[\s€$£¥'’()+\-–−]*(?:EUR|CHF|USD)?[\s€$£¥'’()+\-–−]*")


@dataclass(frozen=True)
class Seen:
    """What a person sees of a value: its ``text``; ``rule`` where it is not what is stored.

    ``doubt``: why it cannot be said for certain what is meant; then it is a fault.
    """

    text: str
    rule: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class _Section:
    """One section of a format: its tokens, and the condition under which it holds."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    def literal(self) -> str:
        return "".join(text for kind, text in self.tokens if kind == "literal")


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    tokens: list[tuple[str, str]] = []
    condition = None
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match.group(kind) or ""
        if kind == "other" and text == ";":
            sections.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("literal", text))
        elif kind == "blank":
            tokens.append(("literal", " "))
        elif kind == "bracket":
            found = _CONDITION.fullmatch(text)
            if found:
                condition = (found.group(1), float(found.group(2)))
            elif _WHITE.fullmatch(text):
                tokens.append(("unseen", ""))
            elif text.startswith("$"):
                tokens.append(("literal", text[1:].partition("-")[0]))
            elif re.fullmatch("[hms]+", text, re.IGNORECASE):
                tokens.append(("date", text))
        elif kind != "fill":
            tokens.append((kind, text))
    sections.append(_Section(tuple(tokens), condition))
    return tuple(sections)


def plain_number(value: float) -> str:
    """A number as a spreadsheet shows it where no format says otherwise: 2.0 is 2."""
    value = _without_noise(value)
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _without_noise(value: float) -> float:
    """A number with the 15 digits that spreadsheets show at most: 0.1 + 0.2 is 0.3 in them."""
    return float(f"{value:.15g}") if math.isfinite(value) and value != int(value) else value


def show_text(text: str, code: str) -> Seen:
    """What is seen of a text, or of TRUE and FALSE."""
    sections = _sections(code)
    if len(sections) < 4 and not sections[-1].has("text"):
        return Seen(text)
    section = sections[3] if len(sections) >= 4 else sections[-1]
    if section.has("unseen"):
        return Seen(text, doubt=f"{text} in white ({code})")
    shown = "".join(text if kind == "text" else part for kind, part in section.tokens)
    if shown.strip() == text.strip():
        return Seen(text)
    return Seen(text, doubt=_doubt(shown, text))


def show_number(value: float, code: str, is_1904: bool = False) -> Seen:
    """What is seen of a number."""
    stored, value = plain_number(value), _without_noise(value)
    if code == "General" or code == "@":
        return Seen(stored)
    sections = _sections(code)
    section, sign_is_shown = _choose(sections, value)
    if section is None:
        return Seen(stored, doubt=f"a format that has no way to show {stored} ({code})")
    if section.has("unseen"):
        return Seen(stored, doubt=f"{stored} in white ({code})")
    if section.has("date", "ampm") and not section.has("general"):
        return _show_date(value, section, is_1904)
    if section.has("general", "text"):
        return _beside_literals(stored, stored, section)
    if not section.has("digit"):
        return Seen(stored, doubt=_doubt(section.literal(), stored))
    if value < 0 and not sign_is_shown and not set("-–−(") & set(section.literal()):
        return Seen(stored, doubt=_doubt(plain_number(-value), stored))
    return _show_digits(value, section, stored, code)


def _doubt(shown: str, stored: str) -> str:
    seen = f"{shown.strip()!r}" if shown.strip() else "nothing"
    return f"{stored}, of which the number format shows {seen}"


def _choose(sections: tuple[_Section, ...], value: float) -> tuple[_Section | None, bool]:
    """The section for a number, and whether its sign is shown without being part of the section."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        compare = {
            "<": value.__lt__, "<=": value.__le__, ">": value.__gt__, ">=": value.__ge__, "=": value.__eq__,
            "<>": value.__ne__,
        }  # fmt: skip
        for section in numeric:
            if section.condition is None or compare[section.condition[0]](section.condition[1]):
                return section, False
        return None, False
    if len(numeric) == 1:
        return numeric[0], True
    if value < 0:
        return numeric[1], False
    return (numeric[2], True) if value == 0 and len(numeric) == 3 else (numeric[0], True)


def _show_digits(value: float, section: _Section, stored: str, code: str) -> Seen:
    kinds = [kind for kind, _ in section.tokens]
    first, last = kinds.index("digit"), len(kinds) - 1 - kinds[::-1].index("digit")
    unsure = Seen(stored, doubt=f"{stored} in the number format {code}, which shows something else")
    if "slash" in kinds[first : last + 1]:
        return Seen(stored) if value == int(value) else unsure
    if any(kind == "literal" and text.strip() for kind, text in section.tokens[first:last]):
        return unsure
    point = kinds.index("point") if "point" in kinds else len(kinds)
    last_whole = max((i for i, kind in enumerate(kinds[:point]) if kind == "digit"), default=-1)
    if last_whole >= 0 and kinds[last_whole + 1 : last_whole + 2] == ["comma"] and value != 0:
        return unsure
    decimals = sum(kind == "digit" for kind in kinds[point:])
    exact = Decimal(repr(value)) * 100 ** kinds.count("percent")
    if "exponent" in kinds:
        mantissa = sum(kind == "digit" for kind in kinds[point : kinds.index("exponent")])
        return Seen(stored) if float(f"{value:.{mantissa}e}") == value else unsure
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if abs(exact) < 10**20 else exact
    text = plain_number(float(rounded))
    if rounded != exact and decimals == 0:
        # a code or a share that is no whole number: whether 2.6 or 3 is meant is not known
        return Seen(stored, doubt=_doubt(text + "%" * kinds.count("percent"), stored))
    digits = sum(part == "0" for kind, part in section.tokens[:point] if kind == "digit")
    if rounded == int(rounded) and len(text.lstrip("-")) < digits:
        text = ("-" if rounded < 0 else "") + text.lstrip("-").zfill(digits)
    return _beside_literals(text, stored, section)


def _beside_literals(text: str, stored: str, section: _Section) -> Seen:
    """A number with what stands around it: a currency is let go, a percent stays, others are in doubt."""
    literal = section.literal()
    percents = sum(kind == "percent" for kind, _ in section.tokens)
    if percents + literal.count("%") == 1 and _HARMLESS.fullmatch(literal.replace("%", "")):
        kinds = "".join(" " if part.isspace() else "%" if "%" in part else "0" for _, part in section.tokens)
        shown = text + (" %" if " %" in kinds or " %" in literal else "%")
        return Seen(shown, "percent_format")
    if percents or not _HARMLESS.fullmatch(literal):
        return Seen(stored, doubt=_doubt("".join(_filled(section, text)), stored))
    return Seen(text, "" if text == stored else "number_format")


def _filled(section: _Section, text: str) -> list[str]:
    parts, done = [], False
    for kind, part in section.tokens:
        if kind in ("digit", "general", "text", "point", "comma"):
            parts += [] if done else [text]
            done = True
        else:
            parts.append(part)
    return parts


def _show_date(value: float, section: _Section, is_1904: bool) -> Seen:
    """A date or time in ISO 8601; a serial number counts days from 1899-12-31 or from 1904-01-01."""
    letters = "".join(text for kind, text in section.tokens if kind == "date").lower()
    if value < 0 or value >= 2_958_466:
        return Seen(plain_number(value), doubt=_doubt("########", plain_number(value)))
    seconds = round((value % 1) * 86_400)
    if not set("ydgb") & set(letters) and "mmm" not in letters:
        hours, rest = divmod(int(value) * 86_400 + seconds, 3_600)
        return Seen(f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}", "date_format")
    day = int(value) + seconds // 86_400
    seconds %= 86_400
    if is_1904:
        date = (datetime.date(1904, 1, 1) + datetime.timedelta(day)).isoformat()
    elif day in (0, 60):
        # Lotus 1-2-3 took 1900 for a leap year, and every spreadsheet since
        date = "1900-01-00" if day == 0 else "1900-02-29"
    else:
        start = datetime.date(1899, 12, 31) if day < 60 else datetime.date(1899, 12, 30)
        date = (start + datetime.timedelta(day)).isoformat()
    clock = f"T{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}" if seconds else ""
    return Seen(date + clock, "date_format")
