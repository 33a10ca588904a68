"""What is in another language than a Word document says so, so that it is spelt and read aloud as such."""

from __future__ import annotations

from typing import Any

from weltoffen_eval.blocks import Entry, Note, Paragraph
from weltoffen_eval.publish.exporting.spoken import stretches_of
from weltoffen_eval.publish.exporting.word_document import element, language_marks
from weltoffen_eval.publish.exporting.word_runs import text_run, word_text


def in_language(language: str) -> list[Any]:
    """The property of a run that is in this language; nothing where it is that of the document."""
    return [element("w:lang", language_marks(language))] if language else []


def said_runs(said: Paragraph | Note | Entry) -> list[Any]:
    """The text of a block, in runs where stretches of it are in other languages."""
    return [text_run(word_text(text), *in_language(language)) for text, language in stretches_of(said)]
