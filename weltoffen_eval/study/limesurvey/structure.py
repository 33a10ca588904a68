"""What a survey of LimeSurvey is made of: questions with codes, texts, parts and answers."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|p|div|li)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A subquestion: its code and its text by language, as the file holds it (HTML)."""

    code: str
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SurveyQuestion:
    """A question.

    ``kind``: LimeSurvey's letter for its type; ``answers``: by code the labels by language; ``group``: the
    name of its group in the first language, as the file holds it (HTML).
    """

    code: str
    kind: str
    texts: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True)
class Structure:
    """A survey. ``attributes``: what a participant's attributes are called, by their code (attribute_1)."""

    questions: tuple[SurveyQuestion, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


def strip_tags(text: str) -> str:
    """A text of LimeSurvey without its HTML, as headings show it; entities stay."""
    return collapse(_TAG.sub("", _BREAK.sub(" ", text)))


def seen(text: str) -> str:
    """A text of LimeSurvey as a person sees it."""
    return collapse(html.unescape(strip_tags(text)))


def escaped(text: str) -> str:
    """A text as LimeSurvey is to show it: nothing of it is HTML, and nothing in braces is computed."""
    return html.escape(text, quote=False).replace("{", "&#123;").replace("}", "&#125;")


def collapse(text: str) -> str:
    """A text with one blank where there are several, of whatever kind."""
    return " ".join(text.split())


def read_attributes(described: str) -> dict[str, str]:
    """What participants' attributes are called, of the JSON in which a survey says it."""
    try:
        entries = json.loads(described)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(entries, dict):
        return {}
    return {
        str(code): str(entry["description"])
        for code, entry in entries.items()
        if isinstance(entry, dict) and entry.get("description")
    }
