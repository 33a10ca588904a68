"""All the ways in which a report can write a number, to find what is printed that is none of them."""

from __future__ import annotations

import math

from weltoffen_eval.display.language import Language, whole


def writings(language: Language, value: float) -> frozenset[str]:
    """How a number is written in running text and in tables: points, share, count, with and without digits.

    A sentence that says of what there is less leaves the sign away, so that of the number is.
    """
    if math.isnan(value):
        return frozenset()
    size = abs(value)
    share = language.share(size)
    # above 99 %, below 1 %, a p below 0.001
    ends = {"99"} if 0.99 < size < 1 else {"1"} if 0 < size < 0.01 else set()
    ends |= {language.decimal(0.001, 3)} if 0 <= size < 0.001 else set()
    decimals = (language.decimal(size, digits, fixed) for digits in (0, 1, 2, 3) for fixed in (False, True))
    return frozenset(
        (
            language.points(size),
            share,
            share.removesuffix("\N{NO-BREAK SPACE}%"),
            language.count(size),
            language.count(float(whole(size))),
            language.grouped(size),
            *decimals,
            *ends,
        )
    )
