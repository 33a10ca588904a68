"""A language of the reports: how its numbers, dates and lists are written, and its words for our terms.

Rounding happens here and nowhere above. Formats come from the Unicode CLDR (Babel); the words stand in
``sentences/<language>/words.toml``.
"""

from __future__ import annotations

import datetime
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, did_you_mean

if TYPE_CHECKING:
    from babel import Locale

#: Where there is no value.
NOTHING = "–"


def whole(value: float) -> int:
    """To the nearest whole number, halves upwards (as people do it, not as Python's round)."""
    return math.floor(round(value, 9) + 0.5)


@dataclass(frozen=True)
class Label:
    """A text that people gave, such as the title of a field, and the language in which it is."""

    text: str
    language: str


@dataclass(frozen=True)
class Language:
    """``words``: by table and term; ``counts``: the numbers from 0 that running text writes as words."""

    id: str
    locale: Locale
    words: dict[str, dict[str, str]]
    counts: tuple[str, ...]

    def word(self, table: str, term: str) -> str:
        """The word for a term, such as ``word("missing", "skipped")``."""
        return self.words[table][term]

    def of(self, texts: Mapping[str, str]) -> Label:
        """A text by language: in this one, else in the first that there is."""
        name = self.id if self.id in texts else next(iter(texts))
        return Label(texts[name], name)

    def foreign(self, label: Label) -> str:
        """The language of a label where it is not this one, else nothing."""
        return "" if label.language == self.id else label.language

    def points(self, value: float) -> str:
        """A score in points: whole, or a dash where there is none."""
        return NOTHING if math.isnan(value) else str(whole(value))

    def decimal(self, value: float, digits: int = 1, fixed: bool = False) -> str:
        """A number with at most, or ``fixed``: with exactly, so many digits behind the decimal sign."""
        if math.isnan(value):
            return NOTHING
        from babel.numbers import format_decimal

        pattern = "0." + ("0" if fixed else "#") * digits if digits else "0"
        # through text, so that 0.25 and its kin are rounded as Python prints them
        return str(format_decimal(float(f"{value:.{digits}f}") + 0.0, pattern, locale=self.locale))

    def share(self, value: float) -> str:
        """A share (0–1) in whole percent."""
        if math.isnan(value):
            return NOTHING
        from babel.numbers import format_percent

        return str(format_percent(whole(value * 100) / 100, "0\N{NO-BREAK SPACE}%", locale=self.locale))

    def count(self, value: float) -> str:
        """A count in running text: to twelve in words, larger ones and parts of a whole in digits."""
        if value == int(value) and 0 <= value < len(self.counts):
            return self.counts[int(value)]
        return self.decimal(value)

    def count_range(self, low: float, high: float) -> str:
        """Whole numbers in running text: "vier bis acht", or one where both are the same."""
        ends = self.count(low), self.count(high)
        return ends[0] if low == high else self.word("forms", "range").format(low=ends[0], high=ends[1])

    def range(self, low: float, high: float) -> str:
        """ "52 bis 64", or one number where both ends print the same."""
        if math.isnan(low) or math.isnan(high):
            return NOTHING
        ends = self.points(low), self.points(high)
        if ends[0] == ends[1]:
            return ends[0]
        return self.word("forms", "range").format(low=ends[0], high=ends[1])

    def part_of(self, part: float, whole_part: float) -> str:
        """ "14 von 15"."""
        form = self.word("forms", "part")
        return form.format(part=self.decimal(part), whole=self.decimal(whole_part))

    def quoted(self, text: str) -> str:
        """A name or an answer in quotation marks."""
        return self.word("forms", "quoted").format(text=text)

    def date(self, day: datetime.date) -> str:
        """A date in full, such as "30. Juni 2021"."""
        from babel.dates import format_date

        return str(format_date(day, "long", locale=self.locale))

    def listing(self, parts: list[str]) -> str:
        """ "a, b und c"."""
        from babel.lists import format_list

        return str(format_list(parts, locale=self.locale)) if parts else ""

    def grouped(self, value: float) -> str:
        """A large whole number, its thousands apart: "1 000"."""
        return f"{whole(value):,}".replace(",", self.word("forms", "thousands"))

    def times(self, number: int) -> str:
        """How often: "zweimal", from thirteen on "13-mal"."""
        table = self.words["times"]
        return table.get(str(number), table["other"]).format(number=number)

    def place(self, name: str, form: str) -> str:
        """A municipality within a sentence, as its name asks for: "des Landkreises Skizzenstadt".

        ``form``: a table of words, by the first word of a name or, with a hyphen before it, its ending.
        """
        table = self.words[form]
        first, _, rest = name.partition(" ")
        if rest and first in table:
            return table[first].format(name=name, rest=rest)
        ending = next((e for e in table if e[:1] == "-" and name.casefold().endswith(e[1:])), "other")
        return table[ending].format(name=name, rest=rest)

    def plural(self, number: float) -> str:
        """The form of a noun beside a number, as CLDR calls it: ``one``, ``other`` …"""
        return str(self.locale.plural_form(int(number) if number == int(number) else number))


@cache
def load_language(name: str) -> Language:
    """A language that has a folder of sentences.

    Raises
    ------
    CallError
        If there is none of this name.
    """
    from babel import Locale

    known = language_names()
    if name not in known:
        raise CallError(
            f"There are no sentences in the language {name!r}; there are {', '.join(known)}."
            f"{did_you_mean(name, known)}"
        )
    words = tomllib.loads((paths.SENTENCES / name / "words.toml").read_text(encoding="utf-8"))
    counts, locale = tuple(words.pop("counts")), str(words.pop("locale", name))
    return Language(name, Locale.parse(locale), words, counts)


def language_names() -> list[str]:
    """The languages in which reports can be made, sorted."""
    return paths.languages()
