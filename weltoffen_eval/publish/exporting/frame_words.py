"""Words that a report has besides those of its notebook, from the catalogue of sentences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from weltoffen_eval import paths

#: Whoever reads a report in a language without words of ours has the first of these round it that there is.
_OTHERWISE = ("en", "de")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@cache
def _worded(catalogue: str, language: str) -> Mapping[str, Mapping[str, str]]:
    """The texts of a catalogue in a language, by name; empty where there are none."""
    path = paths.SENTENCES / language / f"{catalogue}.toml"
    if language not in paths.languages() or not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Words:
    """The words of a report in one language, a language tag such as ``de`` or ``en-GB``.

    ``catalogue``: ``frame`` for what stands round every report, ``pages`` for pages that are no report.
    """

    def __init__(self, language: str = "de", catalogue: str = "frame"):
        self.language = language
        wanted = language.split("-")[0].lower()
        #: The language of the words themselves.
        self.own = next(name for name in (wanted, *_OTHERWISE) if _worded(catalogue, name))
        self._words = _worded(catalogue, self.own)

    def __call__(self, name: str, **values: object) -> str:
        worded = self._words[name]
        if "plural" not in worded:
            return worded["text"].format(**values)
        from babel import Locale

        number = int(str(values[worded["plural"]]))
        form = str(Locale.parse(self.own).plural_form(number))
        return worded.get(form, worded["other"]).format(**values)


def language_of(metadata: Mapping[str, Any], otherwise: str = "de") -> str:
    """The language in which a notebook says that it is written: ``lang`` or ``language`` of its metadata."""
    for key in ("lang", "language", "language_code", "locale"):
        said = metadata.get(key)
        if isinstance(said, str) and _TAG.fullmatch(said.split(".")[0].replace("_", "-")):
            return said.split(".")[0].replace("_", "-")
    return otherwise
