"""In which languages a text is: its stretches, so that each is spelt, broken and read aloud as its own."""

from __future__ import annotations

from weltoffen_eval.blocks import Entry, Note, Paragraph


def stretches_of(said: Paragraph | Note | Entry) -> list[tuple[str, str]]:
    """The text of a block in stretches, each with its language; that of the report is empty.

    The text is its sentences with a blank between them.
    """
    found, end, start = [], 0, 0
    for sentence in said.sentences:
        for first, behind, language in sentence.foreign:
            if end < start + first:
                found.append((said.text[end : start + first], ""))
            found.append((said.text[start + first : start + behind], language))
            end = start + behind
        start += len(sentence.text) + 1
    return [*found, (said.text[end:], "")] if end < len(said.text) or not found else found
