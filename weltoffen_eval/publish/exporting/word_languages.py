"""What is in another language than a Word document says so, so that it is spelt and read aloud as such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weltoffen_eval.blocks import Entry, Note, Paragraph
from weltoffen_eval.publish.exporting.word_document import element, word_language
from weltoffen_eval.publish.exporting.word_runs import text_run, word_text


def in_language(language: str) -> list[Any]:
    """The property of a run that is in this language; nothing where it is that of the document."""
    return [element("w:lang", {"w:val": word_language(language)})] if language else []


def said_runs(said: Paragraph | Note | Entry) -> list[Any]:
    """The text of a block, in runs where stretches of it are in other languages."""
    runs, end = [], 0
    for start, behind, language in _stretches(said):
        runs += [text_run(word_text(said.text[end:start]))] if end < start else []
        runs.append(text_run(word_text(said.text[start:behind]), *in_language(language)))
        end = behind
    return [*runs, text_run(word_text(said.text[end:]))]


def _stretches(said: Paragraph | Note | Entry) -> Iterator[tuple[int, int, str]]:
    """Where in the text, which is its sentences with a blank between them, another language is spoken."""
    start = 0
    for sentence in said.sentences:
        for first, behind, language in sentence.foreign:
            yield start + first, start + behind, language
        start += len(sentence.text) + 1
