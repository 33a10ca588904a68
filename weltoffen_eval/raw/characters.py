"""Characters that nobody sees, and letters that were broken on their way: neither may become an answer."""

from __future__ import annotations

import re

from weltoffen_eval.errors import visible

#: Controls, marks of direction, blanks of no width, halves of characters; tab and line break are none.
#: A joiner holds together signs of other scripts (and emoji); between Latin letters it is only hidden.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?:^|(?<=[\x00-\u024f]))[\u200c\u200d]"
)
#: UTF-8 that was once read as cp1252 (fÃ¼r, â‚¬), as Mac Roman (f√ºr) or as a DOS code page (f├╝r).
_TWICE = re.compile(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â(?:€.|‚¬|[\u0080-\u009f])"
    "|√[§©ºúÑñüÜúÄÖü†∂ñü]|[├┬][\u00a1-\u00ff\u2500-\u259fƒ]"
)
LOST = re.compile(f"\ufffd|{_TWICE.pattern}")


def find_in(text: str) -> list[tuple[str, str, str]]:
    """What is wrong with the characters of a text: found, expected, advice; nothing where all is well."""
    wrong = []
    unseen = list(dict.fromkeys(match.group() for match in UNSEEN.finditer(text)))
    if unseen:
        named = ", ".join(f"U+{ord(character):04X}" for character in unseen[:5])
        wrong.append(
            (
                f"characters that nobody sees ({named}) in {quoted(text)}",
                "text without control characters and marks of direction",
                "Delete the text and type it anew.",
            )
        )
    if "\ufffd" in text:
        wrong.append(
            (
                f"a letter that was lost in saving in {quoted(text)}",
                "text with all its letters",
                "Export the file anew as CSV UTF-8; the letter cannot be told from what is left.",
            )
        )
    elif _TWICE.search(text):
        wrong.append(
            (
                f"letters that were broken by a wrong encoding in {quoted(text)}",
                "text as it was typed, such as für and not fÃ¼r",
                "Export the file anew as CSV UTF-8, or name the encoding it really has in study.toml.",
            )
        )
    return wrong


def quoted(text: str, longest: int = 60) -> str:
    """A text in quotes for a message, cut where it is long, with what is unseen made visible."""
    shown = visible(" ".join(text.split()))
    return repr(shown if len(shown) <= longest else shown[: longest - 1] + "…").replace("\\\\", "\\")
