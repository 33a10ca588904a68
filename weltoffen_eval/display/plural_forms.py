"""Which form of a sentence belongs to a number: that of one, of many, of all that there are."""

from __future__ import annotations

from collections.abc import Container

from weltoffen_eval.display.language import Language

#: Forms of a plural, as the Unicode CLDR calls them; the last three where the number is that of all.
FORMS = ("zero", "one", "two", "few", "many", "other", "only", "both", "all")
#: Words of their own that languages may have though CLDR has no form for them.
_NUMBERS = {0: "zero", 2: "two"}
_WHOLES = {1: "only", 2: "both"}


def form_of(there: Container[str], language: Language, number: float, total: float | None) -> str:
    """The form of those ``there``; ``other`` where nothing closer is there.

    Parameters
    ----------
    total : how many there are in all, of which ``number`` are spoken of; None where no form depends on it
    """
    usual = language.plural(number)
    wanted = [_NUMBERS.get(int(number) if number == int(number) else -1, usual), usual]
    if total is not None and number == total > 0:
        wanted = [_WHOLES.get(int(number), "all"), *(["all"] if number > 1 else []), *wanted]
    return next((form for form in wanted if form in there), "other")
