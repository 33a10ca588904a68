"""Values with labels, as files of SPSS have them: the label says what is meant, the code goes with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from weltoffen_eval.raw.columns import LabelledText
from weltoffen_eval.raw.table import plain
from weltoffen_eval.study.questionnaire.instrument import Decoded, ResponseScale

#: What stands between a code and the wording in a label such as "3 – teilweise umgesetzt".
_BETWEEN = re.compile(r"[\s.:)=–—-]+")
#: In bytes, of the label of a value.
_LONGEST_LABEL = 120
_NUMERAL = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def read_labelled(
    scale: ResponseScale, cell: str, decoded: Decoded | None, unfitting: str
) -> tuple[Decoded | None, str]:
    """What a cell of a variable with labels means; None, with what was found, where it cannot be told.

    The label is an answer of the scale, word for word or an alias. A label that the scale does not have is a
    fault also where it has the code (0 = immer); so is an answer that the file declares missing. Where the
    scale has the answer under another code, it is read by its label, and logged.

    ``decoded``: what the text says by itself. ``unfitting``: as :func:`find_unfitting` says; then a number
    without a label is no answer.
    """
    if not isinstance(cell, LabelledText):
        if unfitting and decoded is not None and plain(cell) and not scale.names_in_words(cell):
            return None, f"{plain(cell)!r} without a label, in a variable that says {unfitting!r}"
        return decoded, ""
    said = _decode_words(scale, cell)
    found = repr(cell.seen())
    if said is None:
        return None, found + (", declared missing" if cell.missing else "")
    if cell.missing and said.missing is None:
        return None, f"{found}, an answer that the file declares missing"
    by_code = scale.decode(cell.code)
    return (said if _same(said, by_code) else Decoded(said.code, said.value, said.missing, "value_label")), ""


def seen(cell: str) -> str:
    """A cell with its code where it has a label, for the log."""
    return cell.seen() if isinstance(cell, LabelledText) else cell


def find_unfitting(scale: ResponseScale, labels: Sequence[LabelledText]) -> str:
    """The first label of a variable that does not go with the codes of the scale; empty where all do.

    Where one does not, a value without label is no code of the scale either. On a scale of numbers it is.
    """
    if scale.kind == "numeric":
        return ""
    for label in labels:
        if not label.missing and not _same(_decode_words(scale, label), scale.decode(label.code)):
            return label.seen()
    return ""


def _decode_words(scale: ResponseScale, cell: LabelledText) -> Decoded | None:
    text = plain(cell)
    if _NUMERAL.fullmatch(text):
        # a number that is not the value itself says nothing
        return scale.decode(cell.code) if text == cell.code else None
    said = scale.decode(text)
    if said is None and text.startswith(cell.code):
        rest = text[len(cell.code) :]
        between = _BETWEEN.match(rest)
        said = scale.decode(rest[between.end() :]) if between else None
    if said is None and len(text.encode()) > _LONGEST_LABEL - 4:
        # a label that was cut where SPSS has no more room, with one answer that begins so
        spellings = [spelling for option in scale.options for spelling in option.spellings()]
        spellings += [spelling for entry in scale.non_answers for spelling in entry.spellings()]
        begun = [spelling for spelling in spellings if plain(spelling).startswith(text)]
        said = scale.decode(begun[0]) if len(begun) == 1 else None
    # how the label is written is not how a cell was changed
    return said and Decoded(said.code, said.value, said.missing)


def _same(one: Decoded | None, other: Decoded | None) -> bool:
    return (
        one is not None
        and other is not None
        and (one.code, one.value, one.missing) == (other.code, other.value, other.missing)
    )
