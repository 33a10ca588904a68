"""Texts by language: what a questionnaire says in its languages, and what is read where one lacks."""

from __future__ import annotations

import re

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


class ByLanguage(dict[str, str]):
    """A text by language; in a language that it does not have, it is the first that there is.

    A questionnaire may be in any languages, at least one; reports are in one. So ``title["de"]`` is a text
    whatever the languages are; ``in`` and ``get`` tell what there is.
    """

    def __missing__(self, language: str) -> str:
        if not self:
            raise KeyError(language)
        return next(iter(self.values()))


def is_language(text: str) -> bool:
    """Whether a key names a language, as in ``de`` or ``de-AT``."""
    return _LANGUAGE.fullmatch(text) is not None
